"""From drafts to Markdown: quotations are slices in every script, words are no mark-up."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.draft import Draft, Evidence, Section
from assistant.knowledge import load_knowledge
from assistant.question import Language
from index.regulation import ProvisionId
from index.text import Script, Span, convert

REGULATION = load_knowledge().regulation
RULES = list(load_knowledge().rules)


def render(draft: Draft, language: Language = Language.HANS) -> tuple[str, str]:
    return draft.render(REGULATION, language)


def quoted(body: str) -> list[str]:
    """The lines of the block quotes, without labels and quotation marks."""
    lines = re.findall(r"^> (?:\*\*.*?\*\*(?:：|: ))?(.*?)(?:  )?$", body, re.MULTILINE)
    assert lines[0][0] + lines[-1][-1] in ("“”", "「」")
    lines[0] = lines[0][1:]
    return [*lines[:-1], lines[-1][:-1]]


@pytest.mark.parametrize("language", list(Language))
def test_headline_only(language: Language) -> None:
    headline, body = render(Draft("每月一次。"), language)
    assert body == f"**{headline}**"


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        (Language.HANS, "研判社会稳定形势"),
        (Language.HANT, "研判社會穩定形勢"),
        (Language.EN, "研判社会稳定形势"),
    ],
)
def test_wording_follows_the_script(language: Language, headline: str) -> None:
    draft = Draft("研判社会稳定形势", (Section("条件", ("开会",), (("主体",), ("党委",))),))
    shown, body = render(draft, language)
    assert shown == headline
    for word in ("条件", "开会", "主体", "党委"):
        wanted = convert(word, Script.TRADITIONAL) if language is Language.HANT else word
        assert wanted in body


@pytest.mark.parametrize("language", list(Language))
@given(rule=st.sampled_from(RULES))
def test_quotations_are_slices(language: Language, rule: object) -> None:
    assert isinstance(rule, type(RULES[0]))
    draft = Draft("x", evidence=(Evidence(rule.provision, rule.span, rule.id),))
    _, body = render(draft, language)
    quote = REGULATION.text.slice(rule.span, language.script)
    assert quoted(body) == quote.split("\n")


@pytest.mark.parametrize("language", list(Language))
def test_a_quotation_of_several_lines(language: Language) -> None:
    name = ProvisionId(REGULATION.id, 25, paragraph=1)
    _, body = render(Draft("x", evidence=(Evidence(name, REGULATION.span(name)),)), language)
    lines = REGULATION.text_of(name, language.script).split("\n")
    assert len(lines) > 3
    assert quoted(body) == lines
    assert body.count("“" if language is not Language.HANT else "「") == 1


def test_quotations_are_parted() -> None:
    rules = [next(r for r in RULES if r.provision.article == n) for n in (17, 30)]
    evidence = tuple(Evidence(r.provision, r.span, r.id) for r in rules)
    _, body = render(Draft("x", evidence=evidence))
    assert "\n>\n> **第三十条**：“" in body
    first, second = (body.index(r.quote[:8]) for r in rules)
    assert first < second


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        pytest.param("a*b", r"a\*b", id="asterisk"),
        pytest.param("<script>", "&lt;script>", id="tag"),
        pytest.param("`code`", "'code'", id="code"),
        pytest.param("a\\b", r"a\\b", id="backslash"),
        pytest.param("每月（第十七条）。", "每月（第十七条）。", id="plain"),
    ],
)
def test_words_are_no_mark_up(words: str, shown: str) -> None:
    headline, body = render(Draft(words, (Section("t", (words,)),)))
    assert headline == words
    assert body == f"**{shown}**\n\nt：\n- {shown}"


def test_table() -> None:
    rows = (("主体", "规定"), ("盟|市", "每季度\n一次"))
    _, body = render(Draft("x", (Section("", (), rows),)))
    assert body.endswith("| 主体 | 规定 |\n| --- | --- |\n| 盟/市 | 每季度 一次 |")


@given(st.text(max_size=30), st.lists(st.text(max_size=20), max_size=3),
       st.sampled_from(list(Language)))  # fmt: skip
def test_any_words(headline: str, lines: list[str], language: Language) -> None:
    draft = Draft(headline, (Section("t", tuple(lines)),))
    shown, body = render(draft, language)
    assert len(shown) == len(headline)
    assert not re.search(r"<(?=[a-zA-Z/!?])", body)
    assert render(replace(draft, abstained=True), language) == (shown, body)


def test_evidence_of_a_part_of_an_item() -> None:
    rule = next(r for r in RULES if r.provision.item is not None)
    span = Span(rule.span.start, rule.span.start + 2)
    _, body = render(Draft("x", evidence=(Evidence(rule.provision, span),)), Language.EN)
    assert "> **Article" in body
    assert quoted(body) == [REGULATION.text.slice(span)]
