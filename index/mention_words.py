"""The words that mentions of actors are built of, and what they say together.

See :mod:`index.mentions` for the language; this is its vocabulary: one lexicon per
language, made of ``actors.yaml``, and :class:`Where`, what the words around a head add up to.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from index.actors import ActorTable, Level, Relation
from index.lexicon import Lexicon
from index.places import UNITS, Name

__all__ = ["Grammar", "Kind", "Token", "Where", "cut_short"]


class Kind(enum.Enum):
    """What a word does in a mention."""

    PLACE = enum.auto()
    """A name, or 事发地."""
    LEVEL = enum.auto()
    RELATION = enum.auto()
    HEAD = enum.auto()
    UNIT = enum.auto()
    """委 right after a unit: 旗委, 赛罕区委."""
    SUFFIX = enum.auto()
    """书记 in 政法委书记: makes another actor out of the one before."""
    BLOCKED = enum.auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its part in the mention."""

    kind: Kind
    word: str
    level: Level | None = None
    relation: Relation | None = None
    actors: tuple[str, ...] = ()
    """Of a head: the actors it names."""
    open: bool = False
    """市, city: the second level or, of a county-level city, the third."""
    keeps: bool = False
    """地方, 两级: says nothing of the level."""


@dataclass(frozen=True, slots=True)
class Where:
    """What the words around a head have said so far."""

    level: Level | None = None
    place: str | None = None
    place_level: Level | None = None
    foreign: bool = False
    relation: Relation | None = None
    points_to: str = ""
    """Unit whose last named place is meant: 市 of a bare 市公安局."""
    first: Kind | None = None
    """The kind of the first word."""
    after_unit: bool = False
    """Whether the last word ends in a unit."""

    def at(self, name: Name, last: str) -> Where:
        """With a place; ``last`` is the last character of the word that named it."""
        foreign = self.foreign or name.foreign
        level = None if foreign else name.level
        return Where(
            level=level,
            place=name.place if name.named else self.place,
            place_level=level,
            foreign=foreign,
            relation=self.relation,
            points_to=name.unit,
            first=self.first or Kind.PLACE,
            after_unit=last in _UNIT_ENDS,
        )

    def plus(self, token: Token) -> Where:
        """With a relation, level or 事发地."""
        first = self.first or token.kind
        if token.kind is Kind.RELATION:
            return replace(self, relation=token.relation, first=first, after_unit=False)
        if token.kind is Kind.PLACE:
            return replace(self, place="事发地", first=first, after_unit=False)
        # 全区各级, 旗县以上 take back a level named before; 地方, 两级 do not.
        level = self.level if token.level is None and token.keeps else token.level
        if token.open and self.place_level in (Level.LEAGUE, Level.BANNER):
            level = self.place_level
        bare = self.place is None and token.word in _BARE_UNITS
        return replace(
            self,
            level=level,
            points_to=token.word[-1] if bare else self.points_to,
            first=first,
            after_unit=token.word[-1] in _UNIT_ENDS,
        )


_UNIT_ENDS: Final = frozenset([*UNITS, "省", "州", "镇", "乡", ")"])  # 旗(县、市、区)委
_BARE_UNITS: Final = frozenset([*UNITS, "全旗", "全县", "全市", "全盟"])
_OPEN_WORDS: Final = frozenset(["市", "全市", "city", "cities", "municipal"])
_NEUTRAL: Final = frozenset(["地方", "当地", "各地方", "local"])
_ENDINGS: Final = ("", "级", "一级", "这一级", "这级", "一层", "这一层", "层面")
_ENDINGS_EN: Final = ("", "-level", " level", "-tier")
_COUNTS: Final = ("两级", "三级", "二级", "四级")
_THE_PLACE: Final = ("事发地", "案发地", "事件发生地", "发生地", "属地", "事发")

# What may not follow a word: 旗委托, 政法委员会, 局长期. By the last character of the word.
_NOT_AFTER: Final[Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]] = {
    "委": (("政法委", re.compile("员(?!会)|托")), ("委", re.compile("[托任员]"))),
    "员": (("委员", re.compile("会")),),
    "记": (("书记", re.compile("[员处]")),),
    "长": (("长", re.compile("[期远效时年]")),),
    "会": (("委会", re.compile("议")), ("组会", re.compile("议"))),
    "局": (("局", re.compile("[部势面]")),),
    "安": (("公安", re.compile("[全民]")),),
}


