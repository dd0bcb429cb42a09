"""Figures over many cases, against scikit-learn where it knows the figure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import (  # type: ignore[import-untyped]
    accuracy_score,
    confusion_matrix,
    label_ranking_average_precision_score,
    top_k_accuracy_score,
)

from eval.cases import GoldProvision
from eval.metrics import VERDICTS, claim_metrics, confusion, mean, question_metrics
from eval.scoring import ClaimScore, QuestionScore, recall_at, reciprocal_rank

ARTICLES = range(1, 11)


@given(
    st.lists(
        st.tuples(st.permutations(list(ARTICLES)), st.sampled_from(ARTICLES)),
        min_size=1,
        max_size=8,
    )
)
def test_ranking_against_scikit_learn(queries: list[tuple[list[int], int]]) -> None:
    # One relevant article a query: average precision is the reciprocal rank.
    places = [[order.index(a) for a in ARTICLES] for order, _ in queries]
    scores = -np.array(places, dtype=float)
    truth = np.array([[a == wanted for a in ARTICLES] for _, wanted in queries])
    ranked = [[{"article": a} for a in order] for order, _ in queries]
    golds = [[GoldProvision(wanted)] for _, wanted in queries]
    ours = mean(reciprocal_rank(r, g) for r, g in zip(ranked, golds, strict=True))
    assert ours == pytest.approx(label_ranking_average_precision_score(truth, scores))
    for k in (1, 3, 5):
        recall = mean(recall_at(k, r, g) for r, g in zip(ranked, golds, strict=True))
        wanted = [w for _, w in queries]
        theirs = top_k_accuracy_score(wanted, scores, k=k, labels=list(ARTICLES))
        assert recall == pytest.approx(theirs)


@given(
    st.lists(
        st.tuples(st.sampled_from(VERDICTS), st.sampled_from(VERDICTS)), min_size=1, max_size=40
    )
)
def test_confusion_against_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    scores = [
        ClaimScore(str(i), "x", None, label, verdict, label == verdict, ())
        for i, (label, verdict) in enumerate(pairs)
    ]
    labels, verdicts = zip(*pairs, strict=True)
    metrics = claim_metrics(scores)
    ours = [[metrics["confusion"][a][b] for b in VERDICTS] for a in VERDICTS]
    assert ours == confusion_matrix(labels, verdicts, labels=list(VERDICTS)).tolist()
    assert metrics["accuracy"] == pytest.approx(accuracy_score(labels, verdicts))


def claim(name: str, label: str, verdict: str | None) -> ClaimScore:
    right = None if verdict is None else label == verdict
    return ClaimScore(name, "deadline", "dev", label, verdict, right, ())


def test_escapes_and_false_alarms() -> None:
    metrics = claim_metrics(
        [
            claim("c1", "contradicted", "supported"),
            claim("c2", "contradicted", "contradicted"),
            claim("c3", "supported", "contradicted"),
            claim("c4", "supported", "unverifiable"),
            claim("c5", "unverifiable", "contradicted"),
            claim("c6", "contradicted", None),
        ]
    )
    assert metrics["escapes"] == ["c1"]
    assert metrics["escape_rate"] == 0.5
    assert metrics["false_alarms"] == ["c3", "c5"]
    assert metrics["false_alarm_rate"] == pytest.approx(2 / 3)
    assert (metrics["cases"], metrics["scored"], metrics["right"]) == (6, 5, 1)


def question(name: str, answerable: bool, abstained: bool, right: bool) -> QuestionScore:
    return QuestionScore(
        name, "deadline", "hans", "dev", answerable, right, (), abstained=abstained
    )


def test_abstention_rates_and_unknowns() -> None:
    metrics = question_metrics(
        [
            question("q1", True, False, True),
            question("q2", True, True, False),
            question("q3", False, True, True),
            question("q4", False, False, False),
            QuestionScore("q5", "list", None, None, True, None, ("no answer",)),
        ]
    )
    assert metrics["abstention_recall"] == 0.5
    assert metrics["false_abstention"] == 0.5
    assert metrics["accuracy"] == 0.5
    assert metrics["mrr"] is None
    assert metrics["by_type"]["list"] == {
        "cases": 1, "scored": 0, "right": 0, "accuracy": None,
    }  # fmt: skip
    assert set(metrics["by_script"]) == {"hans", "?"}


def test_confusion_counts_what_gave_no_verdict() -> None:
    assert confusion([("supported", None)])["supported"]["none"] == 1
