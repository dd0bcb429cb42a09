"""Published text → structure: the real regulation, made-up texts of each form, broken ones."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import RegulationTextError
from index.parse import (
    REGULATIONS,
    load_regulation,
    parse_regulation,
    read_meta,
    read_source,
)
from index.regulation import DivisionKind, Regulation
from index.source import Cleaning, Meta, clean
from index.text import Script

HERE = REGULATIONS / "nmg-zhengfa"
DATA = Path(__file__).parents[1] / "data" / "regulations"


@pytest.fixture(scope="module")
def regulation() -> Regulation:
    return load_regulation()


def squeezed(text: str) -> str:
    return "".join(text.split())


class TestTheRegulation:
    def test_counts(self, regulation: Regulation) -> None:
        assert len(regulation.chapters) == len(regulation.divisions) == 8
        assert [a.number for a in regulation.articles] == list(range(1, 48))
        assert all(a.suffix is None for a in regulation.articles)
        assert sum(len(p.items) for a in regulation.articles for p in a.paragraphs) == 59

    def test_source_is_unchanged(self) -> None:
        digest = hashlib.sha256((HERE / "source.txt").read_bytes()).hexdigest()
        assert digest == "ab575e8c26f541ebf41b91df36ff4c50a61be3f05c1a3cf7e1f7ee2111fd97f5"

    def test_cleaning_loses_no_word(self, regulation: Regulation) -> None:
        """Noise named here + the regulation's text = the source, blanks aside."""
        source = (HERE / "source.txt").read_text(encoding="utf-8")
        rebuilt = "11.22 " + regulation.text.source + "分享到:" + "相關文章:"
        assert squeezed(rebuilt) == squeezed(source)

    def test_every_piece_removed_is_reported(self) -> None:
        source = read_source(HERE / "source.txt")
        cleaned = clean(source, read_meta(HERE / "meta.yaml").cleaning)
        assert [(line.number, line.text) for line in cleaned.removed] == [
            (1, "11.22 "),
            (256, "分享到:"),
            (259, "相關文章:"),
        ]

    def test_text_is_made_of_title_headings_and_articles(self, regulation: Regulation) -> None:
        """Nothing lies between the parts: spans tile the text."""
        text = regulation.text.source
        parts = [text[: regulation.divisions[0].span.start]]
        for division in regulation.divisions:
            first = regulation.articles[division.articles[0]]
            parts.append(text[division.span.start : first.marker.start])
            for index in division.articles:
                article = regulation.articles[index]
                parts.append(article.marker.of(text))
                parts.append(article.span.of(text))
        assert squeezed("".join(parts)) == squeezed(text)

    def test_paragraphs_and_items_tile_their_article(self, regulation: Regulation) -> None:
        text = regulation.text.source
        for article in regulation.articles:
            whole = "".join(p.span.of(text) for p in article.paragraphs)
            assert squeezed(whole) == squeezed(article.span.of(text))
            for paragraph in article.paragraphs:
                inside = paragraph.lead.of(text) + "".join(i.span.of(text) for i in paragraph.items)
                assert squeezed(inside) == squeezed(paragraph.span.of(text))

    def test_preamble(self, regulation: Regulation) -> None:
        preamble = regulation.preamble
        assert preamble is not None
        assert preamble.adopted_by == "中共内蒙古自治区委员会常务委员会"
        assert preamble.adopted_on == dt.date(2019, 11, 15)
        assert preamble.issued_by == "中共内蒙古自治区委员会"
        assert preamble.issued_on == dt.date(2019, 11, 20)
        assert regulation.text.slice(preamble.span).startswith("(2019年11月15日")

    def test_headings_broken_over_lines_are_whole(self, regulation: Regulation) -> None:
        assert [d.heading for d in regulation.chapters] == [
            "总则",
            "党委对政法工作的领导",
            "党委政法委员会的领导",
            "政法单位党组(党委)的领导",
            "请示报告",
            "决策和执行",
            "监督和责任",
            "附则",
        ]

    @pytest.mark.parametrize(
        ("number", "paragraphs", "items"),
        [
            pytest.param(12, 3, [0, 0, 0], id="three-paragraphs"),
            pytest.param(15, 1, [9], id="nine-items"),
            pytest.param(24, 4, [0, 0, 0, 0], id="four-paragraphs"),
            pytest.param(25, 1, [6], id="six-items"),
            pytest.param(30, 1, [0], id="one-paragraph"),
            pytest.param(38, 2, [0, 0], id="two-paragraphs"),
            pytest.param(42, 1, [6], id="lead-of-two-sentences"),
        ],
    )
    def test_shape(
        self, regulation: Regulation, number: int, paragraphs: int, items: list[int]
    ) -> None:
        article = regulation.article(number)
        assert len(article.paragraphs) == paragraphs
        assert [len(p.items) for p in article.paragraphs] == items

    def test_is_read_once(self) -> None:
        assert load_regulation() is load_regulation(HERE)


