"""Documents to be checked: what is read, and one line for what cannot be."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.documents import MAX_BYTES, read_document
from index.errors import DocumentError

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "旗县党委政法委员会每月至少分析研判1次。\n第二行，ASCII & <标记>。"


def word(*paragraphs: list[str]) -> bytes:
    """A Word document's XML; a paragraph is a list of runs."""
    root = etree.Element(f"{{{WORD}}}document", nsmap={"w": WORD})
    body = etree.SubElement(root, f"{{{WORD}}}body")
    for runs in paragraphs:
        paragraph = etree.SubElement(body, f"{{{WORD}}}p")
        for text in runs:
            run = etree.SubElement(paragraph, f"{{{WORD}}}r")
            etree.SubElement(run, f"{{{WORD}}}t").text = text
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def docx(path: Path, xml: bytes, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(part, xml)
    return str(path)


class TestText:
    @pytest.mark.parametrize("suffix", [".txt", ".md", "", ".TXT"])
    def test_plain(self, tmp_path: Path, suffix: str) -> None:
        file = tmp_path / f"memo{suffix}"
        file.write_text(TEXT, "utf-8")
        assert read_document(str(file)) == TEXT

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


class TestWord:
    def test_paragraphs_become_lines_and_runs_join(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "memo.docx", word(["第三十条", "第一款"], [], ["每月"]))
        assert read_document(file) == "第三十条第一款\n\n每月"

    def test_suffix_in_capitals(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "MEMO.DOCX", word(["每月"]))
        assert read_document(file) == "每月"

    def test_tabs_and_breaks_part_words(self, tmp_path: Path) -> None:
        xml = word(["一", "二", "三"]).replace(
            "<w:t>二</w:t>".encode(), "<w:tab/><w:t>二</w:t><w:br/>".encode()
        )
        assert read_document(docx(tmp_path / "memo.docx", xml)) == "一\t二\n三"

    def test_tab_stops_of_a_paragraph_are_no_text(self, tmp_path: Path) -> None:
        stops = b"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"
        xml = word(["一"]).replace(b"<w:p>", stops)
        assert read_document(docx(tmp_path / "memo.docx", xml)) == "一"

    def test_text_boxes_are_read_once(self, tmp_path: Path) -> None:
        inner = word(["盒"])
        box = inner[inner.index(b"<w:p>") : inner.index(b"</w:body>")]
        both = (
            b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
            b'markup-compatibility/2006"><mc:Choice>%b</mc:Choice>'
            b"<mc:Fallback>%b</mc:Fallback></mc:AlternateContent>"
        ) % (box, box)
        xml = word(["前", "后"]).replace("<w:t>后</w:t>".encode(), both + "<w:t>后</w:t>".encode())
        file = docx(tmp_path / "memo.docx", xml)
        assert sorted(read_document(file).replace("\n", "")) == sorted("前后盒")

    def test_deleted_text_is_not_read(self, tmp_path: Path) -> None:
        xml = word(["留", "删"]).replace(
            "<w:t>删</w:t>".encode(), "<w:delText>删</w:delText>".encode()
        )
        assert read_document(docx(tmp_path / "memo.docx", xml)) == "留"

    def test_no_external_entity_is_fetched(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("秘密")
        xml = (
            f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{secret}">]>'
            f'<w:document xmlns:w="{WORD}"><w:p><w:r><w:t>前&e;</w:t></w:r></w:p></w:document>'
        ).encode()
        assert "秘密" not in read_document(docx(tmp_path / "memo.docx", xml))


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
        def run() -> None:
            with pytest.raises(DocumentError, match=r"^standard input: is not UTF-8 text"):
                read_document("-")

        with_standard_input(b"PK\x03\x04\xff", run)

    @pytest.mark.parametrize("suffix", [".txt", ".docx"])
    def test_too_large(self, tmp_path: Path, suffix: str) -> None:
        file = tmp_path / f"memo{suffix}"
        file.write_bytes(b"12345")
        assert "is larger than" in self.refusal(file, max_bytes=4)

    def test_endless(self) -> None:
        # Its size says 0; reading stops at the limit.
        assert "is larger than" in self.refusal("/dev/zero", max_bytes=1000)

    def test_the_default_limit_is_20_mb(self, tmp_path: Path) -> None:
        file = tmp_path / "memo.txt"
        file.touch()
        os.truncate(file, MAX_BYTES + 1)
        assert f"is larger than {MAX_BYTES // 1_000_000} MB" in self.refusal(file)

    def test_unpacks_too_large(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "memo.docx", word(["零" * 10_000]))
        assert "unpacks to more than" in self.refusal(file, max_unpacked=10_000)
        assert len(read_document(file)) == 10_000

    def test_not_a_zip(self, tmp_path: Path) -> None:
        file = tmp_path / "memo.docx"
        file.write_text("plain text")
        assert "is not a Word document" in self.refusal(file)

    def test_another_zip(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "memo.docx", b"<x/>", part="other.xml")
        assert "is not a Word document" in self.refusal(file)

    def test_damaged_zip(self, tmp_path: Path) -> None:
        file = Path(docx(tmp_path / "memo.docx", word(["每月研判" * 500])))
        whole = file.read_bytes()
        at = whole.index(b"word/document.xml") + len(b"word/document.xml")
        file.write_bytes(whole[: at + 4] + b"\xff" * 8 + whole[at + 12 :])
        assert "is not a Word document" in self.refusal(file)
        file.write_bytes(whole[: len(whole) // 2])
        assert "is not a Word document" in self.refusal(file)

    def test_broken_xml(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "memo.docx", b"<w:document>")
        assert "holds broken XML" in self.refusal(file)
