"""Must, may, need not, and denial, against a row's modality."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.claims import ClauseReading, SentenceReading
from assistant.findings import FindingKind
from assistant.grams import stem
from assistant.judge_words import compare_circumstances
from assistant.polarity import Force
from assistant.segment import make_view
from assistant.slots import Fault, Fit, Row, Slot, pairs
from index.limits import LimitKind
from index.rules import Modality
from index.text import Span

__all__ = ["compare_force"]


_DUTY = frozenset({Modality.SHALL, Modality.MUST, Modality.GENERALLY})


_ASKS_NUMBER = re.compile(
    r"几|多少|具体|天数|小时|时限|期限|次数|频次|频率|周期|时间|日期|多久|number|how often|"
    r"frequency|deadline|time limit|period|hours|days|fixed|figure"
)


_ASKS_LENGTH = re.compile(r"(?:满|连续|干|工作|任职)[^,。;后]{0,4}(?:几年|多久|多少年|多长)|年限")
# A question inside the denial: silent on who, how many, which of two.
_EMBEDDED = re.compile(
    r"由谁|谁|哪|何(?!等)|几(?=[个项次天种级类])|多长|多久|怎么|如何|怎样|还是|是否|是不是|什么"
    r"|\b(?:who|which|whether|when|how|what)\b"
)


def _numeric(row: Row) -> bool:
    limit = row.rule.time
    return limit is not None and (limit.quantity is not None or limit.date is not None)


def compare_force(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """Must, may, need not, against the row's modality."""
    rule = row.rule
    duty = rule.modality in _DUTY
    if row.prevails:
        yield from _prevailing(row, sentence, clause, view)
        return
    if row.steady:
        yield from _steady(sentence, clause, view)
        return
    if (duty or rule.modality is Modality.IS) and not row.negates:
        yield from _plainly_denied(row, sentence, clause, view)
        yield from _left_out(row, sentence, clause, view)
    if row.prompt:
        yield from _put_off(sentence, clause, view)
    yield from _content_left_out(row, sentence, clause, view)
    if rule.modality is Modality.IS:
        yield from _said_not_to_be(row, sentence, clause, view)
    yield from compare_circumstances(row, sentence, clause, view)
    for mark in clause.marks:
        if sentence.is_denied(mark.span):
            if mark.force is Force.MUST and duty and _only_force(sentence, mark.span):
                yield Slot(FindingKind.MODALITY, mark.span, Fit.DIFFERS, Fault.WEAKENED)
            continue
        if any(t.span.contains(mark.span) for t in clause.times):
            continue
        if mark.force is Force.OPTIONAL and (
            mark.span.of(view) in row.around or _of_the_text(view, clause, mark.span)
        ):
            continue  # the regulation's own words; 以上仅供参考
        if mark.force is Force.MUST and any(
            m.force is Force.SILENT and m.span.end <= mark.span.start for m in clause.marks
        ):
            continue  # 没有要求一律: what is denied is the must
        match mark.force:
            case Force.MUST:
                if rule.modality is Modality.GENERALLY and mark.span.of(view) == "一律":
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.DIFFERS, Fault.STRENGTHENED)
                    continue
                strict = mark.span.of(view) in ("一律", "必须", "务必", "must", "mandatory")
                if duty or rule.modality is Modality.IS:
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.AGREES)
                elif row.permits:
                    fit = Fit.DIFFERS if strict or rule.modality is Modality.MAY else Fit.NEUTRAL
                    yield Slot(FindingKind.MODALITY, mark.span, fit, Fault.STRENGTHENED)
            case Force.MAY | Force.OPTIONAL:
                free = mark.force is Force.MAY and rule.modality is not Modality.MAY
                if free and not _governs(row, clause, view, mark.span):
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.UNSAID)
                    continue
                if rule.modality is Modality.MAY:
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.AGREES)
                elif duty and not row.permits:
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.DIFFERS, Fault.WEAKENED)
            case Force.ONLY:
                after = view[mark.span.end : clause.span.end]
                if rule.modality is Modality.MAY and any(g in after for g in row.verbs):
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.DIFFERS, Fault.STRENGTHENED)
            case Force.EXEMPT | Force.FORBID:
                if not _governs(row, clause, view, mark.span):
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.UNSAID)
                    continue
                if rule.modality is Modality.MAY and mark.force is Force.EXEMPT:
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.AGREES)
                elif _says_so(row, view, mark.span) or any(
                    t.waived and t.limit.quantity is not None for t in clause.times
                ):
                    yield Slot(FindingKind.ACTION, mark.span, Fit.NEUTRAL)
                elif duty or rule.modality in (Modality.IS, Modality.MAY):
                    fault = Fault.EXEMPTED if mark.force is Force.EXEMPT else Fault.REVERSED
                    yield Slot(FindingKind.ACTION, mark.span, Fit.DIFFERS, fault)
            case Force.SILENT:
                yield _silence(row, clause, view, mark.span)
            case Force.GENERALLY:
                pass


