"""Verdicts on texts: what is right beside what is wrong in one slot."""

from __future__ import annotations

import pytest

from assistant.check import CheckResult, Verdict, check
from assistant.knowledge import load_knowledge

S, C, U, N = (
    Verdict.SUPPORTED,
    Verdict.CONTRADICTED,
    Verdict.UNVERIFIABLE,
    Verdict.NO_CLAIM,
)


def _check(text: str) -> CheckResult:
    return check(text, load_knowledge())


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # limits
        pytest.param("请示重大事项最少要留出一周的提前量。", S, id="advance"),
        pytest.param("重大事项请示，提前三天报上去就可以。", C, id="advance-wrong"),
        pytest.param("首报时限为重大紧急事件发生后60分钟。", S, id="equal-unit"),
        pytest.param("一般性突发事件6日内报自治区党委政法委。", C, id="unit-wrong"),
        pytest.param("从接到报告时起算，3小时内报到自治区党委政法委。", C, id="anchor-wrong"),
        pytest.param("处置结束后应当在24小时内报告处置结果。", C, id="number-for-promptly"),
        pytest.param("办法没有规定处置结果要在几小时内报告。", S, id="silent-right"),
        pytest.param("办法没有规定重大紧急事件的报告时限。", C, id="silent-wrong"),
        # frequency
        pytest.param("党委政法委每三个月至少开一次全体会议。", S, id="every-three-months"),
        pytest.param("党委政法委全体会议每季度最多召开1次。", C, id="comparison-wrong"),
        pytest.param("党委每年至少听取两次政法单位党组的专题工作报告。", C, id="count-wrong"),
        # level and place
        pytest.param("锡林浩特市委政法委按月研判本辖区社会稳定形势。", S, id="county-city"),
        pytest.param("锡林郭勒盟委政法委每月至少研判一次社会稳定形势。", C, id="league-monthly"),
        pytest.param("各级党委政法委每月至少分析研判1次社会稳定形势。", C, id="general-actor"),
        pytest.param("东胜区委应当统筹市域社会治理。", C, id="district-not-league"),
        pytest.param("旗县：每月至少1次研判社会稳定形势。", S, id="level-alone"),
        pytest.param("本办法适用于旗县（市、区）以上地方党委。", S, id="threshold"),
        pytest.param("本办法适用于苏木乡镇以上地方党委。", C, id="threshold-wrong"),
        # who and to whom
        pytest.param("述职述廉评议由党委书记对委员进行点评。", C, id="bearer-wrong"),
        pytest.param("本办法由自治区司法协会负责解释。", C, id="bearer-not-in-table"),
        pytest.param("整改落实情况要报给党委政法委。", S, id="recipient"),
        pytest.param("被监督检查单位向同级纪委报告整改落实情况。", C, id="recipient-wrong"),
        pytest.param(
            "报同级党委并反馈被查单位的监督检查报告，先由政法委审定。", S, id="two-duties"
        ),
        # must and may
        pytest.param("政法单位党组民主生活会主题不用报同级党委政法委。", C, id="exempted"),
        pytest.param("列席人员可以提出指导意见。", S, id="may"),
        pytest.param("政治督察必须与巡视巡察一并开展。", C, id="strengthened"),
        pytest.param("有关人员可以视情况决定是否回避，即使可能影响公正办理。", C, id="weakened"),
        pytest.param("自治区和盟市设置党委政法委员会，旗县不设。", C, id="plain-negation"),
        # citations
        pytest.param("根据第四十条第（六）项，要督察党委巡视巡察整改情况。", S, id="item"),
        pytest.param("根据第四十条第（五）项，要督察党委巡视巡察整改情况。", C, id="item-wrong"),
        pytest.param("第四十八条规定了施行日期。", C, id="no-such-article"),
        pytest.param("回避（第三十一条）：可能影响公正办理的应当回避。", S, id="bracketed"),
        pytest.param("可能影响公正办理的有关人员应当回避（第三十三条）。", C, id="elsewhere"),
        pytest.param(
            "自治区政法委每半年研判趋势形势。\n依据：第十五条第（二）项", C, id="line-behind"
        ),
        # quotations
        pytest.param("第十九条：「充分發揮把方向、管大局、保落實的作用」。", S, id="verbatim-hant"),
        pytest.param("第十九条：“充分发挥把方向、谋大局、保落实的作用”。", C, id="one-character"),
        pytest.param("第三十五条要求“每月召开1次党组（党委）会议”。", S, id="fragment"),
        pytest.param("第四十三条：“应当在结束后20个日内形成报告”。", C, id="dropped-word"),
        # effect and making
        pytest.param("本办法自发布之日起施行。", S, id="from-issue"),
        pytest.param("本办法自2020年1月1日起施行。", C, id="date-wrong"),
        pytest.param("办法由自治区人民政府于2019年11月20日发布。", C, id="issuer-wrong"),
        pytest.param("办法2019年11月15日经自治区党委常委会审议批准。", S, id="adopted"),
        # conduct
        pytest.param("我们提前10天就重大事项作了请示，符合规定。", S, id="kept"),
        pytest.param("我们提前5天就重大事项作了请示，符合规定。", C, id="not-kept"),
        pytest.param("我们提前5天就重大事项作了请示，不符合规定。", S, id="owned-up"),
        pytest.param("2024年3月1日收到反馈意见，4月30日才报告整改情况，没有超期。", C, id="dates"),
        # denial within the text
        pytest.param("整改期限不是20天，而是20个工作日。", S, id="not-but"),
        pytest.param("整改期限不是20个工作日，而是20天。", C, id="not-but-wrong"),
        # other matters
        pytest.param("网格员每周至少入户走访两次。", U, id="other-matter"),
        pytest.param("《信访工作条例》规定，20个工作日内答复。", U, id="other-law"),
        pytest.param("广东省委政法委每季度召开一次全体会议。", U, id="other-province"),
        pytest.param("政法委书记每届任期五年。", U, id="in-domain-not-regulated"),
        pytest.param("辛苦了，谢谢大家。", N, id="nothing"),
        pytest.param("旗县政法委多久研判一次？", N, id="question"),
        # English
        pytest.param("The regional commission analyses trends every quarter.", C, id="en-wrong"),
        pytest.param(
            "The commission of Saihan District analyses social stability once a month.",
            S,
            id="en-place",
        ),
    ],
)
def test_verdict(text: str, verdict: Verdict) -> None:
    result = _check(text)
    assert result.verdict is verdict, result.findings


