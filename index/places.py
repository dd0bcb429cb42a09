"""Places: the divisions of the region, whose names decide levels, and those elsewhere.

The data are ``places.csv`` (the region: 12 leagues and cities, 103 banners, counties,
county-level cities and districts) and ``places-foreign.csv`` (all other provinces),
made by ``scripts/make_places.py``.

>>> table = load_places()
>>> [(p.name, str(p.level), p.parent) for p in table.find("准旗和滿洲里")]
[('准格尔旗', 'banner', '鄂尔多斯市'), ('满洲里市', 'banner', '呼伦贝尔市')]
>>> [(p.name, p.foreign) for p in table.find("Saihan District, Beijing")]
[('赛罕区', False), ('北京市', True)]
"""

from __future__ import annotations

import csv
import enum
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from index.errors import ActorError
from index.lexicon import Lexicon, fold_chinese, fold_latin, has_latin
from index.text import Folded, Span

__all__ = ["Level", "Name", "Place", "PlaceTable", "load_places"]

BUNDLED: Final = Path(__file__).with_name("regulations") / "nmg-zhengfa"


class Level(enum.StrEnum):
    """The levels of the Party and state, highest first."""

    CENTRAL = "central"
    REGION = "region"
    LEAGUE = "league"
    BANNER = "banner"
    TOWNSHIP = "township"


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text."""

    span: Span
    name: str
    """Full name (赛罕区); for 我旗, 区里 and their like the place they mean, else the words."""
    level: Level | None
    """None where the words leave it open (区里), and elsewhere in the country."""
    parent: str | None = None
    """The league or city of a banner, the region of a league."""
    foreign: bool = False
    """Outside the region."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a word says of a place."""

    place: str
    level: Level | None
    parent: str | None = None
    foreign: bool = False
    unsure: bool = False
    """Also a common word, or part of words (兴和 in 振兴和发展)."""
    named: bool = True
    """False of 我旗, 区里, 各盟: a level at most, no name."""
    unit: str = ""
    """盟 市 旗 县 区 of words that point back (我旗, 市里); "" for names."""


# 我旗, 贵市, 旗里: the unit tells the level. 市 without a name is taken as a city of the
# second level, as people mean it; 区 may be a district or the autonomous region.
UNITS: Final[Mapping[str, Level | None]] = {
    "盟": Level.LEAGUE,
    "市": Level.LEAGUE,
    "旗": Level.BANNER,
    "县": Level.BANNER,
    "区": None,
}
_POINTING: Final = (
    *("我", "我们", "我们这个", "贵", "本", "该", "你", "你们", "您", "咱", "咱们"),
    *("他", "他们", "这个", "此"),
)
_OPEN: Final = ("某", "某个", "各", "外", "邻", "全", "每个", "任何")
_WITHIN: Final = ("里", "里面", "里边", "里头")
_PROVINCE: Final = (
    "省",
    "我省",
    "本省",
    "贵省",
    "该省",
    "外省",
    "全省",
    "兄弟省",
    "外省市",
    "兄弟省区",
)
# Words that hold a name across their joint: 网上海量数据, 确保定期报告.
_NOT_PLACES: Final = (
    "上海量",
    "确保定",
    "面临河",
    "振兴安",
    "振兴和",
    "回民意",
    "复兴安",
    "向海南区域",
)

# An unsure name is a place where its neighbours are edges or words that link or ask.
_EDGE_BEFORE: Final = frozenset(
    "那和与及或、,。:;!?在到从对于对给问看指我们是像(\"'“‘《由向让请据由跟比把将"
)
_EDGE_AFTER: Final = frozenset(
    "呢的吗和与及或、,。;:?!)(\"'”’》是要应该怎多什几有没这那当各政党公检法司国委市县旗区发上出"
)


def is_placed(text: str, start: int, end: int) -> bool:
    """Whether an unsure name at ``text[start:end]`` stands as a word of its own."""
    before = start == 0 or text[start - 1] in _EDGE_BEFORE or not _is_han(text[start - 1])
    after = end == len(text) or text[end] in _EDGE_AFTER or not _is_han(text[end])
    return before and after


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