META = {
    "civil-code": Meta("code", "试验法典", self_name="本法"),
    "arabic": Meta("arabic", "试验规定"),
    "unspaced": Meta("unspaced", "试验办法"),
    "circled": Meta("circled", "试验细则"),
}


def form(name: str) -> Regulation:
    return parse_regulation(read_source(DATA / "forms" / f"{name}.txt"), meta=META[name])


class TestForms:
    @pytest.mark.parametrize(
        ("name", "ids"),
        [
            pytest.param(
                "arabic",
                ["art_1/para_1", "art_2/para_1/item_1", "art_2/para_1/item_2", "art_3/para_1"],
                id="arabic-numbers",
            ),
            pytest.param(
                "unspaced",
                ["art_1/para_1", "art_2/para_1/item_1", "art_2/para_1/item_2", "art_2/para_2",
                 "art_3/para_1"],
                id="traditional-without-spaces",
            ),
            pytest.param(
                "circled",
                ["art_1/para_1", "art_2/para_1/item_1/sub_1", "art_2/para_1/item_1/sub_2",
                 "art_2/para_1/item_2/sub_1", "art_2/para_1/item_2/sub_2", "art_3/para_1"],
                id="captions-and-circled-subitems",
            ),
            pytest.param(
                "civil-code",
                ["art_1/para_1", "art_2/para_1", "art_3/para_1", "art_3_1/para_1",
                 "art_3_2/para_1", "art_3_2/para_2", "art_4/para_1/item_1",
                 "art_4/para_1/item_2/sub_1", "art_4/para_1/item_2/sub_2", "art_4/para_1/item_3",
                 "art_4/para_2", "art_5/para_1", "art_6/para_1"],
                id="parts-sections-suffixes-contents-annex",
            ),
        ],
    )  # fmt: skip
    def test_provisions(self, name: str, ids: list[str]) -> None:
        regulation = form(name)
        every = [str(p).split("/", 1)[1] for p in regulation.provisions()]
        leaves = [i for i in every if not any(other.startswith(f"{i}/") for other in every)]
        assert leaves == ids

    def test_divisions_of_a_code(self) -> None:
        regulation = form("civil-code")
        rows = [
            (d.kind.value, d.number, d.heading, len(d.articles), d.parent and d.parent.heading)
            for d in regulation.divisions
        ]
        assert rows == [
            ("编", 1, "总则", 6, None),
            ("章", 1, "基本规定", 2, "总则"),
            ("章", 2, "自然人", 4, "总则"),
            ("节", 1, "权利能力", 3, "自然人"),
            ("节", 2, "监护", 1, "自然人"),
            ("编", 2, "物权", 2, None),
            ("分编", 1, "通则", 1, "物权"),
            ("章", 1, "一般规定", 1, "通则"),
            ("分编", 2, "所有权", 1, "物权"),
            ("章", 2, "一般规定", 1, "所有权"),
        ]
        assert [d.kind for d in regulation.divisions_of(regulation.article(3, 1))] == [
            DivisionKind.PART,
            DivisionKind.CHAPTER,
            DivisionKind.SECTION,
        ]

    def test_preamble_of_a_code(self) -> None:
        preamble = form("civil-code").preamble
        assert preamble is not None
        assert preamble.adopted_by == "第十三届某代表大会第三次会议"
        assert (preamble.adopted_on, preamble.issued_on) == (dt.date(2020, 5, 28), None)

    def test_marker_and_body_are_apart(self) -> None:
        regulation = form("circled")
        first, _, third = regulation.articles
        assert regulation.text.slice(first.marker) == "第一条"
        assert regulation.text.slice(first.span) == "【目的】为了试验，制定本细则。"
        assert regulation.text.slice(third.span) == "自发布之日起施行。"

    def test_both_scripts_give_the_same_structure(self) -> None:
        """A text and its other script: same provisions, same offsets."""
        simplified = form("civil-code")
        source = simplified.text.traditional
        assert source != simplified.text.simplified
        again = parse_regulation(source, meta=Meta("code", "试验法典"))
        assert list(again.provisions()) == list(simplified.provisions())
        assert [a.span for a in again.articles] == [a.span for a in simplified.articles]

    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
    @pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
    def test_line_ends_and_bom(self, tmp_path: Path, ending: str, bom: bytes) -> None:
        file = tmp_path / "source.txt"
        file.write_bytes(bom + ending.join(["试验办法", "第一条 甲。", "第二条 乙。"]).encode())
        regulation = parse_regulation(read_source(file), meta=Meta("demo", "试验办法"))
        assert regulation.text.source == "试验办法\n第一条 甲。\n第二条 乙。"

    @given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 4)), min_size=1, max_size=12))
    def test_any_shape_is_read_back(self, shape: list[tuple[int, int]]) -> None:
        """A text made of numbered articles gives back the shape it was made of."""
        lines = ["试验办法"]
        for number, (paragraphs, items) in enumerate(shape, start=1):
            lines += [
                f"第{number}条　首款。",
                *(f"第{p}款的话。" for p in range(2, paragraphs + 1)),
            ]
            lines += [f"（{item}）一项；" for item in range(1, items + 1)]
        regulation = parse_regulation("\n\n".join(lines), meta=Meta("demo", "试验办法"))
        assert [
            (len(a.paragraphs), len(a.paragraphs[-1].items)) for a in regulation.articles
        ] == shape


