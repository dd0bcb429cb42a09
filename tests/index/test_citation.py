"""The citation language: every form people write, and what only looks like one."""

from __future__ import annotations

import time
from pathlib import Path

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.citation import (
    Citation,
    CitationKind,
    find_citations,
    format_citation,
    parse_citation,
    provision_label,
)
from index.errors import CitationError
from index.numerals import numeral, read_numeral
from index.parse import load_regulation, parse_regulation, read_source
from index.regulation import ProvisionId
from index.source import Meta
from index.text import Script, convert

FORMS = Path(__file__).parents[1] / "data" / "regulations" / "forms"
REGULATION = load_regulation()


def parse(text: str) -> Citation:
    return parse_citation(text, regulation=REGULATION)


def find(text: str, here: ProvisionId | None = None) -> tuple[Citation, ...]:
    return find_citations(text, regulation=REGULATION, here=here)


def short(provisions: tuple[ProvisionId, ...]) -> list[str]:
    """art_25/para_1/item_7 as 25.1(7)."""
    out = []
    for p in provisions:
        name = f"{p.article}" + (f"_{p.suffix}" if p.suffix else "")
        name += f".{p.paragraph}" if p.paragraph is not None else ""
        name += f"({p.item})" if p.item is not None else ""
        name += f"[{p.subitem}]" if p.subitem is not None else ""
        out.append(name)
    return out


