"""Question in, checked answer out: the one orchestration.

understand → rank → is it regulated? → compose → check. The checker has the last word: an
answer that it contradicts is never shown (that would be a defect of ours, and a test
over every rule row looks for it); the provision itself is shown in its place.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from assistant.check import CheckResult, Finding, Verdict, check
from assistant.compose import Composer
from assistant.draft import Draft, Evidence
from assistant.findings import provision_json
from assistant.follow_up import understand
from assistant.guest.events import Done, Event, Trace
from assistant.guest.host import Guest, Written, open_guest
from assistant.guest.settings import GuestSettings
from assistant.knowledge import Knowledge, load_knowledge
from assistant.preamble_answers import PreambleAnswers
from assistant.question import Intent, Language, Lean, Question
from assistant.rank import RankedProvision, Ranker, Ranking
from assistant.scenario import due_lead
from assistant.scope import WANTS_TIME, Scope
from assistant.staying import recent, stay, strays
from assistant.wording import in_script, labels, say
from assistant.yesno import judge_question
from index.errors import MissingIndexError, ModelError, StaleIndexError, StoreError
from index.regulation import Paragraph, Regulation

__all__ = ["Answer", "Assistant", "load_assistant"]

# The errors themselves name folders of this machine, which are not for the page's users.
_TROUBLES: Final = (
    (MissingIndexError, "trouble.missing"),
    (StaleIndexError, "trouble.stale"),
    (StoreError, "trouble.corrupt"),
    (ModelError, "trouble.model"),
)


_KEPT: Final = 256  # earlier questions of chats, with the rows that answered them


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
    withheld: bool = False
    """Whether the wording failed the check, so that the provisions alone are shown."""
    trace: Trace | None = None
    """What a language model wrote and what became of it: for administrators only."""

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

    def __init__(self, knowledge: Knowledge, ranker: Ranker, guest: Guest | None = None) -> None:
        self.knowledge = knowledge
        self.ranker = ranker
        self.guest = guest
        """A language model that may word answers; None: the rules alone do."""
        self._scope = Scope(knowledge)
        self._compose = Composer(knowledge)
        self._preamble = PreambleAnswers(knowledge)
        self._answered = functools.lru_cache(_KEPT)(self._rows_of)
        self._trouble: str | None = None  # a key of the wording

    @property
    def trouble(self) -> str | None:
        """Why answers use words and rules only, in a short English text without a path of
        this machine; None when the warm-up met no trouble (yet)."""
        return None if self._trouble is None else say(self._trouble, True)

    def ask(self, question: str, history: Sequence[str] = (), lang: str = "auto") -> Answer:
        """Answer ``question``; ``history`` holds the chat's earlier questions, oldest first."""
        *_, done = self.stream(question, history, lang)
        assert isinstance(done, Done)
        return done.answer

    def stream(
        self, question: str, history: Sequence[str] = (), lang: str = "auto"
    ) -> Iterator[Event]:
        """As :meth:`ask`, with a guest's checked sentences as they come; last the answer."""
        started = time.perf_counter()
        understood = understand(question, self.knowledge, history, lang)
        draft, ranking = self._draft(understood)
        written: Written | None = None
        if self.guest is not None and ranking is not None and Guest.is_asked(understood, draft):
            for event in self.guest.write(understood, history, draft, ranking):
                if isinstance(event, Written):
                    written = event
                else:
                    yield event
        yield Done(self._finish(understood, draft, ranking, started, written))

    def _draft(self, question: Question) -> tuple[Draft, Ranking | None]:
        if (refusal := self._scope.before(question)) is not None:
            ranking = None if question.small_talk else self.ranker.rank(question)
            return refusal, ranking
        ranking = self._ranked(question)
        if (fact := self._preamble.answer(question, ranking)) is not None:
            return fact, ranking
        if (refusal := self._scope.after(question, ranking)) is not None:
            return refusal, ranking
        if question.intent in WANTS_TIME and not self._compose.gives_time(question, ranking):
            if (
                question.inherited
            ):  # 来不及怎么办 asks no more for the time that the chat began with
                return self._composed(replace(question, intent=Intent.GENERAL), ranking), ranking
            return self._scope.no_time(question, ranking), ranking
        return self._composed(question, ranking), ranking

    def _ranked(self, question: Question) -> Ranking:
        """The ranking; of a follow-up, in the light of what the question before was answered."""
        ranking = self.ranker.rank(question)
        if question.previous is None or question.lean is Lean.SWAP:
            return ranking
        before = self._answered(recent(question.previous), self.ranker.has_vectors)
        return stay(question, ranking, before, self.knowledge.rules)

    def _rows_of(self, question: Question, dense: bool) -> tuple[str, ...]:
        """Ids of the rows that answer an earlier question; empty for an abstention."""
        del dense  # in the key of the cache: what was found without vectors does not last
        draft, _ = self._draft(question)
        return () if draft.abstained else tuple(e.rule for e in draft.evidence if e.rule)

    def _composed(self, question: Question, ranking: Ranking) -> Draft:
        """The answer, after the judgement of a yes/no question or the moment that is due."""
        judgement = judge_question(question, self.knowledge)
        if judgement is None or question.yes_no is None:
            draft = self._compose.compose(question, ranking)
            if question.intent is Intent.COMPARE and question.lean is not Lean.ALONE:
                draft = replace(draft, evidence=self._whole_lists(draft.evidence))
            lead = due_lead(question, draft, self.knowledge)
        else:
            lead = judgement.lead(question.yes_no, question.language)
            ids = [rule.id for rule in judgement.rules]
            # The rows that decided, in their order, are the answer where they were ranked.
            found = {row.rule.id: row for row in ranking.rules}
            decisive = tuple(found[id] for id in ids if id in found)
            if strays(question, decisive, ranking):
                decisive, lead = (), ""
            if decisive:
                question = replace(question, intent=Intent.GENERAL)
                ranking = replace(ranking, rules=decisive)
            draft = self._compose.compose(question, ranking)
        return replace(draft, headline=f"{lead}{draft.headline}")

    def _whole_lists(self, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """这两项查的内容 are the items themselves, not the words that introduce them."""
        out = {}
        for one in evidence:
            node = self.knowledge.regulation.find(one.provision)
            listed = isinstance(node, Paragraph) and bool(node.items)
            whole = replace(one, span=node.span) if listed else one
            out[whole.provision, whole.span] = whole
        return tuple(out.values())

    def _finish(
        self,
        question: Question,
        draft: Draft,
        ranking: Ranking | None,
        started: float,
        written: Written | None = None,
    ) -> Answer:
        english = question.language is Language.EN
        notices: list[str] = []
        by_guest = written is not None and written.draft is not None
        if written is not None and written.draft is not None:
            draft = written.draft
        headline, body, result = self._checked(question, draft)
        withheld = result is not None and result.verdict is Verdict.CONTRADICTED
        if withheld:
            # The provisions alone, verbatim, in place of wording that failed the check.
            names = (evidence.provision for evidence in draft.evidence)
            cited = labels(names, self.knowledge.regulation, question.language)
            basis = say("basis_is", english, labels=cited).strip()
            draft = Draft(basis, evidence=draft.evidence)
            headline, body, result = self._checked(question, draft)
            notices.append("notice.withheld")
        if ranking is not None and not ranking.dense_used:
            notices.append("notice.lexical")
        if self._trouble is not None:
            notices.append(self._trouble)
        return Answer(
            question=question.text,
            headline=headline,
            body=body,
            abstained=draft.abstained,
            reason=draft.reason,
            citations=() if draft.abstained else draft.evidence,
            retrieved=ranking.provisions if ranking is not None else (),
            findings=result.findings if result is not None else (),
            language=question.language,
            notices=(
                *(written.notices if written is not None else ()),
                *(in_script(say(key, english), question.language) for key in notices),
            ),
            elapsed_ms=(time.perf_counter() - started) * 1000,
            understood=question,
            regulation=self.knowledge.regulation,
            generator="llm" if by_guest and not withheld else "rules",
            withheld=withheld,
            trace=written.trace if written is not None else None,
        )

    def _checked(self, question: Question, draft: Draft) -> tuple[str, str, CheckResult | None]:
        """Headline, body, and what our checker says of the body where it states rules."""
        headline, body = draft.render(self.knowledge.regulation, question.language)
        if draft.abstained:
            line = self._scope.nearest_line(draft, question.language)
            return headline, f"{body}\n\n{in_script(line, question.language)}", None
        if question.small_talk:
            return headline, body, None
        return headline, body, check(body, self.knowledge)

    def warm_up(
        self, index_folder: Path, model: str, *, light: bool = False
    ) -> StoreError | ModelError | None:
        """Load model and vectors; until then answers use words and rules only.

        A missing, stale or corrupt index or model does not raise: answers go on and carry
        a notice that names the command that mends it. The error, which names folders of
        this machine, is returned: for a log.
        """
        from index.embed import load_embedder  # noqa: PLC0415
        from index.fingerprint import fingerprint_of  # noqa: PLC0415
        from index.store import load_index  # noqa: PLC0415

        if self.guest is not None:
            self.guest.prepare()
        try:
            embedder = load_embedder(model, light=light)
            expected = fingerprint_of(self.knowledge.regulation.id, embedder)
            self.ranker.attach(load_index(index_folder, expected), embedder)
        except (StoreError, ModelError) as error:
            self._trouble = next(key for kind, key in _TROUBLES if isinstance(error, kind))
            return error
        self._trouble = None
        return None


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
    guest = open_guest(GuestSettings.of(settings), knowledge)
    assistant = Assistant(knowledge, Ranker(knowledge), guest)
    if warm:
        assistant.warm_up(
            index_folder or settings.index_folder, model or settings.embedding_model, light=light
        )
    return assistant
