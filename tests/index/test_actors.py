"""Actors: the table, its strict reader, and what is found in text."""

# ruff: noqa: E501  (tables of messages and cases)

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.actors import ActorMention, ActorTable, Kind, Level, Relation, load_actors
from index.errors import ActorError
from index.text import Script, convert

BROKEN = Path(__file__).parent.parent / "data" / "actors"
TABLE = load_actors()


def wording(mention: ActorMention, text: str) -> str:
    """A mention on one line: ``words=actor`` and what else it says."""
    level = mention.level if mention.level is not TABLE.get(mention.actor).level else None
    return (
        f"{mention.span.of(text)}={mention.actor}"
        + (f"/{level}" if level else "")
        + (f"@{mention.place}" if mention.place else "")
        + (f"!{mention.relation}" if mention.relation else "")
        + ("~foreign" if mention.foreign else "")
    )


def found(text: str) -> list[str]:
    return [wording(m, text) for m in TABLE.find(text)]


WHOLE = [
    # the whole text is one mention: text, what it is
    # ── commissions ──
    ("政法委", "commission"),
    ("党委政法委", "commission"),
    ("党委政法委员会", "commission"),
    ("政法委员会", "commission"),
    ("党委的政法委", "commission"),
    ("自治区党委政法委", "commission.region"),
    ("自治区党委政法委员会", "commission.region"),
    ("自治区政法委", "commission.region"),
    ("内蒙古党委政法委", "commission.region@内蒙古自治区"),
    ("内蒙古自治区党委政法委员会", "commission.region@内蒙古自治区"),
    ("盟市党委政法委", "commission.league"),
    ("盟市委政法委", "commission.league"),
    ("盟市一级政法委", "commission.league"),
    ("地市级党委政法委", "commission.league"),
    ("盟委政法委", "commission.league"),
    ("市委政法委", "commission.league"),
    ("旗县（市、区）党委政法委员会", "commission.banner"),
    ("旗縣（市、區）黨委政法委員會", "commission.banner"),
    ("旗县(市、区)党委政法委员会", "commission.banner"),
    ("旗县市区党委政法委", "commission.banner"),
    ("旗县党委政法委", "commission.banner"),
    ("旗委政法委", "commission.banner"),
    ("县委政法委", "commission.banner"),
    ("区委政法委", "commission.banner"),
    ("旗县区委政法委", "commission.banner"),
    ("县级党委政法委", "commission.banner"),
    ("旗一级党委政法委", "commission.banner"),
    ("各旗县党委政法委", "commission.banner"),
    ("中央政法委", "commission.central"),
    ("中央政法委员会", "commission.central"),
    ("各级党委政法委员会", "commission"),
    ("全区各级政法委", "commission"),
    ("同级党委政法委", "commission!same"),
    ("同级政法委", "commission!same"),
    ("同级的党委政法委", "commission!same"),
    ("本级政法委", "commission!same"),
    ("上级党委政法委", "commission!higher"),
    ("上一级政法委", "commission!higher"),
    ("下级党委政法委员会", "commission!lower"),
    ("下一级政法委", "commission!lower"),
    ("党委政法委员会机关", "commission.office"),
    # ── places decide the level ──
    ("鄂尔多斯市委政法委", "commission.league@鄂尔多斯市"),
    ("鄂爾多斯市委政法委", "commission.league@鄂尔多斯市"),
    ("鄂尔多斯政法委", "commission.league@鄂尔多斯市"),
    ("呼市市委政法委", "commission.league@呼和浩特市"),
    ("乌兰察布市委政法委", "commission.league@乌兰察布市"),
    ("乌兰浩特市委政法委", "commission.banner@乌兰浩特市"),
    ("兴安盟委政法委", "commission.league@兴安盟"),
    ("锡盟盟委政法委", "commission.league@锡林郭勒盟"),
    ("锡林郭勒盟委", "committee.league@锡林郭勒盟"),
    ("锡林浩特市委", "committee.banner@锡林浩特市"),
    ("锡市市委政法委", "commission.banner@锡林浩特市"),
    ("赛罕区委政法委", "commission.banner@赛罕区"),
    ("呼和浩特市赛罕区委政法委", "commission.banner@赛罕区"),
    ("满洲里政法委", "commission.banner@满洲里市"),
    ("满洲里市委政法委", "commission.banner@满洲里市"),
    ("豐鎮市委政法委", "commission.banner@丰镇市"),
    ("二连政法委", "commission.banner@二连浩特市"),
    ("准旗政法委", "commission.banner@准格尔旗"),
    ("阿左旗委政法委", "commission.banner@阿拉善左旗"),
    ("达茂旗政法委", "commission.banner@达尔罕茂明安联合旗"),
    ("四子王政法委", "commission.banner@四子王旗"),
    ("察哈爾右翼後旗黨委政法委員會", "commission.banner@察哈尔右翼后旗"),
    ("科右前旗旗委", "committee.banner@科尔沁右翼前旗"),
    ("科尔沁左翼中旗党委", "committee.banner@科尔沁左翼中旗"),
    ("海南区委政法委", "commission.banner@海南区"),
    ("兴和政法委", "commission.banner@兴和县"),
    ("新城法院", "court.banner@新城区"),
    # ── elsewhere ──
    ("海南省委政法委", "commission@海南省~foreign"),
    ("广东省委政法委", "commission@广东省~foreign"),
    ("广东政法委", "commission@广东省~foreign"),
    ("省委政法委", "commission@省~foreign"),
    ("北京市朝阳区委政法委", "commission@朝阳区~foreign"),
    ("沈阳市公安局", "police@沈阳市~foreign"),
    ("武汉市青山区政法委", "commission@青山区~foreign"),
    ("乌鲁木齐市委政法委", "commission@乌鲁木齐市~foreign"),
    ("昌吉州政法委", "commission@昌吉回族自治州~foreign"),
    ("保定政法委", "commission@保定市~foreign"),
    # ── Party committees ──
    ("党委", "committee"),
    ("各级党委", "committee"),
    ("全区旗县（市、区）以上地方党委", "committee"),
    ("同级党委", "committee!same"),
    ("上级党委", "committee!higher"),
    ("自治区党委", "committee.region"),
    ("盟市党委", "committee.league"),
    ("盟委", "committee.league"),
    ("市委", "committee.league"),
    ("旗委", "committee.banner"),
    ("县委", "committee.banner"),
    ("旗县（市、区）党委", "committee.banner"),
    ("兴安盟委", "committee.league@兴安盟"),
    ("下级党委常委会", "committee.standing!lower"),
    ("中共内蒙古自治区委员会", "issuer"),
    ("党中央", "party-centre"),
    ("上级党组织", "party-org.higher!higher"),
    ("苏木乡镇、街道办事处党组织", "party-org.township"),
    ("镇党委", "party-org.township"),
    ("苏木乡镇党委", "party-org.township"),
    ("街道党工委", "party-org.township"),
    # ── offices ──
    ("党委政法委书记", "secretary.commission"),
    ("党委政法委员会书记", "secretary.commission"),
    ("政法书记", "secretary.commission"),
    ("政法委一把手", "secretary.commission"),
    ("旗委政法委书记", "secretary.commission/banner"),
    ("兴安盟委政法委书记", "secretary.commission/league@兴安盟"),
    ("政法委副书记", "deputy-secretary.commission"),
    ("党委书记", "secretary.committee"),
    ("旗委书记", "secretary.committee/banner"),
    ("党委一把手", "secretary.committee"),
    ("党委政法委员会委员", "member.commission"),
    ("党委政法委员会领导班子成员", "leaders.commission"),
    ("政法委的列席人员", "attendees.commission"),
    ("政法委员", "commissioner.township"),
    ("街道党工委政法委员", "commissioner.township"),
    ("苏木乡镇政法书记", "commissioner.township"),
    ("旗委政法委员会", "commission.banner"),
    ("公安局局长", "police-chief"),
    ("公安局长", "police-chief"),
    ("旗公安局局长", "police-chief/banner"),
    ("公安局一把手", "police-chief"),
    ("政法各单位主要负责同志", "organ.head"),
    ("政法单位重要副职", "organ.deputies"),
    ("有关地方和部门领导干部", "officials"),
    ("有关人员", "persons.concerned"),
    # ── organs and their Party groups ──
    ("政法单位", "organ"),
    ("公检法", "organ"),
    ("事发地政法单位", "organ.local"),
    ("上级政法单位", "organ!higher"),
    ("盟市政法单位", "organ.league"),
    ("本地区政法单位", "organ"),
    ("被监督检查单位", "organ.inspected"),
    ("中院", "court.league"),
    ("通辽中院", "court.league@通辽市"),
    ("自治区高院", "court.region"),
    ("旗县法院", "court.banner"),
    ("人民检察（分）院", "procuratorate"),
    ("检察分院", "procuratorate.league"),
    ("分局", "police.banner"),
    ("公安厅", "police.region"),
    ("市公安局", "police.league"),
    ("区公安分局", "police.banner"),
    ("青山区公安分局", "police.banner@青山区"),
    ("青山公安分局", "police.banner@青山区"),
    ("包头市公安局青山区分局", "police.banner@青山区"),
    ("公安派出所", "police-station"),
    ("国家安全机关", "state-security"),
    ("旗司法局", "justice.banner"),
    ("政法单位党组（党委）", "group"),
    ("政法单位党组(党委)", "group"),
    ("政法單位黨組〔黨委〕", "group"),
    ("政法单位党组", "group"),
    ("党组（党委）", "group"),
    ("党组", "group"),
    ("盟市政法单位党组（党委）", "group.league"),
    ("公安局党委", "police.group"),
    ("旗公安局党委", "police.group.banner"),
    ("市中院党组", "court.group.league"),
    ("法院党组", "court.group"),
    ("自治区人民检察院党组", "procuratorate.group.region"),
    ("党组（党委）成员", "party-group-members"),
    ("公安局党委书记", "group.secretary"),
    # ── other bodies ──
    ("同级纪委", "discipline-inspection!same"),
    ("党委组织部", "organisation-dept"),
    ("党委巡视巡察机构", "inspection-body"),
    ("综治中心", "governance-centre"),
    ("网格员", "grid-worker"),
    ("旗政府", "government/banner"),
    # ── English ──
    ("PLAC", "commission"),
    ("same-level commission", "commission!same"),
    ("banner-level commission", "commission.banner"),
    ("regional (Inner Mongolia) commission", "commission.region@内蒙古自治区"),
    ("political-legal commission of Saihan District", "commission.banner@赛罕区"),
    ("commission of Saihan District, Hohhot", "commission.banner@赛罕区"),
    ("PLAC of a league or city", "commission.league"),
    ("political and legal affairs commission of the autonomous region", "commission.region"),
    ("Ordos City Party Committee's political and legal affairs commission",
     "commission.league@鄂尔多斯市"),
    ("Manzhouli's commission", "commission.banner@满洲里市"),
    ("Party committee at the same level", "committee!same"),
    ("commission at the next higher level", "commission!higher"),
    ("secretary of the Party committee", "secretary.committee"),
    ("secretary of the political and legal affairs commission", "secretary.commission"),
    ("director of the public security bureau", "police-chief"),
    ("chief of the county public security bureau", "police-chief/banner"),
    ("Party group of the Ordos Intermediate People’s Court", "court.group.league@鄂尔多斯市"),
    ("leading Party group (Party committee) of a political and legal organ", "group"),
    ("members of the commission", "member.commission"),
    ("township political-legal commissioner", "commissioner.township"),
    ("Guangdong Provincial PLAC", "commission@广东省~foreign"),
    ("commission of Chaoyang District, Beijing", "commission@北京市~foreign"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*c, id=c[0]) for c in WHOLE])