class TestParse:
    @pytest.mark.parametrize(
        ("text", "provisions"),
        [
            # the forms of the contract
            pytest.param("第三十条第一款", ["30.1"], id="full"),
            pytest.param("三十条一款", ["30.1"], id="bare-numbers"),
            pytest.param("第30条", ["30"], id="digits"),
            pytest.param("30", ["30"], id="number"),
            pytest.param("30.1", ["30.1"], id="dotted"),
            pytest.param("25(7)", ["25(7)"], id="bracket"),
            pytest.param("25.1(7)", ["25.1(7)"], id="dotted-bracket"),
            pytest.param("第二十五条第（七）项", ["25(7)"], id="item"),
            pytest.param("第二十五条至第二十八条", ["25", "28"], id="range"),
            pytest.param("第二十五、二十七条", ["25", "27"], id="list"),
            pytest.param("Article 30(1)", ["30.1"], id="english"),
            pytest.param("art. 25 item 7", ["25(7)"], id="english-item"),
            # numbers
            pytest.param("第３０條第１款", ["30.1"], id="full-width"),
            pytest.param("廿五条", ["25"], id="nian"),
            pytest.param("卅条", ["30"], id="sa"),
            pytest.param("第三〇条", ["30"], id="positional"),
            pytest.param("第叁拾条", ["30"], id="formal"),
            pytest.param("第貳拾伍條", ["25"], id="formal-traditional"),
            pytest.param("三十", ["30"], id="chinese-number"),
            pytest.param("第三十", ["30"], id="without-tiao"),
            # script and blanks
            pytest.param("第三十條第一款", ["30.1"], id="traditional"),
            pytest.param("第二十五條第（三）項", ["25(3)"], id="traditional-item"),
            pytest.param(" 第 三十 条 第 一 款 ", ["30.1"], id="blanks"),
            pytest.param("第三十条\n第一款", ["30.1"], id="line-end"),
            # items
            pytest.param("第25条第(二)项", ["25(2)"], id="half-width-bracket"),
            pytest.param("第四十二条第七项", ["42(7)"], id="no-bracket"),
            pytest.param("第二十五条（七）", ["25(7)"], id="no-xiang"),
            pytest.param("第二十五条①", ["25(1)"], id="circle"),
            pytest.param("第二十五条第②项", ["25(2)"], id="circle-item"),
            pytest.param("第十五条⑶", ["15(3)"], id="bracketed-digit"),
            pytest.param("第十五条第㈢项", ["15(3)"], id="bracketed-ideograph"),
            pytest.param("25⑦", ["25(7)"], id="bare-circle"),
            pytest.param("25（7）", ["25(7)"], id="full-width-bracket"),
            pytest.param("第15条第3点", ["15(3)"], id="dian"),
            pytest.param("12条2款", ["12.2"], id="bare-paragraph"),
            pytest.param("15条1款3项", ["15.1(3)"], id="bare-all"),
            pytest.param("30.1.2", ["30.1(2)"], id="three-numbers"),
            pytest.param("24(1)(2)", ["24.1(2)"], id="two-brackets"),
            pytest.param("第四条第（二）项第一目", ["4(2)[1]"], id="subitem"),
            # suffix
            pytest.param("第三十条之一", ["30_1"], id="suffix"),
            pytest.param("第三十条之一第二款", ["30_1.2"], id="suffix-paragraph"),
            pytest.param("第一百三十三条之二", ["133_2"], id="hundreds"),
            pytest.param("Article 133-2", ["133_2"], id="english-suffix"),
            # an article without items: the bracket is a paragraph
            pytest.param("12(2)", ["12.2"], id="bracket-is-paragraph"),
            pytest.param("Article 12(2)", ["12.2"], id="english-bracket-is-paragraph"),
            pytest.param("Article 25(2)", ["25(2)"], id="english-bracket-is-item"),
            # lists and ranges
            pytest.param("第25-28条", ["25", "28"], id="range-digits"),
            pytest.param("第25—28条", ["25", "28"], id="range-dash"),
            pytest.param("第二十五条到二十八条", ["25", "28"], id="range-dao"),
            pytest.param("从第25条到第28条", ["25", "28"], id="range-from"),
            pytest.param("25-28", ["25", "28"], id="range-bare"),
            pytest.param("25～28", ["25", "28"], id="range-tilde"),
            pytest.param("第25条、第27条和第30条", ["25", "27", "30"], id="list-of-three"),
            pytest.param("25、27、30", ["25", "27", "30"], id="list-bare"),
            pytest.param("第三、五至七条", ["3", "5", "6", "7"], id="list-with-range"),
            pytest.param("第二十五条第一项和第三项", ["25(1)", "25(3)"], id="list-of-items"),
            pytest.param("第二十五条第（一）、（三）项", ["25(1)", "25(3)"],
                         id="items-in-brackets"),
            pytest.param("第二十五条第（一）至（三）项", ["25(1)", "25(3)"], id="range-of-items"),
            pytest.param("第十二条第二、三款", ["12.2", "12.3"], id="list-of-paragraphs"),
            pytest.param("Articles 25 to 28", ["25", "28"], id="english-range"),
            pytest.param("Arts. 25–28", ["25", "28"], id="english-range-dash"),
            pytest.param("Articles 25, 27 and 30", ["25", "27", "30"], id="english-list"),
            pytest.param("Articles 25(7) and 26(4)", ["25(7)", "26(4)"], id="english-items"),
            pytest.param("Article 25(1), (3) and (5)", ["25(1)", "25(3)", "25(5)"], id="brackets"),
            # English
            pytest.param("Art. 12 para. 2", ["12.2"], id="para"),
            pytest.param("Article 12, paragraph 2", ["12.2"], id="paragraph"),
            pytest.param("Article 25, paragraph 1, item 7", ["25.1(7)"], id="paragraph-item"),
            pytest.param("item 7 of Article 25", ["25(7)"], id="item-first"),
            pytest.param("the second paragraph of Article 12", ["12.2"], id="ordinal"),
            pytest.param("ARTICLE 30", ["30"], id="upper-case"),
            pytest.param("§30", ["30"], id="sign"),
            # with words around
            pytest.param("《实施办法》第三十条", ["30"], id="name"),
            pytest.param("本辦法第三十條", ["30"], id="own-name"),
            pytest.param("《办法》第30条", ["30"], id="short-name"),
            pytest.param("实施办法30.1", ["30.1"], id="name-number"),
            pytest.param(
                "《内蒙古自治区党委贯彻〈中国共产党政法工作条例〉实施办法》第三十条", ["30"],
                id="title",
            ),
            pytest.param(
                "內蒙古自治區黨委貫徹《中國共產黨政法工作條例》實施辦法第三十條", ["30"],
                id="title-unbracketed",
            ),
            pytest.param("Article 30 of the Measures", ["30"], id="english-name"),
            pytest.param("第五章第三十条", ["30"], id="chapter"),
            pytest.param("第三十条规定", ["30"], id="trailing-word"),
            pytest.param("第三十条是什么？", ["30"], id="question"),
            pytest.param("请看第三十条", ["30"], id="leading-word"),
            pytest.param("nmg-zhengfa/art_25/para_1/item_7", ["25.1(7)"], id="provision-id"),
            # it need not exist
            pytest.param("第四十八条", ["48"], id="no-such-article"),
            pytest.param("第0条", ["0"], id="zero"),
        ],
    )  # fmt: skip
    def test_own(self, text: str, provisions: list[str]) -> None:
        citation = parse(text)
        assert short(citation.provisions) == provisions
        assert citation.work is None
        assert {p.regulation for p in citation.provisions} == {"nmg-zhengfa"}
        assert len(citation.parts) == len(citation.provisions)

    @pytest.mark.parametrize(
        "text",
        ["", " ", "三十日", "2019年", "11月20日", "3小时", "你好", "hello", "第五章", "第三款",
        "同条",
         "该条", "30.1.2.3", "第三十条和", "第三十条、", "有三条意见", "共47条", "条", "第条", "1O",
         "第三十条规定1小时内报告", "Article", "part 30", "《刑法》", "十百", "第十百条"],
    )  # fmt: skip
    def test_not_a_citation(self, text: str) -> None:
        with pytest.raises(CitationError, match="is not a citation; write for example 第三十条"):
            parse(text)

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("第三十条", CitationKind.SINGLE),
            ("第25-28条", CitationKind.RANGE),
            ("第25、28条", CitationKind.LIST),
            ("第28-25条", CitationKind.SINGLE),  # 28之25: a hyphen before a smaller number
            ("第二十八条至第二十五条", CitationKind.LIST),  # a range the wrong way round
        ],
    )
    def test_kind(self, text: str, kind: CitationKind) -> None:
        assert parse(text).kind is kind

    @pytest.mark.parametrize(
        ("text", "expanded"),
        [
            ("第二十五条至第二十八条", ["25", "26", "27", "28"]),
            ("第四十六条至第五十条", ["46", "47", "50"]),
            ("第二十五条第（二）至（四）项", ["25(2)", "25(3)", "25(4)"]),
            ("第二十四条第一款至第三款", ["24.1", "24.2", "24.3"]),
            ("第三十条", ["30"]),
        ],
    )
    def test_expand(self, text: str, expanded: list[str]) -> None:
        assert short(parse(text).expand(REGULATION)) == expanded

    def test_too_long(self) -> None:
        with pytest.raises(CitationError, match="10000 characters are no citation"):
            parse("条" * 10_000)

    def test_the_message_is_printable_and_short(self) -> None:
        with pytest.raises(CitationError) as caught:
            parse("\x00\ud800\n" + "怎么" * 100)
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 120

    def test_in_a_regulation_with_suffixes(self) -> None:
        source = read_source(FORMS / "civil-code.txt")
        code = parse_regulation(source, meta=Meta("code", "试验法典", self_name="本法"))
        citation = parse_citation("第三条至第四条", regulation=code)
        assert short(citation.expand(code)) == ["3", "3_1", "3_2", "4"]
        assert parse_citation("本法第三条之一", regulation=code).work is None
        assert parse_citation("试验法典第三条", regulation=code).work is None
        assert parse_citation("本办法第三条", regulation=code).work == "本办法"


