"""What can be scored: our product in process, or a file of answers.

Nothing of ``assistant`` is imported before a case is asked, so that scoring a
file, validating and comparing need no model.
"""

from __future__ import annotations

import functools
import importlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.cases import Case, Question, read_jsonl
from index.errors import TiaowenError

__all__ = ["SYSTEMS", "AnswerFile", "NoSystemError", "Rules", "System"]


class NoSystemError(TiaowenError):
    """What should answer cannot be loaded; then there is no score, not a score of 0."""


class System(Protocol):
    """Answers a case in the shape of ``ask`` or ``check``; None: it has no answer."""

    def answer(self, case: Case) -> Mapping[str, Any] | None: ...


class Rules:
    """The product without a language model, in this process, loaded at the first case."""

    def answer(self, case: Case) -> Mapping[str, Any] | None:
        """Ask or check; what the product raises on one case is its answer to that case.

        Raises :class:`NoSystemError` when the product cannot be loaded.
        """
        solve = self._ask if isinstance(case, Question) else self._check
        start = time.perf_counter()
        try:
            shown: Mapping[str, Any] = solve(case).to_json()
        except Exception as error:  # one failing case must not end the run
            return {"id": case.id, "error": f"{type(error).__name__}: {error}"}
        elapsed = round(1000 * (time.perf_counter() - start), 2)
        return {"id": case.id, **shown, "elapsed_ms": elapsed}

    # Loaded when first read, outside the `try` above and before the clock starts.
    @functools.cached_property
    def _ask(self) -> Callable[[Any], Any]:
        assistant = _load("assistant.answer").load_assistant()
        return lambda case: assistant.ask(case.question, history=case.history, lang="auto")

    @functools.cached_property
    def _check(self) -> Callable[[Any], Any]:
        check, knowledge = _load("assistant.check").check, _load("assistant.knowledge")
        known = knowledge.load_knowledge()
        return lambda case: check(case.text, known)


def _load(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise NoSystemError(f"{module} cannot be loaded: {error}; run make setup") from error


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
