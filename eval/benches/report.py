"""The figures as a table for people. Pure text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["show_bench"]

_STAGES = ("understand", "embed", "rank", "compose", "check")


def _number(value: float | None, digits: int = 1, unit: str = "") -> str:
    """
    >>> _number(1.26, unit=" ms"), _number(None), _number(0.5, 2)
    ('1.3 ms', '–', '0.50')
    """
    return "–" if value is None else f"{value:.{digits}f}{unit}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}%"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """First column to the left, the others to the right.

    >>> _table(["", "p50"], [["ours", "1.0"]])
    ['        p50', '  ours  1.0']
    """
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return [
        ("  " + row[0].ljust(widths[0]))
        + "".join(f"  {cell.rjust(width)}" for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in (head, *rows)
    ]


def show_bench(bench: Mapping[str, Any]) -> str:
    """The whole report."""
    parts = [
        _head(bench),
        _latency(bench),
        _ratios(bench),
        _stages(bench),
        _quality(bench),
        _resources(bench),
        _startup(bench),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _head(bench: Mapping[str, Any]) -> list[str]:
    machine = bench["machine"]
    load = f"{_number(machine['load_before'])} → {_number(machine['load_after'])}"
    lines = [
        f"{bench['questions']} questions ({bench['with_history']} with history), "
        f"{bench['repeat']} repetitions in turns; model {bench['model']}",
        f"{machine['cores']} cores, {machine['system']}, Python {machine['python']}, load {load}",
    ]
    loads = [machine["load_before"], machine["load_after"]]
    if any(load is not None and load > machine["cores"] for load in loads):
        lines.append("Others were computing too: read the ratios, not the milliseconds.")
    return lines


def _latency(bench: Mapping[str, Any]) -> list[str]:
    names = {
        "ours": "ours: ask, no LLM",
        "stock": "LlamaIndex VectorStoreIndex, top 5, FAISS",
        "embedding": "embedding the question alone",
    }
    rows = [
        [
            names[system],
            *(
                _number(kinds[kind][part])
                for kind in ("wall", "cpu")
                for part in ("p50", "p95", "p99")
            ),
        ]
        for system, kinds in bench["latency_ms"].items()
    ]
    head = ["", "p50", "p95", "p99", "cpu p50", "p95", "p99"]
    return ["Milliseconds a question", *_table(head, rows)]


def _ratios(bench: Mapping[str, Any]) -> list[str]:
    ratios = bench["ratios"]
    rows = [
        [
            pair,
            *(_number(ratios[pair]["wall"][part], 2) for part in ("p5", "p50", "p95")),
            _number(ratios[pair]["cpu"]["p50"], 2),
        ]
        for pair in ("ours/embedding", "ours/stock")
    ]
    target = ratios["target"]
    met = {True: "met", False: "NOT met", None: "unknown"}[target["met"]]
    return [
        "Ratios, question by question",
        *_table(["", "p5", "p50", "p95", "cpu p50"], rows),
        f"  target: ours/embedding p50 ≤ {target['at_most']:g}: {met}",
    ]


def _stages(bench: Mapping[str, Any]) -> list[str]:
    stages = bench["stages_ms"]
    names = [name for name in _STAGES if name in stages]
    names += [name for name in stages if name not in _STAGES]
    rows = [
        [
            name,
            _number(stages[name]["p50"], 2),
            _number(stages[name]["p95"], 2),
            _percent(stages[name]["share"]),
        ]
        for name in names
    ]
    lines = ["Where our time goes, ms", *_table(["", "p50", "p95", "share"], rows)]
    if bench["withheld"]:
        lines.append(
            f"  {bench['withheld']} answers were checked twice: their own check contradicted them"
        )
    return lines


def _quality(bench: Mapping[str, Any]) -> list[str]:
    found = bench["quality"]
    if not found:
        return []
    keys = ("article_recall@1", "article_recall@5", "article_mrr")
    groups = [
        (by, name) for by in ("by_split", "by_script") for name in next(iter(found.values()))[by]
    ]
    rows = [
        [
            system,
            *(_percent(figures[key]) for key in keys),
            *(_percent(figures[by][name]["article_mrr"]) for by, name in groups),
        ]
        for system, figures in found.items()
    ]
    count = next(iter(found.values()))["cases"]
    head = ["", "recall@1", "recall@5", "MRR", *(name for _, name in groups)]
    title = f"Articles found, {count} questions without history (then MRR by split and script)"
    return [title, *_table(head, rows)]


def _resources(bench: Mapping[str, Any]) -> list[str]:
    index, model = bench["index"], bench["model_load_ms"]
    seconds = {
        "model load": model,
        "index build": index["build_ms"],
        "index load": index["load_ms"],
    }
    rows = [
        [name, _number(ms["wall"] / 1000, 2), _number(ms["cpu"] / 1000, 2)]
        for name, ms in seconds.items()
    ]
    memory = ", ".join(f"{n} {_number(mb, 0)}" for n, mb in bench["memory_mb"].items())
    return [
        "Index and memory",
        *_table(["seconds", "wall", "cpu"], rows),
        f"  index: {index['passages']} passages, {index['bytes'] / 2**20:.2f} MB",
        f"  resident MB: {memory}",
    ]


def _startup(bench: Mapping[str, Any]) -> list[str]:
    rows = [
        [
            start["name"],
            _number(start["wall_ms"], 0),
            _number(start["cpu_ms"], 0),
            _number(start["peak_mb"], 0),
        ]
        for start in bench["startup"]
    ]
    if not rows:
        return []
    loads = [
        f"  {start['name']} loads {', '.join(start['heavy']) or 'no large library'}"
        for start in bench["startup"]
    ]
    head = ["", "ms", "cpu ms", "peak MB"]
    return ["Start of a command, fresh process", *_table(head, rows), *loads]
