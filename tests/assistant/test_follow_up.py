"""Questions that lean on earlier ones of the same talk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.follow_up import MAX_HISTORY, understand
from assistant.knowledge import load_knowledge
from assistant.question import Intent, Question
from index.actors import Level

KNOWLEDGE = load_knowledge()

OFTEN = "鄂尔多斯市委政法委多久研判一次社会稳定形势？"
SOON = "重大紧急事件多久上报？"


def read(text: str, *history: str) -> Question:
    return understand(text, KNOWLEDGE, history)


def cited(question: Question) -> list[str]:
    return [str(n) for citation in question.own_citations for n in citation.provisions]


class TestAnotherActor:
    @pytest.mark.parametrize(
        ("text", "level"),
        [
            pytest.param("那准格尔旗呢？", Level.BANNER, id="place"),
            pytest.param("旗县呢", Level.BANNER, id="level"),
            pytest.param("那自治区一级呢", Level.REGION, id="region"),
            pytest.param("呼伦贝尔市呢？", Level.LEAGUE, id="league-city"),
            pytest.param("换成二连浩特市委政法委呢？", Level.BANNER, id="actor"),
        ],
    )
    def test_swaps_the_actor_and_keeps_the_question(self, text: str, level: Level) -> None:
        question = read(text, OFTEN)
        assert question.levels == {level}
        assert question.intent is Intent.FREQUENCY
        assert "研判一次社会稳定形势" in question.plain
        assert "鄂尔多斯" not in question.plain
        assert question.text == text

    def test_english(self) -> None:
        first = "How often does the league commission assess social stability?"
        question = read("What about the banner level?", first)
        assert question.levels == {Level.BANNER}
        assert question.intent is Intent.FREQUENCY
        assert "assess social stability" in question.plain

    def test_a_chain_leans_on_the_first_question(self) -> None:
        question = read("那自治区呢", OFTEN, "那准格尔旗呢？")
        assert question.levels == {Level.REGION}
        assert "研判一次社会稳定形势" in question.plain

    def test_another_subject_is_not_an_actor(self) -> None:
        question = read("那一般性突发事件呢？", SOON)
        assert question.intent is Intent.DEADLINE
        assert "一般性突发事件" in question.plain
        assert question.previous is not None


class TestAnotherAspect:
    @pytest.mark.parametrize(
        ("text", "history", "intent"),
        [
            pytest.param("依据是哪一条？", OFTEN, Intent.BASIS, id="basis"),
            pytest.param("那报给谁？", SOON, Intent.RECIPIENT, id="to-whom"),
            pytest.param("由谁负责", SOON, Intent.ACTOR, id="who"),
            pytest.param("多久一次？", "述职述廉评议是什么？", Intent.FREQUENCY, id="how-often"),
        ],
    )
    def test_the_subject_is_kept(self, text: str, history: str, intent: Intent) -> None:
        question = read(text, history)
        alone = read(text)
        assert question.intent is intent
        assert intent in question.asks
        about = f"{question.context} {question.plain}"
        earlier = read(history).focus
        assert any(earlier[i : i + 4] in about for i in range(len(earlier) - 3))
        assert not alone.context

    def test_a_breach_of_whatever_it_was(self) -> None:
        question = read("超过了怎么办？", SOON)
        assert question.intent is Intent.CONSEQUENCE
        assert "重大紧急事件多久上报" in question.resolved

    def test_the_basis_of_a_frequency_is_that_of_the_frequency(self) -> None:
        assert Intent.FREQUENCY in read("依据是哪一条？", OFTEN).asks
        assert Intent.FREQUENCY not in read("依据是哪一条？", SOON).asks

    def test_the_basis_alone_leans_on_nothing(self) -> None:
        assert read("依据是哪一条？").plain == "依据是哪一条?"


class TestCitations:
    @pytest.mark.parametrize(
        ("text", "history", "provision"),
        [
            pytest.param(
                "那第二款呢？", "第三十二条第一款说的什么", "art_32/para_2", id="paragraph"
            ),
            pytest.param("那第三项呢？", "第25条第2项是什么", "art_25/item_3", id="item"),
            pytest.param("那第三十一条呢？", "第三十条说的什么", "art_31", id="article"),
        ],
    )
    def test_part_of_what_was_cited(self, text: str, history: str, provision: str) -> None:
        (found,) = cited(read(text, history))
        # The paragraph of an item may be stated or not: both are the same provision.
        name = KNOWLEDGE.regulation.canonical(read(text, history).own_citations[0].provisions[0])
        wanted = provision.replace("art_25/item", "art_25/para_1/item")
        assert found.startswith("nmg-zhengfa/")
        assert str(name) == f"nmg-zhengfa/{wanted}"

    def test_nothing_to_lean_on(self) -> None:
        assert cited(read("那第二款呢？")) == []
        assert cited(read("那第二款呢？", OFTEN)) == []

    def test_a_citation_of_its_own_needs_no_history(self) -> None:
        assert cited(read("第四十五条是什么", "第三十条说的什么")) == ["nmg-zhengfa/art_45"]


class TestStandingAlone:
    @pytest.mark.parametrize("text", ["谢谢", "你好", "你是谁"])
    def test_small_talk_stays_small_talk(self, text: str) -> None:
        assert read(text, OFTEN).intent is Intent.SMALL_TALK

    @pytest.mark.parametrize("chat", ["你好", "谢谢"])
    def test_small_talk_between_is_skipped(self, chat: str) -> None:
        for history in ((chat, OFTEN), (OFTEN, chat)):
            assert read("那旗县呢", *history) == read("那旗县呢", OFTEN)

    def test_a_whole_question_keeps_its_own_wording(self) -> None:
        text = "本办法什么时候施行？"
        question = read(text, OFTEN)
        assert question.intent is Intent.EFFECTIVE
        assert question.plain == read(text).plain
        assert question.context_weight < 0.5

    def test_the_language_is_that_of_the_question(self) -> None:
        assert read("那旗縣呢", OFTEN).language == "zh-Hant"
        assert read("What about banners?", OFTEN).language == "en"
        first = "How soon must a major emergency be reported?"
        assert read("30?", first).language == "en"  # no word of its own


def test_only_the_last_questions_count() -> None:
    history = ["河北省怎么规定的？", *["你好"] * MAX_HISTORY]
    assert read("那旗县呢", *history) == read("那旗县呢")


EARLIER = st.sampled_from(
    [OFTEN, SOON, "那旗县呢", "依据是哪一条？", "谢谢", "第三十条", "", "What about it?"]
)
LATER = st.sampled_from(["那旗县呢", "依据是哪一条？", "那第二款呢？", "超过了怎么办？", "And it?"])


@given(st.lists(EARLIER, max_size=5), LATER)
def test_any_order_of_follow_ups(history: list[str], text: str) -> None:
    question = read(text, *history)
    assert question.text == text
    assert question.intent in question.asks
    assert 0 <= question.context_weight <= 1
