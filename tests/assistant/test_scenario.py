"""Situations with a clock time: the due moment is computed and put first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Assistant
from assistant.draft import Draft, Evidence
from assistant.follow_up import understand
from assistant.knowledge import load_knowledge
from assistant.scenario import due_lead

KNOWLEDGE = load_knowledge()


def lead(text: str, *rules: str) -> str:
    found = [KNOWLEDGE.rules.get(rule) for rule in rules]
    evidence = tuple(Evidence(rule.provision, rule.span, rule.id) for rule in found)
    return due_lead(understand(text, KNOWLEDGE), Draft("x", evidence=evidence), KNOWLEDGE)


def within(hours: int) -> str:
    """A row whose limit is so many hours."""
    return next(
        rule.id
        for rule in KNOWLEDGE.rules
        if rule.time is not None
        and rule.time.kind == "within"
        and rule.time.unit == "hour"
        and rule.time.quantity == hours
    )


@pytest.mark.parametrize(
    ("text", "hours", "wanted"),
    [
        pytest.param("下午3点发生的，最晚几点报？", 6, "最迟当日21时前。", id="afternoon"),
        pytest.param("下午3点发生的，最晚几点报？", 1, "最迟当日16时前。", id="another-rule"),
        pytest.param("上午9点20分发生的，最晚几点报？", 1, "最迟当日10时20分前。", id="minutes"),
        pytest.param("夜里11点半发生，最晚几点报？", 1, "最迟次日0时30分前。", id="past-midnight"),
        pytest.param("晚上9点发生的，最晚几点报？", 3, "最迟次日0时前。", id="midnight"),
        pytest.param("It happened at 3pm; by when must it be reported?", 6,
                     "By 21:00 the same day at the latest. ", id="english"),
        pytest.param("It happened at 11pm; by when must it be reported?", 3,
                     "By 2:00 the next day at the latest. ", id="english-past-midnight"),
        pytest.param("几点前报？", 6, "", id="no-clock"),
        pytest.param("6月3日发生的，最晚哪天报？", 6, "", id="a-date-only"),
        pytest.param("下午3点发生的，晚上8点报可以吗？", 6, "", id="yes-no-is-judged-instead"),
    ],
)  # fmt: skip
def test_due_in_hours(text: str, hours: int, wanted: str) -> None:
    assert lead(text, within(hours)) == wanted


def test_nothing_to_compute_from() -> None:
    text = "下午3点发生的，最晚几点报？"
    often = next(r.id for r in KNOWLEDGE.rules if r.time and r.time.kind == "frequency")
    untimed = next(r.id for r in KNOWLEDGE.rules if r.time is None)
    for rules in ((), (often,), (untimed,)):
        assert lead(text, *rules) == ""
    assert due_lead(understand(text, KNOWLEDGE), Draft("x", abstained=True), KNOWLEDGE) == ""


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from([1, 3, 6]))
def test_any_clock_time(hour: int, minute: int, hours: int) -> None:
    found = lead(f"{hour}:{minute:02}发生的，最晚几点报？", within(hours))
    day, rest = divmod(hour * 60 + minute + hours * 60, 24 * 60)
    at = f"{rest // 60}时" + (f"{rest % 60}分" if rest % 60 else "")
    assert found == f"最迟{('当日', '次日')[day]}{at}前。"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        pytest.param(
            "下午3点发生一般性突发事件，最晚几点前报自治区党委政法委？", "当日21时", id="ordinary"
        ),
        pytest.param(
            "下午3点发生重大紧急事件，最晚几点前报自治区党委政法委？", "当日18时", id="major"
        ),
        pytest.param(
            "下午3點發生一般性突發事件，最晚幾點前報自治區黨委政法委？", "當日21時", id="hant"
        ),
    ],
)
def test_the_kind_of_event_decides(assistant: Assistant, text: str, due: str) -> None:
    answer = assistant.ask(text)
    assert answer.headline.startswith(f"最{'遲' if '時' in due else '迟'}{due}前。")
    assert answer.citations[0].provision.article == 30
