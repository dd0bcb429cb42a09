"""The words around a Chinese time limit: seeds, cues, anchors, sides, negations.

Patterns are for read text (:func:`index.quantities.read_text`): simplified script,
half-width letters, digits and commas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.dates import DATE
from index.limits import Comparison
from index.quantities import AMOUNT, NUMBER

__all__ = [
    "CUE_AHEAD",
    "EFFECT_AFTER",
    "EFFECT_BEFORE",
    "NEEDLESS",
    "NOT",
    "RIGHT",
    "SEED",
    "STOP",
    "Left",
    "Scan",
    "comparison_of",
    "read_cues",
    "read_left",
]

_PERIOD = "工作日|星期|礼拜|季度|半年度|半年|年度|天|日|周|月|季|年"
_CN = "零〇一二三四五六七八九十百千两俩廿卅壹贰叁肆伍陆柒捌玖拾佰"
_BEFORE = "(?:之前|以前|前)"

_SKIP = (
    # places and counts, not durations: 第三十条, 第一次, 二十大以来, 一次性
    rf"第(?!一时间)(?:{NUMBER})(?:[条款项章节编目届批次名位号]|季度?|年)",
    rf"{NUMBER}(?:次性|大以来|年代|年级|年制|周年|周岁|日游|年度(?!一次|[一两])"
    r"|年期?(?:行动|规划|计划|方案|目标|来))",
    rf"(?:近|过去|(?<![^。；、:,;在])前|以来|最近|上|下|这|那|某|同|另|头|哪|任|本|上半|下半|有)"
    rf"(?:{NUMBER})个?(?:年|天|日|周|星期|月|季度)(?!内|以|之)",
    rf"{NUMBER}个?小时(?:值班|值守|不间断|在岗|待命|备勤|在线|以外|之外|热线)",
    "三天两头|一天到晚|一年到头|一日三餐|日报社|不定期|规定期限|规定期间|法定期限|约定期限|指定期限|特定期间",
)
_EVERY = (
    rf"每隔?[一1]?个?(?:{_PERIOD})(?!个|均)",
    "每届|每旬|按旬|逐[日周月季年]",
    "按(?:日|周|月|季度?|半年|年度?)(?![内中])",
    "隔[日天周月年](?!子)|双[周月]|天天|周周|月月|季季|年年|日日|一年一度|定期",
)
_URGENT = (
    "第一时间|立即|立刻|即刻|即时|及时|马上|尽快|尽早|尽速|当即|随即|从速|火速|迅速|迅即|赶紧|赶快"
)
_END = (
    rf"(?:当|本|每|次|明|今)?(?:年底|年末|年终|岁末|年内){_BEFORE}?",
    rf"(?:本|当|每)?(?:季度|季|月|周)(?:底|末){_BEFORE}",
    rf"(?<![0-9{_CN}])(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:底|末){_BEFORE}",
)
_FEAST = (
    r"(?:国庆|春节|元旦|五一|中秋|清明|端午)节?(?:假期|长假|放假)?(?:之|以)?前(?![后往提期述款])"
)
_OBSERVED = (
    "(?:去年|前年|今年|本年度?|上年度?)?全年|去年|前年|今年|本年度?|上年度?|年内",
    "[上下]半年|[本上]季度|[一二三四]季度|[本上当]月|[上这]个?月|[本上]周",
)
_COUNT = (
    rf"(?<![0-9.{_CN}第])(?:(?:{NUMBER})(?:至|到|[-–—~]))?(?:{NUMBER})[次回趟遍](?![性级])",
    "0次|零次",
)

# the characters that a seed can begin with: three times as fast on running text
_FIRST = (
    rf"0-9a-z{_CN}○半第近过前以最上下这那某同另头哪任本有日不每逐按隔双天周月季年定"
    "立即及马尽当随从火迅赶次下隔翌第国春元五中清端明今岁去全发公印颁通签"
)
SEED = re.compile(
    rf"(?=[{_FIRST}])(?:(?P<skip>{'|'.join(_SKIP)})"
    rf"|(?P<date>{DATE})"
    rf"|(?P<every>{'|'.join(_EVERY)})"
    rf"|(?P<everyn>每隔?)(?=(?:{NUMBER}|半)个?)"
    rf"|第(?P<nth>{NUMBER})个?(?P<nthunit>工作日|自然日|小时|天|日|周|星期|个月)"
    rf"|(?P<end>{'|'.join((*_END, _FEAST))})"
    rf"|(?P<amount>(?<![0-9.{_CN}第])(?<!周)(?<!星期)(?<!礼拜)(?<!月){AMOUNT})(?!度)"
    rf"|(?P<count>{'|'.join(_COUNT)})"
    rf"|(?P<urgent>{_URGENT})(?!性)|(?P<anytime>随时)"
    r"|(?P<today>当天|当日|即日|同日|当晚|当夜)(?:之内|以内|内)?"
    r"|(?P<next>(?:次|下|隔|翌|第二)个?(?:工作日|日|天|周|星期|月|季度|年)(?![一二三四五六日天末底初级]))(?:之内|以内|内)?"
    rf"|(?P<observed>{'|'.join(_OBSERVED)})"
    rf"|(?P<bare>(?<![{_CN}\d个本上下该全])(?:季度|月度|半年度)(?![末底初内中]))"
    "|(?P<issue>(?:发布|公布|印发|下发|颁布|通过|签发|签署)之日))"
)
"""What a limit can be read from; the first alternative that fits wins."""

_CUES = {
    "most": "最迟|最晚|至迟|最长|最多|至多|顶多|限于|限期|(?<![年时期权有无])限"
    "|不迟于|不晚于|不得迟于|不得晚于|不得长于"
    "|(?:不|不得|不能|不可|不应|不许|不准|未|没|没有|不会|别|勿)(?:超过|超出|多于|大于|逾)",
    "least": "至少|最少|起码|不少于|不得少于|不能少于|不低于|不得低于|不短于|不得短于|不早于",
    "less": "(?<!不)(?<!不得)(?<!不能)(?:不足|不到|不满|未满|少于|低于|短于|未达到?|达不到|不够)",
    "more": "超过|超出|逾|多于|大于|长于|早于|超|拖过",
    "full": "(?<![不未])满|达到?|连续工作|连续任职|连续干|连续|累计|任职|工作|任满",
    "gen": "一般|通常|原则上",
    "adv": "(?:提前|提早|预先|事先|早)(?:量|期)?|[只还仅]剩下?",
    "only": "只|仅|才|共|一共|总共|恰好|刚好|正好",
    "fill": "在|于|为|是|了|约|大约|应当|应该|应|须|必须|需要|需|要|得|的|时间|时限|期限|也|都|控制"
    "|整整|过|有|用|开|召开|不|已经|已",
}
_LEFT = re.compile(f"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _CUES.items())})$")

RIGHT = re.compile(
    r"(?P<within>之内|以内|内|里(?![程面外]))"
    r"|(?P<before>之前|以前|前(?![后往提期述款条项来去]))"
    r"|(?P<over>及以上|或以上|或者以上|以上|或更早|或者更早|或更长)|(?P<under>以下)"
    r"|(?P<after>之后|以后|后(?!续))"
)
"""What may stand right of an amount."""

# where the words of an event begin: punctuation, prepositions, modal verbs
_EDGE = (
    "。、，；：！？,.;:!?…“”\"'()\\[\\]（）《》「」『』\\s*#|>•·\\-"
    "在于自应须是将再并且也就距离把按由和与"
)
_AFTER_ANCHOR = re.compile(
    rf"(?:自|从)?(?:收到|接到|得知|发现|知悉|获悉|作出)?[^{_EDGE}从]{{1,14}}?"
    r"(?:之日起|之时起|之日|时起|起算|起|之后|以后|后)的?$"
)
_SINCE_ANCHOR = re.compile(rf"(?:距离?|离)[^{_EDGE}]{{1,14}}$")
_BARE_ANCHOR = re.compile(
    rf"(?:事件发生|事情发生|发生|事发|案发|(?:收到|接到)[^{_EDGE}]{{0,6}}?(?:反馈意见|反馈|报告))$"
)
_BEFORE_ANCHOR = re.compile(rf"[^{_EDGE}从]{{1,14}}?{_BEFORE}的?$")
_CUT = re.compile(
    "最[迟晚长多少]|至[迟少多]|不?(?:得|能|可)?(?:超过|迟于|晚于|少于)"
    "|必须|应当|一般|通常|原则上|规定|要求|报到|报送|要|所以|因此|那么"
)
# who receives or learns is no part of the event: 被检查单位收到反馈意见后
_CORE = re.compile("收到|接到|得知|获悉|知悉|知晓|发现|事发|案发")

_EFFECT = "(?:正式|开始|起)*(?:施行|实施(?![办细意方情])|生效|执行(?![情])|起效|有效)"
EFFECT_AFTER = re.compile(
    r"(?:之日)?(?:起|开始|之后|以后|后|就|才|即|便|已|已经|正式|,|发布|公布|印发|并)*" + _EFFECT
)
EFFECT_BEFORE = re.compile(
    r"(?:施行|实施|生效|执行)(?:的)?(?:日期|时间|之日|日)?(?:是|为|从|自|:|于|在)*$"
)
NOT = re.compile(
    r"(?<!是)(?:不是|并非|而非|而不是|并不是|不等于|不算|并不等于|非)"
    r"(?:指|说|在|要|必须|须|要求)?[“「\"']?$"
)
NEEDLESS = re.compile(
    r"(?:不必|无需|无须|毋须|不用|不需要?|不要求|没必要|用不着|免于)(?:等|在|于|到|再|按|提前)*$"
)
STOP = re.compile("[。！？；!?;\n]")
CUE_AHEAD = re.compile(
    r"(?P<least>至少|最少|起码|不少于|不得少于|不能少于|不低于|不得低于)|(?P<gen>一般|通常|原则上)"
    r"|(?P<most>最多|至多|不超过|不得超过|不多于)|(?P<only>只|仅)|(?P<less>不足|不到|少于)"
)
"""Comparison words between a period and its count."""

_COMPARISONS = {
    "least": Comparison.AT_LEAST,
    "most": Comparison.AT_MOST,
    "less": Comparison.LESS_THAN,
    "more": Comparison.MORE_THAN,
    "gen": Comparison.GENERALLY,
    "only": Comparison.EXACTLY,
}


@dataclass(slots=True)
class Scan:
    """A text being read: its seeds, and where the last limit found ends."""

    text: str
    seeds: Sequence[re.Match[str]]
    floor: int = 0

    def lead(self, at: int, length: int) -> str:
        """Up to ``length`` characters left of ``at`` that no limit has taken."""
        return self.text[max(self.floor, at - length, 0) : at]


@dataclass(slots=True)
class Left:
    """What stands left of an amount, read outward."""

    start: int
    cues: frozenset[str] = frozenset()
    anchor: tuple[int, int] | None = None
    anchored_before: bool = False
    """会前 3天: the anchor comes after the limit."""

    def anchor_words(self, text: str) -> str | None:
        """The anchor without 自."""
        if self.anchor is None:
            return None
        return re.sub("^[自从]", "", text[slice(*self.anchor)])


def comparison_of(cues: frozenset[str]) -> Comparison | None:
    """The strongest comparison among ``cues``."""
    return next((c for cue, c in _COMPARISONS.items() if cue in cues), None)


def read_left(scan: Scan, at: int) -> Left:
    """Strip cues and one anchor leftward from ``at``: 最迟|在|事发后|(1小时)."""
    start = pos = at
    cues: set[str] = set()
    anchor: tuple[int, int] | None = None
    before = False
    for _ in range(12):
        cue = _LEFT.search(scan.lead(pos, 24))
        if cue is not None:
            pos -= len(cue.group())
            if cue.lastgroup != "fill":
                cues.add(cue.lastgroup or "")
                start = pos
            continue
        found = None if anchor else _read_anchor(scan, pos)
        if found is None:
            break
        *anchor_span, before = found
        anchor = (anchor_span[0], anchor_span[1])
        pos = start = anchor[0]
        if scan.lead(pos, 1) in ("自", "从"):
            pos = start = pos - 1
    return Left(start, frozenset(cues), anchor, before)


def _read_anchor(scan: Scan, at: int) -> tuple[int, int, bool] | None:
    """Start and end of the event named just left of ``at``; True when it comes later."""
    window = scan.lead(at, 24)
    after = (
        _AFTER_ANCHOR.search(window) or _SINCE_ANCHOR.search(window) or _BARE_ANCHOR.search(window)
    )
    match = after or _BEFORE_ANCHOR.search(window)
    if match is None:
        return None
    start = at - len(match.group())
    for cut in _CUT.finditer(scan.text, start, at - 2):
        start = cut.end()  # 最晚不能超过事发后: only 事发后 is the event
    core = _CORE.search(scan.text, start, at) if scan.text[start] not in "距离自从" else None
    if core is not None:
        start = core.start()
    end = at - match.group().endswith("的")
    return (start, end, after is None) if end - start >= 2 else None


def read_cues(scan: Scan, at: int, floor: int) -> frozenset[str]:
    """Comparison words in the clause before a count: 至少分析研判1次."""
    clause = re.split("[。；,;]", scan.text[max(floor, at - 16) : at])[-1]
    return frozenset(m.lastgroup or "" for m in CUE_AHEAD.finditer(clause))