BROKEN = [
    pytest.param("missing-article", 7, "第四条 follows 第二条: 第三条 is missing",
                 "add the missing article or correct the number", id="missing-article"),
    pytest.param("duplicate-article", 5, "第二条 appears twice (first in line 4)",
                 "delete or renumber one of the two", id="duplicate-article"),
    pytest.param("article-out-of-order", 6, "第二条之一 follows 第三条之一: 第四条 is missing",
                 "add the missing article or correct the number", id="suffix-out-of-order"),
    pytest.param("late-article", 3, "第三条 follows 第一条: 第二条 is missing",
                 "add the missing article or correct the number", id="late-article"),
    pytest.param("missing-suffix", 3, "第一条之二 follows 第一条: 第一条之一 is missing",
                 "add the missing article or correct the number", id="missing-suffix"),
    pytest.param("first-article-missing", 2, "第二条 is the first article: 第一条 is missing",
                 "add the missing article or correct the number", id="first-article-missing"),
    pytest.param("item-out-of-order", 4, "第一条: item （三） where （二） is due",
                 "number the items of a paragraph in turn, from （一）", id="item-out-of-order"),
    pytest.param("item-twice", 4, "第一条: item （一） where （二） is due",
                 "number the items of a paragraph in turn, from （一）", id="item-twice"),
    pytest.param("subitem-out-of-order", 5, "第一条: subitem 3 of item （一） where 2 is due",
                 "number the subitems of an item in turn, from 1", id="subitem-out-of-order"),
    pytest.param("chapter-twice", 4, "第一章 appears twice",
                 "delete or renumber one of the two", id="chapter-twice"),
    pytest.param("chapter-out-of-order", 4, "第三章 follows 第一章: out of order",
                 "number each 章 in turn, from 一", id="chapter-out-of-order"),
    pytest.param("chapter-first-is-two", 2, "第二章 is the first 章: out of order",
                 "number each 章 in turn, from 一", id="chapter-first-is-two"),
    pytest.param("broken-heading", 4, '"的领导" stands between a heading and its first article',
                 'a heading broken over lines needs a "join" rule in meta.yaml',
                 id="broken-heading"),
    pytest.param("not-a-number", 3, '"十百" is not a number',
                 "write digits or Chinese numerals, for example 30 or 三十", id="not-a-number"),
    pytest.param("no-article", 2, "no article found",
                 "each article starts a line with its number, like 第一条 or 第1条",
                 id="no-article"),
    pytest.param("other-title", 1, 'the title "试验办法" does not stand above the text',
                 'correct "title" in meta.yaml, or the text', id="other-title"),
    pytest.param("empty", 1, "empty file", "paste the published text", id="empty"),
    pytest.param("blank", 1, "empty file", "paste the published text", id="blank"),
    pytest.param("gb18030", 1, "not UTF-8 (byte 0xca)", "save the file as UTF-8", id="gb18030"),
    pytest.param("utf-16", 1, "UTF-16, not UTF-8", "save the file as UTF-8", id="utf-16"),
    pytest.param("binary", 3, "binary data (U+0000)", "export the document as plain text",
                 id="binary"),
    pytest.param("program", 1, "not UTF-8 (byte 0xff)",
                 "give the published text, not a program", id="program"),
]  # fmt: skip


