"""Who is named in a clause, and in which role: by case markers, not by meaning.

Chinese marks the receiver by a verb or preposition before it (向, 报, 抄送, 给), the agent by
由 or 归 before it or a modal after it; what bears no mark and stands first is the subject.
English marks them by "to" and "by".
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.actors import ActorMention
from index.places import Level
from index.text import Span
from index.timelimit import TimeMention

__all__ = ["Party", "Role", "find_parties"]


class Role(enum.StrEnum):
    """The part an actor plays in its clause."""

    BEARER = "bearer"
    """Marked as the one who acts: 由X, X应当, X负责, 是X的职责, by X."""
    SUBJECT = "subject"
    """Unmarked and first: probably the one who acts."""
    RECIPIENT = "recipient"
    OBJECT = "object"
    """Acted on or with: 对X, 与X, the X of another."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a clause. ``mention`` is None for a body that the table does not know."""

    span: Span
    role: Role
    mention: ActorMention | None
    every: bool = False
    """各级, 所有: said of all of its kind."""
    marked: bool = False
    """由X, by X: whoever else the clause names does not bear its duty."""
    given: bool = False
    """这项工作交给X: who is told to do it, unless the duty itself has a receiver."""
    cleft: bool = False
    """…的，是X: the one who acts, named after what is done."""
    level: Level | None = None
    """旗县每月, 盟市每季度: a level that stands for its bodies."""


