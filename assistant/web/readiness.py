"""Who answers, and whether the slow part of it (the embedding model) is there yet."""

from __future__ import annotations

import enum
import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.question import Language
from assistant.web import strings as words
from index.errors import TiaowenError

if TYPE_CHECKING:
    from assistant.answer import Answer

__all__ = ["Answerer", "Readiness", "State"]

log = logging.getLogger(__name__)


class Answerer(Protocol):
    """What page and API need of :class:`assistant.answer.Assistant`."""

    def ask(self, question: str, history: Sequence[str] = (), lang: str = "auto") -> Answer:
        """The answer to ``question``, which may follow up on ``history``."""
        ...


class State(enum.StrEnum):
    """Where the warm-up stands."""

    LOADING = "loading"
    READY = "ready"
    DEGRADED = "degraded"


class Readiness:
    """Runs the warm-up in the background and knows how it went."""

    def __init__(self) -> None:
        self.state = State.LOADING
        self.why = ""

    def start(self, warm_up: Callable[[], str | None]) -> threading.Thread:
        """Run ``warm_up`` in the background; what it returns is the trouble it met, if any."""
        thread = threading.Thread(target=self._run, args=(warm_up,), name="warm-up", daemon=True)
        thread.start()
        return thread

    def _run(self, warm_up: Callable[[], str | None]) -> None:
        try:
            if trouble := warm_up():
                self._degrade(trouble)
                return
        except TiaowenError as error:
            self._degrade(str(error))
            log.warning("answering without semantic search: %s", error)
        except Exception as error:  # the page goes on without the model, whatever failed
            self._degrade(type(error).__name__)
            log.exception("answering without semantic search")
        else:
            self.state = State.READY

    def _degrade(self, why: str) -> None:
        # The state last: a reader that sees DEGRADED also sees why.
        self.why = why
        self.state = State.DEGRADED

    def notice(self, language: Language) -> str | None:
        """What a visitor should know now, if anything."""
        if self.state is State.LOADING:
            return words.WARMING.of(language)
        if self.state is State.DEGRADED:
            return words.DEGRADED.of(language, why=self.why)
        return None