def test_the_whole_text_is_one_mention(text: str, expected: str) -> None:
    assert found(text) == [f"{text}={expected}"]


SENTENCES = [
    pytest.param("政法委员享受政法委员会机关工作津贴", ["政法委员=commissioner.township"],
                 id="allowance-names-nobody"),
    pytest.param("自治区、盟市和旗县(市、区)党委设置政法委员会",
                 ["自治区=committee.region", "盟市=committee.league",
                  "旗县(市、区)党委=committee.banner", "政法委员会=commission"], id="list-of-levels"),
    pytest.param("旗县（市、区）、苏木乡镇党委",
                 ["旗县（市、区）=committee.banner", "苏木乡镇党委=party-org.township"],
                 id="list-over-two-families"),
    pytest.param("同级或者上级党委政法委员会",
                 ["同级=commission!same", "上级党委政法委员会=commission!higher"],
                 id="list-of-relations"),
    pytest.param("呼和浩特市、包头市党委",
                 ["呼和浩特市=committee.league@呼和浩特市", "包头市党委=committee.league@包头市"],
                 id="list-of-places"),
    pytest.param("报告同级党委、纪委、党委组织部",
                 ["同级党委=committee!same", "纪委=discipline-inspection",
                  "党委组织部=organisation-dept"], id="recipients"),
    pytest.param("事发地党委书记、党委政法委员会书记、公安局局长",
                 ["事发地党委书记=secretary.committee@事发地",
                  "党委政法委员会书记=secretary.commission", "公安局局长=police-chief"],
                 id="three-persons"),
    pytest.param("受自治区党委委托", ["自治区党委=committee.region"], id="entrusted"),
    pytest.param("受自治区委托", [], id="region-entrusts"),
    pytest.param("公安局长期坚持", ["公安局=police"], id="long-term-is-no-chief"),
    pytest.param("公安局党委会几个月开一次啊", ["公安局党委=police.group"], id="party-meeting"),
    pytest.param("我们分局报给了区委政法委和市公安局",
                 ["分局=police.banner", "区委政法委=commission.banner", "市公安局=police.league"],
                 id="branch-reports-up"),
    pytest.param("回复二连浩特市：贵市党委政法委至少",
                 ["贵市党委政法委=commission.banner@二连浩特市"], id="your-city-is-county-level"),
    pytest.param("扎兰屯市出事，市公安局报市委政法委",
                 ["市公安局=police.banner@扎兰屯市", "市委政法委=commission.banner@扎兰屯市"],
                 id="the-city-named-before"),
    pytest.param("准格尔旗出事后，旗公安局报旗委政法委",
                 ["旗公安局=police.banner@准格尔旗", "旗委政法委=commission.banner@准格尔旗"],
                 id="the-banner-named-before"),
    pytest.param("我旗政法委", ["我旗政法委=commission.banner"], id="our-banner"),
    pytest.param("盟里政法委", ["盟里政法委=commission.league"], id="in-the-league"),
    pytest.param("县里的政法委", ["县里的政法委=commission.banner"], id="in-the-county"),
    pytest.param("区里政法委", ["区里政法委=commission"], id="district-or-region"),
    pytest.param("旗县法院向中院这个上级政法单位报告",
                 ["旗县法院=court.banner", "中院=court.league", "上级政法单位=organ!higher"],
                 id="court-and-its-superior"),
    pytest.param("由书记或者受其委托的副书记召集",
                 ["书记=secretary", "副书记=deputy-secretary.commission"], id="bare-secretary"),
    pytest.param("习近平总书记重要指示", [], id="general-secretary-is-no-local-secretary"),
    pytest.param("振兴和发展党委工作", ["党委=committee"], id="name-across-words"),
    pytest.param("regional, league/city and banner commissions",
                 ["regional=commission.region", "league/city=commission.league",
                  "banner commissions=commission.banner"], id="english-list-of-levels"),
    pytest.param("party secretary, commission secretary and police chief",
                 ["party secretary=secretary.committee", "commission secretary=secretary.commission",
                  "police chief=police-chief"], id="english-three-persons"),
    pytest.param("a 'political-legal commissioner' (政法委员)",
                 ["political-legal commissioner=commissioner.township",
                  "政法委员=commissioner.township"], id="both-languages"),
    pytest.param("Beijing's PLAC and 鄂尔多斯市委政法委",
                 ["Beijing's PLAC=commission@北京市~foreign",
                  "鄂尔多斯市委政法委=commission.league@鄂尔多斯市"], id="mixed"),
    pytest.param("今天天气不错", [], id="nobody"),
    pytest.param("", [], id="empty"),
    pytest.param("\ud800政法委\0", ["政法委=commission"], id="lone-surrogate"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_mentions_in_sentences(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("那旗县呢？", [("旗县", Level.BANNER)], id="banner"),
        pytest.param("盟市一级多久一次", [("盟市一级", Level.LEAGUE)], id="league"),
        pytest.param("盟市党委政法委", [], id="taken-by-an-actor"),
        pytest.param("内蒙古自治区", [], id="taken-by-a-place"),
        pytest.param("at the banner level", [("banner level", Level.BANNER)], id="english"),
    ],
)
def test_level_words(text: str, expected: list[tuple[str, Level]]) -> None:
    assert [(span.of(text), level) for span, level in TABLE.find_levels(text)] == expected


# ── what is a kind of what ──


@pytest.mark.parametrize(
    ("specific", "general"),
    [
        ("commission.league", "commission"),
        ("police.group.banner", "group"),
        ("police.group.banner", "group.banner"),
        ("police.group.banner", "police.group"),
        ("court", "organ"),
        ("court.league", "organ.league"),
        ("organ.local", "organ"),
        ("issuer", "committee"),
        ("committee.standing", "committee"),
        ("police-chief", "organ.head"),
        ("attendees.commission", "leaders.commission"),
        ("discipline-inspection", "discipline-organs"),
        ("police-station", "organ.branch"),
        ("secretary.commission", "secretary"),
        ("group", "group"),
    ],
)
def test_is_a(specific: str, general: str) -> None:
    assert TABLE.is_a(specific, general)
    assert specific == general or not TABLE.is_a(general, specific)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("court", "group", id="an-organ-is-not-its-Party-group"),
        pytest.param("court.group", "court", id="a-Party-group-is-not-its-organ"),
        pytest.param("commission", "committee", id="commission-is-not-committee"),
        pytest.param("commission.league", "commission.banner", id="levels-differ"),
        pytest.param("police-station", "organ", id="a-branch-is-not-the-organ"),
        pytest.param("commissioner.township", "commission", id="commissioner"),
        pytest.param("commission.central", "commission", id="central"),
    ],
)
def test_is_not_a(one: str, other: str) -> None:
    assert not TABLE.is_a(one, other)