_NOT_BEARER_WORDS = "并同时一并及时逐级直接统一首先先再也还又都应当应须必须要可以可向将"
_BEARER_BEFORE = re.compile(
    r"(?:由|交由|归|责成|责令|须由|应由|需由|靠|除了|要求|规定|而是|则是|都是|即是|就是|是|为|"
    r"让|:)\s*$"
)
_DESTINATION = re.compile(
    r"(?:对象|接收方|接收的|去向|主送|对口|单位|收件(?:的|方|人|单位)?|收报(?:的|方|单位)?|一方)"
    r"(?:是|为|:|应当是|应是)\s*$"
)
_RECIPIENT_BEFORE = re.compile(
    r"(?:向|报给|报送给|报送到|报送至|报送|报到|报到了|报至|报告给|报告|报请|报经|上报至|"
    r"上报到|上报给|上报|呈报|呈送|抄送给|"
    r"抄送到|抄送至|抄送|抄报|抄告|抄给|抄|送达|送到|送至|送给|送|交给了?|压给了?|派给了?|定给了?|交到了?|交至|提交给|"
    r"提交到?|移送给?|移送至|反馈给|反馈至|反馈到|"
    r"通报给|告知|通知|汇报给|请示|递交给?|传到|传至|到达|给|报给了|报了|送了|报|发给|找|面向|"
    r"同时报送|须报|"
    r"到了|到|至|致|接受|听取|(?<![享感])受)\s*$"
)
_OBJECT_BEFORE = re.compile(
    r"(?:对|同|与|和|跟|会同|支持|指导|督促|领导|监督|列席|去列席|参加|协助|经|组织|推进|建立|"
    r"加强|帮助|协调|推动|检查|派驻|给予|关于|代表|配合|(?<!并)非|在|从|以|除|涉及)\s*$"
)
_BEARER_AFTER = re.compile(
    r"\s*(?:应当|应该|应|必须|务必|须|要|需要?|可以|可(?!能)|不得|不必|无需|无须|不用|不需|"
    r"不应|不可|负责|牵头|来(?!说|文)|承担|有权|有责任|有义务|"
    r"每|一般|至少|召开|开展|组织|统筹|主持|召集|建立|制定|设|派|听取|实行|研究|推进|推动|加强|"
    r"指导|协助|分析|点评|进行|履行|按|依|将|在|于|向|把|"
    r"会同|统一|直接|立即|及时|提前|自行|兼任|担任|出任|都|也|才|就|则|先|再|只|既|做|办|管|抓|"
    r"说了算|提出|"
    r"审定|审核|解释|同|对)"
)
_APPROVES = re.compile(
    r"\s*(?:集体|会议)?(?:研究|讨论)?(?:审定|批准|同意|审核|审查|审议|决定|研究|批复)"
)
_ENTRUSTED = re.compile(
    r"(?:(?:职责|任务|要求|责任|权力|权限|角色|工作|担子|差事|活儿?|事情?)[^,。;]{0,6}(?:写给|"
    r"交给|赋予|压给|派给|定给|落在|"
    r"归于|归)了?|落在|写给了?|赋予了?|规定给了?)\s*$"
)
_DUTY_AFTER = re.compile(
    r"\s*(?:的|来)?(?:法定)?(?:职责|责任|任务|义务|分内事|分内|权限|职权|事权|活儿?|工作职责|"
    r"事(?![件项发务后前情业])|规定动作|必修课|法定动作)|\s*身上|\s*头上"
)
_JOINED = re.compile(
    r"\s*(?:、|和|及|以及|与|或者?|,|并|及其|/|同时|还有|\band\b|\bor\b|both)?\s*(?:其|的|the|"
    r"its)?\s*"
)
_CLEFT = re.compile(
    r"(?:^|的|者|单位|主体|部门|机关|方|级|而|都|则|就|即|正|应当|应该|应|必须|不)\s*(?:应当|"
    r"应该|应|必须|就|都|则|即|只能|便)?(?:同样|仍|仍然|还|也|正|恰恰|其实)?(?:是|为)\s*$"
)
# …的，是盟市党委 names who does it; 由甲配备，是乙 says what somebody is.
_GIVEN = re.compile(r"(?:交|派|压|分|划|赋予|指定|留)给了?\s*$")
_RECEIVES = re.compile(
    r"\s*(?:都|均|已经?|也)*(?:接到|收到)了?[^,。;]{0,4}(?:的)?(?:报告|报送|请示|材料|抄送)"
)
_RELATIVE = re.compile(
    r"\s*(?:和[^,。;]{2,10})?(?!负责|承担|牵头|主管|统筹|主持|召集)(?:交办|交给|下达|部署|布置|"
    r"派出|派驻|安排|"
    r"作出|提出|发布|制定|批准|要求|转办|发现|列席|出席|参加)的(?!是)"
)
_ADDRESSED = re.compile(r"\s*(?:提出?|说|讲|规定|要求|作出?|定|设)的(?:要求|规定)?[。.]?\s*$")
_WORK = re.compile(r"\s*的(?:工作|职能|本职|分工|活儿?)\s*(?=[,。;:!?]|$)")
_HELD = re.compile(r"(?:召?开|举行|组织)了?[一两几0-9]{0,2}[次回场个]?\s*$")
_MEETING = re.compile(r"\s*(?:全体|常委会|领导班子)?(?:会议|会(?!同|商)|民主生活会)")
_HEADLESS = re.compile(
    r"(?:的|者|(?:负责|召集|主持|责任|牵头|承办)人|单位|主体|部门|机关|方|谁|责任|"
    r"职责)[\s,:。;!?“”\"']*$"
)
_AGENT = re.compile(
    r"(?:由|归|责成|责令|经)\s*$|\bby\s+(?:(?:both|its|their|the|a|an|each|every|all)\s+)*$"
)
_FOR = re.compile(r"\s*(?:来说|而言|来讲)")
_EVERY = re.compile(
    r"(?:各级|所有|全部|凡是?|任何|每个|每一级|各个|各地|一切|\ball\b|\bevery\b|\beach\b|"
    r"\bany\b)\s*(?:the|level of)?\s*$"
)
_LEAD = re.compile(
    r"^(?:[\s(“\"'】》)|]|【[^】]{0,14}】|\[[ x]?\]|[0-9]+|按照|根据|依据|依照|按|依|规定|"
    r"本?实施办法|本?办法|的?要求|在|当|今后|"
    r"另外|此外|其中|同时|并且?|而且?|但是?|不过|那么|如果|"
    r"应当|应该|应|必须|须|要|请|我们|咱们|贵|回复|就|对于|关于|至于|一般|原则上|也就是说?|"
    r"换言之|即|the|a|an|each|every|all|and|but|so|under|according|that|says?|then|,)*$"
)
_EN_RECIPIENT = re.compile(
    r"\b(?:to|inform|notify|tell|copy|copied|cc|reach|reaches|reached|before|with|towards?|"
    r"and\s+to|also\s+to|(?:instructions?|approval|permission|consent|guidance)\s+(?:from|of))\s+"
    r"(?:(?:both|its|their|the|a|an|that|his|her|own|all|of)\s+)*$"
)
_EN_AGENT = re.compile(
    r"\b(?:by|falls?\s+to|rests?\s+with|lies?\s+with|responsibility\s+of|duty\s+of|task\s+of|"
    r"job\s+of|up\s+to|requires?|obliges?|asks?|belongs?\s+to|it\s+is)\s+(?:(?:both|its|their|"
    r"the|a|an|each|every|all)\s+)*$"
)
_EN_OBJECT = re.compile(
    r"\b(?:of|for|from|in|between|over|on|at|against|within|supervise|supervises|supervising|"
    r"guide|guides|support|supports|attend|attends|assist|assists|from|among)\s+(?:(?:both|its|"
    r"their|the|a|an|same|such|all|each|every|any|that)\s+)*$"
)
_EN_BEARER_AFTER = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:shall|must|should|may|can|needs?|ha(?:s|ve) to|is required|"
    r"are required|will)\b"
)
_EN_VERB_AFTER = re.compile(r"\s*(?!its\b|this\b|his\b|as\b)\w+s\b")
# A body that the table does not know, in a place where only the one who acts can stand.
_BODY = (
    r"(?:委|部|局|厅|办|院|会|组|府|处|科|室|中心|机关|单位|部门|组织|书记|主任|长|队|司|站|所|"
    r"公司|企业|委员|机构)"
)
_STRANGER = re.compile(
    rf"(?:应?由|归|交由)(?P<name>[^,。;:由归\s“”]{{1,14}}?{_BODY})(?=(?:全权|统一|具体|直接|"
    rf"共同|第一时间|及时|立即)?(?:负责|赶赴|赶到|到场|指挥|处置|核实|追究|牵头|组织|召集|主持|"
    rf"办理|承担|决定|制定|实施|来|"
    r"进行|推进|点评|解释|执行|处理|统筹|协调|开展|管|作出|建立|设立|审|派|提出|约谈|履行|受理|"
    r"把关|管理|审批|兼任|担任|配备|委派|报|向))"
)
_STRANGER_TOO = re.compile(
    _STRANGER.pattern.replace("(?:应?由|归|交由)", "(?:和|、|及|与|以及)", 1)
)
_STRANGER_TO = re.compile(
    rf"(?:向|报送给?|抄送给?|抄报|报给)(?P<name>[^,。;:\s“”、]{{2,12}}?{_BODY})(?=报告|请示|"
    rf"备案|审批|审核|审定|汇报|反馈|通报|$|[,。;])"
)
_GENERIC = re.compile(r"有关|相关|其|本|自己|谁|哪|各|该|上级|下级|同级|什么|双方|专人|一名|几|名")


