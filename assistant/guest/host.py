"""The guest's visit: draft, verification, one repair, and what becomes of the answer.

The deterministic answer exists before the guest is asked and stands unless the guest's is as
good: no sentence of it refused after the repair, the point of the question in it, nothing in
the whole of it contradicted.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from assistant.draft import Draft
from assistant.guest.breaker import Breaker
from assistant.guest.client import Client, Message, Model
from assistant.guest.events import Judged, Notice, Shown, Trace, Withheld
from assistant.guest.faults import Fault, GuestError
from assistant.guest.notices import notice
from assistant.guest.offer import Offer, make_offer
from assistant.guest.prompt import first_prompt, repair_prompt
from assistant.guest.sentences import Splitter
from assistant.guest.settings import GuestSettings
from assistant.guest.verify import Verifier
from assistant.guest.witness import Witnesses
from assistant.knowledge import Knowledge
from assistant.question import Intent, Question
from assistant.rank import Ranking
from assistant.scope import WANTS_TIME

__all__ = ["Guest", "Written", "open_guest"]

log = logging.getLogger(__name__)

_MOST_SAID, _MOST_THOUGHT = 6000, 60_000
"""Characters of one answer, whatever becomes of it (five sentences were asked for), and of
what the model thinks aloud before it."""
_WORTH_A_REPAIR = 0.2
"""Share of the time that must be left."""
_KEPT = 100
"""Traces."""
_OWN_LEAD = frozenset({Intent.YES_NO, Intent.SCENARIO, Intent.COMPARE})
"""Answered by a judgement, a computed moment or a table: nothing that a draft could better."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the guest leaves behind. ``draft`` is None where the deterministic answer stands."""

    draft: Draft | None
    notices: tuple[str, ...]
    trace: Trace