FIXED_IDS = [
    "committee",
    "committee.region",
    "committee.league",
    "committee.banner",
    "committee.standing",
    "commission",
    "commission.region",
    "commission.league",
    "commission.banner",
    "commission.central",
    "organ",
    "organ.region",
    "organ.league",
    "organ.banner",
    "organ.local",
    "organ.inspected",
    "group",
    "group.region",
    "group.league",
    "group.banner",
    "court",
    "procuratorate",
    "police",
    "justice",
    "state-security",
    "court.group",
    "police.group",
    "party-org.higher",
    "party-org.township",
    "party-centre",
    "commissioner.township",
    "secretary.commission",
    "deputy-secretary.commission",
    "member.commission",
    "secretary.committee",
    "police-chief",
    "leaders.commission",
    "attendees.commission",
    "persons.concerned",
    "organ.head",
    "organ.deputies",
    "key-post.cadres",
    "officials",
    "organisation-dept",
    "discipline-inspection",
    "discipline-organs",
    "inspection-body",
    "governance-centre",
    "pingan-office",
    "grid-worker",
    "issuer",
    "party-group-members",
    "organ.branch",
    "regulation",
]


@pytest.mark.parametrize("id", FIXED_IDS)
def test_ids_that_the_rule_table_uses(id: str) -> None:
    assert TABLE.get(id).id == id


