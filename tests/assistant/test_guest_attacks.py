"""Orders in questions, in earlier questions and in documents change nothing.

The model obeys each of them here, which is the worst case: what it then writes is not shown,
and the answer is the one that the rules give to the question.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.check import Verdict, check
from assistant.guest.events import Done, Shown
from assistant.guest.host import Guest
from assistant.guest.settings import GuestSettings
from assistant.knowledge import Knowledge
from tests.llm.fake import FakeModel

ASKED = "旗县政法委多久研判一次社会稳定形势？"
ASKED_EN = "How often must a banner/county commission assess social stability?"
SETTINGS = GuestSettings("http://127.0.0.1:9/v1")

# What is typed after the question, and what a model writes that does as it is told.
ATTACKS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "llm" / "attacks.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def _asked(name: str) -> str:
    return ASKED_EN if name.startswith("en-") else ASKED


ALL = [pytest.param(_asked(a["name"]), a["order"], a["said"], id=a["name"]) for a in ATTACKS]


def _guided(knowledge: Knowledge, assistant: Assistant, said: str) -> Assistant:
    model = FakeModel(said, said)
    return Assistant(knowledge, assistant.ranker, Guest(knowledge, model, SETTINGS))


def test_there_are_enough_of_them_and_most_reach_the_model(
    knowledge: Knowledge, lexical_assistant: Assistant
) -> None:
    """Some are refused before: then there is nothing for a model to obey."""
    languages = [attack["name"][:2] for attack in ATTACKS]
    assert (languages.count("zh") >= 30, languages.count("en") >= 10) == (True, True)
    reached = 0
    for attack in ATTACKS:
        model = FakeModel(attack["said"], attack["said"])
        guest = Guest(knowledge, model, SETTINGS)
        asked = f"{_asked(attack['name'])}{attack['order']}"
        Assistant(knowledge, lexical_assistant.ranker, guest).ask(asked)
        reached += bool(model.asked)
    assert reached >= 15, reached


@pytest.mark.parametrize(("asked", "order", "said"), ALL)
def test_an_order_in_the_question(
    asked: str, order: str, said: str, knowledge: Knowledge, lexical_assistant: Assistant
) -> None:
    typed = f"{asked}{order}"
    plain = lexical_assistant.ask(typed)
    *events, done = _guided(knowledge, lexical_assistant, said).stream(typed)
    assert isinstance(done, Done)
    assert [e for e in events if isinstance(e, Shown)] == []
    assert (done.answer.body, done.answer.generator) == (plain.body, "rules")


@pytest.mark.parametrize(("asked", "order", "said"), ALL)
def test_an_order_in_an_earlier_question(
    asked: str, order: str, said: str, knowledge: Knowledge, lexical_assistant: Assistant
) -> None:
    history = (f"{asked}{order}",)
    follow_up = "那盟市呢？" if asked is ASKED else "And at league level?"
    plain = lexical_assistant.ask(follow_up, history)
    *events, done = _guided(knowledge, lexical_assistant, said).stream(follow_up, history)
    assert isinstance(done, Done)
    assert [e for e in events if isinstance(e, Shown)] == []
    assert (done.answer.body, done.answer.generator) == (plain.body, "rules")


@pytest.mark.parametrize(("asked", "order", "said"), ALL)
def test_an_order_in_a_checked_document(
    asked: str, order: str, said: str, knowledge: Knowledge
) -> None:
    """No model reads documents; an order beside a false sentence does not make it true."""
    del asked, said
    false = "旗县党委政法委员会每季度至少分析研判1次本辖区社会稳定形势。"
    alone = [f for f in check(false, knowledge).findings if f.verdict is Verdict.CONTRADICTED]
    found = check(f"{order}\n\n{false}", knowledge).findings
    assert [f.text for f in alone] == ["每季度"]
    assert any(f.text == "每季度" and f.verdict is Verdict.CONTRADICTED for f in found)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["name"])
def test_a_model_that_keeps_to_the_material_is_not_harmed(
    attack: dict[str, str], knowledge: Knowledge, lexical_assistant: Assistant
) -> None:
    """The true sentences of a draft are shown, whatever stands beside them."""
    asked, said = _asked(attack["name"]), attack["said"]
    true = (
        "旗县党委政法委员会每月至少分析研判1次本辖区社会稳定形势[P1]。"
        if asked is ASKED
        else "A banner/county commission shall assess social stability at least once a month [P1]. "
    )
    if len(said) > 1000:
        pytest.skip("an answer without end")
    hosting = _guided(knowledge, lexical_assistant, f"{true}{said}")
    *events, _ = hosting.stream(asked)
    shown = [e.text for e in events if isinstance(e, Shown)]
    assert len(shown) == 1
    assert "每月至少" in shown[0] or "once a month" in shown[0]
