"""What the page's actions return, also for what no browser would send."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.answer import Answer, load_assistant
from assistant.config import load_settings
from assistant.knowledge import load_knowledge
from assistant.web import strings as words
from assistant.web.actions import Actions
from assistant.web.readiness import Readiness
from assistant.web.turns import Turn
from assistant.web.views import Shown, Views

QUESTION = "旗县政法委多久研判一次社会稳定形势？"


class FakeAnswerer:
    """Gives the answers that it was told; fails on a question that it was not."""

    def __init__(self, answers: dict[str, Answer | Exception]) -> None:
        self.answers = answers
        self.histories: list[tuple[str, ...]] = []

    def ask(self, question: str, history: Sequence[str] = (), lang: str = "auto") -> Answer:
        assert lang == "auto"
        self.histories.append(tuple(history))
        answer = self.answers[question]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture(scope="module")
def answer() -> Answer:
    return load_assistant(warm=False).ask(QUESTION)


def _actions(answers: dict[str, Any]) -> tuple[Actions, FakeAnswerer]:
    readiness = Readiness()
    settings = load_settings(max_question_chars=50)
    fake = FakeAnswerer(answers)
    return Actions(fake, settings, readiness, Views(load_knowledge(), readiness)), fake


def _ask(actions: Actions, question: object, turns: tuple[Turn, ...] = ()) -> list[Any]:
    return list(actions.ask(question, turns, Shown(), "zh-Hans", "zh-Hans"))


def test_ask_shows_the_question_first(answer: Answer) -> None:
    actions, _ = _actions({QUESTION: answer})
    waiting, done = _ask(actions, f"  {QUESTION}\n")
    assert words.THINKING.hans in waiting[1]
    assert "每月至少1次" in done[1]
    assert [turn.question for turn in done[2]] == [QUESTION]
    assert "<mark" in done[3]
    assert done[4].targets[0].provision == answer.citations[0].provision


def test_follow_ups_carry_the_earlier_questions(answer: Answer) -> None:
    actions, fake = _actions({QUESTION: answer, "那盟市呢？": answer, "失败": KeyError("x")})
    turns = _ask(actions, QUESTION)[-1][2]
    turns = _ask(actions, "失败", turns)[-1][2]
    _ask(actions, "那盟市呢？", turns)
    # A question that failed is no context.
    assert fake.histories == [(), (QUESTION,), (QUESTION,)]


def test_a_fault_is_a_sentence_not_a_trace(caplog: pytest.LogCaptureFixture) -> None:
    actions, _ = _actions({"坏": RuntimeError("secret path /x")})
    done = _ask(actions, "坏")[-1]
    assert words.FAILED.hans in done[1]
    assert "secret" not in done[1]
    assert "secret" in caplog.text


@pytest.mark.parametrize(
    "question",
    [None, {}, [], 5, "", "  \n"],
    ids=["null", "dict", "list", "number", "empty", "blank"],
)
def test_nothing_asked(question: object) -> None:
    actions, fake = _actions({})
    assert len(_ask(actions, question)) == 1
    assert fake.histories == []


def test_too_long_a_question_is_not_asked() -> None:
    actions, fake = _actions({})
    done = _ask(actions, "长" * 51)[-1]
    assert words.TOO_LONG.hans.format(limit=50) in done[1]
    assert fake.histories == []


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(None, id="null"),
        pytest.param("", id="empty"),
        pytest.param("{", id="not-json"),
        pytest.param("[" * 5000, id="deep"),
        pytest.param("[]", id="list"),
        pytest.param('{"do": "delete"}', id="unknown"),
        pytest.param('{"do": "cite", "cite": {"a": 1}}', id="wrong-type"),
        pytest.param('{"do": "cite", "cite": "nmg-zhengfa/art_99"}', id="no-such-article"),
    ],
)
def test_forged_requests_do_nothing(request_: object) -> None:
    actions, _ = _actions({})
    assert list(actions.act(request_, (), Shown(), "zh-Hans", "zh-Hans")) == []


def test_a_click_opens_the_article() -> None:
    actions, _ = _actions({})
    wish = json.dumps({"do": "cite", "cite": "nmg-zhengfa/art_30/para_1", "n": 1})
    (update,) = actions.act(wish, (), Shown(), "en", "zh-Hant")
    assert "Article 30" in update[3]
    assert "發生重大緊急事件" in update[3]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        pytest.param({"cite": "25-28"}, "第二十五条", id="range"),
        pytest.param({"cite": "30.1", "lang": "zh-Hant"}, "第三十條", id="traditional"),
        pytest.param({"cite": "<b>"}, "&lt;b&gt;", id="markup"),
        pytest.param({"cite": "48"}, "共47条", id="missing"),
    ],
)
def test_deep_links(query: dict[str, str], says: str) -> None:
    actions, _ = _actions({})
    request: Any = SimpleNamespace(query_params=query)
    (update,) = actions.open((), Shown(), request)
    assert says in update[6]
    assert "<b>" not in update[6]
