"""The benchmark of checking: its texts, its arithmetic, its report. No test looks at a clock."""

from __future__ import annotations

import gc
import itertools
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.knowledge import Knowledge, load_knowledge
from eval.benches.checking import (
    SIZES,
    CheckPlan,
    Rival,
    Sample,
    load_eyecite,
    long_figures,
    run_checking,
)
from eval.benches.clock import Time
from eval.benches.machine import describe, one_core, settled_memory
from eval.benches.report import show_bench
from eval.benches.texts import (
    chinese_sources,
    court_claims,
    court_paragraphs,
    english_sources,
    paragraphs,
    pieces,
)
from eval.cases import BUNDLED, Claim, load_cases

CLAIMS = [case.text for case in load_cases(BUNDLED[1]) if isinstance(case, Claim)]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def streams(knowledge: Knowledge) -> dict[str, Iterator[str]]:
    return {
        "chinese": paragraphs(chinese_sources(knowledge, CLAIMS)),
        "english": paragraphs(english_sources(knowledge, CLAIMS)),
        "court": court_paragraphs(),
        "court claims": court_claims(),
    }


# -- texts --------------------------------------------------------------------------------


def test_texts_are_the_same_every_time(knowledge: Knowledge) -> None:
    one, two = streams(knowledge), streams(knowledge)
    for name in one:
        assert pieces(one[name], 5_000, 2) == pieces(two[name], 5_000, 2)


def test_texts_have_their_length(knowledge: Knowledge) -> None:
    for name, stream in streams(knowledge).items():
        for size in SIZES[:3]:
            (text,) = pieces(stream, size, 1)
            assert size - 2 <= len(text.encode()) <= size
            assert text.isascii() or name != "english"


def test_no_paragraph_comes_twice(knowledge: Knowledge) -> None:
    for stream in streams(knowledge).values():
        found = list(itertools.islice(stream, 3_000))
        assert len(set(found)) == len(found)


def test_sources_are_claims_and_provisions(knowledge: Knowledge) -> None:
    chinese, english = (
        chinese_sources(knowledge, ["甲应当在1小时内报告上级机关。", "Within one hour."]),
        english_sources(knowledge, ["甲应当在1小时内报告上级机关。", "Within one hour."]),
    )
    assert chinese[0] == "甲应当在1小时内报告上级机关。"
    assert "Within one hour." not in chinese
    assert english[0] == "Within one hour."
    assert len(chinese) > 80
    assert len(english) > 200
    assert not any(re.match(r"第.{1,3}条\s|第.章", source) for source in chinese)


def test_a_court_cites_in_most_sentences() -> None:
    (text,) = pieces(court_paragraphs(), 20_000, 1)
    cited = len(re.findall(r"\d+ (?:U\.S\.|S\. Ct\.|F\.|N\.E|P\.2d|So\.)|Id\. at|supra|§", text))
    assert 40 < cited < 120


# -- arithmetic ---------------------------------------------------------------------------


