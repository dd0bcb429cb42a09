"""Actors: the bodies and offices that a regulation speaks of, and how people name them.

The table is data (``actors.yaml``, one file per regulation); this module gives its
types and its strict loader. :mod:`index.mentions` finds actors in text.

>>> table = load_actors()
>>> table.get("commission.league").name
'盟市党委政法委员会'
>>> table.is_a("police.group.banner", "group"), table.is_a("group", "police.group")
(True, False)
>>> table.get("commision")
Traceback (most recent call last):
index.errors.ActorError: "commision" is not an actor; did you mean commission?
"""

from __future__ import annotations

import difflib
import enum
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ActorError
from index.places import BUNDLED, Level, Place, PlaceTable, load_places
from index.text import Script, Span, convert

if TYPE_CHECKING:
    from index.mentions import Finder

__all__ = [
    "Actor",
    "ActorMention",
    "ActorTable",
    "Kind",
    "Level",
    "Relation",
    "Suffix",
    "Vocabulary",
    "closest",
    "load_actors",
]


class Kind(enum.StrEnum):
    """What sort of thing an actor is."""

    PARTY = "party"
    """A Party committee, commission or organisation."""
    ORGAN = "organ"
    """A political and legal organ (court, police, …): the organ, not its Party group."""
    GROUP = "group"
    """The leading Party group (Party committee) within an organ."""
    OFFICE = "office"
    """One person by office: secretary, commissioner, chief."""
    PERSONS = "persons"
    """A class of persons."""
    BODY = "body"
    """Any other body of the text."""
    OUTSIDE = "outside"
    """Not in the regulation; named in claims about it."""
    TEXT = "text"
    """The regulation itself."""


class Relation(enum.StrEnum):
    """Where an actor stands to the one whose duty is told."""

    SAME = "same"
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Actor:
    """One body or office. An id is ``family`` or ``family.part``."""

    id: str
    name: str
    """Simplified, as the regulation writes it."""
    en: str
    level: Level | None
    """None: at any level."""
    kind: Kind
    aliases: tuple[str, ...]
    """Other words for it, in folded form; Chinese first, then English."""
    is_a: tuple[str, ...]
    """The actors whose duties it inherits, nearest first; direct ones only."""


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor named in a text.

    ``actor`` is the most specific id at its level: ``commission.banner`` for
    赛罕区委政法委. A bare 政法委 is ``commission`` with ``level`` None. Where the
    family has no row per level (secretaries), ``level`` alone tells the level.
    """

    span: Span
    actor: str
    level: Level | None
    place: str | None = None
    """Full name of the place named (赛罕区), 事发地, or None. 贵市 and 我旗 give
    the place of that unit last named in the text, if any."""
    relation: Relation | None = None
    foreign: bool = False
    """Of a place outside the region; then ``actor`` is the family, ``level`` None."""


@dataclass(frozen=True, slots=True)
class Suffix:
    """Words that make one actor out of another: 政法委 + 书记."""

    actor: str
    of: str
    words: tuple[str, ...]
    words_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of ``actors.yaml``, folded: what the finder is made of."""

    aliases: Mapping[str, tuple[str, ...]]
    """Word → actors; more than one where a later row shares it at its own level."""
    aliases_en: Mapping[str, tuple[str, ...]]
    unit: Mapping[str, str]
    """Word that follows a unit at once (委) → actor."""
    suffixes: tuple[Suffix, ...]
    levels: Mapping[str, Level | None]
    levels_en: Mapping[str, Level | None]
    relations: Mapping[str, Relation]
    relations_en: Mapping[str, Relation]
    blocked: frozenset[str]


