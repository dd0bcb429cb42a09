"""What each kind of question is answered with: headline, sections, evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Assistant
from assistant.compose import Composer
from assistant.draft import Draft
from assistant.evidence import evidence_of, sentence_of
from assistant.follow_up import understand
from assistant.knowledge import load_knowledge
from assistant.question import Language, Question
from assistant.rank import RankedProvision, RankedRule, Ranking
from assistant.telling import Teller
from index.regulation import Article, Item, Paragraph, ProvisionId
from index.rules import Rule

KNOWLEDGE = load_knowledge()
COMPOSER = Composer(KNOWLEDGE)
TELLERS = {language: Teller(KNOWLEDGE, language) for language in Language}
RULES = list(KNOWLEDGE.rules)
TEXT = KNOWLEDGE.regulation.text.simplified


def read(text: str) -> Question:
    return understand(text, KNOWLEDGE)


def ranked(*rules: Rule) -> Ranking:
    """A ranking of these rows, each clearly worse than the one before."""
    rows = tuple(RankedRule(r, 2.0 - n, 1.5 - n, 0.5, 0.0) for n, r in enumerate(rules))
    names = dict.fromkeys(r.provision for r in rules)
    return Ranking(rows, tuple(RankedProvision(name, 1.0) for name in names))


def compose(text: str, *rules: str) -> Draft:
    return COMPOSER.compose(read(text), ranked(*map(KNOWLEDGE.rules.get, rules)))


def cited(answer: Answer) -> list[str]:
    return [str(e.provision).removeprefix("nmg-zhengfa/") for e in answer.citations]


class TestTime:
    """The amount first, then the sentence that says it."""

    @pytest.mark.parametrize(
        ("text", "rule", "opening"),
        [
            pytest.param("旗县多久研判一次？", "r17.2", "每月至少1次。", id="monthly"),
            pytest.param("盟市多久研判一次？", "r16.2", "每季度至少1次。", id="quarterly"),
            pytest.param("How often does a banner commission assess it?", "r17.2",
                         "At least once a month.", id="english"),
            pytest.param("多久核实？", "r30.1", "没有规定具体数字，只要求“立即”。", id="no-number"),
        ],
    )  # fmt: skip
    def test_opening(self, text: str, rule: str, opening: str) -> None:
        draft = compose(text, rule)
        assert draft.headline.startswith(opening)
        assert [e.rule for e in draft.evidence] == [rule]

    @pytest.mark.parametrize("rule", [r for r in RULES if r.time is not None], ids=lambda r: r.id)
    def test_every_limit_is_said_and_cited(self, rule: Rule) -> None:
        frequency = rule.time is not None and rule.time.kind == "frequency"
        for text in (
            "多久一次？" if frequency else "多久？",
            "How often?" if frequency else "How soon?",
        ):
            question = read(text)
            tell = TELLERS[question.language]
            headline = COMPOSER.compose(question, ranked(rule)).headline
            assert tell.label(rule.provision) in headline
            assert tell.statement(rule).rstrip("。.") in headline

    def test_levels_are_told_apart(self, assistant: Assistant) -> None:
        answer = assistant.ask("多久研判一次社会稳定形势？")
        assert answer.headline.startswith("层级不同，要求不同：")
        assert {e.provision.article for e in answer.citations} == {15, 16, 17}
        named = assistant.ask("旗县多久研判一次社会稳定形势？")
        assert {e.provision.article for e in named.citations} == {17}

    def test_events_are_told_apart(self, assistant: Assistant) -> None:
        answer = assistant.ask("出了事多久要报？")
        assert all(hours in answer.headline for hours in ("1小时", "3小时", "6小时"))
        named = assistant.ask("一般性突发事件多久要报自治区？")
        assert "6小时" in named.headline
        assert "1小时" not in named.headline


class TestPeople:
    @pytest.mark.parametrize(
        ("text", "article", "named"),
        [
            pytest.param("全体会议由谁召集？", 34, ["书记", "副书记"], id="who"),
            pytest.param("谁应当回避？", 31, ["有关人员"], id="whoever"),
            pytest.param("Who convenes the plenary meeting?", 34, ["secretary"], id="who-en"),
            pytest.param("群体性事件谁赶赴现场？", 32, ["公安局局长"], id="who-goes"),
        ],
    )
    def test_who(self, assistant: Assistant, text: str, article: int, named: list[str]) -> None:
        answer = assistant.ask(text)
        assert answer.citations[0].provision.article == article
        assert all(name in answer.headline for name in named)

    def test_recipients_come_first(self, assistant: Assistant) -> None:
        answer = assistant.ask("民主生活会后整改情况要报谁？")
        assert answer.headline.startswith("同级党委、")
        assert answer.citations[0].provision.article == 38


class TestLists:
    @pytest.mark.parametrize(
        ("number", "text"),
        [
            (25, "向党委请示的重大事项有哪些？"),
            (40, "政治督察包括哪些内容？"),
            (42, "纪律作风督查巡查的事项有哪些？"),
        ],
    )
    def test_all_items_are_given(self, assistant: Assistant, number: int, text: str) -> None:
        answer = assistant.ask(text)
        (paragraph,) = KNOWLEDGE.regulation.article(number).paragraphs
        assert f"列有{len(paragraph.items)}项" in answer.headline
        for item in paragraph.items:
            assert KNOWLEDGE.regulation.text.slice(item.body).rstrip("。;；") in answer.body
        assert [e.provision.article for e in answer.citations] == [number]

    def test_english_items(self, assistant: Assistant) -> None:
        answer = assistant.ask("Which matters does a political inspection cover?")
        count = len(KNOWLEDGE.regulation.article(40).paragraphs[0].items)
        assert answer.citations[0].provision.article == 40
        assert re.findall(r"^- \((\d+)\)", answer.body, re.MULTILINE) == [
            str(n) for n in range(1, count + 1)
        ]


class TestLookup:
    def every(self) -> Iterable[tuple[ProvisionId, Article | Paragraph | Item]]:
        for article in KNOWLEDGE.regulation.articles:
            name = ProvisionId(KNOWLEDGE.regulation.id, article.number, article.suffix)
            yield name, article
            for paragraph in article.paragraphs:
                here = ProvisionId(name.regulation, name.article, name.suffix, paragraph.number)
                yield here, paragraph
                for item in paragraph.items:
                    yield (
                        ProvisionId(
                            name.regulation,
                            name.article,
                            name.suffix,
                            paragraph.number,
                            item.number,
                        ),
                        item,
                    )

    @pytest.mark.parametrize("lang", ["zh-Hans", "en"])
    def test_every_provision_is_quoted_whole(self, lang: str) -> None:
        cited = TELLERS[Language.HANS]
        tell = TELLERS[Language(lang)]
        for name, node in self.every():
            question = understand(cited.label(name), KNOWLEDGE, lang=lang)
            draft = COMPOSER.compose(question, ranked(RULES[0]))
            (evidence,) = draft.evidence
            assert evidence.span == (node.body if isinstance(node, Item) else node.span)
            assert tell.label(evidence.provision) in draft.headline
            assert len(draft.headline) > len(tell.label(name)) + 4

    def test_a_range_quotes_all_its_members(self) -> None:
        draft = compose("第二十五条至第二十八条", "r1.1")
        assert [e.provision.article for e in draft.evidence] == [25, 26, 27, 28]

    def test_what_is_cited_twice_is_quoted_once(self) -> None:
        assert len(compose("第三十条、第三十条", "r1.1").evidence) == 1


class TestComparison:
    def test_a_table_over_the_levels(self, assistant: Assistant) -> None:
        answer = assistant.ask("盟市和旗县研判社会稳定形势的频次有什么不同？")
        assert cited(answer) == ["art_16/para_1", "art_17/para_1"]
        table = [line for line in answer.body.splitlines() if line.startswith("|")]
        assert len(table) == 4
        assert table[0] == "| 主体 | 规定 | 条款 |"
        assert "每季度" in table[2]
        assert "每月" in table[3]

    def test_english(self, assistant: Assistant) -> None:
        answer = assistant.ask("Compare how often the league and the banner commissions assess it.")
        assert "| Who | Rule | Provision |" in answer.body


class TestOtherKinds:
    @pytest.mark.parametrize(
        ("text", "article", "said"),
        [
            pytest.param("本办法什么时候施行？", 47, "2019年11月20日", id="effective"),
            pytest.param("迟报会有什么后果？", 45, "约谈", id="consequence"),
            pytest.param("什么是政法委员？", 12, "党组织班子成员", id="definition"),
            pytest.param("监督检查结束后怎么办？", 43, "20个工作日", id="procedure"),
        ],
    )
    def test_said(self, assistant: Assistant, text: str, article: int, said: str) -> None:
        answer = assistant.ask(text)
        assert answer.citations[0].provision.article == article
        assert said in answer.headline

    def test_the_basis_names_the_provision_first(self, assistant: Assistant) -> None:
        answer = assistant.ask("依据是哪一条？", ["重大事项请示要提前多久？"])
        assert answer.headline.startswith("依据是第二十九条。")

    def test_steps_in_the_order_of_the_text(self, assistant: Assistant) -> None:
        answer = assistant.ask("监督检查结束后怎么办？")
        steps = [w for w in ("形成报告", "反馈意见", "整改落实") if w in answer.body]
        assert len(steps) == 3
        assert [answer.body.index(w) for w in steps] == sorted(answer.body.index(w) for w in steps)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            pytest.param("谁批准的这个办法？", "2019年11月15日", id="approved"),
            pytest.param("办法是哪天印发的？", "2019年11月", id="issued"),
        ],
    )
    def test_what_only_the_preamble_says(self, assistant: Assistant, text: str, said: str) -> None:
        answer = assistant.ask(text)
        assert said in answer.headline
        assert not answer.abstained
        assert "题注" in answer.body
        assert answer.citations == ()  # it belongs to no provision

    def test_what_the_text_leaves_open_is_said(self, assistant: Assistant) -> None:
        rule = KNOWLEDGE.rules.get("r29.1")
        assert rule.note is not None
        answer = assistant.ask("重大事项请示要提前多久？")
        assert "条文未明确之处" in answer.body
        assert rule.note in answer.body
        other = assistant.ask("旗县政法委多久研判一次社会稳定形势？")
        assert rule.note not in other.body


class TestSentences:
    @given(st.sampled_from(RULES))
    def test_the_sentence_around_a_row(self, rule: Rule) -> None:
        span = sentence_of(rule, KNOWLEDGE.regulation)
        home = KNOWLEDGE.regulation.span(rule.provision)
        assert span.contains(rule.span)
        assert home.contains(span)
        words = span.of(TEXT)
        assert words == words.strip()
        before = TEXT[span.start - 1]
        assert before in "。;；\n) 　" or span.start in (home.start, _body(rule)), (rule.id, words)

    @given(st.lists(st.sampled_from(RULES), max_size=6))
    def test_no_sentence_is_quoted_twice(self, rules: list[Rule]) -> None:
        found = evidence_of(rules, KNOWLEDGE.regulation)
        assert len({e.span for e in found}) == len(found)
        assert {e.rule for e in found} <= {r.id for r in rules}
        for rule in rules:
            assert any(e.span.contains(rule.span) for e in found)

    @given(st.sampled_from(RULES), st.sampled_from(Language))
    def test_a_statement_with_its_citation(self, rule: Rule, language: Language) -> None:
        shown = TELLERS[language].cited(rule)
        assert shown.endswith(")." if language is Language.EN else "）。")
        assert not re.search(r"[。.]{2}|。（|\. \(", shown)


def _body(rule: Rule) -> int:
    node = KNOWLEDGE.regulation.find(rule.provision)
    return node.body.start if isinstance(node, Item) else node.span.start
