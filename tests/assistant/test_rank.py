"""Ranking: with and without vectors, citations first, every row found by its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Assistant
from assistant.follow_up import understand
from assistant.knowledge import Knowledge, load_knowledge
from assistant.rank import Ranker, Ranking
from eval.cases import BUNDLED, Question, load_cases
from index.citation import format_citation
from index.embed import Vectors
from index.regulation import ProvisionId
from index.rules import Rule
from index.store import VectorIndex
from index.timelimit import LimitKind, find_time_limits

KNOWLEDGE = load_knowledge()


@pytest.fixture(scope="module")
def with_vectors(assistant: Assistant) -> Ranker:
    return assistant.ranker


@pytest.fixture(scope="module")
def lexical(lexical_assistant: Assistant) -> Ranker:
    return lexical_assistant.ranker


@pytest.fixture(params=["with_vectors", "lexical"])
def ranker(request: pytest.FixtureRequest) -> Ranker:
    """Both ways of ranking."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Ranker)
    return found


def rank(ranker: Ranker, text: str, *history: str) -> Ranking:
    return ranker.rank(understand(text, KNOWLEDGE, history))


# -- shape --------------------------------------------------------------------------------


class FailingEmbedder:
    """Must not be called."""

    model_id = "none"
    dimension = 384

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"unplanned: {texts}")

    embed_passages = embed_queries


class CountingEmbedder:
    """The same vector for every question; counts the calls."""

    model_id = "constant"

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self.calls: list[list[str]] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(list(texts))
        return np.full((len(texts), self.dimension), self.dimension**-0.5, dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"unplanned: {texts}")


def test_nothing_is_embedded_until_asked(knowledge: Knowledge, vector_index: VectorIndex) -> None:
    ranker = Ranker(knowledge)
    assert not ranker.has_vectors
    ranker.attach(vector_index, FailingEmbedder())
    assert ranker.has_vectors


def test_one_call_of_the_model_a_question(knowledge: Knowledge, vector_index: VectorIndex) -> None:
    embedder = CountingEmbedder(vector_index.fingerprint.dimension)
    ranker = Ranker(knowledge)
    ranker.attach(vector_index, embedder)
    assert rank(ranker, "谁来召集全体会议？").parts == ()
    assert [len(texts) for texts in embedder.calls] == [1]
    assert len(rank(ranker, "盟市和旗县研判频次有什么不同？").parts) == 2
    assert [len(texts) for texts in embedder.calls] == [1, 3]


def test_whether_vectors_were_used_is_told(with_vectors: Ranker, lexical: Ranker) -> None:
    assert rank(with_vectors, "谁来召集全体会议？").dense_used
    assert not rank(lexical, "谁来召集全体会议？").dense_used


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=60)
def test_any_text_is_ranked(text: str) -> None:
    _well_formed(rank(_LEXICAL, text))


_LEXICAL = Ranker(KNOWLEDGE)


@pytest.mark.parametrize("text", ["", "谁来召集全体会议？", "第三十条", "今天天气", "\0\ud800"])
def test_shape(text: str, ranker: Ranker) -> None:
    _well_formed(rank(ranker, text))


def _well_formed(found: Ranking) -> None:
    assert found.rules
    assert len(found.provisions) == 10
    for scores in ([r.score for r in found.rules], [p.score for p in found.provisions]):
        assert np.isfinite(scores).all()
        assert scores == sorted(scores, reverse=True)
    assert len({r.rule.id for r in found.rules}) == len(found.rules)
    assert len({p.provision for p in found.provisions}) == len(found.provisions)
    for ranked in found.rules:
        assert ranked.base + ranked.slots == pytest.approx(ranked.score)


def test_same_question_same_ranking(ranker: Ranker) -> None:
    assert rank(ranker, "旗县多久研判一次？") == rank(ranker, "旗县多久研判一次？")


# -- citations ----------------------------------------------------------------------------


def _provisions() -> Iterator[ProvisionId]:
    for found in KNOWLEDGE.regulation.articles:
        name = ProvisionId(KNOWLEDGE.regulation.id, found.number, found.suffix)
        yield name
        for paragraph in found.paragraphs:
            yield replace(name, paragraph=paragraph.number)
            for item in paragraph.items:
                yield replace(name, paragraph=paragraph.number, item=item.number)