_LEVEL_WORDS = {
    Level.REGION: ("自治区", "自治区级", "全区"),
    Level.LEAGUE: ("盟市", "盟市级", "地市"),
    Level.BANNER: ("旗县(市、区)", "旗县", "旗县级", "旗县区", "旗县市区", "县级"),
}
_LEVEL_NAMES = "|".join(
    sorted((re.escape(w) for words in _LEVEL_WORDS.values() for w in words), key=len, reverse=True)
)
_LEVEL_ALONE = re.compile(
    rf"(?:(?<=[:,、|(\s])|^)\s*(?P<level>{_LEVEL_NAMES})"
    r"(?:一级|这一级|层面|这一层|层级|这边|的)?\s*(?=每|至少|不少于|最少|应|必须|要|则|是每|"
    r"为每|半年|一季度|一个月|按(?:半年|[月季年])|$)"
)


def find_parties(
    view: str, clause: Span, mentions: Sequence[ActorMention], times: Sequence[TimeMention]
) -> tuple[Party, ...]:
    """The actors of one clause with their roles, in order."""
    out: list[Party] = []
    for mention in mentions:
        if mention.actor == "regulation":
            continue
        out.append(_party(view, clause, mention, out, times))
    patterns = [(_STRANGER, Role.BEARER), (_STRANGER_TO, Role.RECIPIENT)]
    if any(p.role is Role.BEARER and p.marked for p in out):
        patterns.append((_STRANGER_TOO, Role.BEARER))
    for pattern, role in patterns:
        for match in pattern.finditer(view, clause.start, clause.end):
            span = Span(match.start("name"), match.end("name"))
            known = any(p.span.overlaps(span) for p in out)
            if not known and not _GENERIC.search(match["name"]):
                out.append(Party(span, role, None, marked=role is Role.BEARER))
    for match in _LEVEL_ALONE.finditer(view, clause.start, clause.end):
        span = Span(match.start("level"), match.end("level"))
        if not any(p.span.overlaps(span) for p in out):
            level = next(lv for lv, words in _LEVEL_WORDS.items() if match["level"] in words)
            out.append(Party(span, Role.BEARER, None, level=level))
    out.sort(key=lambda p: p.span.start)
    for i in range(len(out) - 2, -1, -1):  # 甲、乙应当: what is marked at the last holds for all
        one, two = out[i], out[i + 1]
        if one.role is Role.SUBJECT and two.role is Role.BEARER and not two.marked:
            between = view[one.span.end : two.span.start]
            if between.strip() and _JOINED.fullmatch(between):
                out[i] = replace(one, role=Role.BEARER)
    return tuple(out)