_THIS_TEXT = re.compile(
    r"\s*(?:以上|上述|本|此|该|这份|相关)?(?:内容|回复|答复|解读|意见|信息|材料|说明|资料|"
    r"口径)?\s*$"
)


def _of_the_text(view: str, clause: ClauseReading, mark: Span) -> bool:
    """Whether a text says of itself that it is for reference."""
    before = view[clause.span.start : mark.start]
    return "参考" in mark.of(view) and _THIS_TEXT.match(before) is not None


_PLAIN_NOT = re.compile(r"(?:没有|[不没未])(?:再|会|用|去|予|曾)?")
_BEFORE_VERB = re.compile(r"[向对由把将给与同跟经按从][^,。;:!?\n不没]{1,16}")


def _plainly_denied(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """不设, 不抄送, 不向被检查单位反馈: the row's verb with a bare 不 before it."""
    if any(t.limit.kind is LimitKind.EFFECTIVE for t in clause.times):
        return  # 那天还没有施行: true or not, by the day
    for match in _PLAIN_NOT.finditer(view, clause.span.start, clause.span.end):
        if view[match.start() - 1 : match.start()] in ("就", "便", "则", "才"):
            continue  # 请示太晚，上级就没有充足的时间: what would follow
        end = _denied_verb(row, clause, view, match.end())
        if not end:
            continue
        span = Span(match.start(), end)
        taken = any(m.span.overlaps(span) for m in clause.marks)
        if not taken and not sentence.is_denied(span):
            yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.REVERSED)


_PUT_OFF = re.compile(
    r"(?<!不能)(?<!不得)(?<!不要)(?<!不可)(?<!不应)(?<!别)(?:留到|攒到|拖到|等到|放到|压到|并入|留待)[^,。;:!?\n]{1,14}?"
    r"(?:再|一并|一起|统一|时)"
)


def _put_off(sentence: SentenceReading, clause: ClauseReading, view: str) -> Iterable[Slot]:
    """留到年度报告里一并报告, of what is to be done at once."""
    for match in _PUT_OFF.finditer(view, clause.span.start, clause.span.end):
        span = Span(*match.span())
        if not sentence.is_denied(span):
            yield Slot(FindingKind.TIME_LIMIT, span, Fit.DIFFERS, Fault.NAMED, words="及时")


_EXCLUDED = re.compile(r"(?:并不|不|没有)(?:包括|包含|含有?|涵盖|涉及|列有|列入|负责|承担)(?!任)")
_SHARED = 0.6
"""Share of what is said to be left out that must be the row's own words."""


_IS_NOT = re.compile(r"(?:并)?不是(?!由|不|非|因|说|指)|并非(?!由|不)|不属于|不算|不能算")


def _said_not_to_be(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """政法委员不是党组织班子成员: what the row says somebody is."""
    for match in _IS_NOT.finditer(view, clause.span.start, clause.span.end):
        after = view[match.end() : clause.span.end].strip(" 的”")
        said = list(pairs(after))
        known = sum(g in row.quote for g in said)
        turned = "而是" in view[match.end() : sentence.sentence.span.end]
        if len(said) >= 4 and known >= 0.75 * len(said) and not turned:
            span = Span(match.start(), match.end() + len(after))
            yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.REVERSED)


def _content_left_out(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """职责不包括组织开展调查研究: what the row lists, said not to be listed."""
    for match in _EXCLUDED.finditer(view, clause.span.start, clause.span.end):
        span = Span(*match.span())
        said = list(pairs(view[span.end : clause.span.end].strip()))
        known = sum(g in row.quote or g in row.statement for g in said)
        if len(said) >= 4 and known >= _SHARED * len(said) and not sentence.is_denied(span):
            yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.REVERSED)


_EXCLUDES = re.compile(r"不(?:包括|包含|含|涉及|适用于|针对|面向|涵盖)\s*$")


def _left_out(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """不包括下级政法单位: one whom the row names, said to be left out."""
    for party in clause.parties:
        before = _EXCLUDES.search(view, clause.span.start, party.span.start)
        if before is None or party.mention is None or sentence.is_denied(party.span):
            continue
        mention = party.mention
        if any(
            mention.actor == n.actor and mention.relation in (None, n.relation)
            for n in row.named(english=False)
        ):
            span = Span(before.start(), party.span.end)
            yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.REVERSED)