class Guest:
    """A language model under supervision. Safe to share between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        model: Model,
        settings: GuestSettings,
        breaker: Breaker | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._knowledge = knowledge
        self._model = model
        self._settings = settings
        self._breaker = breaker or Breaker(clock=clock)
        self._clock = clock
        self._witnesses = Witnesses(knowledge)
        self.traces: deque[Trace] = deque(maxlen=_KEPT)
        """Of the last visits, for administrators."""

    def prepare(self) -> None:
        """Do beforehand what the first visit would otherwise wait for."""
        if isinstance(self._model, Client):
            self._model.prepare()

    @staticmethod
    def is_asked(question: Question, draft: Draft) -> bool:
        """Whether there is anything for a guest to write: not where the answer is a refusal,
        a yes or no, a computed moment or a fact without a provision."""
        return bool(draft.evidence) and not (
            draft.abstained
            or question.small_talk
            or question.injection
            or question.fabrication
            or question.yes_no
            or question.intent in _OWN_LEAD
        )

    def write(
        self, question: Question, history: Sequence[str], draft: Draft, ranking: Ranking
    ) -> Iterator[Shown | Withheld | Notice | Written]:
        """The visit: events as they happen, what remains of it last."""
        offer = make_offer(draft, ranking, self._knowledge, question.language)
        trace = Trace(question.text)
        visit = _Visit(question, draft, offer, self._witnesses, self._clock, trace)
        self.traces.append(trace)
        fault: Fault | None = None
        written: Draft | None = None
        if not self._breaker.admits():
            fault, outcome = Fault.PAUSED, Fault.PAUSED.value
        else:
            try:
                yield from self._talk(visit, history)
                written, outcome = visit.outcome()
            except GuestError as error:
                log.warning("%s", error)
                self._breaker.failed(error.retry_after, at_once=error.fault.lasting)
                fault, outcome = error.fault, error.fault.value
            except Exception:  # a fault of ours must not take the answer that exists already
                log.exception("the language model's answer could not be judged")
                fault, outcome = Fault.OURS, Fault.OURS.value
        trace.fault, trace.outcome = fault and fault.value, outcome
        trace.elapsed_ms = visit.elapsed_ms()
        said = () if written is not None else (notice(fault, question.language),)
        yield from map(Notice, said)
        yield Written(written, said, trace)

    def _talk(self, visit: _Visit, history: Sequence[str]) -> Iterator[Shown | Withheld]:
        """Draft and, where something is amiss, repair."""
        deadline = visit.started + self._settings.timeout
        first = first_prompt(visit.question, history, visit.offer)
        said: list[str] = []
        yield from self._round(visit, first, deadline, 1, said)
        amiss = visit.amiss(1)
        left = deadline - self._clock()
        if not amiss and visit.verifier.accepted:
            return
        if left < _WORTH_A_REPAIR * self._settings.timeout:
            return
        shown = len(visit.verifier.accepted)
        prompt = repair_prompt(first, "".join(said), amiss, shown, visit.offer)
        yield from self._round(visit, prompt, deadline, 2, said)

    def _round(
        self,
        visit: _Visit,
        prompt: Sequence[Message],
        deadline: float,
        round_: int,
        said: list[str],
    ) -> Iterator[Shown | Withheld]:
        """One answer of the model, sentence by sentence."""
        splitter = Splitter()
        # Closed at once where it is given up, so that the service is not kept writing.
        with closing(self._model.stream(prompt, deadline - self._clock())) as pieces:
            for piece in pieces:
                said.append(piece)
                for sentence in splitter.feed(piece):
                    yield visit.judge(sentence, round_)
                if splitter.said > _MOST_SAID or splitter.thought > _MOST_THOUGHT:
                    raise GuestError(Fault.ENDLESS)
        for sentence in splitter.rest():
            yield visit.judge(sentence, round_)
        self._breaker.succeeded()


class _Visit:
    """One question's visit."""

    def __init__(
        self,
        question: Question,
        draft: Draft,
        offer: Offer,
        witnesses: Witnesses,
        clock: Callable[[], float],
        trace: Trace,
    ) -> None:
        self.question = question
        self.offer = offer
        self.verifier = Verifier(offer, witnesses)
        self.trace = trace
        self.started = clock()
        self._clock = clock
        self._draft = draft

    def elapsed_ms(self) -> float:
        """Since the visit began."""
        return (self._clock() - self.started) * 1000

    def judge(self, sentence: str, round_: int) -> Shown | Withheld:
        """One sentence, judged and noted."""
        judged = self.verifier.judge(sentence, round_)
        self.trace.judged.append(judged)
        if judged.text is None:
            assert judged.reason is not None
            return Withheld(judged.reason)
        if self.trace.first_shown_ms is None:
            self.trace.first_shown_ms = round(self.elapsed_ms(), 1)
        cited = self.verifier.accepted[-1].offered
        return Shown(judged.text, tuple(item.provision for item in cited))

    def amiss(self, round_: int) -> tuple[Judged, ...]:
        """The sentences of a round that were to tell something and are not shown."""
        return tuple(
            j for j in self.trace.judged
            if j.round == round_ and j.reason is not None and j.reason.weighs
        )  # fmt: skip

    def outcome(self) -> tuple[Draft | None, str]:
        """The guest's answer and ``used``, or None and why not. A repair may leave out what it
        cannot mend, as it was told; what it writes must all have passed."""
        if not self.verifier.accepted:
            return None, "nothing to show"
        if self.amiss(max(j.round for j in self.trace.judged)):
            return None, "sentences withheld"
        if not self._to_the_point():
            return None, "beside the point"
        draft = self.verifier.draft()
        return draft, "used" if draft is not None else "refused as a whole"

    def _to_the_point(self) -> bool:
        """Whether it rests on the provision that the deterministic answer rests on first, and
        gives that answer's time where one was asked for."""
        accepted = self.verifier.accepted
        if self.question.intent in WANTS_TIME:
            rows = {evidence.rule for evidence in self._draft.evidence}
            return any(a.timed and not rows.isdisjoint(a.rules) for a in accepted)
        decisive = self._draft.evidence[0].provision.of_article
        return any(i.provision.of_article == decisive for a in accepted for i in a.offered)


def open_guest(settings: GuestSettings | None, knowledge: Knowledge) -> Guest | None:
    """The guest as the settings describe it; None where none is invited."""
    return None if settings is None else Guest(knowledge, Client(settings), settings)