def test_names_in_three_languages() -> None:
    assert TABLE.name("commission.banner") == "旗县（市、区）党委政法委员会"
    assert TABLE.name("commission.banner", "zh-Hant") == "旗縣（市、區）黨委政法委員會"
    assert TABLE.name("organ.inspected", "en") == "inspected organ"


def test_every_name_is_found_as_its_actor() -> None:
    for actor in TABLE:
        mentions = TABLE.find(actor.name)
        assert [m.actor for m in mentions[-1:]] == [actor.id], actor.name


def test_every_alias_is_found_as_its_actor_or_a_narrower_reading() -> None:
    for actor in TABLE:
        for alias in actor.aliases:
            owners = TABLE.vocabulary.aliases.get(alias) or TABLE.vocabulary.aliases_en[alias]
            mentions = TABLE.find(alias)
            assert mentions, alias
            assert mentions[0].span.end == len(alias), alias
            assert mentions[0].actor in owners or TABLE.is_a(mentions[0].actor, actor.id), alias


def test_unknown_actor_names_a_near_one() -> None:
    with pytest.raises(
        ActorError, match=r'^"comission" is not an actor; did you mean commission\?'
    ):
        TABLE.get("comission")


def test_kinds_tell_organ_from_group() -> None:
    assert TABLE.get("court").kind is Kind.ORGAN
    assert TABLE.get("court.group").kind is Kind.GROUP