def _denied_verb(row: Row, clause: ClauseReading, view: str, at: int) -> int:
    """Where the row's verb ends when it stands at ``at``, or after a phrase with 向, 对, 由
    there; 0 when it does not."""
    act = make_view(row.rule.action)
    verb, follows = view[at : at + 2], view[at + 1 : at + 3]
    if view[at - 2 : at + 1] in ("来不及", "来得及"):
        return 0
    if at + 2 <= clause.span.end and len(verb) == 2 and verb in act:
        return at + 2
    phrase4 = view[at : at + 4]
    if at + 4 <= clause.span.end and (phrase4 in row.quote or phrase4 in row.statement):
        return at + 2  # 不实行定期轮岗
    alone = at + 1 == clause.span.end or follows in row.quote
    if at < clause.span.end and verb[:1] == act[:1] and alone:
        return at + 1
    phrase = _BEFORE_VERB.match(view, at, clause.span.end)
    if phrase is None or phrase.end() != clause.span.end:
        return 0
    tail = view[at + 1 : clause.span.end]
    found = max((tail.rfind(act[i : i + 2]) for i in range(len(act) - 1)), default=-1)
    return at + 1 + found + 2 if found > 0 else 0


_CHANGE = re.compile(
    r"(?P<not>(?:没有?|未|不|并未|并不)(?:发生|会|曾|予以|作|因此)?)?(?:改?变化?|调整)|"
    r"(?P<more>不再|消失|终止|解除|取消|脱离)|\b(?P<not_en>unchanged|(?:not|"
    r"no) (?:be )?chang\w*)|\b(?P<more_en>no longer|ceas\w+|end(?:s|ed)|chang\w+)"
)


def _steady(sentence: SentenceReading, clause: ClauseReading, view: str) -> Iterable[Slot]:
    """关系不变: what the text says of change."""
    for match in _CHANGE.finditer(view, clause.span.start, clause.span.end):
        span = Span(match.start(), match.end())
        same = bool(match["not"] or match["not_en"]) != sentence.is_denied(span)
        if same:
            yield Slot(FindingKind.ACTION, span, Fit.AGREES)
        else:
            yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.REVERSED, words="关系不变")


_PREVAILS = re.compile(
    r"(?:按照?|依照?|照|以|适用|执行|沿用|遵照)\s*(?P<other>以前|从前|过去|此前|先前|原来?|原有|"
    r"旧|老|早先|当时|那些|原先)"
    r"[^,。;]{0,10}?(?:规定|办法|文件|制度|规矩)?(?:的)?(?:执行|办理?|为准|来|处理)?"
    r"|(?P<unlike>不|没)?(?:再|必|应|能|用)?(?:按照?|依照?|照|以|适用|遵照|"
    r"服从)\s*(?P<own>本办法|本实施办法|实施办法|(?:这个|这份|新)?办法|新规定?|新的)"
    r"|(?P<ruled>(?:报|报请|由|提请|交)[^,。;]{2,14}?(?:裁定|决定|审批|批准|裁决|研究|明确|解释))"
    r"|(?P<not>不)?(?P<theirs>(?:从其|依其|按其|适用其|适用该|按照?该|从该|按照?(?:有关|"
    r"相关)?中央[^,。;]{0,8})规定)"
    r"|(?P<void>(?:一律|全部|统统|都|同时|即行)(?:予以)?(?:废止|作废|失效|停止执行|不再执行))"
    r"|(?P<old>(?:旧|老|原有?|以前的?|此前的?)(?:规定|办法|文件|制度)?(?:优先|为准|管用|有效))"
    r"|(?P<both>(?:两个|两者|新旧)[^,。;]{0,4}(?:都|均|皆)可以?(?:用|适用|执行)?|任选(?:其一|一个)?)"
    r"|(?P<stays>(?:继续|仍然?|依然|照旧|照常)(?:有效|执行|适用|管用)|并行(?:适用|有效)?)"
    r"|\b(?P<other_en>(?:earlier|old|previous|former|prior) (?:rules?|provisions?|"
    r"regulations?) (?:shall |will |still |"
    r"continue to )?(?:prevail|apply|govern|remain))"
    r"|\b(?P<own_en>(?:these|the|new|implementing) (?:\w+ )?measures (?:shall |will )?(?:prevail|"
    r"apply|govern|take precedence))"
)


def _prevailing(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """Which text holds where two differ, against a row that says so."""
    ours = row.prevails == "ours"
    right = "按照本办法执行" if ours else "从其规定"
    for match in _PREVAILS.finditer(view, clause.span.start, clause.span.end):
        span = Span(*match.span())
        named = bool(match["own"] or match["own_en"])
        if sentence.is_denied(span) and not (named or match["theirs"]):
            continue  # 不是统统作废
        denied = bool(match["unlike"]) != sentence.is_denied(span)
        own = named and not denied
        theirs = (match["theirs"] is not None and match["not"] is None) or (named and denied)
        if (own and not theirs) if ours else theirs:
            yield Slot(FindingKind.ACTION, span, Fit.AGREES)
        else:
            yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.REVERSED, words=right)


