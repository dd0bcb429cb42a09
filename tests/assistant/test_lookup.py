"""Look-up: what is typed → the text, or what exists instead. Never an exception."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.lookup import LookupResult, describe_missing, lookup
from index.errors import NoSuchProvisionError
from index.parse import load_regulation, parse_regulation, read_source
from index.source import Meta

ROOT = Path(__file__).parents[2]
REGULATION = load_regulation()


def look(citation: str) -> LookupResult:
    return lookup(citation, REGULATION)


def labels(result: LookupResult) -> list[str]:
    return [p.label for p in result.provisions]


class TestFound:
    @pytest.mark.parametrize(
        ("citation", "found"),
        [
            pytest.param("第三十条第一款", ["第三十条第一款"], id="paragraph"),
            pytest.param("三十条一款", ["第三十条第一款"], id="bare-numbers"),
            pytest.param("第30条", ["第三十条"], id="digits"),
            pytest.param("30", ["第三十条"], id="number"),
            pytest.param("30.1", ["第三十条第一款"], id="dotted"),
            pytest.param("25(6)", ["第二十五条第（六）项"], id="bracket"),
            pytest.param("25.1(6)", ["第二十五条第（六）项"], id="dotted-bracket"),
            pytest.param("第二十五条第（六）项", ["第二十五条第（六）项"], id="item"),
            pytest.param(
                "第二十五条至第二十八条",
                ["第二十五条", "第二十六条", "第二十七条", "第二十八条"],
                id="range",
            ),
            pytest.param("第二十五、二十七条", ["第二十五条", "第二十七条"], id="list"),
            pytest.param("Article 30(1)", ["第三十条第一款"], id="english"),
            pytest.param("art. 25 item 6", ["第二十五条第（六）项"], id="english-item"),
            pytest.param("第３０條", ["第三十條"], id="full-width-traditional"),
            pytest.param("《实施办法》第三十条", ["第三十条"], id="name"),
            pytest.param("第三十条、第三十条", ["第三十条"], id="twice"),
            pytest.param("第四十六条至第四十七条", ["第四十六条", "第四十七条"], id="last-two"),
            pytest.param("第八章", ["第四十六条", "第四十七条"], id="chapter"),
            pytest.param("第8章", ["第四十六条", "第四十七条"], id="chapter-digits"),
            pytest.param(
                "《实施办法》第八章", ["第四十六条", "第四十七条"], id="chapter-with-name"
            ),
            pytest.param("Chapter 8", ["第四十六条", "第四十七条"], id="chapter-english"),
        ],
    )
    def test_labels(self, citation: str, found: list[str]) -> None:
        result = look(citation)
        assert (result.found, result.message) == (True, None)
        assert labels(result) == found

    def test_every_provision_by_its_label_and_id(self) -> None:
        for name in REGULATION.provisions():
            (by_id,) = look(str(name)).provisions
            assert by_id.provision == name
            assert by_id.text == REGULATION.text_of(name)
            (by_label,) = look(by_id.label).provisions
            assert by_label == by_id
            (by_english,) = look(by_id.label_en).provisions
            assert by_english == by_id

    @pytest.mark.parametrize(
        ("citation", "text", "heading"),
        [
            ("第四十二条第（六）项", "(六)其他专项工作情况。", "第七章 监督和责任"),
            ("第四十二條第（六）項", "(六)其他專項工作情況。", "第七章 監督和責任"),
            ("Article 42, item 6", "(六)其他专项工作情况。", "第七章 监督和责任"),
            ("42(6)", "(六)其他专项工作情况。", "第七章 监督和责任"),
        ],
        ids=["hans", "hant", "english", "bare"],
    )
    def test_text_follows_the_script(self, citation: str, text: str, heading: str) -> None:
        (found,) = look(citation).provisions
        assert (found.text, found.heading) == (text, heading)

    def test_json(self) -> None:
        result = look("25(6)").to_json()
        assert result == {
            "found": True,
            "provisions": [
                {
                    "regulation": "nmg-zhengfa",
                    "article": 25,
                    "suffix": None,
                    "paragraph": 1,
                    "item": 6,
                    "subitem": None,
                    "id": "nmg-zhengfa/art_25/para_1/item_6",
                    "label": "第二十五条第（六）项",
                    "label_en": "Article 25, item 6",
                    "text": "(六)其他应当请示的重大事项。",
                    "heading": "第五章 请示报告",
                }
            ],
            "message": None,
        }

    def test_divisions_of_a_code(self) -> None:
        file = ROOT / "tests" / "data" / "regulations" / "forms" / "civil-code.txt"
        meta = Meta("code", "试验法典", self_name="本法")
        code = parse_regulation(read_source(file), meta=meta)
        assert labels(lookup("第二编", code)) == ["第五条", "第六条"]
        assert labels(lookup("第一编第二章第二节", code)) == ["第四条"]
        assert (
            lookup("第四条", code).provisions[0].heading == "第一编 总则 第二章 自然人 第二节 监护"
        )
        message = "第一章不止一处：请写第一编第一章 / 第二编第一分编第一章"
        assert lookup("第一章", code).message == message
        assert labels(lookup("第二编第一分编第一章", code)) == ["第五条"]
        assert lookup("第三编", code).message == "第三编不存在：本法共2编"


class TestMissing:
    @pytest.mark.parametrize(
        ("citation", "message"),
        [
            pytest.param("第四十八条", "第四十八条不存在：本办法共47条", id="article"),
            pytest.param("第四十八條", "第四十八條不存在：本辦法共47條", id="traditional"),
            pytest.param("48", "第四十八条不存在：本办法共47条", id="number"),
            pytest.param("第0条", "第零条不存在：本办法共47条", id="zero"),
            pytest.param(
                "第四十二条第（七）项", "第四十二条第（七）项不存在：该条共6项", id="item"
            ),
            pytest.param("25(7)", "第二十五条第（七）项不存在：该条共6项", id="bracket"),
            pytest.param("第三十条第二款", "第三十条第二款不存在：该条只有1款", id="paragraph"),
            pytest.param("30.2", "第三十条第二款不存在：该条只有1款", id="dotted"),
            pytest.param("第十二条第四款", "第十二条第四款不存在：该条共3款", id="of-three"),
            pytest.param(
                "第三十条第（一）项", "第三十条第（一）项不存在：该条不分项", id="no-items"
            ),
            pytest.param(
                "第三十条之一", "第三十条之一不存在：本办法共47条，没有这一“之”条", id="suffix"
            ),
            pytest.param(
                "第四十八条、第四十九条",
                "第四十八条不存在：本办法共47条；第四十九条不存在：本办法共47条",
                id="two",
            ),
            pytest.param(
                "Article 48",
                "Article 48 does not exist: the Measures have 47 articles",
                id="english",
            ),
            pytest.param(
                "Article 30(2)",
                "Article 30, paragraph 2 does not exist: Article 30 has 1 paragraph",
                id="english-paragraph",
            ),
            pytest.param(
                "art. 42 item 7",
                "Article 42, item 7 does not exist: Article 42 has 6 items",
                id="english-item",
            ),
            pytest.param("第九章", "第九章不存在：本办法共8章", id="chapter"),
            pytest.param("第九章第一节", "第一节不存在：本办法不分节", id="no-sections"),
            pytest.param(
                "Chapter 9", "Chapter 9 does not exist: there are 8", id="chapter-english"
            ),
            pytest.param(
                "《刑法》第三十条",
                "这里没有《刑法》，只有《内蒙古自治区党委贯彻〈中国共产党政法工作条例〉实施办法》",
                id="another-law",
            ),
        ],
    )
    def test_message(self, citation: str, message: str) -> None:
        result = look(citation)
        assert (result.found, result.provisions, result.message) == (False, (), message)

    def test_a_range_half_of_which_exists(self) -> None:
        result = look("第四十六条至第五十条")
        assert not result.found
        assert labels(result) == ["第四十六条", "第四十七条"]
        assert result.message == "第五十条不存在：本办法共47条"

    def test_describe_missing(self) -> None:
        with pytest.raises(NoSuchProvisionError) as caught:
            REGULATION.article(48)
        assert describe_missing(caught.value, "zh-Hans") == "第四十八条不存在：本办法共47条"
        assert describe_missing(caught.value, "zh-Hant") == "第四十八條不存在：本辦法共47條"
        assert describe_missing(caught.value, "en").startswith("Article 48 does not exist: ")


class TestUnreadable:
    @pytest.mark.parametrize(
        ("citation", "message"),
        [
            pytest.param("", "请写出要查的条文，例如：第三十条第一款", id="empty"),
            pytest.param(" \u3000\n", "请写出要查的条文", id="blank"),
            pytest.param("三十日", "“三十日”不是条文引用：请写成第三十条第一款、30.1", id="days"),
            pytest.param("怎麼辦", "“怎麼辦”不是條文引用：請寫成第三十條第一款", id="traditional"),
            pytest.param("hello", '"hello" is not a citation: write for example', id="english"),
            pytest.param(
                "请问第三十条和一小时的关系",
                "“请问第三十条和一小时的关系”不只是条文引用：请只写第三十条",
                id="a-question",
            ),
            pytest.param(
                "what does article 30 say about hours",
                '"what does article 30 say abou…" is more than a citation: write Article 30 alone',
                id="an-english-question",
            ),
            pytest.param("条" * 10_000, "引用太长（10000字，最多500字）：请只写条文", id="long"),
            pytest.param("x" * 10_000, "The citation is too long (10000 characters", id="long-en"),
            pytest.param("第三\x00十条", "“第三�十条”不", id="nul"),
            pytest.param("第\ud800三十条", "“第�三十条”不", id="surrogate"),
            pytest.param("\x1b[31m", "“�[31m”不是条文引用", id="escape"),
        ],
    )  # fmt: skip
    def test_message(self, citation: str, message: str) -> None:
        result = look(citation)
        assert (result.found, result.provisions) == (False, ())
        assert result.message is not None
        assert result.message.startswith(message)
        json.dumps(result.to_json(), ensure_ascii=False).encode()  # fit for any output

    @given(st.text(max_size=80))
    def test_any_text_gets_an_answer(self, citation: str) -> None:
        result = look(citation)
        assert result.found == (result.message is None)
        assert result.found <= bool(result.provisions)


def test_imports_are_light() -> None:
    """A look-up must not wait for models, web or index libraries."""
    code = (
        "import sys; from index.parse import load_regulation; from assistant.lookup import lookup;"
        "assert lookup('25(6)', load_regulation()).found;"
        "heavy = {'torch', 'llama_index', 'gradio', 'faiss', 'numpy', 'cn2an'} & set(sys.modules);"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
