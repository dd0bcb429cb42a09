"""Whether the regulation answers a question at all.

Silence is part of the answer: what the text does not lay down is said so, with the
nearest provisions named but not passed off as an answer. Every refusal has a reason that
can be read off the question: another place, another law, an attribute that the text does
not give, a provision that does not exist, a subject that it does not treat.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from assistant.draft import Draft
from assistant.knowledge import Knowledge
from assistant.question import Intent, Language, Question
from assistant.rank import Ranking
from assistant.wording import say
from index.citation import format_citation
from index.errors import NoSuchProvisionError
from index.regulation import ProvisionId

__all__ = ["Reason", "Scope"]


class Reason(enum.StrEnum):
    """Why an answer abstains, as in the contract."""

    NOT_IN_REGULATION = "not_in_regulation"
    OFF_TOPIC = "off_topic"
    NO_SUCH_PROVISION = "no_such_provision"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores below which a subject counts as not treated; tuned on dev cases."""

    off_topic: float = 0.30
    not_treated: float = 0.42
    off_topic_lexical: float = 0.12
    lexical_only: float = 0.22


class Scope:
    """Decides on abstention."""

    def __init__(self, knowledge: Knowledge, thresholds: Thresholds | None = None) -> None:
        self._knowledge = knowledge
        self._regulation = knowledge.regulation
        self._limits = thresholds or Thresholds()

    def before(self, question: Question) -> Draft | None:
        """Refusals that need no search."""
        english = question.language is Language.EN
        if question.small_talk:
            return Draft(say(question.small_talk, english))
        try:
            for citation in question.own_citations:
                for name in citation.provisions:
                    self._regulation.canonical(name)
        except NoSuchProvisionError as error:
            return self._missing(error, question)
        return None

    def after(self, question: Question, ranking: Ranking) -> Draft | None:
        """Refusals that depend on what was found."""
        english = question.language is Language.EN
        best = ranking.best
        base = best.score - best.slots
        if question.foreign:
            place = question.foreign[0]
            return self._refuse(
                say("other_place", english, place=place),
                Reason.NOT_IN_REGULATION,
                ranking,
                question,
            )
        other = [c.work for c in question.citations if c.work]
        if other and not question.own_citations:
            return self._refuse(
                say("other_law", english, law=other[0]), Reason.NOT_IN_REGULATION, ranking, question
            )
        strong = base >= (
            self._limits.not_treated if ranking.dense_used else self._limits.lexical_only
        )
        if question.unregulated:
            reason = (
                Reason.NOT_IN_REGULATION if base >= self._limits.off_topic else Reason.OFF_TOPIC
            )
            if question.unregulated in ("weather", "errand"):
                if question.own_citations or strong and question.unregulated != "errand":
                    return None
                return self._refuse(say("off_topic", english), Reason.OFF_TOPIC, ranking, question)
            what = say(f"what.{question.unregulated}", english)
            return self._refuse(
                say("not_regulated.what", english, what=what), reason, ranking, question
            )
        if question.own_citations:
            return None
        if question.injection and not strong:
            return self._refuse(say("refused", english), Reason.REFUSED, ranking, question)
        if not strong:
            far = base < self._limits.off_topic or best.lexical < self._limits.off_topic_lexical
            key = "off_topic" if far else "not_regulated"
            reason = Reason.OFF_TOPIC if far else Reason.NOT_IN_REGULATION
            return self._refuse(say(key, english), reason, ranking, question)
        return None

    def no_time(self, question: Question, ranking: Ranking) -> Draft:
        """The subject is treated, but without the time limit that was asked for."""
        english = question.language is Language.EN
        what = say("what.time", english)
        return self._refuse(
            say("not_regulated.what", english, what=what),
            Reason.NOT_IN_REGULATION,
            ranking,
            question,
        )

    def _missing(self, error: NoSuchProvisionError, question: Question) -> Draft:
        from assistant.lookup import describe_missing  # noqa: PLC0415

        return Draft(
            describe_missing(error, question.language.value),
            abstained=True,
            reason=Reason.NO_SUCH_PROVISION.value,
        )

    def _refuse(self, headline: str, reason: Reason, ranking: Ranking, question: Question) -> Draft:
        nearest: tuple[ProvisionId, ...] = ()
        if reason is not Reason.OFF_TOPIC:
            nearest = tuple(dict.fromkeys(p.provision.of_article for p in ranking.provisions[:4]))[
                :2
            ]
        return Draft(headline, abstained=True, reason=reason.value, nearest=nearest)

    def nearest_line(self, draft: Draft, language: Language) -> str:
        """The line that names the nearest provisions; empty when there are none."""
        english = language is Language.EN
        if not draft.nearest:
            return say("ask_else", english)
        labels = say("join", english).join(
            format_citation(
                p, lang="en" if english else "zh-Hans", regulation=self._regulation, short=True
            )
            for p in draft.nearest
        )
        return say("nearest", english, labels=labels)


WANTS_TIME = frozenset({Intent.DEADLINE, Intent.FREQUENCY})