_ADVERBS = re.compile(
    r"^(?:定期|随时|及时|立即|统一|直接|专门|依法|按时|按期|主动|逐级|同时|每年|每月|每季度|"
    r"每半年)+"
)
_PREPOSITION = re.compile(r"[就向对由把将给与同按经从在]")

_EN_NEXT = re.compile(r"\s+(?:\w+ly\s+)?(?:be\s+)?(?:\w+ly\s+)?(\w+)")


def _governs(row: Row, clause: ClauseReading, view: str, mark: Span) -> bool:
    """Whether the word of force bears on what the row is about: its verb follows, or nothing
    does (抄送就不必了)."""
    after = view[mark.end : clause.span.end]
    if mark.of(view).isascii():
        following = _EN_NEXT.match(after)
        if following is None:
            return True
        same = re.findall(rf"\b{re.escape(mark.of(view))}{_EN_NEXT.pattern}", row.statement_en)
        return stem(following[1]) not in {stem(word) for word in same}
    act = make_view(row.rule.action)
    skipped = next((t.span.end for t in clause.times if 0 <= t.span.start - mark.end <= 2), None)
    if skipped is not None:  # 可每年听取1次: the verb stands in the limit, or after it
        if any(gram in after for gram in row.verbs):
            return True
        after = view[skipped : clause.span.end]
    lead = _ADVERBS.sub("", after.lstrip("以也都再去来先直接选择决定是否"))
    if len(lead) >= 4 and lead[:4] in row.quote and not row.negates:
        return True  # 不必依照工作程序
    if _PREPOSITION.match(lead) and any(gram in lead for gram in row.verbs | {act[:2]}):
        return True  # 不得就甲向乙请示
    lead = lead.lstrip("就")
    if lead[:1] and lead[0] in act:
        return True
    duty = re.compile(rf"(?:应当|必须|一般)[^,。;]{{0,4}}{re.escape(lead[:2])}[^,。;]*")
    for own in (row.quote, row.statement):
        found = duty.search(own)
        if found is not None and not found[0].endswith("的"):  # 必须临机处置的 is a condition
            return True
    if lead[:2] in row.quote and lead[:2] not in row.verbs:
        return False  # 可以委托副书记召集: the row has this verb too, and not as its own
    rest = re.sub(r"[的了吧呢啊是也就行”」』\s)]", "", after)
    if not rest:
        return True
    return any(gram in after for gram in row.verbs)


def _only_force(sentence: SentenceReading, span: Span) -> bool:
    zone = next(z for z in sentence.denied if z.contains(span))
    return len(zone) <= len(span) + 4


def _says_so(row: Row, view: str, mark: Span) -> bool:
    """Whether the row itself negates the same word: 不能召开会议, 不得超过."""
    after = view[mark.end : mark.end + 2]
    return (
        bool(after)
        and row.negates
        and bool(re.search(rf"(?:不|无|未)[^,。;]{{0,2}}{re.escape(after)}", row.quote))
    )


def _silence(row: Row, clause: ClauseReading, view: str, span: Span) -> Slot:
    detail = view[span.end : clause.span.end].rstrip(" ,。;、:)”")
    if _EMBEDDED.search(detail) or (detail and detail[-2:] not in row.quote):
        # 没有写明由谁组织, 没有规定委员的人数: silent on a detail, the rule itself not denied
        asked = _ASKS_NUMBER.search(detail)
        threshold = (
            row.rule.time is not None
            and row.rule.time.kind is LimitKind.THRESHOLD
            and not _ASKS_LENGTH.search(detail)
        )
        if not asked or not _numeric(row) or threshold:
            return Slot(FindingKind.ACTION, span, Fit.NEUTRAL)
    asks = _ASKS_NUMBER.search(view, clause.span.start, clause.span.end)
    named = [g for g in pairs(view[span.start : clause.span.end]) if g in row.quote]
    limit = row.rule.time
    if asks:
        uncounted = limit is not None and limit.kind is LimitKind.FREQUENCY and limit.times is None
        if _numeric(row) and not (uncounted and asks[0] == "次数"):
            return Slot(FindingKind.TIME_LIMIT, span, Fit.DIFFERS, Fault.SILENCE, limit=limit)
        return Slot(FindingKind.TIME_LIMIT, span, Fit.AGREES)
    if row.rule.modality is Modality.MAY:  # 没有要求: indeed it is left open
        return Slot(FindingKind.ACTION, span, Fit.AGREES)
    if not named:  # 没有规定罚款: of what the row does not speak of
        return Slot(FindingKind.ACTION, span, Fit.NEUTRAL)
    return Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.SILENCE)
