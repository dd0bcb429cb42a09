"""Question in, checked answer out: the one orchestration.

understand → rank → is it regulated? → compose → check. The checker has the last word: an
answer that it contradicts is never shown (that would be a defect of ours, and a test
over every rule row looks for it); the provision itself is shown in its place.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.check import Finding, Verdict, check
from assistant.compose import Composer
from assistant.draft import Draft, Evidence
from assistant.findings import provision_json
from assistant.follow_up import understand
from assistant.knowledge import Knowledge, load_knowledge
from assistant.preamble_answers import PreambleAnswers
from assistant.question import Intent, Language, Question
from assistant.rank import RankedProvision, Ranker, Ranking
from assistant.scenario import due_lead
from assistant.scope import WANTS_TIME, Scope
from assistant.wording import say
from assistant.yesno import Judgement, judge_question
from index.citation import format_citation
from index.errors import ModelError, StoreError
from index.regulation import Regulation

__all__ = ["Answer", "Assistant", "load_assistant"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with all that it rests on. ``body`` is the full answer in Markdown."""

    question: str
    headline: str
    body: str
    abstained: bool
    reason: str | None
    citations: tuple[Evidence, ...]
    retrieved: tuple[RankedProvision, ...]
    findings: tuple[Finding, ...]
    language: Language
    notices: tuple[str, ...]
    elapsed_ms: float
    understood: Question
    regulation: Regulation
    generator: str = "rules"

    def quote(self, evidence: Evidence) -> str:
        """The verbatim quotation of one citation, in the answer's script."""
        return self.regulation.text.slice(evidence.span, self.language.script)

    def to_json(self, id_: str | None = None) -> dict[str, Any]:
        """The contract's JSON object."""
        citations = []
        for evidence in self.citations:
            article = self.regulation.article(evidence.provision.article, evidence.provision.suffix)
            citations.append(
                {
                    **provision_json(evidence.provision, self.regulation),
                    "quote": self.quote(evidence),
                    "start": evidence.span.start - article.span.start,
                    "end": evidence.span.end - article.span.start,
                    "rule": evidence.rule,
                }
            )
        return {
            "id": id_,
            "question": self.question,
            "headline": self.headline,
            "answer": self.body,
            "abstained": self.abstained,
            "reason": self.reason,
            "citations": citations,
            "retrieved": [
                {**provision_json(p.provision, self.regulation), "score": round(p.score, 4)}
                for p in self.retrieved
            ],
            "findings": [finding.to_json(self.regulation) for finding in self.findings],
            "language": self.language.value,
            "generator": self.generator,
            "notices": list(self.notices),
            "intent": self.understood.intent.value,
            "elapsed_ms": round(self.elapsed_ms, 2),
        }