class TestBrokenTexts:
    @pytest.mark.parametrize(("name", "line", "fault", "remedy"), BROKEN)
    def test_message(self, name: str, line: int, fault: str, remedy: str) -> None:
        file = DATA / "broken" / f"{name}.txt"
        with pytest.raises(RegulationTextError) as caught:
            parse_regulation(read_source(file), meta=Meta("demo", "试验办法"), place=file.name)
        assert str(caught.value) == f"{name}.txt:{line}: {fault}; {remedy}"

    def test_every_broken_file_is_in_the_table(self) -> None:
        names = {param.values[0] for param in BROKEN}
        assert names == {file.stem for file in (DATA / "broken").iterdir()}

    def test_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(RegulationTextError, match=r"source\.txt: cannot be read .*put the"):
            load_regulation(tmp_path)

    @given(st.text(max_size=300))
    def test_any_text_parses_or_says_why(self, source: str) -> None:
        message = "source.txt:1: parsed"
        try:
            assert parse_regulation(source, meta=Meta("demo", "办法")).articles
        except RegulationTextError as error:
            message = str(error)
        assert re.match(r"source\.txt:\d+: ", message)


class TestMeta:
    @pytest.mark.parametrize(
        ("name", "message"),
        [
            pytest.param("unknown-key", 'unknown-key.yaml: unknown key "chapters"; known are',
                         id="unknown-key"),
            pytest.param("unknown-rule", 'unknown-rule.yaml: cleaning: unknown key "drop_all"',
                         id="unknown-rule"),
            pytest.param("no-title", 'no-title.yaml: no "title"; add a line title: …',
                         id="no-title"),
            pytest.param("bad-id", 'bad-id.yaml: "Demo Law" is not an id; use a-z', id="bad-id"),
            pytest.param("bad-script", "bad-script.yaml: ill-formed value ('zh-Latn'",
                         id="bad-script"),
            pytest.param("not-yaml", "not-yaml.yaml:3: not YAML (", id="not-yaml"),
            pytest.param("not-a-mapping", "not-a-mapping.yaml: not a mapping; write key: value",
                         id="not-a-mapping"),
            pytest.param("absent", "absent.yaml: cannot be read (No such file", id="absent"),
        ],
    )  # fmt: skip
    def test_message(self, name: str, message: str) -> None:
        with pytest.raises(RegulationTextError) as caught:
            read_meta(DATA / "meta" / f"{name}.yaml")
        assert str(caught.value).startswith(message)

    def test_the_bundled_one(self) -> None:
        meta = read_meta(HERE / "meta.yaml")
        assert (meta.id, meta.script) == ("nmg-zhengfa", Script.TRADITIONAL)
        assert meta.cleaning.join[0] == ("第二章 黨委對政法工作", "的領導")


class TestCleaning:
    @pytest.mark.parametrize(
        ("rules", "message"),
        [
            pytest.param(Cleaning(drop_prefix=((1, "11.23 "),)),
                         'source.txt:1: does not start with "11.23 "', id="prefix"),
            pytest.param(Cleaning(drop_prefix=((9, "11.22 "),)),
                         'source.txt:9: does not start with "11.22 "', id="no-such-line"),
            pytest.param(Cleaning(drop_line=("分享",)),
                         'source.txt:1: has 0 lines "分享", not one', id="no-line"),
            pytest.param(Cleaning(drop_line=("乙",)),
                         'source.txt:1: has 2 lines "乙", not one', id="two-lines"),
            pytest.param(Cleaning(join=(("乙", "甲"),)),
                         'source.txt:1: has 0 times the lines "乙 / 甲", not once', id="join"),
        ],
    )  # fmt: skip
    def test_a_rule_that_does_not_match(self, rules: Cleaning, message: str) -> None:
        with pytest.raises(RegulationTextError) as caught:
            clean("11.22 甲\n乙\n\n乙\n", rules)
        remedy = "correct the cleaning rule in meta.yaml beside it"
        assert str(caught.value) == f"{message}; {remedy}"

    def test_without_rules_only_blanks_go(self) -> None:
        assert [line.text for line in clean(" 甲 乙\n\n　丙\n").lines] == ["甲 乙", "丙"]
