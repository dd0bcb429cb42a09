"""Questions that lean on earlier ones of the same talk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.follow_up import MAX_HISTORY, understand
from assistant.knowledge import load_knowledge
from assistant.question import Intent, Lean, Question
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


class TestSetPhrases:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("你好呀！", "greeting"),
            ("您好，在吗？", "greeting"),
            ("早上好", "greeting"),
            ("大家好", "greeting"),
            ("Hi there!", "greeting"),
            ("好的，谢谢您！", "thanks"),
            ("非常感谢您的帮助", "thanks"),
            ("行，知道了", "thanks"),
            ("没有问题了，再见", "thanks"),
            ("Thanks a lot, bye", "thanks"),
            ("你能做什么？", "about"),
            ("你能帮我什么忙", "about"),
            ("你可以回答哪些问题？", "about"),
            ("介绍一下你自己", "about"),
            ("我能问什么？", "about"),
            ("怎么用？", "about"),
            ("What can I ask you?", "about"),
            ("What can you help me with?", "about"),
            ("我是旗检察院的", "introduction"),
            ("你好，我在鄂尔多斯市委政法委工作", "introduction"),
            ("I am with a banner commission.", "introduction"),
        ],
    )
    def test_are_no_questions(self, text: str, kind: str) -> None:
        assert read(text).small_talk == kind

    @pytest.mark.parametrize(
        "text",
        [
            "你好，旗县政法委多久研判一次？",
            "好的，那盟市呢？",
            "政法委能做什么？",
            "这个办法是什么时候施行的？",
            "我们旗公安局出了重大紧急事件",
            "我是政法委员，有津贴吗？",
            "我们是不是要抄送政法委",
            "没报会怎么样",
            "没有了依据怎么办",
            "谢谢，第三十条",
            "会议好几个月没开了",
        ],
    )
    def test_questions_are_no_set_phrases(self, text: str) -> None:
        assert read(text).small_talk is None
        assert read(text, OFTEN).small_talk is None


class TestCorrections:
    @pytest.mark.parametrize(
        ("text", "level"),
        [
            pytest.param("我说的是盟市", Level.LEAGUE, id="meant"),
            pytest.param("不对，我问的是旗县", Level.BANNER, id="wrong"),
            pytest.param("不是鄂尔多斯市，是准格尔旗", Level.BANNER, id="not-but"),
            pytest.param("我指的是自治区一级，不是盟市", Level.REGION, id="but-not"),
            pytest.param("错了，旗县的", Level.BANNER, id="short"),
            pytest.param("I meant the banner level", Level.BANNER, id="english"),
        ],
    )
    def test_the_level(self, text: str, level: Level) -> None:
        question = read(text, OFTEN)
        assert question.levels == {level}
        assert question.intent is Intent.FREQUENCY
        assert question.lean is Lean.SWAP
        assert "研判一次社会稳定形势" in question.resolved

    def test_the_event(self) -> None:
        question = read("我问的是一般性突发事件", SOON)
        assert question.plain.startswith("一般性突发事件多久")
        assert question.intent is Intent.DEADLINE

    def test_what_was_asked_for(self) -> None:
        question = read("我问的是报给谁", SOON)
        assert question.intent is Intent.RECIPIENT
        assert "重大紧急事件" in question.plain


class TestTopics:
    @pytest.mark.parametrize(
        "text",
        [
            "政法委全体会议由谁召集？",
            "述职述廉评议什么时候完成？",
            "那述职述廉评议呢，多久一次？",
            "本办法什么时候施行？",
            "今天天气怎么样？",
            "哪些事项要向同级党委请示？",
        ],
    )
    def test_a_new_subject_inherits_nothing(self, text: str) -> None:
        question = read(text, OFTEN)
        assert question.lean is Lean.ALONE
        assert question.context == ""
        assert question.resolved == ""
        assert not any(len(m.span) == 0 for m in question.actors)

    def test_the_subject_before_is_taken_up_again(self) -> None:
        history = (SOON, "述职述廉评议多久一次？", "什么时候完成？")
        question = read("回到刚才说的重大紧急事件，报给谁？", *history)
        assert question.previous is not None
        assert question.previous.plain == "重大紧急事件多久上报?"

    def test_who_asks_holds_for_the_whole_chat(self) -> None:
        history = ("我是旗检察院的", "述职述廉评议是什么？")
        question = read("重大事项请示要提前多久？", *history)
        assert question.levels == {Level.BANNER}

    @pytest.mark.parametrize(
        ("text", "cites"),
        [
            pytest.param("下一条呢", "art_26", id="next-article"),
            pytest.param("上一条", "art_24", id="article-before"),
            pytest.param("那下一项呢？", "item_3", id="next-item"),
        ],
    )
    def test_leafing(self, text: str, cites: str) -> None:
        (found,) = cited(read(text, "第二十五条第二项是什么"))
        assert found.endswith(cites)


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
