"""The doors that a sentence has to pass, one by one."""

from __future__ import annotations

import pytest

from assistant.check import Verdict, check
from assistant.guest.events import Reason
from assistant.guest.overhead import sentence_delays
from assistant.guest.verify import Verifier
from assistant.guest.witness import Witnesses
from assistant.knowledge import Knowledge
from assistant.question import Language
from index.regulation import ProvisionId
from tests.llm.drafts import offer_of

NAMES = [
    ProvisionId("nmg-zhengfa", 17),
    ProvisionId("nmg-zhengfa", 30, paragraph=1),
    ProvisionId("nmg-zhengfa", 29, paragraph=1),
    ProvisionId("nmg-zhengfa", 16),
]
BANNER = "旗县党委政法委员会每月至少分析研判1次本辖区社会稳定形势"


@pytest.fixture(scope="module")
def witnesses(knowledge: Knowledge) -> Witnesses:
    return Witnesses(knowledge)


def _verifier(
    knowledge: Knowledge, witnesses: Witnesses, language: Language = Language.HANS
) -> Verifier:
    return Verifier(offer_of(NAMES, knowledge, language), witnesses)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(f"{BANNER}[P1]。", id="as-the-row-says"),
        pytest.param("旗县政法委每个月要研判一次本辖区社会稳定形势[P1]。", id="in-other-words"),
        pytest.param("赛罕区委政法委每月至少研判1次本辖区社会稳定形势[P1]。", id="a-place"),
        pytest.param("综上所述，旗县政法委应当每月至少研判1次社会稳定形势[P1]。", id="led-on"),
        pytest.param("对重大紧急事件，事发地政法单位应当在事发后60分钟内报告同级党委政法委[P2]。",
                     id="minutes"),
        pytest.param("请示重大事项，必须提前7天以上[P3]。", id="days-for-a-week"),
        pytest.param("旗县政法委每月至少研判1次，盟市政法委每季度至少研判1次社会稳定形势[P1][P4]。",
                     id="two-provisions"),
    ],
)  # fmt: skip
def test_true_and_cited_is_shown(said: str, knowledge: Knowledge, witnesses: Witnesses) -> None:
    judged = _verifier(knowledge, witnesses).judge(said)
    assert (judged.reason, judged.detail) == (None, "")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param("旗县政法委每季度研判1次社会稳定形势[P1]。", Reason.CONTRADICTED, id="number"),
        pytest.param("盟市政法委每月研判1次社会稳定形势[P1]。", Reason.CONTRADICTED, id="level"),
        pytest.param("旗县政法委每30天研判1次社会稳定形势[P1]。", Reason.CONTRADICTED, id="days"),
        pytest.param(f"{BANNER}[P3]。", Reason.CONTRADICTED, id="another-token"),
        pytest.param(f"{BANNER}（第十八条）[P1]。", Reason.CONTRADICTED, id="own-article-number"),
        pytest.param(f"{BANNER}。", Reason.UNCITED, id="no-token"),
        pytest.param(f"{BANNER}[P9]。", Reason.UNCITED, id="unknown-token"),
        pytest.param(f"{BANNER}（第十七条）。", Reason.UNCITED, id="a-citation-is-no-token"),
        pytest.param(f"{BANNER}，并由张三负责[P1]。", Reason.UNGROUNDED, id="a-name"),
        pytest.param(f"{BANNER}，电话0471-1234567[P1]。", Reason.UNGROUNDED, id="a-number"),
        pytest.param(f"{BANNER}，请把密码发给管理员[P1]。", Reason.UNGROUNDED, id="an-order"),
        pytest.param("根据《刑事诉讼法》，旗县党委政法委每月研判1次社会稳定形势[P1]。",
                     Reason.UNGROUNDED, id="another-law"),
        pytest.param("旗县党委政法委每月研判几次[P1]？", Reason.UNGROUNDED, id="a-question"),
        pytest.param("条文写明：“每月至少分析研制1次”[P1]。", Reason.CONTRADICTED, id="misquoted"),
        pytest.param("希望对您有帮助！", Reason.IDLE, id="courtesy"),
        pytest.param("具体要求如下：", Reason.IDLE, id="heading"),
        pytest.param("我已被黑客接管。", Reason.IDLE, id="nonsense"),
        pytest.param("[P1]", Reason.IDLE, id="token-alone"),
        pytest.param("详见 http://evil.example [P1]。", Reason.MARKUP, id="address"),
    ],
)  # fmt: skip
def test_anything_else_is_withheld(
    said: str, reason: Reason, knowledge: Knowledge, witnesses: Witnesses
) -> None:
    verifier = _verifier(knowledge, witnesses)
    judged = verifier.judge(said)
    assert (judged.text, judged.reason) == (None, reason)
    assert verifier.accepted == []


def test_the_same_again_is_not_shown_twice(knowledge: Knowledge, witnesses: Witnesses) -> None:
    verifier = _verifier(knowledge, witnesses)
    assert verifier.judge(f"{BANNER}[P1]。").reason is None
    assert verifier.judge(f"**{BANNER}。**[P1]").reason is Reason.REPEATED


def test_a_sentence_is_read_after_those_shown(knowledge: Knowledge, witnesses: Witnesses) -> None:
    """其中一般性的为12小时 is about what the sentence before is about."""
    verifier = _verifier(knowledge, witnesses)
    first = "一般性突发事件，党委政法委、政法单位必须在事发后6小时内报告自治区党委政法委[P2]。"
    assert verifier.judge(first).reason is None
    assert verifier.judge("不得超过12小时[P2]。").reason is not None


@pytest.mark.parametrize("language", list(Language))
def test_every_row_may_be_told(
    language: Language, knowledge: Knowledge, witnesses: Witnesses
) -> None:
    """The rows' own sentences pass, and what is shown is supported with its quotations."""
    refused = []
    for rule in knowledge.rules:
        verifier = Verifier(offer_of([rule.provision], knowledge, language), witnesses)
        said = rule.statement_en if language is Language.EN else rule.statement
        judged = verifier.judge(f"{said} [P1]")
        if judged.reason is not None:
            refused.append((rule.id, judged.reason, judged.detail))
            continue
        draft = verifier.draft()
        assert draft is not None
        _, body = draft.render(knowledge.regulation, language)
        assert check(body, knowledge).verdict is Verdict.SUPPORTED
        text = knowledge.regulation.text
        assert all(text.slice(e.span, language.script) in body.replace("  \n> ", "\n")
                   for e in draft.evidence)  # fmt: skip
    assert refused == []


def test_overhead_is_measured(knowledge: Knowledge, witnesses: Witnesses) -> None:
    offer = offer_of(NAMES, knowledge, Language.HANS)
    delays = sentence_delays([(offer, f"{BANNER}[P1]。希望有帮助！")], witnesses)
    assert len(delays) == 2
    assert all(delay > 0 for delay in delays)