# ── properties ──

WORDS = st.lists(
    st.sampled_from(
        [*"党委政法员会书记市旗县盟区的、和（）", "政法委", "同级", "上级", "赛罕区", "鄂尔多斯市", "广东省",
         "自治区", "公安局", "党组（党委）", "我旗", " ", "\n", "commission", "Saihan District", "of the", "PLAC",
         "same-level", "Ｐ", "①", "\u3000"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(WORDS | st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_mentions_lie_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in TABLE.find(text):
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.actor in TABLE
        assert mention.level is None or not mention.foreign
        end = mention.span.end


@given(WORDS)
@settings(max_examples=100, deadline=None)
def test_script_and_width_make_no_difference(text: str) -> None:
    plain = TABLE.find(text)
    wide = str.maketrans("()", "（）") | {c: c + 0xFEE0 for c in range(ord("A"), ord("z") + 1)}
    simplified = convert(text, Script.SIMPLIFIED)
    traditional = convert(simplified, Script.TRADITIONAL)
    if convert(traditional, Script.SIMPLIFIED) == simplified:
        assert TABLE.find(traditional) == plain
    assert TABLE.find(text.translate(wide)) == plain


@pytest.mark.parametrize("text", [c[0] for c in WHOLE if c[0][0] > "z"])
def test_traditional_script_and_line_breaks(text: str) -> None:
    want = [(m.actor, m.level, m.place, m.relation) for m in TABLE.find(text)]
    for variant in (convert(text, Script.TRADITIONAL), "\n".join(text)):
        got = [(m.actor, m.level, m.place, m.relation) for m in TABLE.find(variant)]
        assert got == want, variant


def test_long_text_takes_time_in_proportion() -> None:
    unit = "鄂尔多斯市委政法委应当向同级党委和上级党委政法委员会请示报告工作，自治区、盟市。" * 25
    TABLE.find(unit)
    started = time.perf_counter()
    once = len(TABLE.find(unit * 10))
    short = time.perf_counter() - started
    started = time.perf_counter()
    assert len(TABLE.find(unit * 100)) == 10 * once
    assert time.perf_counter() - started < 40 * short + 0.5


@pytest.mark.parametrize(
    "text",
    [
        "自治区、盟市、",
        "内蒙古",
        "呼和浩特市赛罕区",
        "市",
        "(市、区)",
        "secretary of the ",
        "Inner Mongolia ",
    ],
)
def test_chains_of_modifiers_do_not_explode(text: str) -> None:
    started = time.perf_counter()
    TABLE.find(text * 1000)
    assert time.perf_counter() - started < 2  # seconds; a tenth is usual


# ── the strict reader ──

MESSAGES = {
    "alias-full-width.yaml": ':9: "党委（党组）" can never match a folded text; write "党委(党组)"',
    "alias-traditional.yaml": ':9: "黨委會" can never match a folded text; write "党委会"',
    "alias-twice-english.yaml": ':9: "party committee" already names committee; drop one, or list it in "shared"',
    "alias-twice.yaml": ':9: "党委" already names committee; drop one, or list it in "shared"',
    "at-and-level.yaml": ':9: committee has both "level" and "at"; keep one',
    "at-level-unknown.yaml": ':9: "at" has no key "county"; known: banner, central, league, region, township',
    "empty.yaml": ":1: is empty; write levels, relations, blocked and actors",
    "id-malformed.yaml": ':5: "Committee One" is not an id; write family.part',
    "id-twice.yaml": ':9: id "committee" is given twice; rename one',
    "is-a-circle.yaml": ":5: is_a runs in a circle: committee → standing → committee; cut one link",
    "is-a-unknown.yaml": ':9: committee is_a unknown actor "comittee"; did you mean committee?',
    "key-missing.yaml": ':5: a row lacks "en"; add it',
    "key-twice.yaml": ':9: key "kind" is given twice; keep one',
    "key-unknown.yaml": ':9: a row has no key "alias"; did you mean aliases?',
    "kind-unknown.yaml": ':8: kind "partei" is unknown; use party, organ, group, office, persons, body, outside, text',
    "level-missing.yaml": ':1: levels lacks "township"; add it',
    "level-unknown.yaml": ':9: level "county" is unknown; use central, region, league, banner, township',
    "level-word-twice.yaml": ':1: "市" is listed twice; keep one',
    "not-a-list.yaml": ":4: actors is not a list; write [one, two] or - lines",
    "not-utf8.yaml": ": is not UTF-8; save it as UTF-8",
    "not-yaml.yaml": ":6: is not YAML (did not find expected ',' or ']'); mend the syntax",
    "of-unknown.yaml": ':9: secretary is of unknown actor "comittee"; did you mean committee?',
    "row-not-a-mapping.yaml": ':5: a row is not a mapping; write "key: value" lines',
    "section-missing.yaml": ':1: the file lacks "blocked"; add it',
    "section-unknown.yaml": ':3: the file has no key "blokced"; did you mean blocked?',
    "shared-with-none.yaml": ':9: shared "党工委" names no other actor; make it an alias',
    "shared-without-level.yaml": ':9: group shares "党委" but has no level; give it a level',
    "suffix-twice.yaml": ':10: suffix "书记" of committee already makes secretary; drop one',
    "suffixes-without-of.yaml": ':9: committee has suffixes without "of"; name the actor',
    "word-empty.yaml": ":9: an entry of aliases is not a word; write plain text",
}  # fmt: skip


@pytest.mark.parametrize(("name", "message"), MESSAGES.items(), ids=MESSAGES)
def test_each_fault_has_its_message(name: str, message: str) -> None:
    with pytest.raises(ActorError) as caught:
        load_actors(BROKEN / name)
    assert str(caught.value) == name + message


def test_every_broken_file_is_tested() -> None:
    assert {p.name for p in BROKEN.glob("*.yaml")} == MESSAGES.keys() | {"valid.yaml"}


def test_a_valid_file_loads() -> None:
    table: ActorTable = load_actors(BROKEN / "valid.yaml")
    assert [m.actor for m in table.find("同级党委")] == ["committee"]
    assert table.find("同级党委")[0].relation is Relation.SAME


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ActorError, match=r"nowhere\.yaml: cannot be read; give the path"):
        load_actors(Path("nowhere.yaml"))
