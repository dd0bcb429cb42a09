"""Chinese time limits in read text.

One pass over the seeds (numbers with units, 每…, counts, words of haste, dates);
what a seed means is told by the words beside it, which are read outward from it:
``最迟在 | 事发后 | 1小时 | 内``. All contexts are bounded windows, so the whole is
linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from index.dates import DATE, read_date
from index.limits import Comparison, Draft, LimitKind, TimeLimit
from index.quantities import (
    ADJACENT,
    AMOUNT,
    NUMBER,
    Quantity,
    Unit,
    measure,
    read_amount,
    read_number,
    tidy,
)

__all__ = ["find_chinese"]


_PERIOD = "工作日|星期|礼拜|季度|半年度|半年|年度|天|日|周|月|季|年"
_PERIODS: dict[str, tuple[Quantity, Unit]] = {
    "工作日": (1, Unit.WORKDAY),
    "天": (1, Unit.DAY),
    "日": (1, Unit.DAY),
    "周": (1, Unit.WEEK),
    "星期": (1, Unit.WEEK),
    "礼拜": (1, Unit.WEEK),
    "月": (1, Unit.MONTH),
    "月度": (1, Unit.MONTH),
    "季": (1, Unit.QUARTER),
    "季度": (1, Unit.QUARTER),
    "半年": (1, Unit.HALF_YEAR),
    "半年度": (1, Unit.HALF_YEAR),
    "年": (1, Unit.YEAR),
    "年度": (1, Unit.YEAR),
}
_CN = "零〇一二三四五六七八九十百千两俩廿卅壹贰叁肆伍陆柒捌玖拾佰"
_ORDINAL_UNIT = "工作日|自然日|小时|天|日|周|星期|个月"
_URGENT = (
    "第一时间|立即|立刻|即刻|即时|及时|马上|尽快|尽早|尽速|当即|随即|从速|火速|迅速|迅即|赶紧|赶快"
)
_YEAR_END = "年底|年末|年终|岁末|年内"

_SEED = re.compile(
    # not amounts: 第三十条, 第一次, 二十大, 新时代, 一次性
    rf"(?P<skip>第(?!一时间)(?:{NUMBER})(?:[条款项章节编目届批次名位号]|季度?|年)"
    rf"|{NUMBER}(?:次性|大以来|年代|年级|年制|周年|周岁|日游|年[期]?(?:行动|规划|计划|方案|目标|来)|年度(?!一次|[一两]))"
    rf"|(?:近|过去|(?<![^，。；、：,;在])前|以来|最近|上|下|这|那|某|同|另|头|哪|任|本|上半|下半|有)(?:{NUMBER})个?(?:年|天|日|周|星期|月|季度)(?!内|以|之)"
    rf"|{NUMBER}个?小时(?:值班|值守|不间断|在岗|待命|备勤|在线|以外|之外|热线)"
    r"|三天两头|一天到晚|一年到头|一日三餐|日报社|不定期)"
    rf"|(?P<date>{DATE})"
    rf"|(?P<every>每隔?[一1]?个?(?:{_PERIOD})(?!个|均)|每届|逐[日周月季年]|按(?:日|周|月|季度?|半年|年度?)(?![内中])"
    r"|隔[日天周月年]|双[周月]|天天|周周|月月|季季|年年|日日|一年一度|定期)"
    rf"|(?P<everyn>每隔?)(?=(?:{NUMBER}|半)个?)"
    rf"|第(?P<nth>{NUMBER})个?(?P<nthunit>{_ORDINAL_UNIT})"
    rf"|(?P<amount>(?<![0-9.{_CN}第]){AMOUNT})(?!度)"
    rf"|(?P<count>(?<![0-9.{_CN}第])(?:(?:{NUMBER})(?:至|到|[-–—~]))?(?:{NUMBER})[次回趟遍](?![性级])|0次|零次)"
    rf"|(?P<urgent>{_URGENT})(?!性)|(?P<anytime>随时)"
    rf"|(?P<yearend>(?:当|本|每|次|明|今)?(?:{_YEAR_END})(?:之前|以前|前)?|(?:本|当|每)?(?:季度|季|月|周)(?:底|末)(?:之前|以前|前)|(?<![0-9{_CN}年])(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:底|末)(?:之前|以前|前))"
    r"|(?P<today>当天|当日|即日|同日|当晚|当夜)(?:之内|以内|内)?"
    rf"|(?P<observed>(?:去年|前年|今年|本年度?|上年度?)?全年|去年|前年|今年|本年度?|上年度?|年内|[上下]半年|[本上]季度|[一二三四]季度|[本上当]月|[上这]个?月|[本上]周)"
    r"|(?P<bare>(?<![一二三四五六七八九十\d个本上下该全])(?:季度|月度|半年度)(?![末底初内中]))"
    r"|(?P<issue>(?:发布|公布|印发|下发|颁布|通过|签发|签署)之日)"
)

_LEFT = re.compile(
    r"(?:(?P<most>最迟|最晚|至迟|最长|最多|至多|顶多|不迟于|不晚于|不得迟于|不得晚于"
    r"|(?:不|不得|不能|不可|不应|不许|不准|未|没|没有|不会|别|勿)(?:超过|超出|多于|大于|逾)|不得长于|限于|限期|限)"
    r"|(?P<least>至少|最少|起码|不少于|不得少于|不能少于|不低于|不得低于|不短于|不得短于|不早于|不得晚于提前|大于等于)"
    r"|(?P<less>(?<!不)(?<!不得)(?<!不能)(?:不足|不到|不满|未满|少于|低于|短于|未达到?|达不到|不够))"
    r"|(?P<more>超过|超出|逾|多于|大于|长于|早于|超)"
    r"|(?P<full>(?<![不未])满|达到?|连续工作|连续任职|连续|累计|任职|工作|任满)"
    r"|(?P<gen>一般|通常|原则上)"
    r"|(?P<adv>提前|提早|预先|事先|早)(?:量|期)?"
    r"|(?P<only>只|仅|才|共|一共|总共|恰好|刚好|正好)"
    r"|(?P<fill>在|于|为|是|了|约|大约|应当|应该|应|须|必须|需要|需|要|得|的|时间|时限|期限|共|也|都|控制|整整|过|有|用|开|召开|不))$"
)
_RIGHT = re.compile(
    r"(?P<within>之内|以内|内|里(?![程面外]))"
    r"|(?P<before>之前|以前|前(?![后往提期述款条项来去]))"
    r"|(?P<over>及以上|或以上|或者以上|以上|或更早|或者更早|或更长)|(?P<under>以下)"
    r"|(?P<after>之后|以后|后(?!续))"
)
_EDGE = "，。；：、！？,.;:!?…“”\"'()\\[\\]（）《》「」『』\\s*#|>•·\\-在于自应须是将再并且也就距离把按由和与"
_AFTER_ANCHOR = re.compile(
    rf"(?P<event>(?:自|从)?(?:收到|接到|得知|发现|知悉|获悉|作出)?[^{_EDGE}从]{{1,14}}?)(?:之日起|之时起|之日|时起|起算|起|之后|以后|后)的?$"
)
_SINCE_ANCHOR = re.compile(rf"(?:距离?|离)(?P<event>[^{_EDGE}]{{1,14}})$")
_BARE_ANCHOR = re.compile("(?:事件发生|事情发生|发生|事发|案发)$")
_BEFORE_ANCHOR = re.compile(rf"(?P<event>[^{_EDGE}从]{{1,14}}?)(?:之前|以前|前)的?$")
_CUT = re.compile(
    "最[迟晚长多少]|至[迟少多]|不?(?:得|能|可)?(?:超过|迟于|晚于|少于)|必须|应当|一般|通常|原则上|规定|要求|报到|报送|要"
)
_EFFECT = "(?:正式|开始|起)*(?:施行|实施|生效|执行|起效|有效)"
_EFFECT_AFTER = re.compile(
    rf"(?:之日)?(?:起|开始|之后|以后|后|就|才|即|便|已|已经|正式|，|,)*{_EFFECT}"
)
_EFFECT_BEFORE = re.compile(
    r"(?:施行|实施|生效|执行)(?:的)?(?:日期|时间|之日|日)?(?:是|为|从|自|:|于|在)*$"
)
_NOT = re.compile(
    r"(?<!是)(?:不是|并非|而非|而不是|并不是|不等于|不算|并不等于|非)(?:指|说|在|要|必须|须|要求)?[“「\"']?$"
)
_NEEDLESS = re.compile(
    r"(?:不必|无需|无须|毋须|不用|不需要?|不要求|没必要|用不着|免于)(?:等|在|于|到|再|按|等到|提前)*$"
)
_STOP = re.compile("[。！？；!?;\n]")


@dataclass(slots=True)
class _Left:
    """What stands left of an amount, read outward."""

    start: int
    cues: set[str]
    anchor: tuple[int, int] | None = None
    anchored_before: bool = False


def _read_left(text: str, at: int, floor: int) -> _Left:
    """Strip cues and one anchor leftward from ``at``, not beyond ``floor``."""
    found = _Left(at, set())
    pos = at
    for _ in range(12):
        window = text[max(floor, pos - 24) : pos]
        cue = _LEFT.search(window)
        if cue is not None:
            pos -= len(cue.group())
            if cue.lastgroup != "fill":
                found.cues.add(cue.lastgroup or "")
                found.start = pos
            continue
        if found.anchor is not None:
            break
        anchor = (
            _AFTER_ANCHOR.search(window)
            or _SINCE_ANCHOR.search(window)
            or (_BARE_ANCHOR.search(window) if pos == at else None)
        )
        before = None if anchor else _BEFORE_ANCHOR.search(window)
        if anchor is None and before is None:
            break
        match = anchor or before
        if match is None:  # pragma: no cover
            break
        start = pos - len(match.group())
        for cut in _CUT.finditer(text, start, start + len(match.group()) - 2):
            start = cut.end()  # 最晚不能超过事发后: only 事发后 is the event
        end = pos - (1 if match.group().endswith("的") else 0)
        if end - start < 2:
            break
        found.anchor, found.anchored_before = (start, end), before is not None
        pos = found.start = start
        if not found.cues and pos > floor and text[pos - 1] in "自从":
            pos -= 1
            found.start = pos
    return found


def _comparison(cues: set[str]) -> Comparison | None:
    for cue, comparison in (
        ("least", Comparison.AT_LEAST),
        ("most", Comparison.AT_MOST),
        ("less", Comparison.LESS_THAN),
        ("more", Comparison.MORE_THAN),
        ("gen", Comparison.GENERALLY),
        ("only", Comparison.EXACTLY),
    ):
        if cue in cues:
            return comparison
    return None


def find_chinese(text: str) -> Iterator[Draft]:
    """Every limit written in Chinese, in order, not overlapping."""
    seeds = list(_SEED.finditer(text))
    floor = 0
    index = 0
    while index < len(seeds):
        draft, index = _read_seed(text, seeds, index, floor)
        if draft is None:
            continue
        lead = text[max(floor, draft.start - 12) : draft.start]
        draft.flags["negated"] = draft.flags.get("negated", False) or bool(_NOT.search(lead))
        draft.flags["waived"] = bool(_NEEDLESS.search(lead))
        yield draft
        floor = draft.end


def _read_seed(
    text: str, seeds: Sequence[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    """The draft that the seed at ``index`` yields, and the next seed to read."""
    seed = seeds[index]
    start, end = seed.span()
    if start < floor:
        return None, index + 1
    if seed["every"] or seed["everyn"] is not None or seed["bare"]:
        return _frequency(text, seeds, index, floor)
    if seed["nth"]:
        return _ordinal(text, seed, floor), index + 1
    if seed["amount"]:
        return _amount(text, seeds, index, floor)
    if seed["date"]:
        return _date(text, seed, floor), index + 1
    if seed["observed"]:
        return _observed(text, seeds, index, floor)
    if seed["issue"]:
        return _issue(text, seeds, index, floor)
    return _word(text, seed, floor), index + 1


def _next_count(
    text: str, seeds: Sequence[re.Match[str]], index: int, reach: int = 40
) -> int | None:
    """Index of the count that belongs to the period at ``index``, if one follows."""
    here = seeds[index].end()
    for later in range(index + 1, min(index + 4, len(seeds))):
        seed = seeds[later]
        if seed.start() - here > reach or _STOP.search(text, here, seed.start()):
            return None
        if seed["count"]:
            return later
        if not seed["skip"]:
            return None
    return None


def _count(text: str, seed: re.Match[str], floor: int) -> tuple[int, Comparison | None, int] | None:
    """Times, comparison and end of the words of a count (1次以上)."""
    first, to, last = _COUNT_PARTS.fullmatch(seed.group()[:-1]).groups()  # type: ignore[union-attr]
    pair = ADJACENT.fullmatch(last)
    if pair is not None and not to:  # 一两次
        first, to = pair[1], "至"
    try:
        times = 0 if last in ("0", "零") else read_number(first if to else last)
    except ValueError:
        return None
    if not isinstance(times, int):
        return None
    left = _read_cues(text, seed.start(), floor)
    right = _RIGHT.match(text, seed.end())
    comparison = Comparison.AT_LEAST if to else _comparison(left)
    end = seed.end()
    if right is not None and right["over"]:
        comparison, end = Comparison.AT_LEAST, right.end()
    elif right is not None and right["under"]:
        comparison, end = Comparison.AT_MOST, right.end()
    return times, comparison, end


_COUNT_PARTS = re.compile("(?:(.+)(至|到|[-–—~]))?(.+)")
_CUE_SOON = re.compile(
    r"(?:(?P<least>至少|最少|起码|不少于|不得少于|不能少于|不低于|不得低于)|(?P<gen>一般|通常|原则上)"
    r"|(?P<most>最多|至多|不超过|不得超过|不多于)|(?P<only>只|仅)|(?P<less>不足|不到|少于))"
)


def _read_cues(text: str, at: int, floor: int) -> set[str]:
    """Comparison words in the clause before a count: 至少分析研判1次."""
    window = text[max(floor, at - 16) : at]
    clause = re.split("[，。；,;]", window)[-1]
    return {m.lastgroup or "" for m in _CUE_SOON.finditer(clause)}


def _period(text: str, seed: re.Match[str]) -> tuple[Quantity | None, Unit | None, int] | None:
    """Quantity, unit and end of the period of a frequency."""
    words = seed.group()
    if seed["everyn"] is not None:
        amount = _EVERY_AMOUNT.match(text, seed.end())
        if amount is None:
            return None
        if amount["months"]:
            return read_number(amount["months"]), Unit.MONTH, amount.end()
        read = read_amount(amount)
        if read is None or read[1] is not None:
            return None
        return read[0], read[2], amount.end()
    if words in ("定期", "每届"):
        return None, None, seed.end()
    if words[0] in "隔双":
        return 2, _PERIODS[words[1:]][1], seed.end()
    if words == "一年一度":
        return 1, Unit.YEAR, seed.end()
    key = re.sub("^(?:每隔?[一1]?个?|逐|按)", "", words) or words
    if key not in _PERIODS:  # 天天, 月月
        key = key[0]
    return (*_PERIODS[key], seed.end())


_EVERY_AMOUNT = re.compile(rf"(?P<months>{NUMBER})月(?![份底末\d])|{AMOUNT}")


def _frequency(
    text: str, seeds: Sequence[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    seed = seeds[index]
    read = _period(text, seed)
    if read is None:
        return None, index + 1
    quantity, unit, end = read
    after = index + 1
    while after < len(seeds) and seeds[after].start() < end:
        after += 1
    left = _read_left(text, seed.start(), floor)
    if left.anchor is not None or left.cues - {"least", "most", "gen", "only", "less", "more"}:
        left = _Left(seed.start(), left.cues & {"least", "most", "gen", "only"})
    comparison = _comparison(left.cues)
    word = seed.group() if quantity is None else None
    base = Draft(left.start, end, TimeLimit(LimitKind.FREQUENCY), (seed.start(), end))
    times = None
    found = _next_count(text, seeds, after - 1) if quantity is not None else None
    if found is not None:
        counted = _count(text, seeds[found], end)
        if counted is not None:
            times, own, base.end = counted
            base.count = (seeds[found].start(), base.end if own is None else seeds[found].end())
            comparison = own or comparison
            after = found + 1
    elif quantity is not None:
        soon = _CUE_SOON.match(text, end)
        if soon is not None:
            comparison = _comparison({soon.lastgroup or ""})
            base.end = soon.end()
    base.limit = TimeLimit(LimitKind.FREQUENCY, quantity, unit, comparison, times, word=word)
    base.flags["bare"] = seed["bare"] is not None
    return base, after


def _observed(
    text: str, seeds: Sequence[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    seed = seeds[index]
    merged = index
    while (
        merged + 1 < len(seeds)
        and seeds[merged + 1]["observed"]
        and seeds[merged + 1].start() - seeds[merged].end() <= 1
    ):
        merged += 1
    found = _next_count(text, seeds, merged, reach=24)
    if found is None:
        return None, merged + 1
    words = text[seed.start() : seeds[merged].end()]
    if re.search("半年", words):
        unit = Unit.HALF_YEAR
    elif "季" in words:
        unit = Unit.QUARTER
    elif "月" in words:
        unit = Unit.MONTH
    elif "周" in words:
        unit = Unit.WEEK
    else:
        unit = Unit.YEAR
    counted = _count(text, seeds[found], seeds[merged].end())
    if counted is None:
        return None, merged + 1
    times, own, end = counted
    # 全年至少4次 and 上下半年各一次 set a rule; 全年开了3次 tells what was done
    ruled = own in (Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.GENERALLY) or bool(
        re.search("各|应|须|必须|要", text[seeds[merged].end() : seeds[found].start()])
    )
    comparison = own or (None if ruled else Comparison.EXACTLY)
    limit = TimeLimit(LimitKind.FREQUENCY, 1, unit, comparison, times)
    draft = Draft(seed.start(), end, limit, (seed.start(), seeds[merged].end()))
    draft.count = seeds[found].span()
    draft.flags["observed"] = not ruled
    return draft, found + 1


def _ordinal(text: str, seed: re.Match[str], floor: int) -> Draft | None:
    amount = _NTH_AMOUNT.fullmatch(f"{seed['nth']}个{seed['nthunit'].removeprefix('个')}")
    read = read_amount(amount) if amount else None
    if read is None or (seed["nth"] in ("一", "二", "两", "1") and seed["nthunit"] in ("天", "日")):
        return None  # 第二天 is tomorrow
    left = _read_left(text, seed.start(), floor)
    right = _RIGHT.match(text, seed.end())
    end = right.end() if right and (right["before"] or right["within"]) else seed.end()
    comparison = Comparison.AT_MOST if end > seed.end() or "most" in left.cues else None
    limit = TimeLimit(
        LimitKind.WITHIN, read[0], read[2], comparison, anchor=_anchor_text(text, left)
    )
    draft = Draft(left.start, end, limit, seed.span(), anchor=left.anchor)
    draft.flags["ordinal"] = True
    return draft


_NTH_AMOUNT = re.compile(AMOUNT)
_ONE_EACH = re.compile("一(?=[\u4e00-\u9fff])(?![个次天日周月年季些般定起直])")
_SHORT_PERIOD = re.compile(rf"({NUMBER})(月|季度|季)")


def _anchor_text(text: str, left: _Left) -> str | None:
    if left.anchor is None:
        return None
    return re.sub("^[自从]", "", text[slice(*left.anchor)])


def _amount(
    text: str, seeds: Sequence[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    seed = seeds[index]
    start, end = seed.span()
    read = read_amount(seed)
    periodic = _per_amount(text, seeds, index, floor, read)
    if periodic is not None:
        return periodic
    if read is None:
        return None, index + 1
    quantity, upto, unit = read
    if _OUTSIDE.match(text, end):
        return None, index + 1
    quantity, end = _compound(text, end, quantity, upto, unit)
    left = _read_left(text, start, floor)
    right = _RIGHT.match(text, end)
    side = right.lastgroup if right else None
    stop = right.end() if right else end
    cues = left.cues
    if side == "after":
        effect = _EFFECT_AFTER.match(text, stop)
        if effect is not None:
            limit = TimeLimit(
                LimitKind.EFFECTIVE, quantity, unit, anchor=_anchor_text(text, left), upto=upto
            )
            draft = Draft(left.start, effect.end(), limit, (start, stop), anchor=left.anchor)
            return draft, index + 1
    kind, comparison, bare = _judge(text, seed, left, side)
    if kind is None:
        return None, index + 1
    if side in ("after",) and "adv" in cues:
        stop = end
    late = _ADVANCE_AFTER.match(text, stop)
    if late is not None:
        kind, bare, stop = LimitKind.ADVANCE, False, late.end()
        if side == "over":
            comparison = Comparison.AT_LEAST
    if kind is LimitKind.BY:
        limit = TimeLimit(kind, unit=Unit.DAY, word=text[start:stop])
    else:
        limit = TimeLimit(
            kind, quantity, unit, comparison, anchor=_anchor_text(text, left), upto=upto
        )
    draft = Draft(left.start, stop, limit, (start, end), anchor=left.anchor)
    draft.flags["bare"] = bare
    return draft, index + 1


_OUTSIDE = re.compile("以外|之外|开外")
_REST = re.compile(
    rf"(?:零|又|加)?(?P<n>{NUMBER})(?:(?P<minutes>分钟?(?!之))|个(?P<months>月)|(?P<hours>个?小时))"
)
_REST_UNITS = {"minutes": Unit.MINUTE, "months": Unit.MONTH, "hours": Unit.HOUR}


def _compound(
    text: str, end: int, quantity: Quantity, upto: Quantity | None, unit: Unit
) -> tuple[Quantity, int]:
    """1小时30分钟 is one amount, in its larger unit."""
    rest = _REST.match(text, end) if upto is None else None
    if rest is None:
        return quantity, end
    name = next(name for name in _REST_UNITS if rest[name])
    scale, large = measure(1, unit)
    other, small = measure(1, _REST_UNITS[name])
    try:
        number = read_number(rest["n"])
    except ValueError:
        return quantity, end
    if scale != other or number * small >= large:
        return quantity, end
    return tidy(quantity + Fraction(number * small) / large), rest.end()


_ADVANCE_AFTER = re.compile("的?(?:时间)?(?:的)?(?:提前量|提前期)")
_OF_THE_DAY = re.compile(r"(?:上午|下午|晚|早|凌晨|中午|[0-9]{1,2}[:点时])")


def _judge(
    text: str, seed: re.Match[str], left: _Left, side: str | None
) -> tuple[LimitKind | None, Comparison | None, bool]:
    """Kind, comparison and bareness of an amount, from the words on both sides."""
    cues = left.cues
    comparison = _comparison(cues)
    over = Comparison.AT_LEAST if side == "over" else None
    if "adv" in cues:
        return LimitKind.ADVANCE, over or comparison, False
    if side == "before":
        dated = seed["unit"] == "日" and left.anchor is None and not cues
        if dated and not re.search("[开行议会满期]$", text[max(0, left.start - 2) : left.start]):
            return LimitKind.BY, None, False  # 20日前: of the month; 会议召开7日前 is not
        return LimitKind.ADVANCE, comparison, not cues
    if left.anchored_before and side != "within":
        return LimitKind.ADVANCE, over or comparison, False
    if side == "within":
        general = Comparison.GENERALLY if comparison is Comparison.GENERALLY else None
        return LimitKind.WITHIN, general or Comparison.AT_MOST, False
    if "full" in cues:
        below = comparison if comparison is Comparison.LESS_THAN else None
        return LimitKind.THRESHOLD, below or Comparison.AT_LEAST, False
    if "most" in cues:
        return LimitKind.WITHIN, Comparison.AT_MOST, False
    if side == "over" or comparison is Comparison.AT_LEAST:
        return LimitKind.THRESHOLD, Comparison.AT_LEAST, False
    if side == "under":
        return LimitKind.THRESHOLD, Comparison.AT_MOST, False
    if comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN):
        return LimitKind.THRESHOLD, comparison, False
    if side == "after":
        return LimitKind.THRESHOLD, Comparison.AT_LEAST, False
    if seed["unit"] == "日" and _OF_THE_DAY.match(text, seed.end()):
        return None, None, False  # 20日上午
    return LimitKind.WITHIN, comparison, left.anchor is None


_PER = re.compile(r"(?:里|中|当中)?(?:也|都|就|要|得|应|应当|须|必须|会|可以|能|最好)*")


def _per_amount(
    text: str,
    seeds: Sequence[re.Match[str]],
    index: int,
    floor: int,
    read: tuple[Quantity, Quantity | None, Unit] | None,
) -> tuple[Draft | None, int] | None:
    """半年一次, 一年开两次, 一季一次, 一月一报: a frequency without 每."""
    seed = seeds[index]
    start, end = seed.span()
    short = _SHORT_PERIOD.fullmatch(seed.group())
    if read is not None and read[1] is None:
        quantity, unit = read[0], read[2]
    elif short is not None:
        number = read_number(short[1])
        quantity, unit = number, Unit.MONTH if short[2] == "月" else Unit.QUARTER
    else:
        return None
    if unit in (Unit.MINUTE, Unit.HOUR):
        return None
    after, times, comparison, stop, count = index + 1, None, None, end, None
    each = _ONE_EACH.match(text, end)
    found = _next_count(text, seeds, index, reach=10)
    if found is not None:
        gap = text[end : seeds[found].start()]
        if re.search("[，,、：:之以内后前上]", gap) and not _CUE_SOON.search(gap):
            return None
        if re.match("[之以]?[内后前]", gap) and unit in (Unit.DAY, Unit.WORKDAY, Unit.WEEK):
            return None
        counted = _count(text, seeds[found], end)
        if counted is None:
            return None
        times, comparison, stop = counted
        count, after = seeds[found].span(), found + 1
    elif each is None or quantity != 1 or not seed["n1"]:
        return None
    left = _read_left(text, start, floor)
    if left.anchor is not None or left.cues - {"least", "most", "gen", "only"}:
        return None
    limit = TimeLimit(
        LimitKind.FREQUENCY, quantity, unit, comparison or _comparison(left.cues), times
    )
    return Draft(left.start, stop, limit, (start, end), count=count), after


def _date(text: str, seed: re.Match[str], floor: int) -> Draft | None:
    """A date is a limit when something takes effect on it or must be done before it."""
    start, end = seed.span()
    parts = read_date(seed)
    if parts is None or parts.month is None or parts.day is None:
        return None
    lead = text[max(floor, start - 14) : start]
    effect = _EFFECT_AFTER.match(text, end)
    named = _EFFECT_BEFORE.search(lead)
    if effect is not None or named is not None:
        head = named.start() if named else len(re.sub("[自从于在]$", "", lead))
        limit = TimeLimit(LimitKind.EFFECTIVE, date=parts.date(), word=_undated(text, seed))
        stop = effect.end() if effect else end
        return Draft(start - len(lead) + head, stop, limit, (start, end))
    right = _RIGHT.match(text, end)
    if right is None or not right["before"]:
        return None
    limit = TimeLimit(LimitKind.BY, unit=Unit.DAY, date=parts.date(), word=_undated(text, seed))
    return Draft(start, right.end(), limit, (start, end))


def _undated(text: str, seed: re.Match[str]) -> str | None:
    """The words of a date that names no year."""
    parts = read_date(seed)
    return text[slice(*seed.span())] if parts is None or parts.date() is None else None


def _issue(
    text: str, seeds: Sequence[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    """自发布之日起施行; with 三十日后 the amount carries the limit."""
    seed = seeds[index]
    effect = _EFFECT_AFTER.match(text, seed.end())
    if effect is None:
        return None, index + 1
    start = seed.start() - (1 if text[max(floor, seed.start() - 1) : seed.start()] in "自从" else 0)
    limit = TimeLimit(LimitKind.EFFECTIVE, anchor=seed.group())
    return Draft(start, effect.end(), limit, seed.span(), anchor=seed.span()), index + 1


_AFTERWARDS = re.compile(
    rf"(?P<event>[^{_EDGE}]{{1,8}})(?:之后|以后|后)(?:，|,)?(?:应当|应|必须|须|要|再|并|也)*$"
)


def _word(text: str, seed: re.Match[str], floor: int) -> Draft | None:
    start, end = seed.span()
    word = seed.group()
    if seed["urgent"]:
        draft = Draft(start, end, TimeLimit(LimitKind.IMMEDIATE, word=word), (start, end))
        draft.flags["negated"] = text[max(floor, start - 2) : start].endswith(
            ("不", "未", "没有", "不够")
        )
        return draft
    if seed["anytime"]:
        return Draft(start, end, TimeLimit(LimitKind.ANYTIME, word=word), (start, end))
    if seed["yearend"]:
        unit = next((u for c, u in _END_UNITS if c in word), Unit.YEAR)
        left = _read_left(text, start, floor)
        if left.anchor is not None or left.cues - {"most", "gen"}:
            left = _Left(start, set())
        general = re.search(
            "(?:一般|通常|原则上)(?:应当?|须|要)?(?:安排|放)?(?:在|于)?$",
            text[max(floor, start - 10) : start],
        )
        if general is not None:
            left = _Left(start - len(general.group()), {"gen"})
        comparison = _comparison(left.cues)
        limit = TimeLimit(LimitKind.BY, unit=unit, comparison=comparison, word=word)
        return Draft(left.start, end, limit, (start, end))
    if seed["today"]:
        effect = _EFFECT_AFTER.match(text, end)
        if effect is not None:
            limit = TimeLimit(LimitKind.EFFECTIVE, word=word)
            return Draft(start, effect.end(), limit, (start, end))
        if _OF_THE_DAY.match(text, end):
            return None
        return Draft(start, end, TimeLimit(LimitKind.BY, unit=Unit.DAY, word=word), (start, end))
    return None


_END_UNITS = (("季", Unit.QUARTER), ("月", Unit.MONTH), ("周", Unit.WEEK))
