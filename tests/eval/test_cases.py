"""Case files: what is read, what is refused; the bundled cases hold against the regulation."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.cases import BUNDLED, CaseError, Claim, GoldProvision, Question, load_cases
from eval.validate import validate_cases
from index.parse import load_regulation

QUESTION: dict[str, Any] = {
    "id": "q1", "question": "问", "history": [], "type": "list", "answerable": True,
    "required": [{"article": 9}], "acceptable": [], "facts": [], "forbidden": [], "note": "hans: x",
}  # fmt: skip
CLAIM: dict[str, Any] = {
    "id": "c1", "text": "每季度研判", "label": "contradicted", "category": "frequency",
    "gold": {"article": 17, "paragraph": 1}, "expected": "每月", "span": "每季度", "note": "x",
}  # fmt: skip


def write(folder: Path, *lines: dict[str, Any] | str) -> Path:
    path = folder / "cases.jsonl"
    texts = [li if isinstance(li, str) else json.dumps(li, ensure_ascii=False) for li in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != key}


def test_both_kinds_are_told_apart(tmp_path: Path) -> None:
    (question,) = load_cases(write(tmp_path, QUESTION, ""))
    assert isinstance(question, Question)
    assert (question.required, question.script) == ((GoldProvision(9),), "hans")
    (claim,) = load_cases(write(tmp_path, CLAIM))
    assert isinstance(claim, Claim)
    assert claim.places() == ((0, 3),)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(["{"], "cases.jsonl:1: not JSON", id="not-json"),
        pytest.param(["[]"], "cases.jsonl:1: not a JSON object", id="not-an-object"),
        pytest.param([""], "cases.jsonl: no cases", id="empty"),
        pytest.param([QUESTION, QUESTION], ":2: id q1 stands in line 1 too", id="same-id"),
        pytest.param([QUESTION, CLAIM], ":2: questions and claims in one file", id="both-kinds"),
        pytest.param([without(QUESTION, "type")], ":1: no 'type'", id="key-missing"),
        pytest.param([QUESTION | {"facts": [["("]]}], "'(' is not a pattern", id="pattern"),
        pytest.param([QUESTION | {"facts": ["一"]}], "facts must be a list of texts", id="facts"),
        pytest.param([QUESTION | {"answerable": "yes"}], "must be true or false", id="answerable"),
        pytest.param([QUESTION | {"required": [{"article": "9"}]}], "whole number", id="article"),
        pytest.param([QUESTION | {"required": [{"art": 9}]}], "unknown provision keys", id="keys"),
        pytest.param([QUESTION | {"question": ""}], "question must be a text", id="no-question"),
        pytest.param([CLAIM | {"label": "true"}], "label 'true' is none of", id="label"),
    ],
)
def test_refused(tmp_path: Path, lines: list[Any], message: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_cases(write(tmp_path, *lines))
    assert message in str(caught.value)


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes("问".encode("gbk"))
    with pytest.raises(CaseError, match="is not UTF-8; save it as UTF-8"):
        load_cases(path)


def question(**more: Any) -> Question:
    return Question.from_json(QUESTION | more)


def claim(**more: Any) -> Claim:
    return Claim.from_json(CLAIM | more)


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        pytest.param(lambda: question(required=[{"article": 48}]), "gold 48: ", id="no-article"),
        pytest.param(
            lambda: question(required=[{"article": 42, "item": 7}]), "gold 42(7): ", id="no-item"
        ),
        pytest.param(
            lambda: question(required=[]), "neither a required provision nor a fact", id="empty"
        ),
        pytest.param(
            lambda: question(answerable=False), "unanswerable, but with required", id="unanswerable"
        ),
        pytest.param(
            lambda: question(facts=[["满6年"]]),
            "fact 0 is in none of its provisions: 满6年",
            id="fact",
        ),
        pytest.param(lambda: claim(span="每周"), "span is not in the text", id="span"),
        pytest.param(lambda: claim(span=None), "without span or expected", id="no-span"),
        pytest.param(lambda: claim(start=1), "span does not stand at 1", id="start"),
        pytest.param(
            lambda: claim(text="每季度，每季度"), "occurs more than once, add start", id="twice"
        ),
        pytest.param(
            lambda: claim(label="supported"), "supported, but with span or expected", id="label"
        ),
        pytest.param(lambda: claim(gold=None), "do not go together", id="gold"),
        pytest.param(
            lambda: claim(category="quote", text="“每季度研判”", expected="每周"),
            "expected is not in article 17: 每周",
            id="expected",
        ),
        pytest.param(
            lambda: claim(
                category="quote", label="supported", span=None, expected=None, text="“每季度研判”"
            ),
            "supported, but the quotation is not verbatim",
            id="quote",
        ),
    ],
)
def test_disagreements(case: Callable[[], Question | Claim], fault: str) -> None:
    faults = validate_cases([case()], load_regulation())
    assert len(faults) == 1
    assert fault in faults[0]


def test_repeated_texts() -> None:
    regulation = load_regulation()
    assert validate_cases([claim(), claim(id="c2")], regulation) == ("c2: the same text as c1",)
    known = {"每季度研判": "claims.jsonl c9"}
    assert validate_cases([claim()], regulation, known) == ("c1: the same text as claims.jsonl c9",)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda p: p.stem)
def test_the_bundled_cases_hold(path: Path) -> None:
    cases = load_cases(path)
    assert validate_cases(cases, load_regulation()) == ()
    assert len(cases) >= 300
    splits = Counter(c.split for c in cases)
    assert set(splits) == {"dev", "test"}
    assert splits["test"] >= 60


def test_every_article_is_asked_for() -> None:
    asked = {g.article for c in load_cases(BUNDLED[0]) for g in getattr(c, "required", ())}
    assert asked == set(range(1, 48))