class TestFind:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            pytest.param("依第十二條第二款，政法委員享受津貼。", [("第十二條第二款", "12.2")],
                         id="hant"),
            pytest.param("最后（第四十五条）；（第四十六条）。", [("第四十五条",
            "45"), ("第四十六条", "46")],
                         id="in-brackets"),
            pytest.param("**依据**：第十五条第（二）项", [("第十五条第（二）项", "15(2)")],
                         id="markdown"),
            pytest.param("第三十条：（一）立即核实", [("第三十条", "30")], id="enumeration-behind"),
            pytest.param("第三十条[1]", [("第三十条", "30")], id="footnote"),
            pytest.param("第三十条（1小时）", [("第三十条", "30")], id="bracketed-time"),
            pytest.param("第三十条1小时内", [("第三十条", "30")], id="time-behind"),
            pytest.param("第十五条九项职责", [("第十五条", "15")], id="count-of-items"),
            pytest.param("第一，第三条规定；第二，第五条规定", [("第三条", "3"), ("第五条", "5")],
                         id="counted-points"),
            pytest.param("见30条。", [("30条", "30")], id="bare-after-cue"),
            pytest.param("把19条给我", [("19条", "19")], id="bare-asked-for"),
            pytest.param("三十条怎么说", [("三十条", "30")], id="bare-at-start"),
            pytest.param("第三十条、三十一条和三十二条", [("第三十条、三十一条和三十二条", "30")],
                         id="one-list"),
            pytest.param("第二十五条、第二十七条", [("第二十五条", "25"), ("第二十七条", "27")],
                         id="two-citations"),
            pytest.param("依据第五条例外情形", [("第五条", "5")], id="exception-not-ordinance"),
            pytest.param("Article 43 says 20 working days; Articles 25 and 27 differ.",
                         [("Article 43", "43"), ("Articles 25 and 27", "25")], id="english"),
            pytest.param("Article 30, 3 hours", [("Article 30", "30")], id="english-hours"),
            pytest.param("Article 30 and 3 hours", [("Article 30", "30")], id="english-and-hours"),
            pytest.param("Article 30 to 3 persons", [("Article 30", "30")], id="english-persons"),
            pytest.param("Article 30 in 3 days", [("Article 30", "30")], id="english-days"),
        ],
    )  # fmt: skip
    def test_own(self, text: str, found: list[tuple[str, str]]) -> None:
        assert [(c.span.of(text), short(c.provisions)[0]) for c in find(text)] == found
        assert all(c.work is None for c in find(text))

    @pytest.mark.parametrize(
        "text",
        [
            "三十日内", "2019年11月20日", "30分钟", "第三十日", "第30天", "20个工作日", "共47条",
            "本办法共8章47条", "有三条意见", "一条龙", "第一条路", "第一条建议", "这三条很短",
            "有三十条之多",
            "第三次会议", "第一款产品", "该项工作", "同条件下", "本条例", "前提条件", "三项制度",
            "第一项、第二项工作", "依据是哪一条？", "smart 30", "part 30", "chart 25(7)", "30",
            "25(7)",
            "3.1", "articles of war", "Article", "paragraph 2", "第二款规定", "前款", "同条第二款",
            "十百条", "第十百条", "",
        ],
    )  # fmt: skip
    def test_no_citation(self, text: str) -> None:
        assert find(text) == ()

    @pytest.mark.parametrize(
        ("text", "work"),
        [
            pytest.param("《政府信息公开条例》第二十条", "政府信息公开条例", id="bracketed"),
            pytest.param("刑法第三十条", "刑法", id="bare"),
            pytest.param("违反刑法第三十条", "刑法", id="behind-a-verb"),
            pytest.param("根据我们讨论的民法典第三条", "民法典", id="behind-de"),
            pytest.param("中华人民共和国监察法第二十二条", "中华人民共和国监察法", id="republic"),
            pytest.param("民事诉讼法（2021年修正）第三条", "民事诉讼法", id="amended"),
            pytest.param("《刑法》分则第四章第二百三十二条", "刑法", id="chapter-between"),
            pytest.param("《刑法》的第三十条", "刑法", id="de-between"),
            pytest.param("《最高人民法院关于适用〈刑事诉讼法〉的解释》第十五条",
                         "最高人民法院关于适用〈刑事诉讼法〉的解释", id="nested"),
            pytest.param("《中国共产党政法工作条例》第十七条", "中国共产党政法工作条例",
                         id="parent"),
            pytest.param("大家再读政法工作条例第三条", "政法工作条例", id="known-work"),
            pytest.param("《條例》第五條", "条例", id="traditional"),
            pytest.param("本条例第三条", "本条例", id="this-ordinance"),
            pytest.param("信访工作实施办法第三条", "信访工作实施办法", id="other-measures"),
            pytest.param("《信访工作条例》实施办法第三条", "《信访工作条例》实施办法",
                         id="others-measures"),
            pytest.param("陕西省实施办法第三条", "陕西省实施办法", id="other-province"),
            pytest.param("党章第三条", "党章", id="charter"),
            pytest.param("Article 30 of the Criminal Law", "criminal law", id="english-behind"),
            pytest.param("Criminal Law, Article 30", "criminal law", id="english-before"),
            pytest.param("Article 20 of the Regulations on Open Government Information",
                         "regulations on open government information", id="english-regulations"),
            pytest.param("nothing in Article 5 of the Regulations of the Communist Party of China "
                         "on Political and Legal Work",
                         "regulations of the communist party of china on political and legal work",
                         id="english-parent"),
        ],
    )  # fmt: skip
    def test_another_work(self, text: str, work: str) -> None:
        (citation,) = find(text)
        assert citation.work == work
        assert citation.provisions[0].regulation == "other"

    @pytest.mark.parametrize(
        "text",
        ["《实施办法》第三十条", "自治区《实施办法》第三十条", "本办法第三十条", "该办法第三十条",
        "《办法》第三十条",
         "按照办法第30条", "内蒙古实施办法第三十条", "最新版实施办法第三十条", "依法第三十条",
         "实施办法的第三十条",
         "《实施办法》（以下简称《办法》）第三十条", "《實施辦法》第三十條", "做法第三十条",
         "内蒙古自治区党委贯彻<中国共产党政法工作条例>实施办法第三十条",
         "Article 30 of these Measures", "Article 30 of this regulation",
         "Article 30 of the Inner Mongolia Implementation Measures",
         "the Measures, Article 30", "Under the law of physics and Article 30"],
    )  # fmt: skip
    def test_own_names(self, text: str) -> None:
        (citation,) = find(text)
        assert citation.work is None
        assert citation.provisions[0].article == 30

    @pytest.mark.parametrize(
        ("text", "works"),
        [
            pytest.param("刑法第三十条、第三十一条和第三十二条", ["刑法"] * 3, id="list"),
            pytest.param("《刑法》第三条，第三十条要求报告", ["刑法", None], id="not-past-a-comma"),
            pytest.param("《刑法》第三条。第三十条要求报告", ["刑法", None], id="not-past-a-stop"),
            pytest.param("《刑法》第三条。同条第二款", ["刑法", "刑法"], id="same-article"),
            pytest.param("《刑法》第三条，该法第五条", ["刑法", "刑法"], id="that-law"),
            pytest.param("《刑法》第三条和本办法第三条", ["刑法", None], id="then-ours"),
            pytest.param("本办法第三条、《刑法》第三条", [None, "刑法"], id="then-theirs"),
        ],
    )
    def test_work_of_several(self, text: str, works: list[str | None]) -> None:
        assert [c.work for c in find(text)] == works

    @pytest.mark.parametrize(
        ("text", "last"),
        [
            pytest.param("第三十条；同条第一款", "30.1", id="same-article"),
            pytest.param("第十二条第二款；该条第三款", "12.3", id="that-article"),
            pytest.param("第十二条第二款；第三款", "12.3", id="paragraph-alone"),
            pytest.param("第十五条；第（三）项规定", "15(3)", id="item-alone"),
            pytest.param("第十二条第二款规定；前款所称", "12.2", id="aforesaid-paragraph"),
            pytest.param("第二十五条第（三）项规定；前项所称", "25(3)", id="aforesaid-item"),
            pytest.param("第三十条；前条", "29", id="article-before"),
            pytest.param("第二十四条第二款、同款", "24.2", id="same-paragraph"),
            pytest.param("第四十八条；该条", "48", id="of-what-does-not-exist"),
        ],
    )
    def test_relative(self, text: str, last: str) -> None:
        assert short(find(text)[-1].provisions)[-1] == last

    @pytest.mark.parametrize(
        ("text", "here", "found"),
        [
            pytest.param("前款规定", ProvisionId("nmg-zhengfa", 24, None, 3), ["24.2"], id="前款"),
            pytest.param(
                "前项", ProvisionId("nmg-zhengfa", 25, None, 1, 3), ["25.1(2)"], id="前项"
            ),
            pytest.param("本条第二款", ProvisionId("nmg-zhengfa", 12), ["12.2"], id="本条"),
            pytest.param("前条", ProvisionId("nmg-zhengfa", 1), [], id="before-the-first"),
            pytest.param(
                "前款", ProvisionId("nmg-zhengfa", 24, None, 1), [], id="no-paragraph-before"
            ),
        ],
    )
    def test_relative_to_here(self, text: str, here: ProvisionId, found: list[str]) -> None:
        assert [short(c.provisions)[0] for c in find(text, here)] == found

    def test_the_regulation_cites_no_article_of_its_own(self) -> None:
        assert find(REGULATION.text.simplified.split("\n", 2)[2].replace("第", "", 0)) != ()
        bodies = [REGULATION.text.slice(a.span) for a in REGULATION.articles]
        assert all(find(body) == () for body in bodies)

    def test_parts_are_where_each_is_written(self) -> None:
        text = "见第二十五条第一项和第三项。"
        (citation,) = find(text)
        assert [part.of(text) for part in citation.parts] == ["第二十五条第一项", "第三项"]
        assert citation.span.of(text) == "第二十五条第一项和第三项"

    @given(
        st.text(
            st.sampled_from("第三十条款项目（一）()、至和同本前该法《》办法30 .-Art①\ud800\0"),
            max_size=40,
        )
    )
    def test_any_text(self, text: str) -> None:
        """Spans lie within the text, in order, apart from one another."""
        end = 0
        for citation in find(text):
            assert end <= citation.span.start < citation.span.end <= len(text)
            assert all(citation.span.contains(part) for part in citation.parts)
            assert len(citation.parts) == len(citation.provisions) > 0
            end = citation.span.end

    @given(st.text(max_size=200))
    def test_any_unicode(self, text: str) -> None:
        find(text)

    @pytest.mark.parametrize(
        "unit",
        [
            "一",
            "第",
            "第一、",
            "第三十条、",
            "(一)",
            "《》第三十条",
            "article 30, ",
            "法",
            " ",
            "1",
        ],
    )
    def test_time_is_linear(self, unit: str) -> None:
        """Ten times the text, not a hundred times the time."""

        def seconds(size: int) -> float:
            text = unit * (size // len(unit))
            best = float("inf")
            for _ in range(3):
                start = time.process_time()
                find(text)
                best = min(best, time.process_time() - start)
            return best

        small, large = seconds(3_000), seconds(30_000)
        assert large < 30 * small + 0.05


NAMES = st.sampled_from(list(REGULATION.provisions())) | st.builds(
    ProvisionId,
    st.just("nmg-zhengfa"),
    st.integers(1, 1300),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 30),
    st.none() | st.integers(1, 30),
    st.none(),
)


