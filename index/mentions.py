"""Actors named in text.

A mention is built of words, each from the table: *relation* (同级, higher-level), *where*
(a place, a level word), *head* (政法委, court) and *suffixes* that make another actor out
of it (公安局 + 党委 + 书记). The longest reading wins; mentions never overlap.

>>> from index.actors import load_actors
>>> find = load_actors().find
>>> [(m.actor, str(m.level), m.place) for m in find("赛罕区委政法委书记")]
[('secretary.commission', 'banner', '赛罕区')]
>>> [(m.actor, str(m.relation)) for m in find("同级党委和上级党委政法委员会")]
[('committee', 'same'), ('commission', 'higher')]
>>> [(m.actor, m.place) for m in find("The political-legal commission of Saihan District")]
[('commission.banner', '赛罕区')]
>>> find("政法委员会机关工作津贴")
()

What is settled here:

* a bare 政法委 is ``commission``, level None; a bare 市委政法委 is the second level
  (盟市), unless a county-level city was the last 市 named before it in the text;
* 自治区、盟市和旗县党委 is three mentions; the first two span their own words only;
* 市公安局, 贵市政法委 and 旗委 take the place of that unit last named in the text;
* an actor of another province is its family with ``foreign``;
* 党委 within 党委政法委 is no committee, 政法委员 within 政法委员会 no commissioner,
  政法委员会机关工作津贴 (an allowance) nobody.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from index.actors import ActorMention, ActorTable, Level
from index.lexicon import fold_chinese, fold_latin, has_latin
from index.mention_reader import EnglishReader, Reader, Reading
from index.mention_words import Grammar, Where
from index.places import Place
from index.text import Folded, Span

__all__ = ["Finder"]


class Finder:
    """Finds actors; made once per :class:`~index.actors.ActorTable`."""

    def __init__(self, table: ActorTable) -> None:
        self._table = table
        self._chinese = Grammar(table, english=False)
        self._english = Grammar(table, english=True)

    def find(self, text: str) -> tuple[ActorMention, ...]:
        """See the module."""
        folded = fold_chinese(text)
        readings = merge_branches(Reader(self._chinese, folded.text).read())
        found = [(folded.span(one.start, one.end), one) for one in _flat(readings)]
        if has_latin(text):
            latin = fold_latin(text)
            readings = EnglishReader(self._english, latin.text).read()
            found += [(latin.span(one.start, one.end), one) for one in _flat(readings)]
            found.sort(key=lambda pair: (pair[0].start, -pair[0].end))
        return tuple(self._mentions(found, folded))

    def find_levels(self, text: str) -> tuple[tuple[Span, Level], ...]:
        """Level words that no actor or place takes, in order; a single 旗 or 市 is none."""
        taken = [m.span for m in self.find(text)]
        taken += [p.span for p in self._table.find_places(text)]
        chinese = fold_chinese(text)
        found = [(chinese.span(a, b), v) for a, b, v in self._chinese.levels(chinese.text)]
        if has_latin(text):
            latin = fold_latin(text)
            found += [(latin.span(a, b), v) for a, b, v in self._english.levels(latin.text)]
        free = [(s, v) for s, v in found if not any(s.overlaps(t) for t in taken)]
        return tuple(sorted(free, key=lambda pair: pair[0]))

    def _mentions(
        self, found: Iterable[tuple[Span, Reading]], folded: Folded
    ) -> Iterator[ActorMention]:
        places: Sequence[Place] | None = None
        done = 0
        for span, reading in found:
            if span.start < done:
                continue
            done = span.end
            where = reading.where
            if where.points_to:
                if places is None:
                    places = self._table.places.find(folded.source, folded=folded)
                where = _pointed(where, span.start, places)
            yield self._mention(span, reading.actor, where)

    def _mention(self, span: Span, actor: str, where: Where) -> ActorMention:
        table = self._table
        family = table.family(actor)
        if where.foreign:
            return ActorMention(span, family, None, where.place, where.relation, foreign=True)
        level = where.level
        fixed = table.get(actor).level
        if fixed is not None:
            # 满市市局: what is elsewhere a city of the second level's is this county-level city's
            here = fixed is Level.LEAGUE and where.place_level is Level.BANNER and where.place
            if not (here and here[-1] == "市" and family != actor):
                return ActorMention(span, actor, fixed, where.place, where.relation)
        return ActorMention(
            span, table.at_level(family, level).id, level, where.place, where.relation
        )


def _flat(readings: Iterable[Reading]) -> Iterator[Reading]:
    for reading in readings:
        yield from reading.more
        yield reading


def _pointed(where: Where, start: int, places: Sequence[Place]) -> Where:
    """``where`` with the place of its unit last named before ``start``."""
    at = bisect.bisect_left(places, start, key=lambda p: p.span.start)
    for place in reversed(places[:at]):
        if place.name[-1] == where.points_to and (place.parent or place.foreign):
            return replace(
                where,
                level=None if place.foreign else place.level,
                place=place.name,
                place_level=place.level,
                foreign=place.foreign,
            )
    return where


def merge_branches(readings: Iterable[Reading]) -> Iterator[Reading]:
    """包头市公安局 + 青山区分局 is one mention."""
    held: Reading | None = None
    for reading in readings:
        if held is not None:
            if (
                held.end == reading.start
                and held.actor in ("police", "police.league")
                and reading.actor == "police.banner"
            ):
                where = reading.where if reading.where.place else held.where
                reading = replace(reading, start=held.start, where=where, more=held.more)
            else:
                yield held
        held = reading
    if held is not None:
        yield held
