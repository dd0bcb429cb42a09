"""Two thousand drafts, most of them with something false: none of it may be shown."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.check import Verdict, check
from assistant.guest.sentences import split
from assistant.guest.verify import Verifier
from assistant.guest.witness import Witnesses
from assistant.knowledge import Knowledge
from index.citation import find_citations
from tests.llm.drafts import SLOTS, Drafts

DRAFTS = 2000


@pytest.fixture(scope="module")
def witnesses(knowledge: Knowledge) -> Witnesses:
    return Witnesses(knowledge)


def test_nothing_false_is_shown_and_what_is_true_passes(
    knowledge: Knowledge, witnesses: Witnesses
) -> None:
    true, passed, false = 0, 0, Counter[str]()
    shown, contradicted, uncited = [], [], []
    for draft in Drafts(knowledge).make(DRAFTS, seed=2026):
        verifier = Verifier(draft.offer, witnesses)
        said = split(draft.text)
        assert said == [s.text for s in draft.said]
        for sentence in draft.said:
            judged = verifier.judge(sentence.text)
            if sentence.fault is None:
                true, passed = true + 1, passed + (judged.text is not None)
                continue
            false[sentence.fault] += 1
            if judged.text is not None:
                shown.append((sentence.fault, sentence.rule, sentence.text))
        if not verifier.accepted:
            continue
        answer = verifier.draft()
        assert answer is not None, draft.text
        _, body = answer.render(knowledge.regulation, draft.language)
        if check(body, knowledge).verdict is not Verdict.SUPPORTED:
            contradicted.append(body)
        uncited += [a.text for a in verifier.accepted
                    if not find_citations(a.text, regulation=knowledge.regulation)]  # fmt: skip
    assert (shown, contradicted, uncited) == ([], [], [])
    assert passed / true >= 0.95, passed / true
    assert sum(false.values()) >= 1400
    # Every kind of fault has been tried, the rare ones too.
    others = {"crossed", "wrong-token", "invented-article", "foreign-law", "no-token"}
    assert set(false) == {*SLOTS, *others, "unknown-token", "added", "disguise", "misquoted"}