class TestFormat:
    @given(NAMES, st.sampled_from(["zh-Hans", "zh-Hant", "en"]))
    def test_parse_reads_what_format_writes(self, name: ProvisionId, lang: str) -> None:
        text = format_citation(name, lang=lang)
        assert parse(text).provisions == (name,)
        assert [c.provisions for c in find(f"见{text}。")] == [(name,)]

    @given(st.sampled_from(list(REGULATION.provisions())), st.sampled_from(["zh-Hans", "en"]))
    def test_the_short_form_means_the_same(self, name: ProvisionId, lang: str) -> None:
        text = format_citation(name, lang=lang, regulation=REGULATION, short=True)
        (back,) = parse(text).provisions
        assert REGULATION.span(back) == REGULATION.span(name)

    def test_subitem(self) -> None:
        name = ProvisionId("nmg-zhengfa", 4, None, 1, 2, 3)
        assert format_citation(name) == "第四条第一款第（二）项第三目"
        assert parse(format_citation(name)).provisions == (name,)
        assert parse(format_citation(name, lang="en")).provisions == (name,)

    @pytest.mark.parametrize(
        ("name", "lang", "label"),
        [
            (ProvisionId("nmg-zhengfa", 30, None, 1), "zh-Hans", "第三十条第一款"),
            (ProvisionId("nmg-zhengfa", 25, None, 1, 7), "zh-Hans", "第二十五条第（七）项"),
            (ProvisionId("nmg-zhengfa", 25, None, 1, 7), "zh-Hant", "第二十五條第（七）項"),
            (ProvisionId("nmg-zhengfa", 25, None, 1, 7), "en", "Article 25, item 7"),
            (ProvisionId("nmg-zhengfa", 12, None, 2), "en", "Article 12, paragraph 2"),
        ],
    )
    def test_label(self, name: ProvisionId, lang: str, label: str) -> None:
        assert provision_label(name, REGULATION, lang=lang) == label


