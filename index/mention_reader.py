"""Readings: the longest mentions that the words of a folded text can be built into.

One reader reads one text. :class:`Reader` is Chinese; :class:`EnglishReader` differs in
what joins words and in what may stand behind the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.mention_words import Grammar, Kind, Token, Where, cut_short
from index.places import Name

__all__ = ["EnglishReader", "Reader", "Reading"]

_MAX_WORDS: Final = 6  # 内蒙古 呼和浩特市 赛罕区 本级 地方 各级 + head; more is a list
_REACH: Final = 160  # no chain of modifiers is longer, in characters
_HEADS: Final = (Kind.HEAD, Kind.UNIT, Kind.SUFFIX, Kind.BLOCKED)
_MODIFIERS: Final = (Kind.PLACE, Kind.LEVEL, Kind.RELATION)
_WHERE: Final = (Kind.PLACE, Kind.LEVEL)
_CONJUNCTIONS: Final = ("、", "和", "或者", "或", "及", "以及", "与", "/", ",")

_JOINT_EN: Final = re.compile(r"(?:'s|s')?\)? ?(?:[-/(] ?)?(?:the |its |own |cpc )?")
_OF_EN: Final = re.compile(
    r" (?:of|in|for|from|at) (?:the |a |an |its |each |every |any |one |that )?"
)
_UNKNOWN_EN: Final = re.compile(r"[a-z'-]+ (?:district|county|city|prefecture)(?:,| in) ")
_SUFFIX_JOINT_EN: Final = re.compile(r"\)?(?:'s|s')? ?\(?")
_CONJUNCTION_EN: Final = re.compile(r",? (?:and|or) (?:the )?|, (?:the )?|/| and/or ")


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention in offsets of the folded text. ``more`` are those before it that share
    its head: 自治区 and 盟市 in 自治区、盟市和旗县党委."""

    start: int
    end: int
    actor: str
    where: Where
    more: tuple[Reading, ...] = ()
    owners: tuple[str, ...] = ()
    """All actors that the head may name; which one, its level decides."""


