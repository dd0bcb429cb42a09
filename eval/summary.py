"""What a run says to people on a terminal. Pure text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.cases import Question
from eval.compare import Comparison
from eval.run import Result

__all__ = ["show_comparison", "show_run"]

_FIGURES = {
    "questions": (
        "citation_precision", "citation_recall", "recall@1", "recall@3", "recall@5", "mrr",
        "article_recall@1", "article_recall@3", "article_recall@5", "article_mrr",
        "directness", "abstention_recall", "false_abstention", "self_contradicted",
    ),
    "claims": (
        "escape_rate", "false_alarm_rate", "span_exact", "span_overlaps", "expected_named",
        "provision_named",
    ),
}  # fmt: skip


def figure(value: float | None) -> str:
    """
    >>> figure(0.5), figure(None)
    ('50.0%', '–')
    """
    return "–" if value is None else f"{100 * value:.1f}%"


def _group(title: str, groups: Mapping[str, Mapping[str, Any]]) -> list[str]:
    lines = [f"  {title}"]
    for name, rate in groups.items():
        unscored = rate["cases"] - rate["scored"]
        tail = f"  ({unscored} unscored)" if unscored else ""
        lines.append(
            f"    {name:<14}{rate['right']:>4} / {rate['scored']:<4}{figure(rate['accuracy']):>7}"
            f"{tail}"
        )
    return lines


def show_run(metrics: Mapping[str, Any], results: Sequence[Result], *, failed: bool = True) -> str:
    """Scores by group, then every failed case with what was wrong."""
    lines: list[str] = []
    for kind, m in metrics.items():
        lines.append(f"{kind}: {m['right']} / {m['scored']} right = {figure(m['accuracy'])}")
        if m["scored"] < m["cases"]:
            lines.append(f"  unscored (no answer): {m['cases'] - m['scored']}")
        if m["crashed"]:
            lines.append(f"  CRASHED, counted as wrong: {m['crashed']}")
        lines += [f"  {name:<20}{figure(m[name]):>7}" for name in _FIGURES[kind]]
        lines.append(f"  elapsed p50 / p95 ms: {_ms(m['p50_ms'])} / {_ms(m['p95_ms'])}")
        for key in ("by_type", "by_category", "by_script", "by_split"):
            if key in m:
                lines += _group(key.removeprefix("by_"), m[key])
        if "confusion" in m:
            lines += _matrix(m["confusion"])
    wrong = [r for r in results if r.score.right is False]
    if failed and wrong:
        lines += ["", f"failed cases: {len(wrong)}"]
        lines += [line for r in wrong for line in _failure(r)]
    return "\n".join(lines)


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _matrix(counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    verdicts = list(next(iter(counts.values())))
    lines = ["  confusion (rows: gold, columns: verdict)"]
    lines.append("    " + " " * 14 + "".join(f"{v:>14}" for v in verdicts))
    for label, row in counts.items():
        lines.append(f"    {label:<14}" + "".join(f"{row[v]:>14}" for v in verdicts))
    return lines


def _failure(result: Result) -> list[str]:
    case, answer = result.case, result.answer or {}
    if isinstance(case, Question):
        head = f"{case.id} [{case.type}] {' ▸ '.join((*case.history, case.question))}"
        said = str(answer.get("headline") or "")
    else:
        head = f"{case.id} [{case.category}] {case.text}".replace("\n", "⏎")
        said = " · ".join(
            f"{f.get('text')} → {f.get('verdict')}" for f in answer.get("findings") or ()
        )
    lines = [head, *(f"    ✗ {fault}" for fault in result.score.faults)]
    return [*lines, f"    said: {said}"] if said else lines


def show_comparison(compared: Comparison) -> str:
    """Metrics side by side, then the cases that changed."""
    lines = [f"{'':<34}{'A':>9}{'B':>9}{'B − A':>9}"]
    for name, a, b in compared.metrics:
        delta = "–" if a is None or b is None else f"{100 * (b - a):+.1f}"
        lines.append(f"{name:<34}{figure(a):>9}{figure(b):>9}{delta:>9}")
    for title, ids in (("only in A", compared.only_a), ("only in B", compared.only_b)):
        if ids:
            lines.append(f"{title}: {len(ids)} cases")
    broken = " ".join(compared.broken) or "none"
    fixed = " ".join(compared.fixed) or "none"
    lines.append(f"broken: {broken} · fixed: {fixed}")
    return "\n".join(lines)
