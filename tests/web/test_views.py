"""What the page draws: articles, answers, rules."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, load_assistant
from assistant.knowledge import Knowledge, load_knowledge
from assistant.question import Language
from assistant.web import strings as words
from assistant.web.article import Target, chip, parse_target, source_html
from assistant.web.ruletable import RuleFilter, rules_html, select
from assistant.web.turns import Turn, conversation_html, target_of
from index.regulation import ProvisionId
from index.text import Script, Span

HANS, HANT = Script.SIMPLIFIED, Script.TRADITIONAL


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def answer() -> Answer:
    return load_assistant(warm=False).ask("旗县政法委多久研判一次社会稳定形势？")


def _plain(markup: object) -> str:
    return re.sub(r"<[^>]*>", "", str(markup))


def _marked(markup: object) -> list[str]:
    return [_plain(m) for m in re.findall(r"<mark[^>]*>.*?</mark>", str(markup))]


def test_every_article_is_shown_whole(knowledge: Knowledge) -> None:
    regulation = knowledge.regulation
    for script in (HANS, HANT):
        for article in regulation.articles:
            name = ProvisionId(regulation.id, article.number, article.suffix)
            shown = _plain(source_html([Target(name)], regulation, script, Language.HANS))
            # Each paragraph and item is one <p>: no word is lost between them.
            text = regulation.text.slice(article.span, script).replace("\n", "")
            assert text in shown


@pytest.mark.parametrize("script", [HANS, HANT])
def test_the_quotation_is_marked(knowledge: Knowledge, script: Script) -> None:
    rule = knowledge.rules.get("r17.2")
    target = Target(rule.provision, rule.span)
    html = source_html([target], knowledge.regulation, script, Language.HANS)
    assert _marked(html) == [knowledge.regulation.text.slice(rule.span, script)]


def test_a_core_within_a_quotation_stands_out(knowledge: Knowledge, answer: Answer) -> None:
    target = target_of(answer.citations[0], knowledge.rules)
    html = str(source_html([target], knowledge.regulation, HANS, Language.HANS))
    core = re.findall(r'<mark class="core">(.*?)</mark>', html)
    assert core == ["每月至少分析研判1次本辖区社会稳定形势"]
    assert "".join(_marked(html)) == answer.quote(answer.citations[0])


@given(st.data())
def test_any_marks_lose_no_word(data: st.DataObject) -> None:
    regulation = load_knowledge().regulation
    article = regulation.article(30)
    name = ProvisionId(regulation.id, 30)
    ends = st.integers(article.span.start, article.span.end)
    spans = data.draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=4))
    targets = [Target(name, Span(a, b)) for a, b in spans if a < b] or [Target(name)]
    shown = _plain(source_html(targets, regulation, HANS, Language.HANS))
    assert regulation.text.slice(article.span).replace("\n", "") in shown


def test_a_chip_is_read_back(knowledge: Knowledge) -> None:
    rule = knowledge.rules.get("r30.2")
    target = Target(rule.provision, rule.span, Span(rule.span.start, rule.span.start + 2))
    html = str(chip(target, Language.HANS, knowledge.regulation))
    cite, span, core = re.findall(r'data-\w+="([^"]*)"', html)
    assert parse_target(cite, span, core, knowledge.regulation) == target
    assert "?cite=30.1" in html


@pytest.mark.parametrize(
    ("cite", "span", "marked"),
    [
        pytest.param("nmg-zhengfa/art_99", "", None, id="no-such-article"),
        pytest.param("nmg-zhengfa/art_30/para_9", "", None, id="no-such-paragraph"),
        pytest.param("other/art_30", "", None, id="other-regulation"),
        pytest.param("<script>", "", None, id="markup"),
        pytest.param(None, None, None, id="nothing"),
        pytest.param("nmg-zhengfa/art_" + "9" * 5000, "", None, id="huge-number"),
        pytest.param("nmg-zhengfa/art_30", "1-2", False, id="span-elsewhere"),
        pytest.param("nmg-zhengfa/art_30", "9-3", False, id="span-backwards"),
        pytest.param("nmg-zhengfa/art_30", "٣-٤", False, id="other-digits"),
        pytest.param("nmg-zhengfa/art_30", "9" * 400 + "-1", False, id="huge-span"),
    ],
)
def test_forged_chips(
    knowledge: Knowledge, cite: object, span: object, marked: bool | None
) -> None:
    target = parse_target(cite, span, span, knowledge.regulation)
    assert (None if target is None else target.span is not None) == marked


def test_answer(knowledge: Knowledge, answer: Answer) -> None:
    html = str(conversation_html((Turn(answer.question, answer),), knowledge, Language.HANS))
    assert "<strong>每月至少1次。</strong>" in html
    assert html.count('class="chip"') == 1
    # The headline is shown once, in large type, not again in the body.
    assert (
        _plain(html).count("党委政法委员会每月至少分析研判1次本辖区社会稳定形势（第十七条）") == 1
    )
    assert words.CHECKED.hans in html


def test_an_answer_cannot_bring_markup(knowledge: Knowledge, answer: Answer) -> None:
    evil = "<img src=x onerror=alert(1)>"
    forged = replace(answer, headline=evil, body=f"{evil}\n\n[a](http://x) ![b](http://x)",
                     notices=(evil,))  # fmt: skip
    html = str(conversation_html((Turn(evil, forged),), knowledge, Language.HANS))
    assert "<img" not in html
    assert 'href="http' not in html


def test_languages_of_the_welcome(knowledge: Knowledge) -> None:
    for language in Language:
        html = str(conversation_html((), knowledge, language))
        assert html.count("data-ask=") == len(words.EXAMPLES)
        assert words.WELCOME.of(language) in html


@pytest.mark.parametrize(
    ("chosen", "some", "none"),
    [
        pytest.param(RuleFilter(article="30"), "r30.1", "r29.1", id="article"),
        pytest.param(RuleFilter(article=" 第30条 "), "r30.1", "r29.1", id="article-in-words"),
        pytest.param(RuleFilter(kind="frequency"), "r17.2", "r30.2", id="kind"),
        pytest.param(RuleFilter(kind="any"), "r30.2", "r1.1", id="any-limit"),
        pytest.param(RuleFilter(level="banner"), "r17.2", "r15i3.1", id="level"),
        pytest.param(RuleFilter(actor="commission.banner"), "r17.2", "r16.2", id="actor"),
        pytest.param(RuleFilter(actor="commission.banner"), "r34.1", "r35.1", id="inherited"),
        pytest.param(RuleFilter(text="社會穩定 研判"), "r17.2", "r30.2", id="traditional-words"),
        pytest.param(RuleFilter(text="Once A Month"), "r17.2", "r30.2", id="english-words"),
    ],
)
def test_rule_filters(knowledge: Knowledge, chosen: RuleFilter, some: str, none: str) -> None:
    ids = {rule.id for rule in select(knowledge, chosen)}
    assert some in ids
    assert none not in ids


@pytest.mark.parametrize(
    "chosen",
    [
        RuleFilter(actor="<b>"),
        RuleFilter(kind="x"),
        RuleFilter(article="一千"),
        RuleFilter(text="<script>"),
    ],
    ids=["actor", "kind", "article", "text"],
)
def test_filters_that_match_nothing(knowledge: Knowledge, chosen: RuleFilter) -> None:
    assert select(knowledge, chosen) == ()
    assert words.NO_RULES.hans in str(rules_html((), knowledge, Language.HANS))


def test_all_rows_in_all_languages(knowledge: Knowledge) -> None:
    for language in Language:
        html = str(rules_html(knowledge.rules, knowledge, language))
        assert html.count("<tr id=") == len(knowledge.rules)


class TestFollowOn:
    """What stands under the newest answer, and over one that leaned on others."""

    @staticmethod
    def _chat(*questions: str) -> tuple[Turn, ...]:
        assistant = load_assistant(warm=False)
        answers = (assistant.ask(q, questions[:i]) for i, q in enumerate(questions))
        return tuple(Turn(a.question, a) for a in answers)

    def test_how_a_follow_up_was_understood(self, knowledge: Knowledge) -> None:
        turns = self._chat("旗县政法委多久研判一次社会稳定形势？", "那盟市呢？")
        html = str(conversation_html(turns, knowledge, Language.HANS))
        assert html.count('class="understood"') == 1
        assert words.UNDERSTOOD.hans in html
        assert 'data-fill="盟市党委政法委多久研判一次社会稳定形势？"' in html

    def test_a_question_that_stands_alone_says_nothing_of_it(
        self, knowledge: Knowledge, answer: Answer
    ) -> None:
        html = str(conversation_html((Turn(answer.question, answer),), knowledge, Language.HANS))
        assert "data-fill" not in html

    def test_the_level_is_asked_for(self, knowledge: Knowledge) -> None:
        turns = self._chat("党委政法委多久研判一次社会稳定形势？")
        for language in Language:
            html = str(conversation_html(turns, knowledge, language))
            assert html.count('class="level"') == 3
        assert words.WHICH_LEVEL.hans in html

    def test_only_under_the_newest_answer(self, knowledge: Knowledge) -> None:
        turns = self._chat("党委政法委多久研判一次社会稳定形势？", "全体会议多久开一次？")
        html = str(conversation_html(turns, knowledge, Language.HANS))
        assert 'class="level"' not in html
        assert html.count(words.NEXT_QUESTIONS.hans) == 2  # heading and its label

    def test_suggestions_are_new(self, knowledge: Knowledge) -> None:
        turns = self._chat(
            "党委应当多久听取一次政法单位党组（党委）的专题工作报告？", "全面工作报告呢？"
        )
        html = str(conversation_html(turns[:1], knowledge, Language.HANS))
        assert 1 <= html.count("data-ask=") <= 3
        later = str(conversation_html(turns, knowledge, Language.HANS))
        assert f'data-ask="{turns[0].question}"' not in later

    def test_small_talk_offers_questions(self, knowledge: Knowledge) -> None:
        html = str(conversation_html(self._chat("你能做什么？"), knowledge, Language.HANS))
        assert html.count("data-ask=") == 3
        assert words.EXAMPLES[0].hans in html

    def test_markup_stays_text(self, knowledge: Knowledge) -> None:
        turns = self._chat("政治督察结束后多久要出报告？", "<b>报告</b>交给谁审定？")
        html = str(conversation_html(turns, knowledge, Language.HANS))
        assert "<b>" not in html
