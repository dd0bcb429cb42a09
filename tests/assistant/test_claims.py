"""What a text states, before anything is judged: roles, force, denial, conduct, citations."""

from __future__ import annotations

import pytest

from assistant.claims import Bearing, ClauseReading, SentenceReading, read
from assistant.knowledge import load_knowledge
from assistant.polarity import find_marks
from assistant.segment import make_view


def _sentences(text: str) -> tuple[SentenceReading, ...]:
    return read(text, load_knowledge()).sentences


def _clauses(text: str) -> list[ClauseReading]:
    return [clause for sentence in _sentences(text) for clause in sentence.clauses]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        pytest.param("由党委政法委负责", [("党委政法委", "bearer")], id="you"),
        pytest.param("盟市党委应当统筹", [("盟市党委", "bearer")], id="modal-after"),
        pytest.param("这项工作是盟市党委的职责", [("盟市党委", "bearer")], id="duty-of"),
        pytest.param("统筹的，是盟市党委", [("盟市党委", "bearer")], id="cleft"),
        pytest.param("向同级党委报告", [("同级党委", "recipient")], id="xiang"),
        pytest.param("抄送同级党委政法委", [("同级党委政法委", "recipient")], id="copy"),
        pytest.param(
            "向同级党委和上级政法单位报告",
            [("同级党委", "recipient"), ("上级政法单位", "recipient")],
            id="joined",
        ),
        pytest.param("列席政法单位党组的会议", [("政法单位党组", "object")], id="possessor"),
        pytest.param("由司法协会负责解释", [("司法协会", "bearer")], id="body-not-in-table"),
        pytest.param("旗县每月至少1次", [("旗县", "bearer")], id="level-alone"),
        pytest.param(
            "report to the commission", [("commission", "recipient")], id="english-recipient"
        ),
        pytest.param(
            "The commission shall report", [("commission", "bearer")], id="english-bearer"
        ),
    ],
)
def test_roles(text: str, roles: list[tuple[str, str]]) -> None:
    found = [(p.span.of(text), p.role.value) for c in _clauses(text) for p in c.parties]
    assert found == roles


@pytest.mark.parametrize(
    ("text", "forces"),
    [
        pytest.param("应当报告", ["must"], id="must"),
        pytest.param("无需抄送", ["exempt"], id="exempt"),
        pytest.param("不得不报告", ["must"], id="double-negation"),
        pytest.param("不得超过3小时", [], id="limit-not-ban"),
        pytest.param("可以召开", ["may"], id="may"),
        pytest.param("提前一周就可以", [], id="closing-keyi-is-no-modal"),
        pytest.param("没有规定具体天数", ["silent"], id="silent"),
        pytest.param("酌情决定", ["optional"], id="optional"),
        pytest.param("need not report", ["exempt"], id="english-exempt"),
        pytest.param("一般性突发事件", [], id="yibanxing-is-no-modal"),
    ],
)
def test_force(text: str, forces: list[str]) -> None:
    assert [m.force.value for m in find_marks(make_view(text))] == forces


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        pytest.param("提前1周，不是1个工作日", ["1个工作日"], id="not-b"),
        pytest.param("不是20天，而是20个工作日", ["20天"], id="not-a-but-b"),
        pytest.param("说15日内报告是错误的", ["说15日内报告"], id="is-wrong"),
        pytest.param("是不是1周", [], id="asks"),
        pytest.param("in working days and not in calendar days", [" in calendar days"], id="en"),
    ],
)
def test_denied(text: str, denied: list[str]) -> None:
    assert [z.of(text) for s in _sentences(text) for z in s.denied] == denied


@pytest.mark.parametrize(
    ("text", "conduct"),
    [
        pytest.param("我们提前10天请示，符合规定。", True, id="kept"),
        pytest.param("我们提前5天请示，已经违规。", False, id="broken"),
        pytest.param("上午9点发生，9点半报告。", None, id="clock-times"),
        pytest.param("必须提前1周请示。", "rule", id="rule"),
        pytest.param("提前五个工作日符合要求。", "rule", id="not-narrated"),
    ],
)
def test_conduct(text: str, conduct: bool | str | None) -> None:
    (sentence,) = _sentences(text)
    assert (sentence.conduct.kept if sentence.conduct else "rule") == conduct


@pytest.mark.parametrize(
    ("text", "bearing"),
    [
        pytest.param("依第十二条第二款，政法委员享受津贴", Bearing.FORWARD, id="leads"),
        pytest.param("提前1周请示（第二十九条）", Bearing.BACKWARD, id="bracketed"),
        pytest.param("政法委员享受津贴，依据是第十二条", Bearing.BACKWARD, id="basis-behind"),
        pytest.param("第十九条要求政法单位党组充分发挥领导作用", Bearing.HERE, id="own-clause"),
    ],
)
def test_citation_bearing(text: str, bearing: Bearing) -> None:
    assert [c.bearing for clause in _clauses(text) for c in clause.citations] == [bearing]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        pytest.param("《信访工作条例》规定30日内办结", True, id="other-law"),
        pytest.param("按刑事诉讼法，48小时内安排", True, id="bare-law"),
        pytest.param("广东省委政法委每季度开会", True, id="elsewhere"),
        pytest.param("《实施办法》规定1小时内报告", False, id="ours"),
        pytest.param("上位依据是《中国共产党政法工作条例》，《实施办法》要求1周", False, id="both"),
    ],
)
def test_foreign(text: str, foreign: bool) -> None:
    assert any(s.foreign is not None for s in _sentences(text)) is foreign
