"""What can be scored: our product in process, or a file of answers.

Nothing of ``assistant`` is imported before a case is asked, so that scoring a
file, validating and comparing need no model.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from eval.cases import Case, Claim, Question, read_jsonl

__all__ = ["SYSTEMS", "AnswerFile", "Rules", "System"]


class System(Protocol):
    """Answers a case in the shape of ``ask`` or ``check``; None: it has no answer."""

    def answer(self, case: Case) -> Mapping[str, Any] | None: ...


@dataclass
class Rules:
    """The product without a language model, in this process, loaded at the first case."""

    _assistant: Any = field(default=None, repr=False)
    _checker: Any = field(default=None, repr=False)

    def answer(self, case: Case) -> Mapping[str, Any] | None:
        """Ask or check; what the product raises is its answer to that case."""
        try:
            return self._ask(case) if isinstance(case, Question) else self._check(case)
        except Exception as error:  # one failing case must not end the run
            return {"id": case.id, "error": f"{type(error).__name__}: {error}"}

    def _ask(self, case: Question) -> Mapping[str, Any]:
        if self._assistant is None:
            self._assistant = importlib.import_module("assistant.answer").load_assistant()
        start = time.perf_counter()
        answer = self._assistant.ask(case.question, history=case.history, lang="auto")
        return _timed(case, answer, start)

    def _check(self, case: Claim) -> Mapping[str, Any]:
        if self._checker is None:
            knowledge = importlib.import_module("assistant.knowledge").load_knowledge()
            self._checker = (importlib.import_module("assistant.check").check, knowledge)
        check, knowledge = self._checker
        start = time.perf_counter()
        return _timed(case, check(case.text, knowledge), start)


def _timed(case: Case, result: Any, start: float) -> Mapping[str, Any]:
    elapsed = round(1000 * (time.perf_counter() - start), 2)
    return {"id": case.id, **result.to_json(), "elapsed_ms": elapsed}


@dataclass(frozen=True)
class AnswerFile:
    """Answers given elsewhere, by case id."""

    answers: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, path: Path) -> AnswerFile:
        """Read JSONL in the output shape of ``ask --jsonl`` or ``check --jsonl``."""
        return cls({str(row.get("id")): row for _, row in read_jsonl(path)})

    def answer(self, case: Case) -> Mapping[str, Any] | None:
        return self.answers.get(case.id)


SYSTEMS: Mapping[str, type[Rules]] = {"rules": Rules}
"""What ``--system`` accepts."""
