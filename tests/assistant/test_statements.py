"""The statement behind a yes/no question, and which yes its answer must open with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import Language, YesNo, detect_language
from assistant.statements import yes_no
from index.text import fold


def read(text: str) -> YesNo | None:
    plain = fold(text, keep_space=True).text.strip()
    return yes_no(plain, detect_language(text))


@pytest.mark.parametrize(
    ("text", "statement", "manner"),
    [
        pytest.param("要报政法委吗？", "要报政法委", "must", id="吗"),
        pytest.param("每月研判一次，对吗？", "每月研判一次", "plain", id="对吗"),
        pytest.param("每月研判一次，是吧", "每月研判一次", "plain", id="是吧"),
        pytest.param("每月研判一次是不是", "每月研判一次", "plain", id="是不是-at-the-end"),
        pytest.param("是不是每季度研判一次？", "每季度研判一次", "plain", id="是不是"),
        pytest.param("是否每季度研判一次", "每季度研判一次", "plain", id="是否"),
        pytest.param("能不能口头请示？", "能口头请示", "may", id="能不能"),
        pytest.param("可不可以口头请示？", "可以口头请示", "may", id="可不可以"),
        pytest.param("这件事要不要请示？", "这件事要请示", "must", id="要不要"),
        pytest.param("需不需要请示？", "需要请示", "must", id="需不需要"),
        pytest.param("有没有规定时限？", "有规定时限", "plain", id="有没有"),
        pytest.param("该不该抄送政法委？", "应当抄送政法委", "must", id="该不该"),
        pytest.param("必须提前1周請示嗎？", "必须提前1周请示", "must", id="traditional"),
    ],
)
def test_chinese_statements(text: str, statement: str, manner: str) -> None:
    assert read(text) == YesNo(statement, manner=manner)


@pytest.mark.parametrize(
    ("text", "inverted"),
    [
        pytest.param("提前10天请示，符合规定吗？", False, id="complies"),
        pytest.param("提前10天请示，这样做可以吗？", False, id="may-i"),
        pytest.param("2小时内报告来得及吗", False, id="in-time"),
        pytest.param("2小时内报告行不行？", False, id="will-it-do"),
        pytest.param("提前5天请示算违规吗", True, id="breach"),
        pytest.param("3小时后才报算超时吗？", True, id="late"),
        pytest.param("3小时后才报，属于迟报吗", True, id="late-report"),
        pytest.param("提前10天请示，没有违规吧", False, id="no-breach"),
        pytest.param("提前10天请示不违反规定吧", False, id="does-not-break"),
    ],
)
def test_conduct(text: str, inverted: bool) -> None:
    found = read(text)
    assert found is not None
    assert found.conduct
    assert (found.manner, found.inverted) == ("comply", inverted)
    # The statement claims compliance, so that the checker judges it as conduct.
    assert found.statement.endswith(",符合规定")
    assert not any(word in found.statement for word in ("违规", "超时", "迟报", "吗", "吧"))


@pytest.mark.parametrize(
    ("text", "statement", "manner"),
    [
        pytest.param("Must the commission report to the committee?",
                     "the commission must report to the committee", "must", id="must"),
        pytest.param("Can the commission delegate it?",
                     "the commission can delegate it", "may", id="can"),
        pytest.param("Does the commission report every year?",
                     "the commission report every year", "plain", id="does"),
        pytest.param("Should a group hold meetings monthly?",
                     "a group should hold meetings monthly", "must", id="should"),
        pytest.param("Is it true that the report is due in 6 hours?",
                     "the report is due in 6 hours", "plain", id="is-it-true"),
    ],
)  # fmt: skip
def test_english_statements(text: str, statement: str, manner: str) -> None:
    assert read(text) == YesNo(statement, manner=manner)


def test_english_conduct() -> None:
    found = read("Is it enough to report within 2 hours?")
    assert found == YesNo("report within 2 hours, which complies", conduct=True, manner="comply")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("多久研判一次吗", id="how-often-with-吗"),
        pytest.param("谁来召集？", id="who"),
        pytest.param("报给谁呢", id="to-whom"),
        pytest.param("重大事项请示", id="no-question"),
        pytest.param("什么时候报可以？", id="when"),
        pytest.param("How often is it done?", id="english-how"),
        pytest.param("Report within an hour", id="english-order"),
        pytest.param("Is it monthly or quarterly?", id="english-choice"),
        pytest.param("", id="empty"),
        pytest.param("吗？", id="particle-only"),
    ],
)
def test_no_yes_no_question(text: str) -> None:
    assert read(text) is None


SENTENCES = st.sampled_from(
    ["旗县政法委每月研判一次", "重大紧急事件1小时内报告", "全体会议由书记主持", "一般提前1周请示"]
)
TAILS = st.sampled_from(
    ["吗？", "吗", "，对吗？", "，是吗", "，是不是？", "对不对", "，是这样吗？", "吧。"]
)


@given(SENTENCES, TAILS)
def test_every_tail_leaves_the_same_statement(sentence: str, tail: str) -> None:
    found = read(sentence + tail)
    assert found is not None
    assert found.statement == sentence
    assert not found.conduct


@given(st.text(), st.sampled_from(list(Language)))
def test_any_text(text: str, language: Language) -> None:
    found = yes_no(fold(text, keep_space=True).text.strip(), language)
    assert found is None or isinstance(found.statement, str)
