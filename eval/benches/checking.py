"""What checking a text costs, beside finding citations in English text of equal length.

Two measurements in one process on one core: the bundled claims one by one, and long texts
of growing length. Length is bytes of UTF-8, 1 KB is 1000 of them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median
from typing import Any

from assistant.check import check
from assistant.knowledge import Knowledge
from eval.benches.clock import Time
from eval.benches.figures import paired_ratio, per_question, spread
from eval.benches.machine import one_core, settled_memory
from eval.benches.measure import measure
from eval.benches.texts import (
    chinese_sources,
    court_claims,
    court_paragraphs,
    english_sources,
    paragraphs,
    pieces,
)

__all__ = ["SIZES", "CheckPlan", "Rival", "Sample", "load_eyecite", "long_figures", "run_checking"]

SIZES = (1_000, 10_000, 100_000, 1_000_000)

_KINDS = ("wall", "cpu")

Finder = Callable[[str], int]
"""Reads a text and returns how many things it found in it."""


@dataclass(frozen=True, slots=True)
class CheckPlan:
    """What to measure."""

    claims: Sequence[str]
    sizes: Sequence[int] = SIZES
    """Bytes, ascending; ratios are to the first."""
    repeat: int = 3
    most: int = 50
    """Texts of one size."""
    enough: int = 200_000
    """Bytes of one size, in one repetition."""
    patience: float = 20_000
    """Milliseconds of processor time: what took longer is not repeated."""

    def count(self, size: int) -> int:
        """How many texts of ``size`` a repetition takes.

        >>> [CheckPlan(()).count(size) for size in SIZES]
        [50, 20, 2, 1]
        """
        return min(self.most, max(1, self.enough // size))


@dataclass(frozen=True, slots=True)
class Rival:
    """Another library that reads English texts."""

    find: Finder
    version: str


@dataclass(frozen=True, slots=True)
class Sample:
    """All texts of one size that one system was given."""

    size: int
    texts: int
    chars: int
    found: int
    times: tuple[Time, ...]
    """By repetition, all texts together."""


def load_eyecite() -> Rival | None:
    """``eyecite.get_citations`` with its default tokenizer; None where it is not installed."""
    try:
        get_citations = importlib.import_module("eyecite").get_citations
    except ModuleNotFoundError as error:
        if error.name != "eyecite":
            raise
        return None
    return Rival(lambda text: len(get_citations(text)), version("eyecite"))


def run_checking(
    plan: CheckPlan,
    knowledge: Knowledge,
    eyecite: Rival | None,
    say: Callable[[str, int], Callable[[int], None]] = lambda *_: lambda _: None,
) -> dict[str, Any]:
    """Everything measured, as JSON; without ``eyecite`` its figures are left out."""

    def ours(text: str) -> int:
        return len(check(text, knowledge).findings)

    streams: dict[str, tuple[Finder, Iterator[str]]] = {
        "ours, Chinese": (ours, paragraphs(chinese_sources(knowledge, plan.claims))),
        "ours, English": (ours, paragraphs(english_sources(knowledge, plan.claims))),
    }
    if eyecite is not None:
        streams["eyecite, English"] = (eyecite.find, court_paragraphs())
    with settled_memory(), one_core():
        return {
            "eyecite": None if eyecite is None else eyecite.version,
            "claims": _claims(plan, ours, eyecite, say),
            "long": long_figures(_long(plan, streams, say)),
        }


def _claims(
    plan: CheckPlan, ours: Finder, eyecite: Rival | None, say: Callable[..., Any]
) -> dict[str, Any]:
    """The bundled claims one by one; eyecite gets as many bytes that begin with a case."""
    stream = court_claims()
    cases = [(claim, pieces(stream, len(claim.encode()), 1)[0]) for claim in plan.claims]
    systems: dict[str, Callable[[tuple[str, str]], int]] = {"ours": lambda case: ours(case[0])}
    if eyecite is not None:
        systems["eyecite"] = lambda case: eyecite.find(case[1])
    measure(systems, cases, 1)  # warm
    tell = say("Claims", len(cases) * plan.repeat)
    measured = measure(systems, cases, plan.repeat, tell)
    times = measured.times
    size = sum(len(claim.encode()) for claim in plan.claims)
    figures: dict[str, Any] = {
        "texts": len(cases),
        "chars": sum(map(len, plan.claims)),
        "bytes": size,
        "repeat": plan.repeat,
        "systems": {},
    }
    for name, taken in times.items():
        figures["systems"][name] = {"found": sum(measured.answers[name])}
        for kind in _KINDS:
            each = per_question(taken, kind)
            seconds = sum(each) / 1000
            figures["systems"][name][kind] = {
                "texts_per_s": len(each) / seconds if seconds else None,
                "kb_per_s": size / 1000 / seconds if seconds else None,
                "ms": spread(each),
            }
    if "eyecite" in times:
        figures["ours/eyecite"] = {
            kind: paired_ratio(times["ours"], times["eyecite"], kind) for kind in _KINDS
        }
    return figures


def _long(
    plan: CheckPlan,
    streams: Mapping[str, tuple[Finder, Iterator[str]]],
    say: Callable[..., Any],
) -> dict[str, tuple[Sample, ...]]:
    """Every system on texts of every size, in turns; one repetition goes through all sizes, so
    that what the machine did just then is in all of them."""
    texts = {
        name: {size: pieces(stream, size, plan.count(size)) for size in plan.sizes}
        for name, (_, stream) in streams.items()
    }
    times: dict[tuple[str, int], list[Time]] = {(n, s): [] for n in streams for s in plan.sizes}
    found: dict[tuple[str, int], int] = {}
    tell = say("Long texts", plan.repeat * sum(map(plan.count, plan.sizes)))
    for turn in range(plan.repeat):
        for size in plan.sizes:
            asked = {
                name: _asking(finder, texts[name][size])
                for name, (finder, _) in streams.items()
                if all(time.cpu <= plan.patience for time in times[name, size])
            }
            measured = measure(asked, range(plan.count(size)), 1, tell)
            for name, by_text in measured.times.items():
                each = [time for (time,) in by_text]
                times[name, size].append(Time(sum(t.wall for t in each), sum(t.cpu for t in each)))
                if turn == 0:
                    found[name, size] = sum(measured.answers[name])
    return {
        name: tuple(
            Sample(
                size,
                len(texts[name][size]),
                sum(map(len, texts[name][size])),
                found[name, size],
                tuple(times[name, size]),
            )
            for size in plan.sizes
        )
        for name in streams
    }


def _asking(finder: Finder, texts: Sequence[str]) -> Callable[[int], int]:
    return lambda number: finder(texts[number])


def long_figures(samples: Mapping[str, Sequence[Sample]]) -> dict[str, Any]:
    """Time by length. Pure; a ratio is taken within a repetition, then the median of them.

    >>> quick = [Sample(10, 2, 20, 4, (Time(1, 1),)), Sample(100, 1, 100, 9, (Time(10, 10),))]
    >>> found = long_figures({"a": quick})["systems"]["a"][1]["cpu"]
    >>> found["us_per_char"], found["to_shortest"]
    (100.0, 2.0)
    """
    systems = {
        name: [
            {
                "bytes": sample.size,
                "texts": sample.texts,
                "chars": sample.chars,
                "found": sample.found,
                "repeat": len(sample.times),
                **{kind: _by_length(sample, sizes[0], kind) for kind in _KINDS},
            }
            for sample in sizes
        ]
        for name, sizes in samples.items()
    }
    rivals = [name for name in samples if not name.startswith("ours")]
    ratios = {
        f"{mine} / {rival}": {
            kind: [
                _ratio(one.times, other.times, kind)
                for one, other in zip(samples[mine], samples[rival], strict=True)
            ]
            for kind in _KINDS
        }
        for mine in samples
        if mine not in rivals
        for rival in rivals
    }
    return {"systems": systems, "ratios": ratios}


def _by_length(sample: Sample, shortest: Sample, kind: str) -> dict[str, float | None]:
    taken = median(getattr(time, kind) for time in sample.times)
    ratio = _ratio(sample.times, shortest.times, kind)
    return {
        "ms_per_text": taken / sample.texts,
        "us_per_char": 1000 * taken / sample.chars,
        "mb_per_s": sample.size * sample.texts / 1000 / taken if taken else None,
        "to_shortest": None if ratio is None else ratio * shortest.chars / sample.chars,
    }


def _ratio(ours: Sequence[Time], theirs: Sequence[Time], kind: str) -> float | None:
    """Median over the repetitions that both took; None when none is measurable."""
    pairs = [(getattr(a, kind), getattr(b, kind)) for a, b in zip(ours, theirs, strict=False)]
    found = [a / b for a, b in pairs if b > 0]
    return median(found) if found else None
