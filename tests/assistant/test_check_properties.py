"""What holds of every text: offsets, purity, script and width, no crash, linear work."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.check import Verdict, check
from assistant.knowledge import load_knowledge
from index.citation import article_label
from index.text import Script, convert

KNOWLEDGE = load_knowledge()
MARKS = ("第三十条", "“", "”", "每季度", "20个工作日", "不是", "没有规定", "，", "；", "- ", "由")
PIECES = st.sampled_from([*(rule.statement for rule in KNOWLEDGE.rules), *MARKS, "\n"])
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=6).map("".join))


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_text(text: str) -> None:
    result = check(text, KNOWLEDGE)
    assert result == check(text, KNOWLEDGE)
    for finding in result.findings:
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert finding.text == finding.span.of(text)


@given(st.lists(PIECES, min_size=1, max_size=4).map("".join))
@settings(max_examples=80, deadline=None)
def test_script_and_width_do_not_change_the_verdict(text: str) -> None:
    plain = check(text, KNOWLEDGE).verdict
    wide = text.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert check(convert(text, Script.TRADITIONAL), KNOWLEDGE).verdict is plain
    assert check(wide, KNOWLEDGE).verdict is plain


@given(st.sampled_from([rule for rule in KNOWLEDGE.rules if rule.time and rule.time.times]))
@settings(max_examples=10, deadline=None)
def test_an_unrelated_sentence_never_mends_a_contradiction(rule: object) -> None:
    wrong = "盟市党委政法委员会每两年分析研判1次社会稳定形势。"
    assert check(wrong, KNOWLEDGE).verdict is Verdict.CONTRADICTED
    after = f"{wrong}\n\n{getattr(rule, 'statement')}"  # noqa: B009
    assert check(after, KNOWLEDGE).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ud800第三十条\udfff1小时\0", id="surrogates-and-nul"),
        pytest.param("“" * 3000 + "」" * 3000, id="marks"),
        pytest.param("政法委" * 3000, id="one-clause"),
        pytest.param("第三十条" * 2000, id="citations"),
        pytest.param("| |" * 3000, id="bars"),
        pytest.param("", id="empty"),
    ],
)
def test_odd_texts(text: str) -> None:
    assert isinstance(check(text, KNOWLEDGE).verdict, Verdict)


def test_work_is_linear() -> None:
    piece = "旗县党委政法委每月至少分析研判1次本辖区社会稳定形势（第十七条），及时上报。\n"
    check(piece, KNOWLEDGE)
    times = []
    for count in (20, 200):
        start = time.process_time()
        check(piece * count, KNOWLEDGE)
        times.append((time.process_time() - start) / count)
    assert times[1] < 4 * times[0]


def _sentences() -> list[tuple[int, str]]:
    found = []
    for article in KNOWLEDGE.regulation.articles:
        for paragraph in article.paragraphs:
            for span in (paragraph.lead, *(item.body for item in paragraph.items)):
                text = KNOWLEDGE.regulation.text.slice(span)
                found += [(article.number, s) for s in re.split("(?<=[。;])", text) if len(s) > 6]
    return found


def test_the_regulation_does_not_contradict_itself() -> None:
    accused = [
        text
        for _, sentence in _sentences()
        for text in (sentence, convert(sentence, Script.TRADITIONAL))
        if check(text, KNOWLEDGE).verdict is Verdict.CONTRADICTED
    ]
    assert not accused


def test_every_sentence_under_a_wrong_number_is_accused() -> None:
    chance = random.Random(3)
    missed = []
    sentences = _sentences()
    for number, sentence in sentences:
        wrong = chance.choice([n for n in range(1, 48) if n != number])
        text = f"{article_label(wrong)}规定，{sentence}"
        if check(text, KNOWLEDGE).verdict is not Verdict.CONTRADICTED:
            missed.append(text)
    assert not missed


@pytest.mark.parametrize("field", ["statement", "statement_en", "quote"])
def test_rows_are_not_accused(field: str) -> None:
    accused = [
        rule.id
        for rule in KNOWLEDGE.rules
        if check(getattr(rule, field), KNOWLEDGE).verdict is Verdict.CONTRADICTED
    ]
    assert not accused


def test_importing_the_checker_is_light() -> None:
    heavy = (
        "torch",
        "llama_index",
        "faiss",
        "gradio",
        "pandas",
        "sklearn",
        "sentence_transformers",
    )
    code = f"import sys, assistant.check; sys.exit(any(m in sys.modules for m in {heavy!r}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
