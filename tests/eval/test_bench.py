"""The benchmark: its arithmetic, its rivals, its report. No test looks at a clock."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import assistant.answer
from assistant.knowledge import Knowledge, load_knowledge
from eval.bench import command
from eval.benches.clock import StageClock, Time, timed
from eval.benches.figures import paired_ratio, shares
from eval.benches.machine import describe
from eval.benches.measure import measure
from eval.benches.memory import megabytes
from eval.benches.quality import quality
from eval.benches.report import show_bench
from eval.benches.rivals import Remembering
from eval.benches.run import Plan, run_bench
from eval.benches.startup import Command, CommandFailedError, starts
from eval.cases import BUNDLED, Question, load_cases
from index.embed import Vectors
from index.regulation import ProvisionId

# FAISS's wrapper is made with an old SWIG.
pytestmark = pytest.mark.filterwarnings("ignore:builtin type .* has no __module__")


class Bigrams:
    """Hashed character pairs: nearness in the band of e5, no model needed."""

    model_id = "bigrams"
    dimension = 256

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        out = np.full((len(texts), self.dimension), 0.6, dtype=np.float32)
        for row, text in zip(out, texts, strict=True):
            for a, b in itertools.pairwise(text):
                row[(31 * ord(a) + ord(b)) % self.dimension] += 1
        return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def questions(*ids: str) -> list[Question]:
    cases = {case.id: case for case in load_cases(BUNDLED[0])}
    found = [cases[name] for name in ids]
    assert all(isinstance(case, Question) for case in found)
    return found  # type: ignore[return-value]


# -- arithmetic ---------------------------------------------------------------------------


def test_a_stage_left_by_an_exception_is_closed() -> None:
    seconds = iter(range(10))
    clock = StageClock(lambda: next(seconds))
    with pytest.raises(ValueError, match="x"), clock.stage("whole"), clock.stage("part"):
        raise ValueError("x")
    with clock.stage("whole"):
        pass
    assert clock.take() == {"whole": 3000, "part": 1000}
    assert clock.take() == {}


def test_a_wrapped_function_does_what_it_did() -> None:
    clock = StageClock()
    divide = clock.wrap("divide", divmod)
    assert divide(7, 2) == (3, 1)
    assert list(clock.take()) == ["divide"]


def test_timed_returns_the_result() -> None:
    time, result = timed(lambda: 42)
    assert result == 42
    assert time.wall >= 0
    assert time.cpu >= 0


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        pytest.param([[Time(6, 1)]], [[Time(3, 1)]], 2.0, id="one"),
        # the machine was ten times slower for the second pair: the ratio is not
        pytest.param([[Time(6, 1), Time(60, 1)]], [[Time(3, 1), Time(30, 1)]], 2.0, id="noise"),
        pytest.param([[Time(6, 1)]], [[Time(0, 1)]], None, id="not-measurable"),
        pytest.param([], [], None, id="nothing"),
    ],
)
def test_paired_ratio(
    ours: list[list[Time]], theirs: list[list[Time]], expected: float | None
) -> None:
    assert paired_ratio(ours, theirs, "wall")["p50"] == expected


def test_shares_of_nothing_are_unknown() -> None:
    assert shares([{"embed": 0.0}])["embed"]["share"] is None
    assert shares([]) == {}


def test_shares_add_up_to_the_whole() -> None:
    found = shares([{"a": 1.0, "b": 2.0}, {"b": 3.0, "c": 4.0}])
    assert sum(stage["share"] or 0 for stage in found.values()) == pytest.approx(1)


def test_every_system_gets_every_question_and_each_order_comes() -> None:
    seen: list[tuple[str, str]] = []

    def system(name: str) -> Any:
        def ask(case: Question) -> str:
            seen.append((case.id, name))
            return f"{name} {case.id} {len(seen)}"

        return ask

    cases = questions("tq001", "tq002", "tq003")
    names = ("ours", "stock", "embedding")
    steps: list[int] = []
    found = measure({name: system(name) for name in names}, cases, 2, steps.append)
    assert sum(steps) == len(seen) // len(names) == 6
    turns = [tuple(name for _, name in seen[i : i + 3]) for i in range(0, len(seen), 3)]
    assert all(set(turn) == set(names) for turn in turns)
    assert len(set(turns)) > 1
    for name in names:
        assert [len(times) for times in found.times[name]] == [2, 2, 2]
        # what is kept is the first repetition's answer, in the order of the questions
        assert [a.split()[:2] for a in found.answers[name]] == [[name, c.id] for c in cases]
        assert all(int(a.split()[2]) <= 9 for a in found.answers[name])


def test_megabytes() -> None:
    assert megabytes(2048) == (2048 / 2**20 if sys.platform == "darwin" else 2)


# -- rivals -------------------------------------------------------------------------------


def test_quality_counts_articles_not_passages() -> None:
    case = questions("tq001")  # gold: article 30

    def of(*articles: int) -> list[list[ProvisionId]]:
        return [[ProvisionId("nmg-zhengfa", a, paragraph=p) for a in articles for p in (1, 2)]]

    found = quality(case, {"second": of(29, 30), "never": of(1, 2), "empty": [[]]})
    assert found["second"]["article_mrr"] == 0.5
    assert found["second"]["article_recall@1"] == 0
    assert found["second"]["article_recall@5"] == 1
    assert found["never"]["article_mrr"] == found["empty"]["article_mrr"] == 0
    assert found["second"]["by_split"]["dev"]["cases"] == 1


def test_quality_of_nothing_is_unknown() -> None:
    assert quality([], {"ours": []})["ours"]["article_mrr"] is None


def test_remembering_embeds_a_question_once() -> None:
    inner = Bigrams()
    embedder = Remembering(inner)
    first = embedder.embed_queries(["研判"])
    assert np.array_equal(embedder.embed_queries(["研判"]), first)
    assert inner.asked == ["研判"]
    assert (embedder.model_id, embedder.dimension) == ("bigrams", 256)


@pytest.fixture(scope="module")
def bench(knowledge: Knowledge) -> dict[str, Any]:
    """A whole run without the model: two questions with history, one unanswerable among all."""
    cases = [case for case in load_cases(BUNDLED[0]) if isinstance(case, Question)]
    chosen = [
        *cases[:3],
        *[case for case in cases if case.history][:2],
        *[case for case in cases if not case.answerable][:1],
    ]
    plan = Plan(chosen, chosen, repeat=1, starts=0)
    return {**run_bench(plan, knowledge, Bigrams), "machine": describe(0.5)}


def test_a_run_has_every_figure(bench: dict[str, Any]) -> None:
    assert bench == json.loads(json.dumps(bench))
    assert bench["questions"] == 6
    assert bench["with_history"] == 2
    assert bench["model"] == "bigrams"
    assert set(bench["latency_ms"]) == {"ours", "stock", "embedding"}
    for system in bench["latency_ms"].values():
        assert all(ms > 0 for ms in system["wall"].values())
    assert bench["ratios"]["ours/embedding"]["wall"]["p50"] > 0
    assert bench["index"]["passages"] > 47
    assert bench["index"]["bytes"] > 47 * 256 * 4
    assert bench["startup"] == []


def test_the_stages_are_those_of_an_answer(bench: dict[str, Any]) -> None:
    stages = bench["stages_ms"]
    assert set(stages) == {"understand", "embed", "rank", "compose", "check"}
    assert sum(stage["share"] for stage in stages.values()) == pytest.approx(1)


def test_the_functions_timed_are_put_back(bench: dict[str, Any]) -> None:
    assert bench
    for name in ("understand", "judge_question", "check"):
        assert getattr(assistant.answer, name).__module__ != "eval.benches.clock"


def test_both_find_articles(bench: dict[str, Any]) -> None:
    assert set(bench["quality"]) == {
        "ours",
        "stock: provisions",
        "stock: provisions and rule statements",
    }
    for figures in bench["quality"].values():
        assert figures["cases"] == 3  # neither with history nor unanswerable
        assert figures["article_mrr"] > 0


def test_the_report_names_every_part(bench: dict[str, Any]) -> None:
    start = {"name": "assistant lookup", "wall_ms": 1, "cpu_ms": 1, "peak_mb": 1, "heavy": ["x"]}
    shown = show_bench({**bench, "startup": [start]})
    for words in ("ours: ask", "LlamaIndex", "target", "embed", "MRR", "passages", "loads x"):
        assert words in shown


@pytest.mark.parametrize(
    ("met", "words"), [(True, ": met"), (False, ": NOT met"), (None, ": unknown")]
)
def test_the_report_says_whether_the_target_is_met(
    bench: dict[str, Any], met: bool | None, words: str
) -> None:
    target = {**bench["ratios"]["target"], "met": met}
    assert words in show_bench({**bench, "ratios": {**bench["ratios"], "target": target}})


# -- start of commands --------------------------------------------------------------------


def test_start_of_a_command_lists_what_it_loads() -> None:
    given = Command("reads", ("-c", "import sys, click; assert sys.stdin.read() == '文'"), "文")
    heavy = Command("heavy", ("-c", "import pydantic"))
    found = {start.name: start for start in starts([given, heavy], 1)}
    assert found["reads"].heavy == ()
    assert "pydantic" in found["heavy"].heavy
    # not this process's own size, which a fork would inherit
    assert found["reads"].peak_mb < found["heavy"].peak_mb


@pytest.mark.parametrize(
    ("code", "message"),
    [
        pytest.param("raise SystemExit('no such rule')", None, id="negative-finding"),
        pytest.param("1 / 0", "exit status 1: ZeroDivisionError", id="crash"),
        pytest.param("exit(2)", "exit status 2: nothing on standard error", id="usage"),
    ],
)
def test_a_command_that_fails_is_not_timed(code: str, message: str | None) -> None:
    run = [Command("it", ("-c", code))]
    if message is None:
        assert starts(run, 1)
        return
    with pytest.raises(CommandFailedError, match=message):
        starts(run, 1)


def test_out_must_be_in_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="no folder; make it first"):
        command.main(["--out", str(tmp_path / "a" / "b.json")], standalone_mode=False)
