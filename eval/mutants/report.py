"""The figures of a mutation run, and how they look to people."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.check import Verdict
from eval.mutants.texts import Original
from index.text import Span

__all__ = ["Judged", "Mutant", "failures", "report", "show"]


@dataclass(frozen=True, slots=True)
class Mutant:
    """The original with one slot wrong, at ``span``."""

    original: Original
    operator: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checker says of an original (``mutant`` None) or of a mutant."""

    original: Original
    mutant: Mutant | None
    verdict: Verdict
    located: bool
    """Whether a contradicted finding overlaps the wrong words."""

    @property
    def detected(self) -> bool:
        return self.verdict is Verdict.CONTRADICTED

    @property
    def operator(self) -> str:
        """Empty for an original."""
        return "" if self.mutant is None else self.mutant.operator

    def to_json(self) -> dict[str, Any]:
        """One line of ``mutants.jsonl``."""
        shared = {
            "rule": self.original.rule,
            "phrasing": self.original.phrasing,
            "lang": self.original.lang,
            "verdict": self.verdict.value,
        }
        if self.mutant is None:
            return {"kind": "original", **shared, "text": self.original.text}
        span = self.mutant.span
        return {
            "kind": "mutant",
            **shared,
            "operator": self.mutant.operator,
            "located": self.located,
            "text": self.mutant.text,
            "start": span.start,
            "end": span.end,
            "wrong": span.of(self.mutant.text),
            "original": self.original.text,
        }


Figures = dict[str, Any]

_BY: dict[str, Callable[[Judged], str]] = {
    "wording": lambda j: j.original.wording,
    "frame": lambda j: j.original.frame,
    "language": lambda j: j.original.lang,
}


def report(judged: Sequence[Judged]) -> Figures:
    """Originals by verdict; mutants by operator, wording, frame, language; both by phrasing."""
    truths = [j for j in judged if j.mutant is None]
    falsehoods = [j for j in judged if j.mutant is not None]
    out: Figures = {
        "originals": _accused(truths),
        "mutants": _detected(falsehoods),
        "by_operator": _grouped(falsehoods, lambda j: j.operator, _detected),
    }
    for name, key in _BY.items():
        out[f"by_{name}"] = _grouped(falsehoods, key, _detected)
        out[f"originals_by_{name}"] = _grouped(truths, key, _accused)
    return out


def _grouped(
    judged: Iterable[Judged],
    key: Callable[[Judged], str],
    figures: Callable[[Sequence[Judged]], Figures],
) -> dict[str, Figures]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    return {name: figures(group) for name, group in groups.items()}


def _detected(group: Sequence[Judged]) -> Figures:
    detected = sum(j.detected for j in group)
    return {
        "mutants": len(group),
        "detected": detected,
        "located": sum(j.located for j in group),
        "rate": detected / len(group) if group else None,
    }


def _accused(group: Sequence[Judged]) -> Figures:
    verdicts = Counter(j.verdict for j in group)
    accused = verdicts[Verdict.CONTRADICTED]
    return {
        "originals": len(group),
        "accused": accused,
        "supported": verdicts[Verdict.SUPPORTED],
        "unverifiable": verdicts[Verdict.UNVERIFIABLE],
        "no_claim": verdicts[Verdict.NO_CLAIM],
        "rate": accused / len(group) if group else None,
    }


def show(figures: Mapping[str, Any]) -> str:
    """The figures for people."""
    truths, falsehoods = figures["originals"], figures["mutants"]
    lines = [
        f"originals: {truths['originals']}; accused {truths['accused']} "
        f"({_percent(truths['rate'])}), supported {truths['supported']}, "
        f"unverifiable {truths['unverifiable']}, no claim {truths['no_claim']}",
        f"mutants: {falsehoods['mutants']}; detected {falsehoods['detected']} "
        f"({_percent(falsehoods['rate'])}), at the wrong words {falsehoods['located']}",
    ]
    for name in ("operator", *_BY):
        lines += ["", f"  {name:<18}{'mutants':>8}{'found':>8}{'at place':>10}{'rate':>8}"]
        lines += [
            f"    {group:<16}{row['mutants']:>8}{row['detected']:>8}{row['located']:>10}"
            f"{_percent(row['rate']):>8}"
            for group, row in figures[f"by_{name}"].items()
        ]
    return "\n".join(lines)


def _percent(rate: float | None) -> str:
    """
    >>> _percent(0.9876), _percent(None)
    ('98.8%', '–')
    """
    return "–" if rate is None else f"{100 * rate:.1f}%"


def failures(judged: Iterable[Judged], wanted: int) -> Iterator[str]:
    """The first ``wanted`` accused originals, then as many missed mutants, operators in turn."""
    accused: list[Original] = []
    missed: dict[str, list[str]] = defaultdict(list)
    for one in judged:
        mutant = one.mutant
        if mutant is None and one.detected:
            accused.append(one.original)
        elif mutant is not None and not one.detected:
            missed[mutant.operator].append(
                f"missed {mutant.operator} [{mutant.span.of(mutant.text)}] {one.verdict} "
                f"{one.original.rule} {one.original.phrasing}: {_line(mutant.text)}"
            )
    for original in accused[:wanted]:
        yield f"accused {original.rule} {original.phrasing}: {_line(original.text)}"
    turns = itertools.chain.from_iterable(itertools.zip_longest(*missed.values()))
    yield from itertools.islice((line for line in turns if line is not None), wanted)


def _line(text: str) -> str:
    return text.replace("\n", "⏎")