class ActorTable:
    """The actors of one regulation and the places that decide their levels."""

    def __init__(self, actors: Sequence[Actor], vocabulary: Vocabulary, places: PlaceTable) -> None:
        self._by_id = {a.id: a for a in actors}
        self.vocabulary = vocabulary
        self.places = places
        self._ancestors: dict[str, frozenset[str]] = {}
        self._families = {
            a.id: a.is_a[0] for a in actors if a.is_a and a.id == f"{a.is_a[0]}.{a.level}"
        }

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def all(self) -> tuple[Actor, ...]:
        """Every actor, in the order of the file."""
        return tuple(self._by_id.values())

    def get(self, id: str) -> Actor:
        """The actor of that id; :class:`ActorError` otherwise."""
        try:
            return self._by_id[id]
        except KeyError:
            raise ActorError("", f'"{id}" is not an actor', closest(id, self._by_id)) from None

    def ancestors(self, id: str) -> frozenset[str]:
        """``id`` and every actor that it is a kind of."""
        known = self._ancestors.get(id)
        if known is None:
            found = {id}
            for parent in self.get(id).is_a:
                found |= self.ancestors(parent)
            known = self._ancestors[id] = frozenset(found)
        return known

    def is_a(self, specific: str, general: str) -> bool:
        """Whether ``specific`` is ``general`` or a kind of it, and so has its duties."""
        self.get(general)
        return general in self.ancestors(specific)

    def family(self, id: str) -> str:
        """The actor whose row at one level this is; otherwise the actor itself.

        >>> load_actors().family("commission.league"), load_actors().family("commission.central")
        ('commission', 'commission.central')
        """
        return self._families.get(id, id)

    def at_level(self, id: str, level: Level | None) -> Actor:
        """The row of this actor's family at ``level``, or the actor itself where none is.

        >>> load_actors().at_level("commission", Level.BANNER).id
        'commission.banner'
        >>> load_actors().at_level("secretary.commission", Level.BANNER).id
        'secretary.commission'
        """
        actor = self.get(id)
        if level is None or actor.level is not None:
            return actor
        return self._by_id.get(f"{id}.{level}", actor)

    def name(self, id: str, lang: str = "zh-Hans") -> str:
        """The actor's name for a reader: ``zh-Hans``, ``zh-Hant`` or ``en``.

        >>> load_actors().name("group", "zh-Hant")
        '政法單位黨組（黨委）'
        >>> load_actors().name("group", "en")
        'leading Party group (Party committee) of a political and legal organ'
        """
        actor = self.get(id)
        if lang == "en":
            return actor.en
        return convert(actor.name, Script.TRADITIONAL) if lang == "zh-Hant" else actor.name

    @functools.cached_property
    def _finder(self) -> Finder:
        from index.mentions import Finder  # noqa: PLC0415  (mentions imports this module)

        return Finder(self)

    def find(self, text: str) -> tuple[ActorMention, ...]:
        """Every actor named in ``text``: longest first, non-overlapping, in order.

        See :mod:`index.mentions` for what counts as one mention.
        """
        return self._finder.find(text)

    def find_levels(self, text: str) -> tuple[tuple[Span, Level], ...]:
        """Level words without an actor: "那旗县呢？", "at league level".

        >>> [(span.of("盟市一级怎么办"), str(level)) for span, level in
        ...  load_actors().find_levels("盟市一级怎么办")]
        [('盟市一级', 'league')]
        """
        return self._finder.find_levels(text)

    def find_places(self, text: str) -> tuple[Place, ...]:
        """Every place named in ``text``: see :meth:`PlaceTable.find`."""
        return self.places.find(text)


@functools.cache
def load_actors(path: Path | None = None) -> ActorTable:
    """Read ``actors.yaml`` (by default the bundled one) and the ``places.csv`` beside it.

    Strict: :class:`ActorError` with file and line for anything not understood.
    """
    from index.actors_file import parse_actors  # noqa: PLC0415  (it imports this module)

    path = path or BUNDLED / "actors.yaml"
    try:
        source = path.read_text(encoding="utf-8")
    except OSError:
        raise ActorError(str(path), "cannot be read", "give the path of an actors.yaml") from None
    except UnicodeDecodeError:
        raise ActorError(path.name, "is not UTF-8", "save it as UTF-8") from None
    places = path.with_name("places.csv")
    return parse_actors(
        source, place=path.name, places=load_places(places if places.exists() else None)
    )


def closest(word: str, known: Iterable[str]) -> str:
    """Remedy for a misspelt ``word``."""
    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
