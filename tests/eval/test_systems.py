"""The product in process, as a fake: loaded once, a crash is one wrong case, a missing
product ends the run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pytest

from eval.cases import Claim, Question
from eval.systems import NoSystemError, Rules

QUESTION = Question("q1", "问", ("前",), "list", True, (), (), (), (), "hans: x")
CLAIM = Claim("c1", "文", "supported", "unit", None, None, None, None, "x")


class Shown:
    def __init__(self, **fields: Any) -> None:
        self.fields = fields

    def to_json(self) -> dict[str, Any]:
        return self.fields


class FakeAssistant:
    loads = 0

    def ask(self, question: str, *, history: Sequence[str], lang: str) -> Shown:
        assert (history, lang) == (("前",), "auto")
        if question != "问":
            raise ValueError("unplanned")
        return Shown(headline="答")


@pytest.fixture
def product(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> FakeAssistant:
        FakeAssistant.loads += 1
        return FakeAssistant()

    FakeAssistant.loads = 0
    contents: dict[str, dict[str, Any]] = {
        "assistant.answer": {"load_assistant": load},
        "assistant.knowledge": {"load_knowledge": lambda: "known"},
        "assistant.check": {"check": lambda text, known: Shown(verdict=f"{text}{known}")},
    }
    for name, members in contents.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)


@pytest.mark.usefixtures("product")
def test_asks_and_checks() -> None:
    rules = Rules()
    for _ in range(2):
        answer = rules.answer(QUESTION)
        assert answer is not None
        assert (answer["id"], answer["headline"]) == ("q1", "答")
        assert answer["elapsed_ms"] >= 0
    assert FakeAssistant.loads == 1
    verdict = rules.answer(CLAIM)
    assert verdict is not None
    assert verdict["verdict"] == "文known"


@pytest.mark.usefixtures("product")
def test_a_crash_is_the_answer_to_its_case() -> None:
    other = Question("q2", "别的", ("前",), "list", True, (), (), (), (), "hans: x")
    assert Rules().answer(other) == {"id": "q2", "error": "ValueError: unplanned"}


def test_a_product_that_cannot_be_loaded_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "assistant.answer", None)
    with pytest.raises(NoSystemError, match=r"assistant\.answer cannot be loaded: .*; run make"):
        Rules().answer(QUESTION)
