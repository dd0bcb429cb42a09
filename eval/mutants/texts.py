"""The true texts: every row in every wording, wordings in frames, frames in both scripts."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from eval.mutants.english import english_wordings
from eval.mutants.frames import CITED, ENGLISH, PLAIN, QUOTED
from eval.mutants.markup import Draft, Mark, Slot
from eval.mutants.wordings import wordings
from index.rules import Rule
from index.text import Script, Span

__all__ = ["Original", "originals"]

ENGLISH_TEXT = "en"


@dataclass(frozen=True, slots=True)
class Original:
    """A true text."""

    rule: str
    wording: str
    """Which sentence: ``statement``, ``by-whom``, …"""
    frame: str
    """What stands around it: ``plain``, ``under``, …"""
    text: str
    lang: str
    """zh-Hans, zh-Hant or en."""
    marks: tuple[Mark, ...]

    @property
    def phrasing(self) -> str:
        """``by-whom/under``."""
        return f"{self.wording}/{self.frame}"


def originals(knowledge: Knowledge) -> Iterator[Original]:
    """Every true text, in the order of the rows; none twice for one row."""
    for rule in knowledge.rules:
        seen: set[str] = set()
        for original in _of_row(rule, knowledge):
            if original.text not in seen:
                seen.add(original.text)
                yield original


def _of_row(rule: Rule, knowledge: Knowledge) -> Iterator[Original]:
    start = zlib.crc32(rule.id.encode())
    yield from _sentences(rule, knowledge, start)
    yield from _quotations(rule, knowledge, start)
    yield from _english(rule, start)


def _sentences(rule: Rule, knowledge: Knowledge, start: int) -> Iterator[Original]:
    """The statement in every frame, each other wording plain and in one more."""
    plain, cited = list(PLAIN.items()), list(CITED.items())
    others = plain[1:] + cited
    for number, (wording, core) in enumerate(wordings(rule, knowledge.actors)):
        if wording == "question":
            frames = plain[:1]
        elif any(m.slot is Slot.ARTICLE for m in core.marks):
            frames = plain  # it cites its own article
        elif number == 0:
            frames = plain + cited
        else:
            frames = [plain[0], others[(start + number) % len(others)]]
        for count, (name, frame) in enumerate(frames):
            draft = frame(core, rule, knowledge.regulation)
            first = number == count == 0
            traditional = (start + number + count) % 3 == 0 and not first
            yield _made(rule, wording, name, draft, traditional=traditional)
        if number == 0:
            whole = core + "。"
            yield _made(rule, wording, "plain", whole, traditional=True)
            yield _made(rule, wording, "full-width", whole.in_full_width())


_PRINTED = str.maketrans(",;:()“”", "，；：（）‘’")


def _quotations(rule: Rule, knowledge: Knowledge, start: int) -> Iterator[Original]:
    words = rule.quote.translate(_PRINTED)
    core = Draft(words, (Mark(Slot.QUOTE, Span(0, len(words))),))
    for count, (name, frame) in enumerate(QUOTED.items()):
        draft = frame(core, rule, knowledge.regulation)
        yield _made(rule, "quotation", name, draft, traditional=(start + count) % 2 == 0)


def _english(rule: Rule, start: int) -> Iterator[Original]:
    frames = list(ENGLISH.items())
    for number, core in enumerate(english_wordings(rule)):
        if "Article" in core.text:
            chosen = frames[:1]
        elif number == 0:
            chosen = frames
        else:
            chosen = [frames[0], frames[1 + (start + number) % (len(frames) - 1)]]
        for name, frame in chosen:
            draft = frame(core, rule)
            yield Original(rule.id, "english", name, draft.text, ENGLISH_TEXT, draft.marks)


def _made(
    rule: Rule, wording: str, frame: str, draft: Draft, *, traditional: bool = False
) -> Original:
    script = Script.TRADITIONAL if traditional else Script.SIMPLIFIED
    if traditional:
        draft = draft.in_traditional()
    return Original(rule.id, wording, frame, draft.text, script.value, draft.marks)
