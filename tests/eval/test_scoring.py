"""Scores of one case: wildcards, abstention, facts, forbidden words, spans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from eval.cases import Claim, GoldProvision, Question
from eval.scoring import score_claim, score_question

BASE: dict[str, Any] = {
    "id": "q",
    "question": "重大紧急事件多久报告？",
    "history": [],
    "type": "deadline",
    "answerable": True,
    "required": [{"article": 30, "paragraph": None, "item": None}],
    "acceptable": [],
    "facts": [["1小时", "60分钟"]],
    "forbidden": ["^(?!.*1小时).*3小时"],
    "note": "hans: art 30",
}
GOOD: dict[str, Any] = {
    "headline": "事发后１小时内。",
    "answer": "依据第三十条。",
    "abstained": False,
    "reason": None,
    "citations": [{"article": 30, "suffix": None, "paragraph": 1, "item": None}],
    "retrieved": [{"article": 29, "paragraph": 1}, {"article": 30, "paragraph": 1}],
    "findings": [],
}
NOTHING: dict[str, Any] = {
    "answerable": False,
    "required": [],
    "facts": [],
    "forbidden": [],
    "type": "unanswerable",
}
ABSTAINED: dict[str, Any] = {
    "abstained": True,
    "reason": "not_in_regulation",
    "citations": [],
    "headline": "本办法没有规定。",
}


def provision(article: int, paragraph: int | None = None, item: int | None = None) -> Any:
    return {"article": article, "suffix": None, "paragraph": paragraph, "item": item}


@pytest.mark.parametrize(
    ("gold", "cited", "admitted"),
    [
        pytest.param(provision(30), provision(30, 1), True, id="article-admits-paragraph"),
        pytest.param(provision(30), provision(30), True, id="article-admits-article"),
        pytest.param(provision(25), provision(25, 1, 3), True, id="article-admits-item"),
        pytest.param(provision(25, None, 3), provision(25, 1, 3), True, id="item-any-paragraph"),
        pytest.param(provision(25, None, 3), provision(25, 1, 4), False, id="other-item"),
        pytest.param(provision(25, None, 3), provision(25, 1), False, id="paragraph-for-item"),
        pytest.param(provision(12, 2), provision(12), False, id="article-for-paragraph"),
        pytest.param(provision(12, 2), provision(12, 3), False, id="other-paragraph"),
        pytest.param(provision(12), provision(13), False, id="other-article"),
        pytest.param(provision(12), {"article": 12}, True, id="keys-left-out"),
        pytest.param(provision(12), {"article": 12, "suffix": 1}, False, id="inserted-article"),
        pytest.param(
            {"article": 12, "suffix": 1}, {"article": 12, "suffix": 1}, True, id="same-suffix"
        ),
    ],
)
def test_wildcards(gold: Any, cited: Any, admitted: bool) -> None:
    assert GoldProvision.from_json(gold).admits(cited) is admitted


@pytest.mark.parametrize(
    ("case", "answer", "right", "fault"),
    [
        pytest.param({}, {}, True, "", id="right"),
        pytest.param({}, {"headline": "事發後 60 分鐘內。"}, True, "", id="traditional-and-spaced"),
        pytest.param(
            {}, {"headline": "见下。", "answer": "须在1小时内"}, True, "", id="fact-below"
        ),
        pytest.param({}, {"citations": []}, False, "not cited: 30", id="no-citation"),
        pytest.param(
            {"required": [provision(30), provision(32, 2)]},
            {},
            False,
            "not cited: 32.2",
            id="one-of-two-cited",
        ),
        pytest.param({}, {"headline": "及时。"}, False, "fact missing: 1小时|60分钟", id="no-fact"),
        pytest.param(
            {"facts": [["1小时"], ["上级"]]}, {}, False, "fact missing: 上级", id="outer-is-and"
        ),
        pytest.param(
            {},
            {"headline": "3 小时内。", "answer": "1小时"},
            False,
            "forbidden in headline: ^(?!.*1小时).*3小时",
            id="forbidden-headline",
        ),
        pytest.param({}, {"answer": "不是3小时"}, True, "", id="forbidden-only-in-headline"),
        pytest.param(
            {"forbidden": ["^是的"]},
            {"headline": "**是的**，1小时。"},
            False,
            "forbidden in headline: ^是的",
            id="forbidden-in-bold",
        ),
        pytest.param({}, {"abstained": True}, False, "abstained (None)", id="abstained-wrongly"),
        pytest.param(NOTHING, ABSTAINED, True, "", id="abstained-rightly"),
        pytest.param(
            NOTHING, {}, False, "answered what the regulation does not answer", id="invented"
        ),
        pytest.param(
            NOTHING | {"type": "lookup"},
            ABSTAINED | {"reason": "no_such_provision"},
            True,
            "",
            id="lookup-of-nothing",
        ),
        pytest.param(
            NOTHING | {"type": "lookup"},
            ABSTAINED,
            False,
            "reason is not_in_regulation, not no_such_provision",
            id="lookup-other-reason",
        ),
        pytest.param(
            NOTHING | {"forbidden": ["罚款\\d+"]},
            ABSTAINED | {"headline": "没有规定，通常罚款500元。"},
            False,
            "forbidden in headline: 罚款\\d+",
            id="abstained-but-invented",
        ),
        pytest.param({}, {"error": "ValueError: x"}, False, "error: ValueError: x", id="crashed"),
    ],
)
def test_question(case: Any, answer: Any, right: bool, fault: str) -> None:
    score = score_question(Question.from_json(BASE | case), GOOD | answer)
    assert score.right is right
    assert score.faults == ((fault,) if fault else ())


def test_no_answer_is_unscored() -> None:
    assert score_question(Question.from_json(BASE), None).right is None


def test_figures_of_one_answer() -> None:
    score = score_question(
        Question.from_json(BASE | {"acceptable": [provision(24, 2)]}),
        GOOD | {"citations": [provision(30, 1), provision(24, 2), provision(9, 1)]},
    )
    assert score.citation_precision == pytest.approx(2 / 3)
    assert score.citation_recall == 1.0
    assert (score.recall, score.mrr) == ((0.0, 1.0, 1.0), 0.5)
    assert score.direct is True


def test_what_is_not_asked_is_none() -> None:
    case = Question.from_json(BASE | {"required": [], "facts": []} | {"answerable": True})
    score = score_question(case, GOOD | {"citations": [], "retrieved": None, "findings": None})
    assert score.citation_precision is None
    assert score.citation_recall is None
    assert score.mrr is None
    assert score.direct is None
    assert score.findings is None


def test_paragraphs_of_one_article_take_one_place_at_article_grain() -> None:
    ranked = [provision(24, 1), provision(24, 2), provision(24, 3), provision(30, 1)]
    score = score_question(Question.from_json(BASE), GOOD | {"retrieved": ranked})
    assert (score.mrr, score.article_mrr) == (0.25, 0.5)


TEXT = "盟市每季度，旗县每季度至少1次。"
CLAIM: dict[str, Any] = {
    "id": "c",
    "text": TEXT,
    "label": "contradicted",
    "category": "frequency",
    "gold": {"article": 17, "paragraph": 1, "item": None},
    "expected": "每月",
    "span": "每季度",
    "start": 8,
    "note": "art 17",
}


def finding(start: int, end: int, **more: Any) -> Mapping[str, Any]:
    whole = {"start": start, "end": end, "text": TEXT[start:end], "verdict": "contradicted"}
    return {**whole, "expected": "每月至少1次", "provision": provision(17, 1), **more}


@pytest.mark.parametrize(
    ("findings", "exact", "overlaps"),
    [
        pytest.param([finding(8, 11)], True, True, id="exact"),
        pytest.param([finding(8, 15)], False, True, id="longer"),
        pytest.param([finding(2, 5)], False, False, id="same-words-elsewhere"),
        pytest.param([finding(2, 5), finding(8, 11)], True, True, id="one-of-two"),
        pytest.param([finding(8, 11, verdict="supported")], False, False, id="not-the-wrong-one"),
    ],
)
def test_span(findings: Any, exact: bool, overlaps: bool) -> None:
    result = {"verdict": "contradicted", "findings": findings}
    score = score_claim(Claim.from_json(CLAIM), result)
    assert (score.right, score.span_exact, score.span_overlaps) == (True, exact, overlaps)


def test_any_occurrence_when_the_gold_names_no_start() -> None:
    case = Claim.from_json({**CLAIM, "start": None})
    score = score_claim(case, {"verdict": "contradicted", "findings": [finding(2, 5)]})
    assert score.span_exact is True


def test_expected_and_provision() -> None:
    case = Claim.from_json(CLAIM)
    good = score_claim(case, {"verdict": "contradicted", "findings": [finding(8, 11)]})
    assert (good.expected_named, good.provision_named) == (True, True)
    other = finding(8, 11, expected="每半年", provision=provision(15, 1, 3))
    bad = score_claim(case, {"verdict": "contradicted", "findings": [other]})
    assert (bad.expected_named, bad.provision_named) == (False, False)


def test_an_escape_has_no_span() -> None:
    score = score_claim(Claim.from_json(CLAIM), {"verdict": "supported", "findings": []})
    assert (score.right, score.span_exact, score.expected_named) == (False, None, None)
    assert score.faults == ("supported, not contradicted",)


def test_a_finding_whose_offsets_lie() -> None:
    lying = {**finding(8, 11), "text": "每月"}
    score = score_claim(Claim.from_json(CLAIM), {"verdict": "contradicted", "findings": [lying]})
    assert score.faults == ("finding 8..11 does not hold '每月'",)