def _party(
    view: str,
    clause: Span,
    mention: ActorMention,
    earlier: Sequence[Party],
    times: Sequence[TimeMention],
) -> Party:
    before = view[clause.start : mention.span.start]
    after = view[mention.span.end : clause.end]
    every = bool(_EVERY.search(before)) or mention.span.of(view).startswith(("各级", "各"))
    before = _EVERY.sub("", before)
    role = _role(before, after, view, mention, earlier, times, clause)
    marked = role is Role.BEARER and _AGENT.search(before) is not None
    if re.search(r"(?:对|给)\s*$", before) and _ADDRESSED.match(after):
        role, cleft = Role.BEARER, True  # 这一条是对X提的
    if earlier and role is Role.BEARER and earlier[-1].marked:  # 由甲和乙
        marked = marked or bool(_JOINED.fullmatch(view, earlier[-1].span.end, mention.span.start))
    cleft = role is Role.BEARER and _CLEFT.search(before) is not None and not after.strip(" 。,)”")
    if cleft and any(p.role in (Role.BEARER, Role.SUBJECT) for p in earlier):
        role, cleft = Role.OBJECT, False  # 党组织配备的是政法委员
    given = role is Role.RECIPIENT and _GIVEN.search(before) is not None
    return Party(mention.span, role, mention, every, marked, given, cleft)


