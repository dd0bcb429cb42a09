"""Where the time of an answer goes: the stages of ``Assistant.ask``, timed from outside.

The product carries no timers. Inside :func:`staged` the functions that ``assistant.answer``
calls are replaced by themselves behind a clock; afterwards they are back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from unittest import mock

import assistant.answer
from assistant.answer import Assistant
from eval.benches.clock import StageClock
from eval.benches.delegate import Delegating
from index.embed import Embedder, Vectors
from index.store import VectorIndex

__all__ = ["REST", "STAGES", "staged"]

STAGES = {"understand": "understand", "judge_question": "check", "check": "check"}
"""Functions of ``assistant.answer`` and the stage that each is."""

REST = "compose"
"""What no other stage claims: scope, selection, composition, quoting."""


class _Timed(Delegating):
    def __init__(self, embedder: Embedder, clock: StageClock) -> None:
        super().__init__(embedder)
        self._clock = clock

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        with self._clock.stage("embed"):
            return super().embed_queries(texts)


@contextlib.contextmanager
def staged(
    assistant_: Assistant, index: VectorIndex, embedder: Embedder, clock: StageClock
) -> Iterator[None]:
    """Inside, what ``assistant_`` does is told to ``clock``: understand, embed, rank
    (without embed), check (the answer's, and of the statement behind a yes/no question).

    What remains is of the stage that the caller opens around ``ask``: :data:`REST`.
    """
    ranker = assistant_.ranker
    with contextlib.ExitStack() as stack:
        for name, stage in STAGES.items():
            timed = clock.wrap(stage, getattr(assistant.answer, name))
            stack.enter_context(mock.patch.object(assistant.answer, name, timed))
        stack.enter_context(mock.patch.object(ranker, "rank", clock.wrap("rank", ranker.rank)))
        stack.callback(ranker.attach, index, embedder)
        ranker.attach(index, _Timed(embedder, clock))
        yield