class PlaceTable:
    """All places known, and the words that name them."""

    def __init__(self, places: Sequence[Place], words: Sequence[tuple[str, Name]]) -> None:
        self._places = {p.name: p for p in places}
        self._words = tuple(words)

    def __iter__(self) -> Iterator[Place]:
        """The divisions of the region, with empty spans."""
        return iter(self._places.values())

    def get(self, name: str) -> Place | None:
        """The division of the region of that full name."""
        return self._places.get(name)

    @functools.cached_property
    def chinese(self) -> Lexicon[Name | None]:
        """Every Chinese word for a place; None for words that are no place."""
        stops: list[tuple[str, Name | None]] = [(w, None) for w in _NOT_PLACES]
        return Lexicon([*stops, *((w, n) for w, n in self._words if not w.isascii())])

    @functools.cached_property
    def english(self) -> Lexicon[Name | None]:
        """Every English word for a place."""
        return Lexicon(((w, n) for w, n in self._words if w.isascii()), whole_words=True)

    def find(self, text: str, *, folded: Folded | None = None) -> tuple[Place, ...]:
        """Every place named in ``text``: longest first, non-overlapping, in order.

        Colloquial 我旗, 旗里, 贵市 mean the last place of that unit in the text.
        ``folded`` is ``fold_chinese(text)``, where the caller has it.
        """
        found = list(self._scan(folded or fold_chinese(text), self.chinese))
        if has_latin(text):
            found += self._scan(fold_latin(text), self.english)
            found.sort(key=lambda pair: pair[0])
        return tuple(_resolve(found))

    def _scan(self, folded: Folded, lexicon: Lexicon[Name | None]) -> Iterator[tuple[Span, Name]]:
        matches = lexicon.matches(folded.text)
        done = 0
        for start, options in matches.items():
            if start < done:
                continue
            for end, name in options:
                if name is None:
                    done = end
                    break
                if name.unsure and not is_placed(folded.text, start, end):
                    continue
                yield folded.span(start, end), name
                done = end
                break


def _resolve(found: Sequence[tuple[Span, Name]]) -> Iterator[Place]:
    """Words to places: a county next to a foreign city lies there; 我旗 means the last 旗."""
    last: dict[str, Place] = {}
    before: Place | None = None
    for span, name in found:
        place = Place(span, name.place, name.level, name.parent, name.foreign)
        if name.unit:
            if name.unit in last:
                place = replace(last[name.unit], span=span)
        elif before and before.foreign and before.span.end == span.start:
            place = Place(span, name.place, None, before.name, foreign=True)
        if name.parent or name.foreign:
            last[name.place[-1]] = place
        before = place
        yield place


@functools.cache
def load_places(path: Path | None = None) -> PlaceTable:
    """Read ``places.csv`` (by default the bundled one) and ``places-foreign.csv`` beside it."""
    path = path or BUNDLED / "places.csv"
    places: list[Place] = []
    words: dict[str, Name] = {}
    for line, row in _rows(path, ("code", "name", "level", "parent", "short", "english")):
        _, full, level_word, parent, short, english = row
        if level_word not in tuple(Level):
            known = ", ".join(Level)
            raise ActorError(
                f"{path.name}:{line}", f'level "{level_word}" is unknown', f"use {known}"
            )
        level = Level(level_word)
        places.append(Place(Span(0, 0), full, level, parent or None))
        _add(words, Name(full, level, parent or None), (full, short, english), path, line)
    elsewhere = path.with_name("places-foreign.csv")
    if elsewhere.exists():
        for line, row in _rows(elsewhere, ("code", "name", "short", "english")):
            _, full, short, english = row
            name = Name(full, None, foreign=True)
            _add(words, name, (full, short, english), elsewhere, line)
    for unit, unit_level in UNITS.items():
        for word in (*(b + unit for b in _POINTING), *(unit + a for a in _WITHIN)):
            words[word] = Name(word, unit_level, named=False, unit=unit)
        for word in (b + unit for b in _OPEN):
            # 全区 in this text is the whole autonomous region.
            words[word] = Name(word, Level.REGION if word == "全区" else unit_level, named=False)
    for word in _PROVINCE:
        words[word] = Name(word, None, foreign=True, unsure=word == "省")
    return PlaceTable(places, tuple(words.items()))


def _rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    try:
        source = path.read_text(encoding="utf-8")
    except OSError:
        raise ActorError(str(path), "cannot be read", "run scripts/make_places.py") from None
    lines = source.splitlines()
    skip = next((i for i, text in enumerate(lines) if not text.startswith("#")), len(lines))
    for line, row in enumerate(csv.reader(lines[skip:]), skip + 1):
        if line == skip + 1:
            if tuple(row) != header:
                raise ActorError(
                    f"{path.name}:{line}", "has another header", f"write {','.join(header)}"
                )
        elif len(row) != len(header):
            raise ActorError(
                f"{path.name}:{line}", f"has {len(row)} fields", f"write {len(header)}"
            )
        else:
            yield line, row


def _add(
    words: dict[str, Name], name: Name, fields: tuple[str, str, str], path: Path, line: int
) -> None:
    """Note every word for a place; a name that the region already has stays the region's."""
    full, *lists = fields
    if not any(lists):  # the many counties elsewhere
        words.setdefault(full, name)
        return
    for word in (full, *(w for part in lists for w in part.split("|") if w)):
        plain = word.removesuffix("?")
        known = words.get(plain)
        if known is None:
            words[plain] = replace(name, unsure=True) if plain != word else name
        elif not name.foreign and known.place != name.place:
            raise ActorError(
                f"{path.name}:{line}", f'"{plain}" names {known.place} too', "drop one"
            )
