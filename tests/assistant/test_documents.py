"""Documents to be checked: what is read, and one line for what cannot be."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents import open_document, parse_document, read_document
from assistant.documents.opening import MAX_BYTES
from assistant.documents.package import MAX_ENTRIES, MAX_TAGS, MAX_XML
from assistant.documents.word import Story
from index.errors import DocumentError
from index.text import Span
from tests.assistant.wordfile import (
    WORD,
    box,
    main_xml,
    notes_xml,
    p,
    parts,
    r,
    table,
    tc,
    zipped,
)

ROOT = Path(__file__).resolve().parents[2]
TEXT = "旗县党委政法委员会每月至少分析研判1次。\n第二行，ASCII & <标记>。"


class TestText:
    @pytest.mark.parametrize("suffix", [".txt", ".md", "", ".TXT"])
    def test_plain(self, tmp_path: Path, suffix: str) -> None:
        file = tmp_path / f"memo{suffix}"
        file.write_text(TEXT, "utf-8")
        assert read_document(str(file)) == TEXT
        assert open_document(str(file)).word is None

    def test_byte_order_mark_is_dropped(self, tmp_path: Path) -> None:
        file = tmp_path / "memo.txt"
        file.write_text(TEXT, "utf-8-sig")
        assert read_document(str(file)) == TEXT

    def test_offsets_are_those_of_the_file(self, tmp_path: Path) -> None:
        file = tmp_path / "memo.txt"
        file.write_bytes("一\r\n二\0三".encode())
        assert read_document(str(file)) == "一\r\n二\0三"

    def test_empty(self, tmp_path: Path) -> None:
        file = tmp_path / "memo.txt"
        file.touch()
        assert read_document(str(file)) == ""

    def test_exactly_the_limit(self, tmp_path: Path) -> None:
        file = tmp_path / "memo.txt"
        file.write_text("1234")
        assert read_document(str(file), max_bytes=4) == "1234"

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\ufeff")))
    def test_any_text(self, text: str) -> None:
        if not text.startswith(("PK\x03\x04", "%PDF-", "{\\rtf")):
            with_standard_input(text.encode(), lambda: _equal(read_document("-"), text))


def _equal(found: str, wanted: str) -> None:
    assert found == wanted


def with_standard_input(data: bytes, run: object) -> None:
    assert callable(run)
    kept, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(data), "utf-8")
    try:
        run()
    finally:
        sys.stdin = kept


def word(path: Path, *blocks: str, **related: str) -> str:
    """The text of a document made of these blocks."""
    return read_document(zipped(path / "memo.docx", parts(*blocks, related=related)))


class TestWord:
    def test_paragraphs_become_lines_and_runs_join(self, tmp_path: Path) -> None:
        assert word(tmp_path, p("第三十条", "第一款"), p(), p("每月")) == "第三十条第一款\n\n每月"

    @pytest.mark.parametrize("name", ["MEMO.DOCX", "memo.dotx", "memo", "memo.txt"])
    def test_the_content_decides(self, tmp_path: Path, name: str) -> None:
        assert read_document(zipped(tmp_path / name, parts(p("每月")))) == "每月"

    def test_standard_input(self, tmp_path: Path) -> None:
        data = Path(zipped(tmp_path / "memo.docx", parts(p("每月")))).read_bytes()
        with_standard_input(data, lambda: _equal(read_document("-"), "每月"))

    def test_bare_package(self, tmp_path: Path) -> None:
        file = zipped(tmp_path / "memo.docx", {"word/document.xml": main_xml(p("每月"))})
        assert read_document(file) == "每月"

    def test_main_part_under_another_name(self, tmp_path: Path) -> None:
        found = parts(p("每月"))
        found["word/document2.xml"] = found.pop("word/document.xml")
        for name in ("_rels/.rels", "[Content_Types].xml"):
            text = found[name]
            assert isinstance(text, str)
            found[name] = text.replace("/document.xml", "/Document2.xml")
        assert read_document(zipped(tmp_path / "memo.docx", found)) == "每月"

    def test_utf16(self, tmp_path: Path) -> None:
        xml = main_xml(p("每月")).replace("UTF-8", "UTF-16").encode("utf-16")
        assert read_document(zipped(tmp_path / "memo.docx", {"word/document.xml": xml})) == "每月"

    @pytest.mark.parametrize(
        ("content", "shown"),
        [
            pytest.param(["一", r("<w:tab/>", "二", "<w:br/>"), "三"], "一\t二\n三", id="breaks"),
            pytest.param([r("一", "<w:cr/>", "二")], "一\n二", id="carriage-return"),
            pytest.param([r("a", "<w:noBreakHyphen/>", "b")], "a-b", id="hyphen"),
            pytest.param([r("a", "<w:softHyphen/>", "b")], "ab", id="soft-hyphen"),
            pytest.param([r("一", "<w:ptab/>", "二")], "一\t二", id="absolute-tab"),
            pytest.param([r("一\n  二")], "一   二", id="line-end-in-the-xml"),
            pytest.param([r("<w:t/>", "二")], "二", id="empty-text"),
            pytest.param(["𠮷", "😀", "㎡"], "𠮷😀㎡", id="beyond-the-plane"),
            pytest.param(
                ["前", f'<w:hyperlink r:id="rId9">{r("链")}</w:hyperlink>', "后"],
                "前链后", id="link",
            ),
            pytest.param(
                ["前", f'<w:ins w:id="1">{r("新")}</w:ins>', f'<w:del>{r("旧")}</w:del>', "后"],
                "前新后", id="tracked",
            ),
            pytest.param(
                [r("<w:delText>删</w:delText>"), "留"], "留", id="deleted-text",
            ),
            pytest.param(
                [f"<w:moveFrom>{r('旧')}</w:moveFrom>", f"<w:moveTo>{r('新')}</w:moveTo>"],
                "新", id="moved",
            ),
            pytest.param(
                ["前", f"<w:smartTag><w:smartTagPr/>{r('标')}</w:smartTag>", "后"],
                "前标后", id="smart-tag",
            ),
            pytest.param(
                [f"<w:sdt><w:sdtPr>{r('非')}</w:sdtPr><w:sdtContent>{r('控')}</w:sdtContent></w:sdt>"],
                "控", id="content-control",
            ),
            pytest.param(
                ["前", "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
                 f"{r('单击此处')}</w:sdtContent></w:sdt>"],
                "前", id="placeholder",
            ),
            pytest.param(
                [r('<w:fldChar w:fldCharType="begin"/>'), r("<w:instrText>DATE</w:instrText>"),
                 r('<w:fldChar w:fldCharType="separate"/>'), "三月",
                 r('<w:fldChar w:fldCharType="end"/>')],
                "三月", id="field",
            ),
            pytest.param(
                [f'<w:fldSimple w:instr="D">{r("三月")}</w:fldSimple>'], "三月", id="simple-field",
            ),
            pytest.param(
                [r("显", format_="<w:b/>"), r("隐", format_="<w:vanish/>"),
                 r("现", format_='<w:vanish w:val="0"/>')],
                "显现", id="hidden",
            ),
            pytest.param(
                [r(f"<w:ruby><w:rt>{r('qi')}</w:rt><w:rubyBase>{r('旗')}</w:rubyBase></w:ruby>"),
                 "县"],
                "旗县", id="ruby",
            ),
            pytest.param(
                [f'<mc:AlternateContent><mc:Choice Requires="w14">{r("新")}</mc:Choice>'
                 f"<mc:Fallback>{r('旧')}</mc:Fallback></mc:AlternateContent>"],
                "新", id="alternatives",
            ),
            pytest.param(
                [f"<mc:AlternateContent><mc:Fallback>{r('旧')}</mc:Fallback>"
                 "</mc:AlternateContent><mc:AlternateContent/>"],
                "旧", id="fallback-alone",
            ),
            pytest.param(["<!-- 注 -->", "<?pi 令?>", "文"], "文", id="xml-comment"),
        ],
    )  # fmt: skip
    def test_runs(self, tmp_path: Path, content: list[str], shown: str) -> None:
        assert word(tmp_path, p(*content)) == shown

    def test_automatic_numbers_and_tab_stops_are_no_text(self, tmp_path: Path) -> None:
        format_ = '<w:numPr><w:numId w:val="1"/></w:numPr><w:tabs><w:tab/></w:tabs>'
        assert word(tmp_path, p("一", format_=format_)) == "一"

    def test_deleted_paragraph_mark_joins(self, tmp_path: Path) -> None:
        deleted = "<w:rPr><w:del/></w:rPr>"
        assert word(tmp_path, p("前", format_=deleted), p("后")) == "前后"
        assert word(tmp_path, p("前", format_=deleted), table("甲乙")) == "前\n| 甲 | 乙 |"

    def test_blocks_in_content_controls(self, tmp_path: Path) -> None:
        control = f"<w:sdt><w:sdtContent>{p('一')}{p('二')}</w:sdtContent></w:sdt>"
        assert word(tmp_path, control, p("三")) == "一\n二\n三"


class TestHeadings:
    @pytest.mark.parametrize(
        ("style", "format_", "heading"),
        [
            pytest.param("1", "", True, id="built-in"),
            pytest.param("own", "", True, id="based-on-it"),
            pytest.param("level", "", True, id="outline-level-of-the-style"),
            pytest.param("", '<w:outlineLvl w:val="0"/>', True, id="own-outline-level"),
            pytest.param("a", "", False, id="normal"),
            pytest.param("body", "", False, id="style-says-body"),
            pytest.param("1", '<w:outlineLvl w:val="9"/>', False, id="paragraph-says-body"),
            pytest.param("round", "", False, id="styles-in-a-circle"),
            pytest.param("c", "", False, id="character-style"),
            pytest.param("gone", "", False, id="unknown-style"),
        ],
    )
    def test_which(self, tmp_path: Path, style: str, format_: str, heading: bool) -> None:
        found = word(tmp_path, p("请示", style=style, format_=format_))
        assert found == ("# 请示" if heading else "请示")

    def test_starts_a_block(self, tmp_path: Path) -> None:
        blocks = [p("甲", style="1"), p("乙"), p("丙", style="1"), p(), p("丁", style="1")]
        assert word(tmp_path, *blocks) == "# 甲\n乙\n\n# 丙\n\n# 丁"

    def test_empty_headings_leave_no_sign(self, tmp_path: Path) -> None:
        assert word(tmp_path, p("甲"), p(style="1"), p("乙")) == "甲\n\n乙"

    def test_of_python_docx(self, tmp_path: Path) -> None:
        document = docx.Document()
        document.add_heading("请示", 2)
        document.add_paragraph("提前1周。")
        document.save(str(tmp_path / "memo.docx"))
        assert read_document(str(tmp_path / "memo.docx")) == "# 请示\n提前1周。"


class TestTables:
    def test_rows(self, tmp_path: Path) -> None:
        found = word(tmp_path, p("前"), table(["主体", "频次"], ["旗县", "每月"]), p("后"))
        assert found == "前\n| 主体 | 频次 |\n| 旗县 | 每月 |\n后"

    def test_cells(self, tmp_path: Path) -> None:
        cells = [tc("一", p(), "二"), tc(p(r("三", "<w:br/>", "四"))), tc()]
        assert word(tmp_path, table(cells)) == "| 一\t二 | 三\t四 |  |"

    def test_merged_cells_are_read_once(self, tmp_path: Path) -> None:
        found = word(tmp_path, table(
            [tc("标题", format_='<w:gridSpan w:val="2"/>'), tc("右")],
            [tc("旗县", format_='<w:vMerge w:val="restart"/>'), tc("每月"), tc("一次")],
            [tc("旗县", format_="<w:vMerge/>"), tc("每季"), tc("两次")],
        ))  # fmt: skip
        assert found == "| 标题 | 右 |\n| 旗县 | 每月 | 一次 |\n|  | 每季 | 两次 |"

    def test_merged_by_python_docx(self, tmp_path: Path) -> None:
        document = docx.Document()
        made = document.add_table(2, 3)
        for i, cell in enumerate(made._cells):
            cell.text = f"c{i}"
        made.cell(0, 0).merge(made.cell(1, 1))
        document.save(str(tmp_path / "memo.docx"))
        assert read_document(str(tmp_path / "memo.docx")) == ("| c0\tc1\tc3\tc4 | c2 |\n|  | c5 |")

    def test_nested_tables_follow_their_row(self, tmp_path: Path) -> None:
        inner = table(["一", "二"])
        found = word(tmp_path, table([tc("甲", inner, p("乙")), "丙"], ["丁", "戊"]))
        assert found == "| 甲\t乙 | 丙 |\n| 一 | 二 |\n| 丁 | 戊 |"

    def test_a_frame_is_no_table(self, tmp_path: Path) -> None:
        framed = table([tc(p("题", style="1"), p("文"), table(["一", "二"]))])
        assert word(tmp_path, framed) == "# 题\n文\n| 一 | 二 |"

    def test_tracked_rows_and_cells(self, tmp_path: Path) -> None:
        made = table(["甲", "乙"], ["丙", tc("丁", format_="<w:cellDel/>")])
        gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('删')}{tc('除')}</w:tr>"
        new = f"<w:tr><w:trPr><w:ins/></w:trPr>{tc('新')}{tc('增')}</w:tr>"
        found = word(tmp_path, made.replace("</w:tbl>", f"{gone}{new}</w:tbl>"))
        assert found == "| 甲 | 乙 |\n| 丙 |  |\n| 新 | 增 |"

    def test_rows_and_cells_in_content_controls(self, tmp_path: Path) -> None:
        cell = f"<w:sdt><w:sdtContent>{tc('甲')}</w:sdtContent></w:sdt>"
        row = f"<w:sdt><w:sdtContent><w:tr>{cell}{tc('乙')}</w:tr></w:sdtContent></w:sdt>"
        assert word(tmp_path, f"<w:tbl><w:tblPr/>{row}</w:tbl>") == "| 甲 | 乙 |"


class TestBeside:
    """Text boxes, footnotes, endnotes: after the main text, each once."""

    def test_order(self, tmp_path: Path) -> None:
        refer = '<w:{}Reference w:id="{}"/>'
        found = word(
            tmp_path,
            p("一", r(refer.format("endnote", 1)), r(refer.format("footnote", 2)), r(box(p("盒")))),
            p("二", r(refer.format("footnote", 1))),
            footnotes=notes_xml("footnote", {1: p("后"), 2: p("先") + p("续"), 3: p("无人引用")}),
            endnotes=notes_xml("endnote", {1: p("尾")}),
        )
        assert found == "一\n二\n\n盒\n\n先\n续\n\n后\n\n尾"

    def test_a_note_that_leans_on_nothing(self, tmp_path: Path) -> None:
        missing = p("一", r('<w:footnoteReference w:id="7"/>'), r('<w:endnoteReference w:id="7"/>'))
        assert word(tmp_path, missing) == "一"

    def test_deleted_references_take_the_note_with_them(self, tmp_path: Path) -> None:
        gone = "<w:del>" + r('<w:footnoteReference w:id="1"/>') + "</w:del>"
        found = word(tmp_path, p("一", gone), footnotes=notes_xml("footnote", {1: p("注")}))
        assert found == "一"

    def test_boxes_in_boxes_and_cells(self, tmp_path: Path) -> None:
        inner = p("外", r(box(p("内"))))
        found = word(tmp_path, table([tc(p("甲", r(box(inner)))), "乙"]), p("后"))
        assert found == "| 甲 | 乙 |\n后\n\n外\n\n内"

    def test_only_a_box(self, tmp_path: Path) -> None:
        assert word(tmp_path, p(r(box(p("盒"))), r(box(p())))) == "\n\n盒"

    def test_headers_and_comments_are_not_read(self, tmp_path: Path) -> None:
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.sections[0].footer.paragraphs[0].text = "页脚"
        run = document.add_paragraph().add_run("文")
        document.add_comment(run, "批注")
        document.save(str(tmp_path / "memo.docx"))
        assert read_document(str(tmp_path / "memo.docx")) == "文"


class TestMap:
    def test_spans_and_runs(self, tmp_path: Path) -> None:
        blocks = [p("第三", r("十条", "<w:tab/>"), style="1"), table(["一", "二"])]
        document = open_document(zipped(tmp_path / "memo.docx", parts(*blocks)))
        assert document.word is not None
        assert document.text == "# 第三十条\t\n| 一 | 二 |"
        texts = ["".join(map(str, run.itertext())) for run in document.word.runs(Span(3, 5))]
        assert texts == ["第三", "十条"]
        assert [len(document.word.runs(Span(*s))) for s in ((0, 2), (2, 4), (6, 7), (0, 17))] == [
            0, 1, 1, 4,
        ]  # fmt: skip
        assert document.word.runs(Span(7, 9)) == ()

    def test_what_stands_beside_is_tied_to_its_reference(self, tmp_path: Path) -> None:
        note = notes_xml("footnote", {1: p("注", r(box(p("内"))))})
        blocks = [p("文", r('<w:footnoteReference w:id="1"/>'), r(box(p("盒"))))]
        file = zipped(tmp_path / "memo.docx", parts(*blocks, related={"footnotes": note}))
        found = open_document(file).word
        assert found is not None
        assert [(pi.story, pi.anchor is pi.node) for pi in found.pieces] == [
            (Story.MAIN, True), (Story.BOX, False), (Story.FOOTNOTE, False), (Story.BOX, False),
        ]  # fmt: skip
        tags = [str(pi.anchor.tag).split("}")[1] for pi in found.pieces]
        assert tags == ["t", "AlternateContent", "footnoteReference", "footnoteReference"]

    WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=4)

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.one_of(
                st.lists(WORDS, max_size=3),
                st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=2),
            ),
            max_size=5,
        )
    )
    def test_as_python_docx_reads_it(self, blocks: list) -> None:
        made = docx.Document()
        for block in blocks:
            if block and isinstance(block[0], list):
                grid = made.add_table(len(block), 2)
                for row, texts in zip(grid.rows, block, strict=True):
                    for cell, text in zip(row.cells, texts, strict=True):
                        cell.paragraphs[0].add_run(text)
            else:
                paragraph = made.add_paragraph()
                for text in block:
                    paragraph.add_run(text)
        buffer = io.BytesIO()
        made.save(buffer)
        lines = []
        for item in docx.Document(buffer).iter_inner_content():
            if isinstance(item, Table):
                lines += [f"| {' | '.join(c.text for c in row.cells)} |" for row in item.rows]
            else:
                lines.append(item.text)
        document = parse_document("memo.docx", buffer.getvalue())
        assert document.text == "\n".join(lines)
        assert document.word is not None
        shown = "".join(piece.node.text or "" for piece in document.word.pieces)
        assert shown == "".join(piece.span.of(document.text) for piece in document.word.pieces)
        for piece in document.word.pieces:
            assert piece.span.of(document.text) == piece.node.text
            assert document.word.covered(piece.span) == (piece,)


def text_or_refusal(data: bytes) -> str:
    """Nothing but the one kind of error comes of any bytes."""
    try:
        return parse_document("memo.docx", data).text
    except DocumentError as error:
        return str(error)


class TestRefused:
    """Each a file of its own, and what is said of it."""

    def refusal(self, name: Path | str, **limits: int) -> str:
        with pytest.raises(DocumentError) as caught:
            read_document(str(name), **limits)
        message = str(caught.value)
        assert "\n" not in message
        assert message.startswith(f"{name}: ")
        assert "; " in message  # the remedy
        return message

    def test_missing(self, tmp_path: Path) -> None:
        assert "No such file" in self.refusal(tmp_path / "none.txt")
        assert "No such file" in self.refusal(tmp_path / "none.docx")

    def test_folder(self, tmp_path: Path) -> None:
        assert "is a folder" in self.refusal(tmp_path)

    def test_impossible_name(self) -> None:
        assert "cannot be read" in self.refusal("a\0b")

    def test_not_utf8(self, tmp_path: Path) -> None:
        file = tmp_path / "memo.txt"
        file.write_bytes("条文".encode("gb18030"))
        assert "is not UTF-8 text (byte 0)" in self.refusal(file)
        file.write_bytes(b"ok" + b"\xff")
        assert "(byte 2)" in self.refusal(file)

    def test_binary_standard_input(self) -> None:
        for data, told in ((b"\x00\xff", "is not UTF-8 text"), (b"PK\x03\x04\xff", "is damaged")):
            with pytest.raises(DocumentError, match=rf"^standard input: {told}"):
                with_standard_input(data, lambda: read_document("-"))

    @pytest.mark.parametrize("suffix", [".txt", ".docx"])
    def test_too_large(self, tmp_path: Path, suffix: str) -> None:
        file = tmp_path / f"memo{suffix}"
        file.write_bytes(b"12345")
        assert "is larger than" in self.refusal(file, max_bytes=4)

    def test_endless(self) -> None:
        # Its size says 0; reading stops at the limit.
        assert "is larger than" in self.refusal("/dev/zero", max_bytes=1000)

    @pytest.mark.parametrize("size", [MAX_BYTES + 1, 50_000_000])
    @pytest.mark.parametrize("suffix", [".txt", ".docx"])
    def test_the_default_limit_is_20_mb(self, tmp_path: Path, size: int, suffix: str) -> None:
        file = tmp_path / f"memo{suffix}"
        file.touch()
        os.truncate(file, size)
        assert "is larger than 20 MB; split it" in self.refusal(file)

    # ── archives ────────────────────────────────────────────────────────────────────────

    def test_not_a_zip(self, tmp_path: Path) -> None:
        file = tmp_path / "memo.docx"
        for data in (b"plain text", b"", b"%PDF-1.7"):
            file.write_bytes(data)
            assert "is not a Word document (no zip archive)" in self.refusal(file)

    def test_bomb(self, tmp_path: Path) -> None:
        # 200 MB of blanks in some 200 kB.
        with zipfile.ZipFile(tmp_path / "memo.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts(p("每月")).items():
                archive.writestr(name, data)
            archive.writestr("word/media/image1.png", b" " * 200_000_000)
        assert (tmp_path / "memo.docx").stat().st_size < 1_000_000
        assert "unpacks to more than 100 MB" in self.refusal(tmp_path / "memo.docx")

    def test_many_small_ones_make_a_bomb_too(self, tmp_path: Path) -> None:
        more = {f"word/media/image{n}.png": b" " * 1_000_000 for n in range(101)}
        file = zipped(tmp_path / "memo.docx", parts(p("每月"), more=more))
        assert "unpacks to more than 100 MB" in self.refusal(file)

    def test_unpacks_too_large(self, tmp_path: Path) -> None:
        file = zipped(tmp_path / "memo.docx", {"word/document.xml": main_xml(p("零" * 10_000))})
        assert "unpacks to more than 10000 bytes" in self.refusal(file, max_unpacked=10_000)
        assert len(read_document(file)) == 10_000

    @pytest.mark.parametrize("declared", [0, 10, 1_000])
    def test_a_bomb_that_understates_its_size(self, tmp_path: Path, declared: int) -> None:
        file = Path(zipped(tmp_path / "memo.docx", {"word/document.xml": b" " * 30_000_000}))
        data = bytearray(file.read_bytes())
        for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            start = data.index(mark) + at
            assert int.from_bytes(data[start : start + 4], "little") == 30_000_000
            data[start : start + 4] = declared.to_bytes(4, "little")
        tracemalloc.start()
        try:
            with pytest.raises(DocumentError, match="is damaged"):
                parse_document("memo.docx", bytes(data))
            assert tracemalloc.get_traced_memory()[1] < 5_000_000  # never unpacked at once
        finally:
            tracemalloc.stop()

    def test_nested_bombs_stay_packed(self, tmp_path: Path) -> None:
        inner = zipped(tmp_path / "inner.zip", {"a": b" " * 150_000_000})
        more = {"word/embeddings/a.zip": Path(inner).read_bytes()}
        assert read_document(zipped(tmp_path / "memo.docx", parts(p("每月"), more=more))) == "每月"

    def test_too_many_files(self, tmp_path: Path) -> None:
        more = {f"word/{n}.xml": b"" for n in range(MAX_ENTRIES)}
        file = zipped(tmp_path / "memo.docx", parts(p("每月"), more=more))
        assert f"holds more than {MAX_ENTRIES} files" in self.refusal(file)

    def test_damaged(self, tmp_path: Path) -> None:
        file = Path(zipped(tmp_path / "memo.docx", parts(p("每月研判" * 500))))
        whole = file.read_bytes()
        at = whole.index(b"word/document.xml") + len(b"word/document.xml")
        file.write_bytes(whole[: at + 4] + b"\xff" * 8 + whole[at + 12 :])
        assert "is damaged" in self.refusal(file)
        file.write_bytes(whole[: len(whole) // 2])
        assert "is damaged" in self.refusal(file)

    def test_a_part_twice(self, tmp_path: Path) -> None:
        file = tmp_path / "memo.docx"
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in parts(p("每月")).items():
                archive.writestr(name, data)
            archive.writestr("WORD/document.xml", main_xml(p("每年")))
        assert "is damaged: it holds WORD/document.xml twice" in self.refusal(file)

    def test_packed_otherwise(self, tmp_path: Path) -> None:
        file = tmp_path / "memo.docx"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
            archive.writestr("word/document.xml", main_xml(p("每月")))
        assert "is packed in a way that Word does not know" in self.refusal(file)

    def test_password_of_the_archive(self, tmp_path: Path) -> None:
        file = Path(zipped(tmp_path / "memo.docx", parts(p("每月"))))
        data = bytearray(file.read_bytes())
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(mark) + at] |= 1
        file.write_bytes(data)
        assert "is protected by a password" in self.refusal(file)

    # ── other formats ───────────────────────────────────────────────────────────────────

    @pytest.mark.parametrize("name", ["memo.docx", "memo.doc", "memo", "memo.txt"])
    @pytest.mark.parametrize(
        ("stream", "told"),
        [
            ("EncryptedPackage", "is protected by a password; take the password off in Word"),
            ("WordDocument", "is in the old format .doc; save it in Word as .docx"),
            ("Workbook", "is an old Office file, not a .docx"),
        ],
    )
    def test_compound_files(self, tmp_path: Path, name: str, stream: str, told: str) -> None:
        # Header and one directory entry, as in the specification [MS-CFB].
        entry = stream.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64
        header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
        (tmp_path / name).write_bytes(header + entry)
        assert told in self.refusal(tmp_path / name)

    def test_another_zip(self, tmp_path: Path) -> None:
        file = zipped(tmp_path / "memo.docx", {"other.xml": "<x/>"})
        assert "is not a Word document (only a zip)" in self.refusal(file)

    def test_workbook(self, tmp_path: Path) -> None:
        openpyxl.Workbook().save(tmp_path / "memo.docx")
        assert "is an Excel workbook, not a Word document" in self.refusal(tmp_path / "memo.docx")

    @pytest.mark.parametrize(
        ("part", "what"),
        [("ppt/presentation.xml", "a PowerPoint presentation"), ("mimetype", "an OpenDocument")],
    )
    def test_other_packages(self, tmp_path: Path, part: str, what: str) -> None:
        assert f"is {what}" in self.refusal(zipped(tmp_path / "memo.docx", {part: "<x/>"}))

    @pytest.mark.parametrize(
        ("data", "what"), [(b"%PDF-1.7", "a PDF"), (b"{\\rtf1", "an RTF file")]
    )
    def test_neither_text_nor_word(self, tmp_path: Path, data: bytes, what: str) -> None:
        (tmp_path / "memo.txt").write_bytes(data)
        assert f"is {what}; save it as .docx" in self.refusal(tmp_path / "memo.txt")

    def test_macros_by_name(self, tmp_path: Path) -> None:
        for name in ("memo.docm", "MEMO.DOTM"):
            assert "is a Word file with macros" in self.refusal(
                zipped(tmp_path / name, parts(p("每月")))
            )

    def test_macros_inside(self, tmp_path: Path) -> None:
        more = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
        file = zipped(tmp_path / "memo.docx", parts(p("每月"), more=more))
        assert "is a Word file with macros" in self.refusal(file)

    @pytest.mark.parametrize(
        "type_",
        [
            "application/vnd.ms-word.document.macroEnabled.main+xml",
            "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
            "application/vnd.ms-office.vbaProject",
        ],
    )
    def test_macros_by_content_type(self, tmp_path: Path, type_: str) -> None:
        file = zipped(tmp_path / "memo.docx", parts(p("每月"), main_type=type_))
        assert "is a Word file with macros" in self.refusal(file)

    def test_strict(self, tmp_path: Path) -> None:
        xml = main_xml(p("每月")).replace(WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main")
        file = zipped(tmp_path / "memo.docx", {"word/document.xml": xml})
        assert "is in the strict form of Open XML" in self.refusal(file)

    # ── XML ─────────────────────────────────────────────────────────────────────────────

    @pytest.mark.parametrize(
        "part",
        ["word/document.xml", "word/styles.xml", "word/footnotes.xml", "[Content_Types].xml",
         "_rels/.rels", "word/_rels/document.xml.rels"],
    )  # fmt: skip
    @pytest.mark.parametrize("xml", ["<w:document>", "", "text", "<a/><b/>", "<a>&none;</a>"])
    def test_broken_xml(self, tmp_path: Path, part: str, xml: str) -> None:
        file = zipped(tmp_path / "memo.docx", {**parts(p("每月")), part: xml})
        assert f"holds broken xml ({part})".lower() in self.refusal(file).lower()

    def test_another_root(self, tmp_path: Path) -> None:
        file = zipped(tmp_path / "memo.docx", {"word/document.xml": "<html/>"})
        assert "is not a Word document" in self.refusal(file)

    @pytest.mark.parametrize(
        "declaration",
        [
            pytest.param('<!DOCTYPE d [<!ENTITY e SYSTEM "file://{}">]>', id="file"),
            pytest.param('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">', id="address"),
            pytest.param('<!DOCTYPE d [<!ENTITY % e SYSTEM "file://{}"> %e;]>', id="parameter"),
            pytest.param(
                '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY e "&b;&b;">]>',
                id="internal",
            ),
            pytest.param("<!DOCTYPE d>", id="empty"),
        ],
    )
    def test_document_types(self, tmp_path: Path, declaration: str) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("秘密")
        entity = "&e;" if "ENTITY e" in declaration else ""
        xml = (
            declaration.replace("{}", str(secret))
            + f'<w:document xmlns:w="{WORD}">'
            + f"<w:p><w:r><w:t>前{entity}</w:t></w:r></w:p></w:document>"
        )
        file = zipped(tmp_path / "memo.docx", {"word/document.xml": xml})
        told = self.refusal(file)
        assert "declares a document type (word/document.xml)" in told
        assert "秘密" not in told

    def test_a_billion_laughs(self, tmp_path: Path) -> None:
        laughs = "".join(
            f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">'
            for n in range(12)
        )
        for content in ("<w:t>&l11;</w:t>", '<w:t w:x="&l11;"/>'):
            xml = f'<!DOCTYPE d [{laughs}]><w:document xmlns:w="{WORD}">{content}</w:document>'
            file = zipped(tmp_path / "memo.docx", {"word/document.xml": xml})
            assert "XML" in self.refusal(file) or "document type" in self.refusal(file)

    def test_too_deep(self, tmp_path: Path) -> None:
        deep = p("深")
        for _ in range(5_000):
            deep = f"<w:sdt>{deep}</w:sdt>"
        file = zipped(tmp_path / "memo.docx", parts(deep))
        told = self.refusal(file)
        assert "is nested too deeply" in told or "holds broken XML" in told

    @pytest.mark.parametrize("depth", [50, 100, 240, 500, 900])
    @pytest.mark.parametrize(
        ("start", "end"),
        [("<w:sdt>", "</w:sdt>"), ("<w:tbl><w:tr><w:tc>", "</w:tc><w:tc/></w:tr></w:tbl>")],
    )
    def test_read_or_refused(self, tmp_path: Path, depth: int, start: str, end: str) -> None:
        file = zipped(tmp_path / "memo.docx", parts(start * depth + p("深") + end * depth))
        told = text_or_refusal(Path(file).read_bytes())
        assert "深" in told if depth == 50 else "深" in told or "deeply" in told or "XML" in told

    @pytest.mark.parametrize(
        "more", [" " * MAX_XML, "<w:p/>" * MAX_TAGS], ids=["bytes", "elements"]
    )
    def test_a_part_too_large_to_parse(self, tmp_path: Path, more: str) -> None:
        file = zipped(tmp_path / "memo.docx", {"word/document.xml": main_xml(more)})
        assert "has too large a part (word/document.xml); split it" in self.refusal(file)

    # ── any bytes ───────────────────────────────────────────────────────────────────────

    def test_flipped_bytes(self, tmp_path: Path) -> None:
        whole = Path(zipped(tmp_path / "memo.docx", parts(p("每月"), table(["一", "二"]))))
        data = whole.read_bytes()
        chance = random.Random(1)
        for _ in range(400):
            broken = bytearray(data)
            for _ in range(chance.choice((1, 1, 2, 8))):
                broken[chance.randrange(len(data))] = chance.randrange(256)
            text_or_refusal(bytes(broken))

    @settings(max_examples=60)
    @given(st.binary(max_size=200))
    def test_any_bytes(self, data: bytes) -> None:
        for start in (b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            with pytest.raises(DocumentError):
                parse_document("memo.docx", start + data)


def test_plain_text_costs_no_word_library() -> None:
    probe = (
        "import sys; from assistant.documents import read_document\n"
        "read_document('README.md')\n"
        "assert not {'docx', 'lxml'} & set(sys.modules), 'loaded'\n"
    )
    subprocess.run([sys.executable, "-c", probe], cwd=ROOT, check=True, timeout=60)


def test_reading_word_costs_no_python_docx(tmp_path: Path) -> None:
    file = zipped(tmp_path / "memo.docx", parts(p("每月")))
    probe = (
        "import sys; from assistant.documents import read_document\n"
        "read_document(sys.argv[1])\nassert 'docx' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", probe, file], cwd=ROOT, check=True, timeout=60)
