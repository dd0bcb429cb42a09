"""Questions on the text itself that its preamble answers: who adopted and issued it, when."""

from __future__ import annotations

from assistant.draft import Draft, Section
from assistant.knowledge import Knowledge
from assistant.lexical import LexicalIndex, Query
from assistant.question import Language, Question
from assistant.rank import Ranking
from assistant.wording import say

__all__ = ["PreambleAnswers"]

# A preamble belongs to no provision, so it must clearly beat every row to be quoted.
_LEAST = 0.30


class PreambleAnswers:
    """The facts of one regulation's preamble, found by their words."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._facts = knowledge.rules.preamble
        self._regulation = knowledge.regulation
        self._texts = LexicalIndex(
            f"{f.statement} {' '.join(f.topics)} {f.statement_en.lower()} {' '.join(f.topics_en)}"
            for f in self._facts
        )

    def answer(self, question: Question, ranking: Ranking) -> Draft | None:
        """The answer when a fact fits the question better than any row; else None."""
        if not self._facts or question.own_citations or question.limits:
            return None
        scores = self._texts.scores(Query.of(question.focus)).characters
        best = max(range(len(self._facts)), key=lambda i: float(scores[i]))
        if scores[best] < max(_LEAST, max(r.lexical for r in ranking.rules)):
            return None
        fact = self._facts[best]
        english = question.language is Language.EN
        quote = self._regulation.text.slice(fact.span, question.language.script)
        where = say("preamble", english)
        return Draft(
            fact.statement_en if english else fact.statement,
            (Section(say("basis", english), (f"{where}“{quote}”",)),),
        )
