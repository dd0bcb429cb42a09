"""What a text rests on besides this regulation: other laws by name, places elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.knowledge import Knowledge
from index.citation import Citation
from index.text import Span

__all__ = ["find_foreign"]

_PROVINCES = """
北京 天津 河北 山西 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾
""".split()  # noqa: SIM905
_FOREIGN_PLACE = re.compile(
    f"(?:{'|'.join(_PROVINCES)})(?=省|市|自治区|区|的|党委|政法|高院|那边|规定|要求)|外省|外地|兄弟省|邻省|其他省"
    r"|\b(?:beijing|tianjin|hebei|shanxi|liaoning|jilin|heilongjiang|shanghai|jiangsu|zhejiang|anhui|"
    r"fujian|jiangxi|shandong|henan|hubei|hunan|guangdong|guangxi|hainan|chongqing|sichuan|guizhou|"
    r"yunnan|tibet|shaanxi|gansu|qinghai|ningxia|xinjiang)(?='s|\s+(?:province|provincial|rules?|"
    r"regulations?|measures|commission|party))|\b(?:another|other|neighbouring) provinces?\b"
)
_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_BARE_LAW = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:诉讼法|刑法|民法典|宪法(?!法律)|公务员法|监察法|警察法|组织法|"
    r"处罚法|许可法|复议法|"
    r"国家安全法|公开条例|信访(?:工作)?条例|纪律处分条例|政法工作条例|问责条例|选举法|保密法|"
    r"仲裁法|劳动法|档案法)"
)


def find_foreign(
    view: str, span: Span, citations: Sequence[object], knowledge: Knowledge
) -> Span | None:
    """Where a sentence names another law or a place elsewhere; None when it names none, or
    names this regulation as well."""
    ours = (knowledge.regulation.title, *knowledge.regulation.short_names)
    foreign: Span | None = None
    for citation in citations:
        if isinstance(citation, Citation):
            if citation.work is None:
                return None
            foreign = foreign or citation.span
    for match in _TITLE.finditer(view, span.start, span.end):
        name = match[1]
        if any(name == own or own in name or name in own for own in ours) and "实施办法" in name:
            return None
        foreign = foreign or Span(match.start(), match.end())
    if foreign is None:
        bare = _BARE_LAW.search(view, span.start, span.end) or _FOREIGN_PLACE.search(
            view, span.start, span.end
        )
        if bare is not None:
            foreign = Span(bare.start(), bare.end())
    if foreign is not None and re.search(
        r"本办法|(?<!》)实施办法|这个办法|这份办法|measures", view[span.start : span.end]
    ):
        return None
    return foreign
