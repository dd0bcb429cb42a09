"""The structure: names of provisions, finding them, saying what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import CitationError, NoSuchProvisionError
from index.parse import load_regulation, parse_regulation, read_source
from index.regulation import ProvisionId, Regulation
from index.source import Meta
from index.text import Script

FORMS = Path(__file__).parents[1] / "data" / "regulations" / "forms"
REGULATION = load_regulation()
EVERY = list(REGULATION.provisions())


def pid(
    article: int,
    paragraph: int | None = None,
    item: int | None = None,
    subitem: int | None = None,
    suffix: int | None = None,
) -> ProvisionId:
    return ProvisionId("nmg-zhengfa", article, suffix, paragraph, item, subitem)


class TestProvisionId:
    @given(
        st.builds(
            ProvisionId,
            st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True),
            *[st.integers(1, 1500)],
            *[st.none() | st.integers(1, 40)] * 4,
        )
    )
    def test_parse_reads_what_str_writes(self, name: ProvisionId) -> None:
        assert ProvisionId.parse(str(name)) == name

    @pytest.mark.parametrize(
        "text", ["", "art_30", "nmg-zhengfa/30", "nmg-zhengfa/art_x", "nmg-zhengfa/art_30/"]
    )
    def test_not_an_id(self, text: str) -> None:
        with pytest.raises(CitationError, match="is not a provision id; write for example"):
            ProvisionId.parse(text)

    def test_order_of_the_text(self) -> None:
        names = [pid(3, 1), pid(3), pid(3, suffix=1), pid(2, 1, 2), pid(2, 1, 1), pid(10)]
        ordered = sorted(names, key=lambda p: p.sort_key)
        assert [str(p).removeprefix("nmg-zhengfa/") for p in ordered] == [
            "art_2/para_1/item_1", "art_2/para_1/item_2", "art_3", "art_3/para_1", "art_3_1",
            "art_10",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("whole", "part", "covers"),
        [
            pytest.param(pid(25), pid(25, 1, 7), True, id="article-item"),
            pytest.param(pid(25, 1), pid(25, 1, 7), True, id="paragraph-item"),
            pytest.param(pid(25, 1, 7), pid(25, 1), False, id="item-paragraph"),
            pytest.param(pid(12, 2), pid(12, 3), False, id="other-paragraph"),
            pytest.param(pid(3), pid(3, suffix=1), False, id="suffix-is-another-article"),
        ],
    )
    def test_covers(self, whole: ProvisionId, part: ProvisionId, covers: bool) -> None:
        assert whole.covers(part) is covers


class TestFind:
    def test_every_provision_is_found_where_it_stands(self) -> None:
        assert len(EVERY) == 47 + 55 + 59
        assert [p.sort_key for p in EVERY] == sorted(p.sort_key for p in EVERY)
        for name in EVERY:
            assert REGULATION.canonical(name) == name
            span = REGULATION.span(name)
            assert REGULATION.text_of(name) == REGULATION.text.simplified[span.start : span.end]
            inside = REGULATION.provision_at(span.start)
            assert inside is not None
            assert name.covers(inside)

    def test_an_item_names_its_paragraph(self) -> None:
        assert REGULATION.canonical(pid(25, item=6)) == pid(25, 1, 6)
        assert REGULATION.text_of(pid(25, item=6)) == "(六)其他应当请示的重大事项。"
        assert REGULATION.text_of(pid(25, item=6), Script.TRADITIONAL).endswith(
            "應當請示的重大事項。"
        )

    def test_headings_belong_to_no_provision(self) -> None:
        for division in REGULATION.divisions:
            assert REGULATION.provision_at(division.span.start) is None

    @pytest.mark.parametrize(
        ("name", "fault", "remedy", "english"),
        [
            pytest.param(pid(48), "第四十八条不存在", "本办法共47条",
                         "Article 48 does not exist: the Measures have 47 articles", id="article"),
            pytest.param(pid(30, suffix=1), "第三十条之一不存在", "本办法共47条，没有这一“之”条",
                         "Article 30-1 does not exist: the Measures have 47 articles", id="suffix"),
            pytest.param(pid(30, 2), "第三十条第二款不存在", "该条只有1款",
                         "Article 30, paragraph 2 does not exist: Article 30 has 1 paragraph",
                         id="second-of-one-paragraph"),
            pytest.param(pid(12, 4), "第十二条第四款不存在", "该条共3款",
                         "Article 12, paragraph 4 does not exist: Article 12 has 3 paragraphs",
                         id="fourth-of-three-paragraphs"),
            pytest.param(pid(42, item=7), "第四十二条第（七）项不存在", "该条共6项",
                         "Article 42, item 7 does not exist: Article 42 has 6 items", id="item"),
            pytest.param(pid(42, 1, 7), "第四十二条第一款第（七）项不存在", "该条共6项",
                         "Article 42, paragraph 1, item 7 does not exist: Article 42 has 6 items",
                         id="item-with-paragraph"),
            pytest.param(pid(30, item=1), "第三十条第（一）项不存在", "该条不分项",
                         "Article 30, item 1 does not exist: Article 30 has no items",
                         id="no-items"),
            pytest.param(pid(24, 2, 1), "第二十四条第二款第（一）项不存在", "该款不分项",
                         "Article 24, paragraph 2, item 1 does not exist: "
                         "Article 24, paragraph 2 has no items", id="no-items-in-paragraph"),
            pytest.param(pid(25, 1, 1, 1), "第二十五条第一款第（一）项第一目不存在", "该项不分目",
                         "Article 25, paragraph 1, item 1, subitem 1 does not exist: "
                         "that item has no subitems", id="no-subitems"),
            pytest.param(pid(0), "第零条不存在", "本办法共47条",
                         "Article 0 does not exist: the Measures have 47 articles", id="zero"),
        ],
    )  # fmt: skip
    def test_what_is_missing(
        self, name: ProvisionId, fault: str, remedy: str, english: str
    ) -> None:
        for look in (REGULATION.find, REGULATION.canonical, REGULATION.span):
            with pytest.raises(NoSuchProvisionError) as caught:
                look(name)
            assert (caught.value.fault, caught.value.remedy) == (fault, remedy)
            assert caught.value.english == english


class TestOtherForms:
    @pytest.fixture
    def code(self) -> Regulation:
        source = read_source(FORMS / "civil-code.txt")
        return parse_regulation(source, meta=Meta("code", "试验法典", self_name="本法"))

    def test_subitem(self, code: Regulation) -> None:
        name = ProvisionId("code", 4, item=2, subitem=2)
        assert code.text_of(name) == "2．养父母。"
        assert str(code.canonical(name)) == "code/art_4/para_1/item_2/sub_2"
        assert code.provision_at(code.span(name).start) == code.canonical(name)

    def test_an_item_holds_its_subitems(self, code: Regulation) -> None:
        assert code.text_of(ProvisionId("code", 4, item=2)).endswith("2．养父母。")

    def test_missing_subitem(self, code: Regulation) -> None:
        with pytest.raises(NoSuchProvisionError, match="该项共2目"):
            code.find(ProvisionId("code", 4, item=2, subitem=3))

    def test_own_name_in_messages(self, code: Regulation) -> None:
        with pytest.raises(NoSuchProvisionError, match="第九条不存在; 本法共8条"):
            code.article(9)

    def test_items_in_two_paragraphs_need_the_paragraph(self) -> None:
        source = "试验办法\n第一条 甲:\n(一)子;\n乙:\n(一)丑;"
        regulation = parse_regulation(source, meta=Meta("demo", "试验办法"))
        with pytest.raises(NoSuchProvisionError, match="该条第一款、第二款都分项，请写明是哪一款"):
            regulation.find(ProvisionId("demo", 1, item=1))
        assert regulation.text_of(ProvisionId("demo", 1, paragraph=2, item=1)) == "(一)丑;"
