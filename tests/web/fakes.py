"""An answerer that fails on a question it was not told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.question import Language

if TYPE_CHECKING:
    from assistant.answer import Answer

__all__ = ["FakeAnswerer", "Language"]


@dataclass
class FakeAnswerer:
    """Answers as told, and remembers what it was asked."""

    answers: dict[str, Answer | Exception]
    asked: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)

    def ask(self, question: str, history: Sequence[str] = (), lang: str = "auto") -> Answer:
        self.asked.append((question, tuple(history), lang))
        answer = self.answers[question]
        if isinstance(answer, Exception):
            raise answer
        return answer
