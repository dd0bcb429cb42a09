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
    parts = [_machine(bench)]
    if "latency_ms" in bench:
        parts += [
            _head(bench),
            _latency(bench),
            _ratios(bench),
            _stages(bench),
            _quality(bench),
            _resources(bench),
            _startup(bench),
        ]
    if "check" in bench:
        parts += [_claims(bench["check"]), *_long(bench["check"])]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _machine(bench: Mapping[str, Any]) -> list[str]:
    machine = bench["machine"]
    load = f"{_number(machine['load_before'])} → {_number(machine['load_after'])}"
    lines = [
        f"{machine['cores']} cores, {machine['system']}, Python {machine['python']}, load {load}"
    ]
    loads = [machine["load_before"], machine["load_after"]]
    if any(load is not None and load > machine["cores"] for load in loads):
        lines.append("Others were computing too: read the ratios, not the milliseconds.")
    return lines


def _head(bench: Mapping[str, Any]) -> list[str]:
    return [
        f"{bench['questions']} questions ({bench['with_history']} with history), "
        f"{bench['repeat']} repetitions in turns; model {bench['model']}",
    ]


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


def _claims(found: Mapping[str, Any]) -> list[str]:
    claims = found["claims"]
    names = {
        "ours": "ours: check",
        "eyecite": f"eyecite {found['eyecite']}, English of as many bytes",
    }
    rows = [
        [
            names[system],
            str(kinds["found"]),
            *(
                cell
                for kind in ("cpu", "wall")
                for cell in (
                    _number(kinds[kind]["texts_per_s"], 0),
                    _number(kinds[kind]["kb_per_s"], 0),
                    _number(kinds[kind]["ms"]["p50"], 2),
                    _number(kinds[kind]["ms"]["p95"], 2),
                )
            ),
        ]
        for system, kinds in claims["systems"].items()
    ]
    times = ["texts/s", "KB/s", "p50 ms", "p95"]
    head = ["", "found", f"cpu: {times[0]}", *times[1:], f"wall: {times[0]}", *times[1:]]
    lines = [
        f"Checking {claims['texts']} claims, {claims['bytes'] / 1000:.1f} KB, one core, "
        f"{claims['repeat']} repetitions",
        *_table(head, rows),
    ]
    if "ours/eyecite" not in claims:
        return [*lines, "  beside eyecite: not measured; pip install -c constraints.txt eyecite"]
    cpu, wall = (claims["ours/eyecite"][kind]["p50"] for kind in ("cpu", "wall"))
    return [
        *lines,
        f"  ours/eyecite, text by text, p50: cpu {_number(cpu, 2)}, wall {_number(wall, 2)}",
    ]


def _long(found: Mapping[str, Any]) -> list[list[str]]:
    systems = found["long"]["systems"]
    sizes = [_size(row["bytes"]) for row in next(iter(systems.values()))]

    def of(key: str, digits: int, kinds: Sequence[str] = ("cpu", "wall")) -> list[list[str]]:
        return [
            [f"{name}, {kind}", *(_number(row[kind][key], digits) for row in rows)]
            for name, rows in systems.items()
            for kind in kinds
        ]

    beside = [
        [pair, *(_number(value, 2) for value in kinds["cpu"])]
        for pair, kinds in found["long"]["ratios"].items()
    ]
    parts = [
        ["Long texts: microseconds a character", *_table(["", *sizes], of("us_per_char", 1))],
        [
            f"Time a character over that at {sizes[0]}: 1 or less throughout is linear",
            *_table(["", *sizes], of("to_shortest", 2)),
        ],
        ["Long texts: MB/s", *_table(["", *sizes], of("mb_per_s", 3, ["cpu"]))],
    ]
    if beside:
        title = "Long texts: our time over eyecite's on as many bytes, cpu"
        parts.append([title, *_table(["", *sizes], beside)])
    return parts


def _size(count: int) -> str:
    """
    >>> _size(300), _size(10_000), _size(1_000_000)
    ('300 B', '10 KB', '1 MB')
    """
    for unit, factor in (("MB", 1_000_000), ("KB", 1000)):
        if count >= factor:
            return f"{count / factor:g} {unit}"
    return f"{count} B"