@pytest.mark.parametrize(
    ("text", "wrong", "right", "article"),
    [
        pytest.param(
            "收到反馈意见后15个工作日内报告整改情况。", "15个工作日", "20个工作日", 43, id="amount"
        ),
        pytest.param("党委每半年听取1次政法委全面工作报告。", "每半年", "每年", 33, id="period"),
        pytest.param("党委每年听取两次政法委全面工作报告。", "两次", "1次", 33, id="count"),
        pytest.param(
            "矛盾糾紛集中排查調處制度由盟市黨委政法委建立。",
            "盟市黨委政法委",
            "旗縣（市、區）黨委政法委員會",
            17,
            id="level-traditional",
        ),
        pytest.param(
            "政法委员享受工作津贴，依据是第十二条第三款。",
            "第十二条第三款",
            "第十二条第二款",
            12,
            id="paragraph",
        ),
        pytest.param(
            "“同谋划、同部署、同推进、同落实”是第二十条的话。", "落实", "考核", 20, id="quote"
        ),
        pytest.param("办法2020年1月1日起施行。", "2020年1月1日", "2019年11月20日", 47, id="date"),
    ],
)
def test_wrong_words_and_right_ones(text: str, wrong: str, right: str, article: int) -> None:
    findings = [f for f in _check(text).findings if f.verdict is C]
    assert [f.text for f in findings] == [wrong]
    (finding,) = findings
    assert finding.expected is not None
    assert right in finding.expected
    assert finding.provision is not None
    assert finding.provision.article == article
    assert finding.explanation


def test_json_is_the_contract() -> None:
    data = _check("第三十条规定2小时内报告重大紧急事件。").to_json()
    assert data["verdict"] == "contradicted"
    wrong = [f for f in data["findings"] if f["verdict"] == "contradicted"]
    assert set(wrong[0]) == {
        "start", "end", "text", "kind", "verdict", "expected", "provision", "rule", "explanation",
    }  # fmt: skip
    assert wrong[0]["provision"]["id"] == "nmg-zhengfa/art_30/para_1"
    assert wrong[0]["provision"]["label"] == "第三十条第一款"
    assert wrong[0]["kind"] == "time_limit"


def test_only_the_wrong_one_of_three_is_accused() -> None:
    text = (
        "请示重大事项要提前1周以上（第二十九条），重大紧急事件1小时内首报（第三十条），"
        "可能影响公正办理的有关人员应当回避（第三十二条）。"
    )
    assert [f.text for f in _check(text).findings if f.verdict is C] == ["第三十二条"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("收到反馈意见后15个工作日内报告整改情况。", "第四十三条规定的是", id="hans"),
        pytest.param("收到反饋意見後15個工作日內報告整改情況。", "第四十三條規定的是", id="hant"),
        pytest.param(
            "The inspected unit reports on rectification within 15 working days of the feedback.",
            "Article 43 says",
            id="en",
        ),
    ],
)
def test_explanation_speaks_the_language_of_the_text(text: str, language: str) -> None:
    wrong = [f for f in _check(text).findings if f.verdict is C]
    assert wrong[0].explanation.startswith(language)