class Assistant:
    """Answers questions on one regulation. Safe to share between threads."""

    def __init__(self, knowledge: Knowledge, ranker: Ranker) -> None:
        self.knowledge = knowledge
        self.ranker = ranker
        self._scope = Scope(knowledge)
        self._compose = Composer(knowledge)
        self._preamble = PreambleAnswers(knowledge)
        self._trouble: str | None = None

    def ask(self, question: str, history: Sequence[str] = (), lang: str = "auto") -> Answer:
        """Answer ``question``; ``history`` holds the chat's earlier questions, oldest first."""
        started = time.perf_counter()
        understood = understand(question, self.knowledge, history, lang)
        draft, ranking = self._draft(understood)
        return self._finish(understood, draft, ranking, started)

    def _draft(self, question: Question) -> tuple[Draft, Ranking | None]:
        if (refusal := self._scope.before(question)) is not None:
            ranking = None if question.small_talk else self.ranker.rank(question)
            return refusal, ranking
        ranking = self.ranker.rank(question)
        if (fact := self._preamble.answer(question, ranking)) is not None:
            return fact, ranking
        if (refusal := self._scope.after(question, ranking)) is not None:
            return refusal, ranking
        judgement = judge_question(question, self.knowledge)
        draft = self._compose.compose(question, ranking)
        if question.intent in WANTS_TIME and not self._compose.gives_time(question, ranking):
            return self._scope.no_time(question, ranking), ranking
        if judgement is not None and question.yes_no is not None:
            draft = self._judged(question, ranking, judgement, draft)
        if lead := due_lead(question, draft, self.knowledge):
            draft = replace(draft, headline=f"{lead}{draft.headline}")
        return draft, ranking

    def _judged(
        self, question: Question, ranking: Ranking, judgement: Judgement, draft: Draft
    ) -> Draft:
        assert question.yes_no is not None
        lead = judgement.lead(question.yes_no, question.language)
        if not judgement.rules:
            return replace(draft, headline=f"{lead}{draft.headline}")
        found = {r.rule.id: r for r in ranking.rules}
        rules = [found[r.id] for r in judgement.rules if r.id in found]
        if not rules:
            return replace(draft, headline=f"{lead}{draft.headline}")
        focused = replace(ranking, rules=tuple(rules))
        again = self._compose.compose(replace(question, intent=Intent.GENERAL), focused)
        return replace(again, headline=f"{lead}{again.headline}")

    def _finish(
        self, question: Question, draft: Draft, ranking: Ranking | None, started: float
    ) -> Answer:
        english = question.language is Language.EN
        regulation = self.knowledge.regulation
        headline, body = draft.render(regulation, question.language, say("basis", english))
        notices: list[str] = []
        if draft.abstained:
            line = self._scope.nearest_line(draft, question.language)
            body = f"{body}\n\n{_in_script(line, question.language)}"
        findings: tuple[Finding, ...] = ()
        if not draft.abstained and not question.small_talk:
            result = check(body, self.knowledge)
            findings = result.findings
            if result.verdict is Verdict.CONTRADICTED:
                return self._withhold(question, draft, ranking, started)
        if ranking is not None and not ranking.dense_used:
            notices.append(_in_script(say("notice.lexical", english), question.language))
        if self._trouble:
            notices.append(self._trouble)
        return Answer(
            question=question.text,
            headline=headline,
            body=body,
            abstained=draft.abstained,
            reason=draft.reason,
            citations=() if draft.abstained else draft.evidence,
            retrieved=ranking.provisions if ranking is not None else (),
            findings=findings,
            language=question.language,
            notices=tuple(notices),
            elapsed_ms=(time.perf_counter() - started) * 1000,
            understood=question,
            regulation=regulation,
        )

    def _withhold(
        self,
        question: Question,
        draft: Draft,
        ranking: Ranking | None,
        started: float,
    ) -> Answer:
        """The provisions alone, verbatim, in place of wording that failed the check."""
        english = question.language is Language.EN
        lang = "en" if english else "zh-Hans"
        labels = say("join", english).join(
            dict.fromkeys(
                format_citation(
                    e.provision, lang=lang, regulation=self.knowledge.regulation, short=True
                )
                for e in draft.evidence
            )
        )
        plain = Draft(say("basis_is", english, labels=labels).strip(), evidence=draft.evidence)
        headline, body = plain.render(
            self.knowledge.regulation, question.language, say("basis", english)
        )
        return Answer(
            question=question.text,
            headline=headline,
            body=body,
            abstained=False,
            reason=None,
            citations=draft.evidence,
            retrieved=ranking.provisions if ranking is not None else (),
            findings=tuple(f for f in check(body, self.knowledge).findings),
            language=question.language,
            notices=(_in_script(say("notice.withheld", english), question.language),),
            elapsed_ms=(time.perf_counter() - started) * 1000,
            understood=question,
            regulation=self.knowledge.regulation,
        )

    def warm_up(self, index_folder: Path, model: str, *, light: bool = False) -> None:
        """Load model and vectors; until then answers use words and rules only.

        A missing, stale or corrupt index or model does not raise: answers go on and carry
        a notice that names the command that mends it.
        """
        from index.embed import load_embedder  # noqa: PLC0415
        from index.fingerprint import fingerprint_of  # noqa: PLC0415
        from index.store import load_index  # noqa: PLC0415

        try:
            embedder = load_embedder(model, light=light)
            expected = fingerprint_of(self.knowledge.regulation.id, embedder)
            self.ranker.attach(load_index(index_folder, expected), embedder)
            self._trouble = None
        except (StoreError, ModelError) as error:
            self._trouble = str(error)

    def warm_up_in_background(self, index_folder: Path, model: str) -> threading.Thread:
        """:meth:`warm_up` on a daemon thread, which is returned."""
        thread = threading.Thread(
            target=self.warm_up, args=(index_folder, model), name="warm-up", daemon=True
        )
        thread.start()
        return thread


def _in_script(text: str, language: Language) -> str:
    from index.text import convert  # noqa: PLC0415

    return convert(text, language.script) if language is Language.HANT else text


def load_assistant(
    *,
    index_folder: Path | None = None,
    model: str | None = None,
    regulation: str | None = None,
    warm: bool = True,
    light: bool = False,
) -> Assistant:
    """The assistant as the settings describe it; arguments override them.

    With ``warm`` the model and the vectors are loaded before it returns. ``light`` runs
    the bundled model without sentence-transformers (for one question on a command line).
    """
    from assistant.config import load_settings  # noqa: PLC0415

    settings = load_settings()
    knowledge = load_knowledge(regulation or settings.regulation)
    assistant = Assistant(knowledge, Ranker(knowledge))
    if warm:
        assistant.warm_up(
            index_folder or settings.index_folder, model or settings.embedding_model, light=light
        )
    return assistant
