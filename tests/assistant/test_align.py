"""A clause placed on its row by what it is about, never by its number."""

from __future__ import annotations

import pytest

from assistant.align import Alignment
from assistant.claims import read
from assistant.knowledge import load_knowledge
from assistant.placing import CERTAIN


def _align(text: str) -> Alignment:
    knowledge = load_knowledge()
    aligner = knowledge.aligner
    clause = read(text, knowledge).sentences[0].clauses[0]
    return aligner.align(aligner.hear(clause.bag))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param("监督检查结束后形成报告", "r43.1", id="report-on-inspection"),
        pytest.param("收到反馈意见后报告整改落实情况", "r43.6", id="rectification"),
        pytest.param("可能影响公正办理的应当回避", "r31.1", id="step-aside"),
        pytest.param("全体会议由谁召集并主持", "r34.2", id="convene"),
        pytest.param("members review their performance and integrity", "r39.1", id="english"),
        pytest.param("領導幹部干預司法活動、插手具體案件處理情況", "r28i7.1", id="traditional"),
    ],
)
def test_best_row(text: str, row: str) -> None:
    best = _align(text).best
    assert best is not None
    assert load_knowledge().aligner.rows[best.row].id == row
    assert best.certainty >= CERTAIN


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("取保候审最长不得超过十二个月", id="bail"),
        pytest.param("内网邮箱密码每季度更换一次", id="password"),
        pytest.param("食堂周五更换菜谱", id="canteen"),
        pytest.param("Parking permits are renewed every year", id="english"),
    ],
)
def test_other_matter_is_uncertain(text: str) -> None:
    best = _align(text).best
    assert best is None or best.certainty < CERTAIN


def test_quantity_does_not_count() -> None:
    one, two = _align("事发后1小时内报告"), _align("事发后9小时内报告")
    assert [c.row for c in one.candidates] == [c.row for c in two.candidates]


def test_reasons_are_words_of_the_clause() -> None:
    knowledge = load_knowledge()
    clause = read("有关人员应当回避", knowledge).sentences[0].clauses[0]
    row = next(n for n, rule in enumerate(knowledge.aligner.rows) if rule.id == "r31.1")
    assert "回避" in knowledge.aligner.why(clause.bag, row)