@pytest.mark.parametrize("form", ["full", "short", "en"])
@pytest.mark.parametrize(
    "template", ["{}说的什么？", "{}规定多久报告？", "请问重大紧急事件按{}由谁报？"]
)
def test_what_is_cited_comes_first(form: str, template: str, lexical: Ranker) -> None:
    for name in _provisions():
        label = format_citation(
            name,
            lang="en" if form == "en" else "zh-Hans",
            regulation=KNOWLEDGE.regulation,
            short=form == "short",
        )
        first = rank(lexical, template.format(f" {label} " if form == "en" else label))
        found = first.provisions[0].provision
        # The only paragraph of an article is the article.
        only = len(KNOWLEDGE.regulation.article(name.article, name.suffix).paragraphs) == 1
        wanted = {name, name.of_article} if only and name.item is None else {name}
        assert found in wanted, label


def test_a_citation_of_what_does_not_exist_is_no_error(lexical: Ranker) -> None:
    for text in ("第九十九条", "第三十条第九款", "第四十二条第（七）项", "第二十条至第九十条"):
        _well_formed(rank(lexical, text))


def test_another_laws_article_does_not_count(lexical: Ranker) -> None:
    own = rank(lexical, "第三十条怎么规定").provisions[0]
    other = rank(lexical, "《刑法》第三十条怎么规定").provisions[0]
    assert own.provision.article == 30
    assert other.score < 1 < own.score


# -- every row by its own words -----------------------------------------------------------


def _asked_time(rule: Rule) -> str:
    """The row's statement without its time expressions, and the question for them."""
    text = rule.statement.rstrip("。")
    for mention in sorted(find_time_limits(text), key=lambda m: m.span, reverse=True):
        text = text[: mention.span.start] + text[mention.span.end :]
    assert rule.time is not None
    return f"{text}，{'几次' if rule.time.kind is LimitKind.FREQUENCY else '多久'}？"


TIMED = [rule for rule in KNOWLEDGE.rules if rule.time is not None]


def test_the_time_of_every_row_is_asked_without_telling_it() -> None:
    assert len(TIMED) >= 25
    for rule in TIMED:
        assert not find_time_limits(_asked_time(rule)), rule.id


def test_a_question_for_a_rows_time_finds_its_article(ranker: Ranker) -> None:
    missed = [
        rule.id
        for rule in TIMED
        if rule.provision.of_article
        not in {r.rule.provision.of_article for r in rank(ranker, _asked_time(rule)).rules[:3]}
    ]
    assert len(missed) <= 0.05 * len(TIMED), missed


def test_a_rows_own_statement_finds_its_article_first(ranker: Ranker) -> None:
    missed = [
        rule.id
        for rule in KNOWLEDGE.rules
        if rank(ranker, rule.statement).best.rule.provision.of_article != rule.provision.of_article
    ]
    assert len(missed) <= 0.05 * len(KNOWLEDGE.rules), missed


# -- evidence -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param("旗县政法委多久研判一次？", "盟市政法委多久研判一次？", id="level"),
        pytest.param("赛罕区政法委多久研判一次？", "包头市政法委多久研判一次？", id="place"),
        pytest.param("重大紧急事件多久报告？", "一般性突发事件多久报告？", id="event"),
        pytest.param("公安局党委会多久开一次？", "政法委全体会议由谁召集？", id="subject"),
    ],
)
def test_one_word_decides_between_two_rows(text: str, other: str, ranker: Ranker) -> None:
    assert rank(ranker, text).best.rule.id != rank(ranker, other).best.rule.id


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        pytest.param("旗县多久研叛一次社会稳定", "旗县多久研判一次社会稳定", id="研叛"),
        pytest.param("群体性事间谁赶赴现场", "群体性事件谁赶赴现场", id="事间"),
        pytest.param("述直述廉多久一次", "述职述廉多久一次", id="述直"),
    ],
)
def test_homophones_find_the_same_article(slip: str, right: str, ranker: Ranker) -> None:
    assert slip != right
    found, wanted = (rank(ranker, t).best.rule.provision.of_article for t in (slip, right))
    assert found == wanted


@pytest.mark.parametrize(
    ("earlier", "number"),
    [
        ("一般性突发事件多久上报？", 30),
        ("民主生活会的主题怎么定？", 38),
        ("监督检查报告多久形成？", 43),
    ],
)
def test_a_follow_up_is_ranked_with_what_it_leans_on(
    earlier: str, number: int, ranker: Ranker
) -> None:
    assert rank(ranker, "那报给谁？", earlier).best.rule.provision.article == number


def test_vectors_help(with_vectors: Ranker, lexical: Ranker) -> None:
    """On the bundled questions, more gold articles come first with the model than without."""
    gold = [
        (case.question, case.history, {p.article for p in case.required})
        for case in load_cases(BUNDLED[0])
        if isinstance(case, Question) and case.required
    ]

    def right(ranker: Ranker) -> int:
        return sum(
            rank(ranker, text, *history).provisions[0].provision.article in articles
            for text, history, articles in gold
        )

    assert right(with_vectors) > right(lexical) > len(gold) / 2
