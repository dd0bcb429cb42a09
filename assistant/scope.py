"""Whether the regulation answers a question at all.

Silence is part of the answer: what the text does not lay down is said so, with the
nearest provisions named but not passed off as an answer. Every refusal has a reason that
can be read off the question: another place, another law, an attribute that the text does
not give, a provision that does not exist, a subject that it does not treat.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from assistant.draft import Draft
from assistant.knowledge import Knowledge
from assistant.question import Intent, Language, Question
from assistant.rank import Ranking
from assistant.wording import labels, say
from index.errors import NoSuchProvisionError
from index.regulation import ProvisionId
from index.works import is_own

__all__ = ["WANTS_TIME", "Reason", "Scope"]

WANTS_TIME = frozenset({Intent.DEADLINE, Intent.FREQUENCY})
"""Intents that only a time limit answers; without one, :meth:`Scope.no_time` does."""


class Reason(enum.StrEnum):
    """Why an answer abstains, as in the contract."""

    NOT_IN_REGULATION = "not_in_regulation"
    OFF_TOPIC = "off_topic"
    NO_SUCH_PROVISION = "no_such_provision"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least :attr:`RankedRule.aboutness` of a subject that is treated; tuned on dev cases.

    English questions meet Chinese text, so that their scores run lower.
    """

    treated: float = 0.84
    treated_english: float = 0.66
    lexical_only: float = 0.15
    """Least lexical score while the model is not loaded."""
    near: float = 0.62
    """Below this the question is off topic, above it near the subject but not treated."""
    hinted: float = 0.20
    """What an intent that points at certain rows by itself (in force when, what sanction)
    takes off the threshold."""


_TITLE = re.compile("《([^《》]*(?:法|条例|规定|办法|细则|规则|解释|决定))》")


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
        no_question = question.injection and question.intent in (Intent.GENERAL, Intent.YES_NO)
        if question.fabrication or (no_question and not question.own_citations):
            return Draft(say("refused", english), abstained=True, reason=Reason.REFUSED.value)
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
        if question.foreign:
            place = question.foreign[0]
            return self._refuse(
                say("other_place", english, place=place), Reason.NOT_IN_REGULATION, ranking
            )
        other = [c.work for c in question.citations if c.work]
        other += [name for name in _TITLE.findall(question.plain) if self._is_other(name)]
        if other and not question.own_citations:
            return self._refuse(
                say("other_law", english, law=other[0]), Reason.NOT_IN_REGULATION, ranking
            )
        strong, near = self._treated(question, ranking)
        if question.unregulated:
            reason = Reason.NOT_IN_REGULATION if near else Reason.OFF_TOPIC
            if question.unregulated in ("weather", "errand"):
                if question.own_citations or (strong and question.unregulated != "errand"):
                    return None
                return self._refuse(say("off_topic", english), Reason.OFF_TOPIC, ranking)
            what = say(f"what.{question.unregulated}", english)
            return self._refuse(say("not_regulated.what", english, what=what), reason, ranking)
        if question.own_citations:
            return None
        if question.injection and not strong:
            return self._refuse(say("refused", english), Reason.REFUSED, ranking)
        if not strong:
            key = "not_regulated" if near else "off_topic"
            reason = Reason.NOT_IN_REGULATION if near else Reason.OFF_TOPIC
            return self._refuse(say(key, english), reason, ranking)
        return None

    def _is_other(self, title: str) -> bool:
        """Whether a title in 《》 is neither this regulation's nor that of a work it names."""
        known = self._regulation.works
        return not is_own(title, self._regulation) and not any(title in w for w in known)

    def _treated(self, question: Question, ranking: Ranking) -> tuple[bool, bool]:
        """Whether the regulation treats the subject, and whether it comes near it."""
        limits = self._limits
        found = [row for r in (ranking, *ranking.parts) for row in r.rules[:6]]
        if not ranking.dense_used:
            lexical = max(r.lexical for r in found)
            return lexical >= limits.lexical_only, lexical >= limits.lexical_only / 2
        about = max(r.aboutness for r in found)
        english = question.language is Language.EN
        least = limits.treated_english if english else limits.treated
        if question.asks & {Intent.CONSEQUENCE, Intent.EFFECTIVE}:
            least -= limits.hinted
        return about >= least, about >= limits.near

    def no_time(self, question: Question, ranking: Ranking) -> Draft:
        """The subject is treated, but without the time limit that was asked for."""
        english = question.language is Language.EN
        what = say("what.time", english)
        return self._refuse(
            say("not_regulated.what", english, what=what), Reason.NOT_IN_REGULATION, ranking
        )

    def _missing(self, error: NoSuchProvisionError, question: Question) -> Draft:
        from assistant.lookup import describe_missing  # noqa: PLC0415

        return Draft(
            describe_missing(error, question.language.value),
            abstained=True,
            reason=Reason.NO_SUCH_PROVISION.value,
        )

    @staticmethod
    def _refuse(headline: str, reason: Reason, ranking: Ranking) -> Draft:
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
        return say("nearest", english, labels=labels(draft.nearest, self._regulation, language))
