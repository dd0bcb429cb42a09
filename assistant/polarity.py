"""Must, may, need not: the force of a clause, and what a text denies.

A closed scan of a view with one expression. Order matters: the longer and the doubly
negated forms stand before the words inside them.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text import Span

__all__ = ["Force", "Mark", "denied_zones", "find_marks"]


class Force(enum.StrEnum):
    """What a word does to the duty that its clause states."""

    MUST = "must"
    ONLY = "only"
    """No other way is left: 只能, 只许."""
    MAY = "may"
    OPTIONAL = "optional"
    """Left to discretion: 视情况决定, 自愿. Says more than a plain may."""
    GENERALLY = "generally"
    EXEMPT = "exempt"
    """The duty is said not to exist: 无需, 不必."""
    FORBID = "forbid"
    """The duty is turned round: 不得, 禁止."""
    SILENT = "silent"
    """The regulation is said not to speak of it: 没有规定."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of force and what it says."""

    span: Span
    force: Force


_LIMIT = "超过|超出|少于|低于|晚于|迟于|早于|多于|小于|大于|高于|逾|短于"
_STATE = "规定|写明|限定|设定|说明|要求|提到|提及|给出|列出|作出规定|设置|明确|讲明|写"
_ZH = rf"""
(?P<exempt2>(?:不是|并不是|并非|不必|未必|没说|没有说|没要求|没有要求|不用|
不一定)非[^,。;:!?\n]{{1,10}}?不可)
|(?P<must2>(?:不|没有?)[^,。;:!?\n不没]{{1,8}}?(?:是|就|则|可)?(?:不行|不可以?(?=[,。;!?\n]|的|
$)|不成(?!立|文)|不允许|说不过去|绝对不行)|(?<!是)(?<!并)非[^,。;:!?\n非不]{{1,10}}?不可(?!分|
或|缺|少|抗|避)|不得不|不能不|不可不|不应不|不可以不|并非不必|不是不必|不是不用|并非无需|
不是可有可无|绝非可有可无|不能免)
|(?P<must3>(?:没有|无|并无|不留)(?:任何)?(?:自行决定|自行(?:掌握|把握|确定)|自己(?:掌握|把握)|裁量|商量|选择|讨价还价|
变通)(?:的)?(?:余地|空间|权))
|(?P<may2>(?:不是|并非)不(?:能|可以?|准|许))
|(?P<silent>(?:没有|并没有|没|并未|未曾|未|从未|并不)(?!有?(?:超|违|突破|逾|偏离|达到|落实|按|
遵|执行|做到))(?:[^,。;:!?\n]{{0,14}}?)(?:{_STATE})(?!者|的(?=[^。,;\n]{{0,6}}(?:按|由|从|依)))|
未作(?:出)?(?:具体)?规定|没有(?:具体|明确)?(?:的)?(?:期限|时限|时间限制|次数|天数))
|(?P<exempt>(?:并不是|不是|并非|非)(?:硬性|强制|必须|必需|法定)(?:性)?(?:的)?(?:要求|规定|
义务)?|无需|无须|毋需|毋须|不必(?!等)|不用(?!等)|不需要?|不须|用不着|(?:没有|无|没)必要|(?:没有|无|
没有这个)义务|不要求|不强制|免于|免去|免予|免除|可以不|(?<!可)可不(?!是)|不(?:承担|负责|
履行)(?=[,。;!?\n]|$)|不再|不作要求|不做要求|不一定|未必|(?:没有|不负)[^,。;\n]{{0,6}}(?:责任|
义务))
|(?P<forbid>(?!不(?:能|得|可以?)(?:只|仅|光|单|止于|止步|停留|满足于|[^,。;:!?\n]{{1,12}}(?:了事|完事|了之|代替|就(?:没|不|完|算))))(?:不得|不能|不准|不许|不可以|不可|不应当|不应|不该|不宜)(?!{_LIMIT}|说成|写成|
当[作成]|算[作成]|理解|看[作成]|混|叫|记成|等同|换算|折算)|禁止|严禁|无权|不要(?!求|{_LIMIT}|太|
紧))
|(?P<optional>(?P<verb>[\u4e00-\u9fff])不(?P=verb)[^,。;]{{0,14}}都(?:可以|行|可|成)|
视情况(?:决定)?|视情(?![节形])(?:决定)?|视情形|酌情|自行决定|自愿|自主决定|自己决定|自行选择|
(?:可以?|能)?[^,。;\n]{{0,6}}(?:选择|决定)(?:是否|要不要)|可有可无|走过场|走个(?:形式|过场)|
意思一下|尽力而为|有条件的[^,。;\n]{{0,8}}(?:就行|即可|就可以)|自选动作|选做(?:项目)?|可选项|
可(?P<doing>[\u4e00-\u9fff]{{1,2}})可不(?P=doing)|可以选择|随意|看情况|(?:仅|只|仅仅)?供参考|
参考执行|作(?:为)?参考|(?:属于|是|只是)?(?:倡导|指导|建议|参考)性(?:的)?(?:要求|规定|意见|条款|
原则)?|没有(?:强制|硬性|刚性)(?:力|性|要求|约束)?|弹性(?:要求|规定|条款))
|(?P<only>(?:只|仅)(?:能|可以?(?!能)|许|准))
|(?P<generally>一般(?!性|问题|突发|事|案|程序|情况|的)|原则上|通常)
|(?P<may>(?<![就即才都便])可以(?![,。;!?\n]|$)|允许|有权|鼓励|提倡|倡导|尽量|最好是?|
(?<![许认即就便才不方也以宁])可(?![能靠行见谓观以信知用]))
|(?P<must>应当|应该|必须|务必|一律|都要|都得|有义务|有责任|不可|(?<![不无毋必])须(?!知)|
(?<![不相适反对感响供])应(?![急付对用邀聘变答]))
"""
_EN = r"""
|(?P<silent_en>\b(?:does|do|did)\s+not\s+(?:specify|set|fix|say|provide|state|lay|give|mention|
prescribe|name|contain)|\b(?:sets?|gives?|fixes|contains?|specifies|provides?|lays?\s+down|
prescribes?)\s+no\b|\bno\s+(?:fixed|specific|particular|numerical|set|numeric|exact)\b|
\bsilent\b|\bnothing\b|\bno\s+(?:article|provision|rule|paragraph|
clause)\s+(?:\w+\s+)?(?:requires?|obliges?|says?|states?|sets?|demands?|fixes|prescribes?|
provides?)\b)
|(?P<exempt_en>\bneed\s+not\b|\bneedn't\b|\b(?:is|are)\s+not\s+(?:required|obliged|obligated|
bound|necessary|needed)|\bno\s+(?:need|duty|obligation)\b|\b(?:does|do|did)\s*(?:not|
n't)\s+(?:have|need|require)(?:\s+to)?\b|\bdoesn't\s+(?:have|need)\b|\bdon't\s+(?:have|need)\b|
\bunnecessary\b|\bexempt(?:ed)?\b)
|(?P<forbid_en>\b(?:must|shall|may|should)\s+not\b(?!\s+(?:exceed|be\s+(?:later|less|more)))|
\bcannot\b|\bcan\s+not\b|\bcan't\b|\bmustn't\b|\bforbidden\b|\bprohibited\b|\bnot\s+(?:allowed|
permitted)\b)
|(?P<optional_en>\boptional(?:ly)?\b|(?<!no )\bdiscretion(?:ary)?\b|\bfree\s+to\b|
\bvoluntar(?:y|ily)\b|\bif\s+(?:it|they)\s+(?:wish|like|choose)(?:es)?\b|\bsees?\s+fit\b)
|(?P<only_en>\b(?:can|may|must|shall) only\b|\bonly (?:ever )?(?:together|jointly)\b)
|(?P<generally_en>\bgenerally\b|\bnormally\b|\busually\b|\bas\s+a\s+rule\b|\bin\s+general\b)
|(?P<may_en>(?<![0-9] )(?<![0-9])\bmay\b(?!\s*\d|\s*:)|\bcan\b|\b(?:is|are)\s+(?:allowed|
permitted|entitled)\s+to\b|\bencouraged\b)
|(?P<must_en>\bno discretion\b|\bmust\b|\bshall\b|\bshould\b|\b(?:is|are)\s+(?:required|obliged|
bound)\s+to\b|\bha(?:s|ve)\s+to\b|\bmandatory\b|\bobligatory\b|\brequired\b)
"""
_MARK = re.compile((_ZH + _EN).replace("\n", ""))
_FORCES = {
    "exempt2": Force.EXEMPT, "may2": Force.MAY, "must2": Force.MUST, "must3": Force.MUST,
    "silent": Force.SILENT, "exempt": Force.EXEMPT,
    "forbid": Force.FORBID,
    "only": Force.ONLY, "optional": Force.OPTIONAL,
    "generally": Force.GENERALLY, "may": Force.MAY, "must": Force.MUST,
}  # fmt: skip


