"""Text → sentences and clauses, with offsets that hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.segment import find_quotations, make_view, segment


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("甲，乙。丙？丁", ["甲，乙。", "丙？", "丁"], id="stops"),
        pytest.param("他说“甲。”乙。", ["他说“甲。”", "乙。"], id="closing-mark-stays"),
        pytest.param("- 甲\n- 乙", ["甲", "乙"], id="bullets"),
        pytest.param("1. 甲\n（二）乙\n3、丙", ["甲", "乙", "丙"], id="numbered"),
        pytest.param("art. 30 says so. Then", ["art. 30 says so.", "Then"], id="abbreviation"),
        pytest.param("9:50报，1,000人", ["9:50报，1,000人"], id="digits-hold"),
        pytest.param("", [], id="empty"),
        pytest.param("\n \n", [], id="blank"),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [s.span.of(text) for s in segment(text)] == sentences


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        pytest.param("甲，乙；丙：丁", ["甲", "乙", "丙", "丁"], id="cuts"),
        pytest.param("甲、乙和丙", ["甲、乙和丙"], id="lists-stay"),
        pytest.param("党组（党委）报告", ["党组（党委）报告"], id="brackets-stay"),
        pytest.param("| 甲 | 乙 |", ["| 甲 | 乙 |"], id="a-row-is-one-clause"),
        pytest.param("甲——乙", ["甲", "乙"], id="dash"),
        pytest.param("甲→乙", ["甲", "乙"], id="arrow"),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    assert [c.span.of(text) for s in segment(text) for c in s.clauses] == clauses


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        pytest.param("频次：\n- 甲\n- 乙", [None, "频次：", "频次："], id="colon"),
        pytest.param("## 频次\n甲", [None, "频次"], id="markdown"),
        pytest.param(
            "频次：\n- 甲\n\n乙\n\n丙", [None, "频次：", None, None], id="ends-with-block"
        ),
        pytest.param("| 事 | 限 |\n|---|---|\n| 甲 | 乙 |", [None, "| 事 | 限 |"], id="table-head"),
    ],
)
def test_headings_govern(text: str, headings: list[str | None]) -> None:
    assert [s.heading and s.heading.of(text) for s in segment(text)] == headings


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param("“甲”‘乙’「丙」『丁』", ["甲", "乙", "丙", "丁"], id="all-marks"),
        pytest.param('说"甲"和"乙"', ["甲", "乙"], id="straight"),
        pytest.param("「甲『乙』」", ["甲『乙』", "乙"], id="nested"),
        pytest.param("the commission's “x”", ["x"], id="apostrophe"),
        pytest.param("“甲", [], id="unclosed"),
        pytest.param('"甲\n乙"', [], id="straight-ends-with-line"),
    ],
)
def test_quotations(text: str, quotes: list[str]) -> None:
    assert [q.span.of(text) for q in find_quotations(make_view(text))] == quotes


@given(st.text())
def test_view_keeps_length_and_spans_lie_within(text: str) -> None:
    assert len(make_view(text)) == len(text)
    end = 0
    for sentence in segment(text):
        assert end <= sentence.span.start <= sentence.span.end <= len(text)
        end = sentence.span.start
        for one, two in zip(sentence.clauses, sentence.clauses[1:], strict=False):
            assert one.span.end <= two.span.start