class TestNumerals:
    @given(st.integers(1, 9999))
    def test_against_cn2an(self, number: int) -> None:
        assert cn2an.cn2an(numeral(number), "smart") == number
        assert read_numeral(cn2an.an2cn(number)) == number

    @given(st.integers(0, 9999))
    def test_read_what_is_written(self, number: int) -> None:
        assert read_numeral(numeral(number)) == number
        assert read_numeral(convert(numeral(number), Script.TRADITIONAL)) == number
        assert read_numeral(str(number)) == number

    @pytest.mark.parametrize(
        ("text", "number"),
        [("廿", 20), ("廿一", 21), ("卅二", 32), ("卌", 40), ("两", 2), ("一十", 10),
         ("一百零五", 105),
         ("一百一十", 110), ("一零五", 105), ("二〇", 20), ("３０", 30), ("③", 3), ("0", 0),
         ("三百二", 302)],
    )  # fmt: skip
    def test_other_ways(self, text: str, number: int) -> None:
        assert read_numeral(text) == number

    @pytest.mark.parametrize("text", ["", "1O", "十百", "三五十", "甲", "-1", "1.5", "一" * 9])
    def test_not_a_number(self, text: str) -> None:
        with pytest.raises(CitationError, match="is not a number; write digits or Chinese"):
            read_numeral(text)

    @pytest.mark.parametrize("number", [-1, 10_000])
    def test_out_of_range(self, number: int) -> None:
        with pytest.raises(ValueError, match="not a number of a provision"):
            numeral(number)