def find_marks(view: str) -> tuple[Mark, ...]:
    """Every word of force in a view, in order.

    >>> [(m.span.of("应当报告，无需抄送"), m.force.value) for m in find_marks("应当报告，无需抄送")]
    [('应当', 'must'), ('无需', 'exempt')]
    >>> [m.force.value for m in find_marks("不得不报告,不得超过3小时")]
    ['must']
    """
    return tuple(
        Mark(Span(m.start(), m.end()), _FORCES[(m.lastgroup or "").removesuffix("_en")])
        for m in _MARK.finditer(view)
    )


# 是不是 asks; 不是不… affirms; 不是…就是 is a choice.
_NOT = re.compile(
    r"(?:而不是|并不是|绝不是|决不是|(?<!是)不是(?!不|只|仅|光|单)|并非(?!不)|而非|绝非|不等于|不同于|"
    r"有别于|区别于|不算|不受|不属于|不归|不由|"
    r"不(?:应当?|能|可以?|要|得|许)(?:说|算|当|写|看|理解|换算|折算|等同|混同|混|叫|记|误|"
    r"改)(?:作|成|为|于)|"
    r"别(?:当|说|写|记|看)(?:作|成|为)|"
    r"\brather\s+than\b|\band\s+not\b|\binstead\s+of\b|\b(?:is|are|was)\s+not\b(?!\s+(?:required|"
    r"obliged|obligated|bound|necessary|needed|allowed|permitted))|,\s*not\b|\bnot\s+(?=(?:in|by|"
    r"on|to|within|every|once|after|from|the|a|an|\d)\b))"
)
_ZONE_END = re.compile(r"[,。;:!?\n]|而是|——|–|\bbut\b")
_WRONG = re.compile(
    r"(?:(?:是|都是|属于|纯属|这是|,)?(?:错误|不对|错|不正确|不准确|误解|误读|谣传|讹传|不成立|"
    r"不实)的?(?:说法|理解|认识|做法)?(?=[,。;!\n]|$))"
    r"|\b(?:is|are|would\s+be)\s+(?:wrong|incorrect|false|mistaken|untrue|a\s+mistake)\b"
)


def denied_zones(view: str, clauses: Sequence[Span]) -> tuple[Span, ...]:
    """The stretches of one sentence (given as its clauses) that it says are not so.

    >>> text = "提前1周,不是1个工作日"
    >>> [z.of(text) for z in denied_zones(text, [Span(0, 5), Span(6, 12)])]
    ['1个工作日']
    >>> text = "说15日内报告是错误的"
    >>> [z.of(text) for z in denied_zones(text, [Span(0, 11)])]
    ['说15日内报告']
    """
    if not clauses:
        return ()
    start, end = clauses[0].start, clauses[-1].end
    zones: list[Span] = []
    for match in _NOT.finditer(view, start, end):
        stop = _ZONE_END.search(view, match.end(), end)
        zones.append(Span(match.end(), stop.start() if stop else end))
    for match in _WRONG.finditer(view, start, end):
        at = next((i for i, c in enumerate(clauses) if c.start <= match.start() <= c.end), None)
        if at is None:
            continue
        first = clauses[at]
        if match.start() - first.start < 4 and at > 0:  # ……，是错误的
            first = clauses[at - 1]
        if match.start() > first.start:
            zones.append(Span(first.start, match.start()))
    return tuple(zones)
