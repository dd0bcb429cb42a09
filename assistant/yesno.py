"""Yes/no questions: the statement behind them, judged by the checker."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.check import CheckResult, FindingKind, Verdict, check
from assistant.knowledge import Knowledge
from assistant.question import Language, Question, YesNo
from assistant.wording import say
from index.rules import Rule

__all__ = ["Judgement", "judge_question"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Yes, no or unsettled (None), with the rows that decided it."""

    holds: bool | None
    rules: tuple[Rule, ...]
    result: CheckResult

    def lead(self, yes_no: YesNo, language: Language) -> str:
        """The opening words of the answer."""
        english = language is Language.EN
        if self.holds is None:
            return say("rule_is", english)
        manner = "inverted" if yes_no.inverted else yes_no.manner
        return say(f"{'yes' if self.holds else 'no'}.{manner}", english)


def judge_question(question: Question, knowledge: Knowledge) -> Judgement | None:
    """Judge the statement behind ``question``; None when it is no yes/no question."""
    if question.yes_no is None:
        return None
    statement = question.yes_no.statement
    if question.yes_no.conduct and question.language is not Language.EN:
        # Without a teller 提前10天请示 reads as a rule, and contradicts the one of a week.
        statement = f"我们{statement}"
    result = check(statement, knowledge)
    decisive = [
        f
        for f in result.findings
        if f.verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED) and f.rule is not None
    ]
    if result.verdict is Verdict.CONTRADICTED:
        holds: bool | None = False
        decisive = [f for f in decisive if f.verdict is Verdict.CONTRADICTED] or decisive
    elif result.verdict is Verdict.SUPPORTED:
        # What was done complies only when its time was measured against the rule's; that
        # it is on the rule's subject is not enough for a yes.
        measured = any(f.kind is FindingKind.TIME_LIMIT for f in decisive)
        holds = True if measured or not question.yes_no.conduct else None
    else:
        holds = None
    ids = dict.fromkeys(f.rule for f in decisive if f.rule is not None)
    return Judgement(holds, tuple(knowledge.rules.get(i) for i in ids), result)