def cut_short(text: str, word: str, end: int) -> bool:
    """Whether what follows ``word`` shows that it is part of another one.

    >>> cut_short("受自治区委托", "委", 5), cut_short("赛罕区委派员", "委", 4)
    (True, False)
    """
    for ending, rest in _NOT_AFTER.get(word[-1], ()):
        if word.endswith(ending) and rest.match(text, end) is not None:
            return True
    return False


class Grammar:
    """All words of one language."""

    def __init__(self, table: ActorTable, *, english: bool) -> None:
        self.table = table
        self.english = english
        words = table.vocabulary
        self._levels = words.levels_en if english else words.levels
        self._relations = words.relations_en if english else words.relations
        self._aliases = words.aliases_en if english else words.aliases
        self._made = {
            (word, suffix.of): suffix.actor
            for suffix in words.suffixes
            for word in (suffix.words_en if english else suffix.words)
        }
        self._words = Lexicon(((t.word, t) for t in self._tokens()), whole_words=english)
        self._places = table.places.english if english else table.places.chinese

    def matches(self, text: str) -> dict[int, list[tuple[int, Token | Name]]]:
        """Start → (end, what it may mean) of every word in folded ``text``, longest first."""
        out: dict[int, list[tuple[int, Token | Name]]] = {}
        out.update(self._words.matches(text))  # type: ignore[arg-type]  # read only from here on
        for start, names in self._places.matches(text).items():
            known = [(end, name) for end, name in names if name is not None]
            out[start] = sorted([*known, *out.get(start, ())], key=lambda m: -m[0])
        return out

    def levels(self, text: str) -> Iterator[tuple[int, int, Level]]:
        """Level words of two characters and more: start, end, level; non-overlapping."""
        done = 0
        for start, tokens in self._words.matches(text).items():
            if start < done:
                continue
            for end, token in tokens:
                if token.kind is Kind.LEVEL and end - start > 1:
                    if token.level is not None:
                        yield start, end, token.level
                    done = end
                    break

    def make(self, word: str, actor: str) -> str | None:
        """The actor that a suffix makes out of ``actor``, or of the nearest it is a kind of."""
        queue = [actor]
        for one in queue:
            made = self._made.get((word, one))
            if made is not None:
                return self.table.at_level(made, self.table.get(actor).level).id
            queue.extend(self.table.get(one).is_a)
        return None

    def _tokens(self) -> Iterator[Token]:
        words = self.table.vocabulary
        endings = _ENDINGS_EN if self.english else _ENDINGS
        for word, level in self._levels.items():
            for ending in endings:
                yield Token(
                    Kind.LEVEL,
                    word + ending,
                    level=level,
                    open=word in _OPEN_WORDS,
                    keeps=word in _NEUTRAL,
                )
            if not self.english:
                yield from (Token(Kind.LEVEL, word + above) for above in ("以上", "及以上"))
        for word, relation in self._relations.items():
            yield Token(Kind.RELATION, word, relation=relation)
        for word, actors in self._aliases.items():
            if not self._is_composed(word, actors[0]):
                yield Token(Kind.HEAD, word, actors=actors, relation=self._relation_in(word))
        for word in dict.fromkeys(word for word, _ in self._made):
            yield Token(Kind.SUFFIX, word)
        if not self.english:
            yield from (Token(Kind.LEVEL, word, keeps=True) for word in _COUNTS)
            yield from (Token(Kind.PLACE, word) for word in _THE_PLACE)
            yield from (Token(Kind.BLOCKED, word) for word in words.blocked)
            for word, actor in words.unit.items():
                yield Token(Kind.UNIT, word, actors=(actor,))

    def _is_composed(self, word: str, actor: str) -> bool:
        """Whether the word is a level word and another word of the family, to be read as such:
        so 盟市党委 can stand in 自治区、盟市党委, and 旗委 can mean a place named before."""
        family = self.table.family(actor)
        if family == actor:
            return False
        for cut in range(1, len(word)):
            level = self._levels.get(word[:cut])
            if level is None:
                continue
            rest = word[cut:]
            same = any(self.table.family(a) == family for a in self._aliases.get(rest, ()))
            if same or self.table.vocabulary.unit.get(rest) == family:
                return level is self.table.get(actor).level
        return False

    def _relation_in(self, word: str) -> Relation | None:
        """上级党组织 is one word of the table and tells a relation."""
        for cut in range(2, min(len(word) + 1, 12)):
            if (relation := self._relations.get(word[:cut])) is not None:
                return relation
        return None