def sample(size: int, texts: int, *seconds: float) -> Sample:
    times = tuple(Time(2000 * s, 1000 * s) for s in seconds)
    return Sample(size, texts, size * texts // 2, 7, times)


def test_time_a_character_over_that_of_the_shortest() -> None:
    found = long_figures({"ours": [sample(1_000, 10, 1.0, 3.0), sample(10_000, 2, 2.0, 12.0)]})
    shortest, longest = found["systems"]["ours"]
    assert shortest["cpu"] == {
        "ms_per_text": 200.0,
        "us_per_char": 400.0,
        "mb_per_s": 0.005,
        "to_shortest": 1.0,
    }
    # 2 s and 12 s for 10 000 characters, 1 s and 3 s for 5 000: once as quick, once half as
    assert longest["cpu"]["to_shortest"] == (1.0 + 2.0) / 2
    assert longest["wall"]["to_shortest"] == longest["cpu"]["to_shortest"]
    assert longest["wall"]["us_per_char"] == 2 * longest["cpu"]["us_per_char"]
    assert found["ratios"] == {}


def test_ratio_to_the_rival_uses_the_repetitions_of_both() -> None:
    given = {
        "ours": [sample(1_000, 1, 2.0, 4.0, 6.0)],
        "eyecite": [sample(1_000, 1, 1.0)],  # its patience was over
    }
    assert long_figures(given)["ratios"] == {"ours / eyecite": {"wall": [2.0], "cpu": [2.0]}}


def test_what_has_no_measurable_time_has_no_ratio() -> None:
    found = long_figures({"ours": [sample(10, 1, 0.0)], "eyecite": [sample(10, 1, 0.0)]})
    row = found["systems"]["ours"][0]["cpu"]
    assert row["mb_per_s"] is None
    assert row["to_shortest"] is None
    assert found["ratios"]["ours / eyecite"]["cpu"] == [None]


# -- a run --------------------------------------------------------------------------------


def count_sections(text: str) -> int:
    return text.count("§")


PLAN = CheckPlan(CLAIMS[:4], sizes=(300, 900), repeat=2, most=2, enough=1_800)


@pytest.fixture(scope="module")
def found(knowledge: Knowledge) -> dict[str, Any]:
    return run_checking(PLAN, knowledge, Rival(count_sections, "0.0"))


def test_a_run_has_every_figure(found: dict[str, Any]) -> None:
    assert found == json.loads(json.dumps(found))
    assert found["eyecite"] == "0.0"
    claims = found["claims"]
    assert claims["texts"] == 4
    assert claims["systems"]["ours"]["found"] > 0
    assert claims["bytes"] > claims["chars"] > 0
    assert set(claims["systems"]) == {"ours", "eyecite"}
    for kind in ("wall", "cpu"):
        assert claims["systems"]["ours"][kind]["texts_per_s"] > 0
        assert claims["systems"]["ours"][kind]["ms"]["p95"] > 0
    assert set(found["long"]["systems"]) == {"ours, Chinese", "ours, English", "eyecite, English"}
    for rows in found["long"]["systems"].values():
        assert [(row["bytes"], row["texts"], row["repeat"]) for row in rows] == [
            (300, 2, 2),
            (900, 2, 2),
        ]
    assert found["long"]["systems"]["ours, Chinese"][1]["found"] > 0


def test_without_eyecite_its_rows_are_left_out(knowledge: Knowledge) -> None:
    alone = run_checking(PLAN, knowledge, None)
    assert alone["eyecite"] is None
    assert set(alone["claims"]["systems"]) == {"ours"}
    assert set(alone["long"]["systems"]) == {"ours, Chinese", "ours, English"}
    assert alone["long"]["ratios"] == {}
    shown = show_bench({"machine": describe(None), "check": alone})
    assert "pip install -c constraints.txt eyecite" in shown
    assert "as many bytes" not in shown


def test_what_took_too_long_is_not_repeated(knowledge: Knowledge) -> None:
    plan = CheckPlan(CLAIMS[:1], sizes=(300,), repeat=3, most=1, patience=-1)
    rows = run_checking(plan, knowledge, None)["long"]["systems"]["ours, English"]
    assert [row["repeat"] for row in rows] == [1]


def test_every_step_is_told(knowledge: Knowledge) -> None:
    told: Counter[str] = Counter()
    lengths = {}

    def say(name: str, length: int) -> Any:
        lengths[name] = length
        return lambda steps: told.update({name: steps})

    run_checking(PLAN, knowledge, None, say)
    assert told == lengths == {"Claims": 8, "Long texts": 8}


def test_the_report_names_every_part(found: dict[str, Any]) -> None:
    shown = show_bench({"machine": describe(0.5), "check": found})
    for words in (
        "Checking 4 claims",
        "ours: check",
        "eyecite 0.0, English of as many bytes",
        "ours/eyecite, text by text",
        "microseconds a character",
        "over that at 300 B",
        "MB/s",
        "ours, Chinese / eyecite, English",
    ):
        assert words in shown
    assert "questions" not in shown


def test_eyecite_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "eyecite", None)
    assert load_eyecite() is None


# Others' code: its warnings are not ours to mend.
@pytest.mark.filterwarnings("ignore")
def test_eyecite_finds_the_citations_of_our_court() -> None:
    pytest.importorskip("eyecite")
    rival = load_eyecite()
    assert rival is not None
    (text,) = pieces(court_paragraphs(), 3_000, 1)
    assert rival.find(text) >= 8
    assert all(rival.find(text) >= 1 for text in pieces(court_claims(), 120, 5))


# -- the machine --------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="cores are not chosen here")
def test_one_core_and_then_all_again() -> None:
    before = os.sched_getaffinity(0)
    with one_core():
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before


def test_settled_memory_is_given_back() -> None:
    with settled_memory():
        assert gc.get_freeze_count() > 0
        assert gc.isenabled()
    assert gc.get_freeze_count() == 0