class Reader:
    """Reads one Chinese text."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self.grammar = grammar
        self.text = text
        self.matches = grammar.matches(text)
        # Where no head can be reached, so that chains of modifiers cost no more than their length.
        self._dead: set[tuple[int, int, bool, Kind | None]] = set()

    def read(self) -> Iterator[Reading]:
        """The longest readings, left to right, non-overlapping."""
        done = 0
        starts = sorted(self.matches)
        heads = [at for at in starts if self._may_head(at)]
        next_head = 0
        for start in starts:
            if start < done:
                continue
            while next_head < len(heads) and heads[next_head] < start:
                next_head += 1
            if next_head == len(heads):
                return
            if heads[next_head] - start > _REACH:
                continue
            best = self.best(start, start, Where(), _MAX_WORDS)
            blocked = self._blocked(start)
            if best is not None and best.end > blocked:
                yield best
                done = best.end
            elif blocked:
                done = blocked

    def _may_head(self, at: int) -> bool:
        """Whether a head, or what hides one, begins at ``at``."""
        return any(
            isinstance(token, Token) and token.kind in _HEADS for _, token in self.matches[at]
        )

    def _blocked(self, start: int) -> int:
        for end, token in self.matches[start]:
            if isinstance(token, Token) and token.kind is Kind.BLOCKED:
                return end
        return 0

    def best(self, start: int, at: int, where: Where, words_left: int) -> Reading | None:
        """The reading that reaches furthest with the words from ``at`` on; of two that
        reach equally far, the one whose first word is longer."""
        key = (at, words_left, where.after_unit, where.first)
        if key in self._dead:
            return None
        best: Reading | None = None
        for end, token in self.matches.get(at, ()):
            reading: Reading | None = None
            if isinstance(token, Name):
                if words_left:
                    last = self.text[end - 1]
                    reading = self._behind(start, end, where.at(token, last), words_left)
            elif token.kind in _MODIFIERS:
                if words_left:
                    reading = self._behind(start, end, where.plus(token), words_left)
            elif (
                token.kind is Kind.HEAD or (token.kind is Kind.UNIT and where.after_unit)
            ) and not cut_short(self.text, token.word, end):
                reading = self._finish(start, end, token, where)
            if reading is not None and (best is None or reading.end > best.end):
                best = reading
        if best is None:
            self._dead.add(key)
        return best

    def _behind(self, start: int, end: int, where: Where, words_left: int) -> Reading | None:
        """The best reading after a modifier that ends at ``end``."""
        best: Reading | None = None
        for here in self.after_modifier(end):
            found = self.best(start, here, where, words_left - 1)
            if found is not None and (best is None or found.end > best.end):
                best = found
        return best or self._coordinated(start, end, where, words_left)

    def _coordinated(self, start: int, end: int, where: Where, words_left: int) -> Reading | None:
        """自治区、盟市党委: the head belongs to both."""
        if end - start < 2:
            return None  # a bare 市
        for here in self.after_conjunction(end):
            found = self.best(here, here, Where(), words_left - 1)
            if found is None:
                continue
            first, other = where.first, found.where.first
            if first is not other and not (first in _WHERE and other in _WHERE):
                continue
            if where.relation is None:
                where = replace(where, relation=found.where.relation)
            actor = found.actor
            if actor in found.owners:
                actor = self._owner(found.owners, where)
            other_one = Reading(start, end, self.grammar.table.family(actor), where)
            return replace(found, more=(other_one, *found.more))
        return None

    def _owner(self, owners: tuple[str, ...], where: Where) -> str:
        """Of the actors that one word names, the one of the level; else the first."""
        for other in owners[1:]:
            if where.level is not None and self.grammar.table.get(other).level is where.level:
                return other
        return owners[0]

    def _finish(self, start: int, end: int, token: Token, where: Where) -> Reading:
        """A reading whose head is ``token``, with its suffixes."""
        table = self.grammar.table
        actor = self._owner(token.actors, where)
        if token.relation is not None and where.relation is None:
            where = replace(where, relation=token.relation)
        level = table.get(actor).level
        if level is not None and where.level is None and not where.foreign:
            where = replace(where, level=level)
        end, where = self.after_head(end, where)
        while (longer := self._suffixed(end, actor)) is not None:
            end, actor = longer
            end, where = self.after_head(end, where)
        return Reading(start, end, actor, where, owners=token.actors)

    def _suffixed(self, end: int, actor: str) -> tuple[int, str] | None:
        """The longest suffix at ``end`` that makes another actor out of ``actor``."""
        for here in self.before_suffix(end):
            for stop, token in self.matches.get(here, ()):
                if (
                    isinstance(token, Token)
                    and token.kind is Kind.SUFFIX
                    and not cut_short(self.text, token.word, stop)
                    and (made := self.grammar.make(token.word, actor)) is not None
                ):
                    return stop, made
        return None

    # what joins words

    def after_modifier(self, end: int) -> Iterator[int]:
        """Where the word after a modifier may begin."""
        yield end
        if self.text.startswith("的", end):
            yield end + 1

    def before_suffix(self, end: int) -> Iterator[int]:
        """Where a suffix may begin after its actor."""
        return self.after_modifier(end)

    def after_conjunction(self, end: int) -> Iterator[int]:
        """Where the next member of a list may begin."""
        for word in _CONJUNCTIONS:
            if self.text.startswith(word, end):
                yield end + len(word)

    def after_head(self, end: int, where: Where) -> tuple[int, Where]:
        """What stands behind the head and tells of it: nothing in Chinese."""
        return end, where


class EnglishReader(Reader):
    """Reads one English text."""

    def best(self, start: int, at: int, where: Where, words_left: int) -> Reading | None:
        """Also "secretary of the commission", "Party group of the court"."""
        best = super().best(start, at, where, words_left)
        for end, token in self.matches.get(at, ()):
            if isinstance(token, Name) or token.kind is not Kind.SUFFIX or not words_left:
                continue
            joint = _OF_EN.match(self.text, end)
            if joint is None:
                continue
            found = self.best(start, joint.end(), where, words_left - 1)
            made = self.grammar.make(token.word, found.actor) if found is not None else None
            if found and made and (best is None or found.end > best.end):
                best = replace(found, actor=made)
        return best

    def after_modifier(self, end: int) -> Iterator[int]:
        match = _JOINT_EN.match(self.text, end)
        if match is not None:
            yield match.end()

    def before_suffix(self, end: int) -> Iterator[int]:
        match = _SUFFIX_JOINT_EN.match(self.text, end)
        if match is not None:
            yield match.end()

    def after_conjunction(self, end: int) -> Iterator[int]:
        match = _CONJUNCTION_EN.match(self.text, end)
        if match is not None:
            yield match.end()

    def after_head(self, end: int, where: Where) -> tuple[int, Where]:
        """ "at the same level"; "of Saihan District, Hohhot"; "of a banner"."""
        gap = end + 1 if self.text.startswith((" ", "("), end) else end
        for stop, token in self.matches.get(gap, ()):
            if (
                isinstance(token, Token)
                and token.kind is Kind.RELATION
                and token.word.startswith(("at ", "of ", "on ", "one ", "next level"))
            ):
                return stop, replace(where, relation=token.relation)
        joint = _OF_EN.match(self.text, end)
        if joint is None:
            return end, where
        if elsewhere := _UNKNOWN_EN.match(self.text, joint.end()):  # "Chaoyang District, Beijing"
            for stop, token in self.matches.get(elsewhere.end(), ()):
                if isinstance(token, Name) and token.foreign:
                    return stop, where.at(token, self.text[stop - 1])
        for stop, token in self.matches.get(joint.end(), ()):
            if isinstance(token, Name):
                return self._in_city(stop, where.at(token, self.text[stop - 1]))
            if token.kind is Kind.HEAD:
                break
            if token.kind is Kind.LEVEL and where.level is None and where.place is None:
                if self.best(stop, stop, Where(), 1) or any(
                    self.best(here, here, Where(), 2) for here in self.after_modifier(stop)
                ):
                    break  # "of a county public security bureau" is another actor
                return stop, where.plus(token)
        return end, where

    def _in_city(self, end: int, where: Where) -> tuple[int, Where]:
        """Past the city of a district: "Saihan District, Hohhot"."""
        if self.text.startswith((", ", " in "), end):
            gap = 2 if self.text.startswith(", ", end) else 4
            for stop, token in self.matches.get(end + gap, ()):
                if isinstance(token, Name):
                    if token.foreign:
                        where = replace(where, foreign=True, level=None)
                    return stop, where
        return end, where