def _role(
    before: str,
    after: str,
    view: str,
    mention: ActorMention,
    earlier: Sequence[Party],
    times: Sequence[TimeMention],
    clause: Span,
) -> Role:
    if mention.span.of(view).isascii():
        return _role_english(before, after)
    if _DUTY_AFTER.match(after):
        return Role.BEARER
    if re.search(r"(?:是|属于|归)\s*$", before) and _WORK.match(after):
        return Role.BEARER  # …，是盟市政法委的工作
    if _RECEIVES.match(after):
        return Role.RECIPIENT
    if _RELATIVE.match(after) and not re.search(r"由\s*$", before):
        return Role.OBJECT  # 上级党组交办的任务
    if earlier:
        last = earlier[-1]
        between = view[last.span.end : mention.span.start]
        if last.role is Role.RECIPIENT and re.match(
            r"\s*(?:应当|必须|应)[^,。;]{0,4}(?:向|报)", after
        ):
            return Role.BEARER  # 政法单位向同级政法委、下级政法委应当向上级政法委请示
        if last.span.end <= mention.span.start and _JOINED.fullmatch(between):
            if (
                last.role is Role.SUBJECT
                and between.strip() in ("", "对", "与", "和")
                and not between
            ):
                return Role.OBJECT
            return last.role
    possessor = after.lstrip().startswith("的") and not _DUTY_AFTER.match(after)
    if _DESTINATION.search(before):
        return Role.RECIPIENT
    if re.search(r"对\s*$", before) and _FOR.match(after):
        return Role.BEARER
    if re.search(r"(?:经|报经)(?:过)?\s*$", before) and _APPROVES.match(after):
        return Role.BEARER
    if _ENTRUSTED.search(before):
        return Role.BEARER
    if re.search(r"由[^,。;]*$", before) and re.match(r"[^,。;由]{0,20}(?:组成|构成)", after):
        return Role.OBJECT
    if _RECIPIENT_BEFORE.search(before):
        to = re.search(r"(?:向|至|到|给)\s*$", before)
        return Role.OBJECT if possessor and not to else Role.RECIPIENT
    if re.search(r"(?:由|归|责成|责令|靠)\s*$|由[^,。;的由]{1,6}$", before):
        return Role.BEARER
    if _OBJECT_BEFORE.search(before):
        return Role.OBJECT
    if possessor:
        return Role.OBJECT
    if _BEARER_BEFORE.search(before):
        cleft = _CLEFT.search(before) and not after.strip(" 。,)”")
        opens_clause = re.fullmatch(r"\s*(?:则|就|便|正|即)?(?:是|为)\s*", before)
        if cleft and opens_clause and clause.start and not _HEADLESS.search(
            view, max(0, clause.start - 12), clause.start
        ):  # fmt: skip
            return Role.OBJECT
        if re.search(r"(?:是|为)\s*$", before) and not _CLEFT.search(before):
            return Role.OBJECT
        named = re.search(r"(?:要求|规定|:|是)\s*$", before) and _BEARER_AFTER.match(after)
        return Role.BEARER if cleft or named or re.search(r"(?:要求)\s*$", before) else Role.SUBJECT
    if _HELD.search(before) and _MEETING.match(after):
        return Role.OBJECT  # 开一次党委会议
    lead = before
    for time in times:
        if time.span.end <= mention.span.start:
            a, b = time.span.start - clause.start, time.span.end - clause.start
            lead = before[: max(a, 0)] + " " * (b - max(a, 0)) + before[b:]
    opens = bool(_LEAD.match(lead))
    if _BEARER_AFTER.match(after):
        return (
            Role.BEARER
            if opens or re.match(r"\s*(?:应当|应该|必须|须|负责|牵头|要|应)", after)
            else Role.SUBJECT
        )
    return Role.SUBJECT if opens else Role.OBJECT


def _role_english(before: str, after: str) -> Role:
    if _EN_AGENT.search(before):
        return Role.BEARER
    if _EN_RECIPIENT.search(before):
        return Role.RECIPIENT
    if _EN_OBJECT.search(before):
        return Role.OBJECT
    if _EN_BEARER_AFTER.match(after) and len(before.split()) <= 8:
        return Role.BEARER
    if len(before.split()) > 2 and not _EN_VERB_AFTER.match(after):
        return Role.OBJECT
    return Role.SUBJECT if len(before.split()) <= 2 else Role.OBJECT
