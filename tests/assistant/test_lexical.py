"""Lexical retrieval: BM25 against an oracle in plain Python, sounds, odd input."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.knowledge import Knowledge
from assistant.lexical import LexicalIndex, LexicalScores, Query, bigrams, sounds, tokens

K1, B = 1.2, 0.4
DOCUMENTS = [
    "重大紧急事件应当在1小时内报告",
    "一般性突发事件应当在6小时内报告",
    "每季度至少研判1次社会稳定形势",
    "the commission shall analyse stability every quarter",
    "全体会议由书记召集和主持",
]


def search(documents: Sequence[str], query: str) -> LexicalScores:
    return LexicalIndex(documents).scores(Query.of(query))


def oracle(documents: Sequence[str], query: str) -> list[float]:
    """BM25 as Lucene has it (Kamphuis et al. 2020), as a share of what is reachable.

    Reachable: each token's best score in any document; for a token that no document
    holds, the 0.9 quantile of those best scores.
    """
    bags = [Counter(tokens(d) or [" "]) for d in documents]
    average = sum(bag.total() for bag in bags) / len(bags)

    def score(token: str, bag: Counter[str]) -> float:
        holding = sum(token in b for b in bags)
        idf = math.log(1 + (len(bags) - holding + 0.5) / (holding + 0.5))
        return idf * bag[token] / (bag[token] + K1 * (1 - B + B * bag.total() / average))

    vocabulary = {token for bag in bags for token in bag}
    best = {token: max(score(token, bag) for bag in bags) for token in vocabulary}
    unknown = float(np.quantile(list(best.values()), 0.9))
    asked = set(tokens(query))
    reachable = sum(best.get(token, unknown) for token in asked)
    if not asked & vocabulary:
        return [0.0] * len(documents)
    return [sum(score(t, bag) for t in asked & vocabulary) / reachable for bag in bags]


class TestOracle:
    @pytest.mark.parametrize(
        "query",
        [
            "报告",
            "小时内报告",
            "研判社会稳定",
            "6小时",
            "谁召集会议",
            "analyse stability",
            "书记 quarter",
            "没有",
        ],
    )
    def test_characters(self, query: str) -> None:
        found = search(DOCUMENTS, query).characters
        assert found.tolist() == pytest.approx(oracle(DOCUMENTS, query), rel=1e-5, abs=1e-7)

    @given(
        st.lists(st.text("政法委报告1ab ", min_size=1, max_size=12), min_size=2, max_size=6),
        st.text("政法委报告1ab 书", max_size=8),
    )
    @settings(max_examples=60, deadline=None)
    def test_any_corpus(self, documents: list[str], query: str) -> None:
        found = search(documents, query).characters
        assert found.tolist() == pytest.approx(oracle(documents, query), rel=1e-4, abs=1e-6)


class TestSounds:
    @pytest.mark.parametrize(
        ("wrong", "right"),
        [
            pytest.param("研叛", "研判", id="homophone"),
            pytest.param("根剧", "根据", id="homophone-2"),
            pytest.param("请施", "请示", id="homophone-3"),
            pytest.param("自要求", "只要求", id="retroflex"),
            pytest.param("金常", "经常", id="nasal"),
        ],
    )
    def test_sound_alike(self, wrong: str, right: str) -> None:
        assert wrong != right
        assert sounds(wrong) == sounds(right)

    @pytest.mark.parametrize(
        ("one", "other"), [("研判", "报告"), ("请示", "清单"), ("报告", "报道")]
    )
    def test_sound_different(self, one: str, other: str) -> None:
        assert sounds(one) != sounds(other)

    @pytest.mark.parametrize(
        ("query", "document"),
        [
            pytest.param("多久研叛形式", 2, id="研叛"),
            pytest.param("全体会义谁照集", 4, id="照集"),
            pytest.param("重大紧疾事件", 0, id="紧疾"),
        ],
    )
    def test_a_slip_still_finds_its_document(self, query: str, document: int) -> None:
        assert int(np.argmax(search(DOCUMENTS, query).best)) == document

    def test_the_right_sign_beats_the_slip(self) -> None:
        right, wrong = search(DOCUMENTS, "研判形势").best, search(DOCUMENTS, "研叛形式").best
        assert right[2] > wrong[2] > 0


class TestTokens:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("报告", ["报", "告", "报告"], id="han"),
            pytest.param("30", ["30"], id="number"),
            pytest.param("day", ["day"], id="short-word"),
            pytest.param("stable", ["stab", "tabl", "able"], id="long-word"),
            pytest.param("what is the", [], id="words-without-a-subject"),
            pytest.param("!?，。", [], id="punctuation"),
            pytest.param("", [], id="empty"),
        ],
    )
    def test_tokens(self, text: str, expected: list[str]) -> None:
        assert tokens(text) == expected

    def test_a_slip_in_an_english_word_keeps_some_tokens(self) -> None:
        assert set(tokens("analyze")) & set(tokens("analyse"))
        assert set(tokens("emergancy")) & set(tokens("emergency"))

    @given(st.text(max_size=30))
    def test_bigrams_count(self, text: str) -> None:
        assert len(bigrams(text)) <= max(0, len(text) - 1)
        assert all(pair in text for pair in bigrams(text))


class TestScores:
    @given(st.text(max_size=40))
    @settings(deadline=None)
    def test_scores_lie_between_0_and_1(self, query: str) -> None:
        found = _INDEX.scores(Query.of(query))
        for scores in (found.characters, found.sound, found.best):
            assert scores.shape == (len(DOCUMENTS),)
            assert np.isfinite(scores).all()
            assert (scores >= 0).all()
            assert (scores <= 1 + 1e-5).all()

    @pytest.mark.parametrize("query", ["", "?", "the", "\0", "\ud800", "𠮷"])
    def test_nothing_to_search_for(self, query: str) -> None:
        assert not _INDEX.scores(Query.of(query)).best.any()

    def test_repeating_a_word_changes_nothing(self) -> None:
        once, twice = (_INDEX.scores(Query.of(q)).characters for q in ("研判", "研判 研判"))
        assert once.tolist() == pytest.approx(twice.tolist())

    def test_words_that_nothing_holds_lower_the_score(self) -> None:
        known, more = (_INDEX.scores(Query.of(q)).characters for q in ("研判", "研判薪酬"))
        assert 0 < more[2] < known[2]

    def test_every_row_is_found_by_its_own_statement(self, knowledge: Knowledge) -> None:
        rows = list(knowledge.rules)
        index = LexicalIndex(rule.statement for rule in rows)
        for i, rule in enumerate(rows):
            best = index.scores(Query.of(rule.statement)).best
            assert best[i] == pytest.approx(best.max(), abs=1e-5)


_INDEX = LexicalIndex(DOCUMENTS)
