"""A model that says what the test tells it to."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import pytest

from assistant.guest.client import Message

__all__ = ["FakeModel"]


class FakeModel:
    """Gives the planned answers, one a call; a call that was not planned fails the test."""

    def __init__(self, *answers: str | Exception, piece: int = 3) -> None:
        self._answers = list(answers)
        self._piece = piece
        self.asked: list[tuple[Message, ...]] = []

    def plan(self, *answers: str | Exception) -> None:
        """Answers for the next calls, instead of what was planned."""
        self._answers[:] = answers

    def stream(self, messages: Sequence[Message], seconds: float) -> Generator[str, None, None]:
        assert seconds > 0
        self.asked.append(tuple(messages))
        if not self._answers:
            pytest.fail("the model was called although no answer was planned")
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        for at in range(0, len(answer), self._piece):
            yield answer[at : at + self._piece]
