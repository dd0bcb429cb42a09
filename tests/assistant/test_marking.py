"""Word documents with comments at what was found; everything else as it was.

python-docx, zipfile and a plain walk over the XML (``wordfile.anchors``) are the oracles: none
of them knows our map of characters to runs.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.check import check
from assistant.documents import open_document, read_document
from assistant.documents.marking import AUTHOR, MOST_COMMENTS, mark, write_marked
from assistant.documents.remarks import Remark
from assistant.documents.word import Story, Word
from assistant.documents.writing import check_target, write
from assistant.knowledge import Knowledge
from index.errors import DocumentError
from index.text import Span
from tests.assistant.wordfile import (
    W,
    anchors,
    box,
    comment_ids,
    comments_xml,
    main_xml,
    notes_xml,
    p,
    parts,
    r,
    read_parts,
    relations,
    table,
    tc,
    zipped,
)

# What may differ between a document and its marked copy.
CHANGED = {"word/document.xml"}
REGISTERED = {"[Content_Types].xml", "word/_rels/document.xml.rels"}

WRONG = "旗县党委政法委员会每季度至少分析研判1次本辖区社会稳定形势。"
RIGHT = "旗县党委政法委员会每月至少分析研判1次本辖区社会稳定形势。"


def marked(source: str, spans: list[Span], text: str = "注") -> tuple[str, list[int]]:
    """Mark a document beside itself; the copy, and the ids of the new comments."""
    before = comment_ids(source)
    out = source.removesuffix(".docx") + "-marked.docx"
    document = open_document(source)
    Path(out).write_bytes(mark(document, [Remark(span, text) for span in spans]))
    ids = comment_ids(out)
    assert ids[: len(before)] == before
    return out, ids[len(before) :]


def unchanged(source: str, out: str) -> None:
    """Text, formats and all other parts of the copy are the original's."""
    assert read_document(out) == read_document(source)
    ours, theirs = read_parts(source), read_parts(out)
    added = set(theirs) - set(ours)
    assert added <= {"word/comments.xml"}
    if added:
        changed = CHANGED | REGISTERED
        for name in REGISTERED:
            _only_added(ours[name], theirs[name])
    else:
        changed = CHANGED | {"word/comments.xml"}
    assert list(theirs)[: len(ours)] == list(ours)
    for name in set(ours) - changed:
        assert theirs[name] == ours[name], name
    before = docx.Document(source)
    after = docx.Document(out)
    assert [q.text for q in after.paragraphs] == [q.text for q in before.paragraphs]
    assert _formats(ours["word/document.xml"]) == _formats(theirs["word/document.xml"])
    if "word/comments.xml" in ours:
        old = [
            etree.tostring(c, method="c14n") for c in etree.fromstring(ours["word/comments.xml"])
        ]
        new = [
            etree.tostring(c, method="c14n") for c in etree.fromstring(theirs["word/comments.xml"])
        ]
        assert new[: len(old)] == old


def _only_added(before: bytes, after: bytes) -> None:
    old = [etree.tostring(e, method="c14n") for e in etree.fromstring(before)]
    new = [etree.tostring(e, method="c14n") for e in etree.fromstring(after)]
    assert new[:-1] == old


def _formats(xml: bytes) -> list[tuple[str, str, str]]:
    """Each thing shown, character by character, with the format of its run and the path to
    it; the anchors of comments and the bounds of runs left out."""
    found = []
    for node in etree.fromstring(xml).iter(f"{W}*"):
        name = etree.QName(node).localname
        above = [etree.QName(a).localname for a in node.iterancestors()]
        if name.startswith("comment") or name in ("r", "rPr") or "rPr" in above:
            continue
        run = next(node.iterancestors(f"{W}r"), None)
        format_ = None if run is None else run.find(f"{W}rPr")
        said = "" if format_ is None else etree.tostring(format_, method="c14n").decode()
        path = "/".join(step for step in above if step != "r")
        texts = list(node.text or "") if name in ("t", "delText") else [name]
        found += [(text, said, path) for text in texts]
    return found


def shown(word: Word, span: Span) -> str:
    """The characters of a span that the main text shows, a blank for what is no element."""
    return "".join(
        Span(max(span.start, q.span.start), min(span.end, q.span.end)).of(word.text)
        for q in word.covered(span)
        if q.story is Story.MAIN
    )


# ── by hand ─────────────────────────────────────────────────────────────────────────────


def test_a_comment_as_word_writes_it(tmp_path: Path) -> None:
    source = zipped(tmp_path / "memo.docx", parts(p("每月", r("研判一次", format_="<w:b/>"))))
    out, (id_,) = marked(source, [Span(1, 4)], "第一行\n第二行")
    unchanged(source, out)
    assert anchors(out) == {id_: "月研判"}
    (comment,) = docx.Document(out).comments
    assert (comment.author, comment.initials, comment.text) == (AUTHOR, "TW", "第一行\n第二行")
    assert AUTHOR == "条文 Tiaowen"
    assert comment.timestamp is not None
    runs = docx.Document(out).paragraphs[0].runs
    assert [(q.text, bool(q.bold)) for q in runs if q.text] == [
        ("每", False), ("月", False), ("研判", True), ("一次", True),
    ]  # fmt: skip
    assert relations(out)["comments"] == "word/comments.xml"


WORDS = "甲乙丙丁戊己庚辛"


def around(name: str, text: str) -> str:
    """A run inside another element."""
    return f"<w:{name}>{r(text)}</w:{name}>"


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        pytest.param([p(WORDS)], "丙丁", id="inside-a-run"),
        pytest.param([p("甲乙", "丙丁")], "丙丁", id="a-whole-run"),
        pytest.param([p("甲乙丙", "丁戊")], "丙丁", id="across-runs"),
        pytest.param([p("甲丙", r("<w:tab/>"), "丁戊")], "丙\t丁", id="with-a-tab"),
        pytest.param([p(r("甲", "<w:br/>", "丙丁", "<w:br/>"))], "丙丁", id="between-breaks"),
        pytest.param([p("甲", around("hyperlink", "乙丙丁"))], "丙丁", id="link"),
        pytest.param([p("甲丙", around("hyperlink", "丁乙"))], "丙丁", id="into-a-link"),
        pytest.param([p("甲", around("ins", "丙丁乙"))], "丙丁", id="inserted"),
        pytest.param([p("甲丙", around("del", "乙"), "丁戊")], "丙丁", id="around-a-deletion"),
        pytest.param([p("甲<丙&", "丁>")], "丙&丁", id="mark-up"),
        pytest.param([p("𠮷丙😀丁")], "丙😀丁", id="beyond-the-plane"),
        pytest.param([p("甲 丙 丁 戊")], "丙 丁", id="blanks-at-the-cut"),
        pytest.param([p("丙丁", style="1")], "丙丁", id="heading"),
        pytest.param([table(["甲", "乙丙丁"])], "丙丁", id="cell"),
        pytest.param([table([tc("甲", table(["丙丁", "乙"])), "戊"])], "丙丁", id="nested-table"),
        pytest.param(
            [p(f"<w:sdt>{around('sdtContent', '甲丙丁')}</w:sdt>")], "丙丁", id="content-control"
        ),
        pytest.param(
            [p(r("<w:lastRenderedPageBreak/>", "甲丙", '<w:sym w:char="F0FE"/>', "丁"))], "丙丁",
            id="around-what-shows-nothing",
        ),
        pytest.param(
            [p(r("甲丙丁", format_='<w:b/><w:rPrChange w:id="3"><w:rPr/></w:rPrChange>'))], "丙丁",
            id="tracked-format",
        ),
    ],
)  # fmt: skip
def test_exact_words(tmp_path: Path, blocks: list[str], words: str) -> None:
    source = zipped(tmp_path / "memo.docx", parts(*blocks))
    at = read_document(source).index(words)
    out, (id_,) = marked(source, [Span(at, at + len(words))])
    unchanged(source, out)
    assert anchors(out) == {id_: words}


def test_a_span_over_cells_and_lines(tmp_path: Path) -> None:
    source = zipped(tmp_path / "memo.docx", parts(p("前文"), table(["甲乙", "丙丁"]), p("后文")))
    text = read_document(source)
    out, ids = marked(source, [Span(1, text.index("丙") + 1), Span(text.index("丁"), len(text))])
    unchanged(source, out)
    assert [anchors(out)[i] for i in ids] == ["文甲乙丙", "丁后文"]


def test_a_span_over_a_row_and_the_table_in_it(tmp_path: Path) -> None:
    source = zipped(tmp_path / "memo.docx", parts(table([tc("甲", table(["乙", "丙"])), "丁"])))
    text = read_document(source)
    assert text == "| 甲 | 丁 |\n| 乙 | 丙 |"
    out, (id_,) = marked(source, [Span(text.index("丁"), text.index("乙") + 1)])
    assert anchors(out) == {id_: "乙丙丁"}


def test_overlapping_spans(tmp_path: Path) -> None:
    source = zipped(tmp_path / "memo.docx", parts(p("甲乙丙", "丁戊己庚辛")))
    spans = [Span(0, 8), Span(2, 5), Span(4, 6), Span(2, 5), Span(5, 6), Span(7, 8)]
    out, ids = marked(source, spans)
    unchanged(source, out)
    assert [anchors(out)[i] for i in ids] == [s.of(WORDS) for s in spans]


def test_ruby_is_commented_on_whole(tmp_path: Path) -> None:
    ruby = r(
        "<w:ruby><w:rt>" + r("qi") + "</w:rt><w:rubyBase>" + r("旗县") + "</w:rubyBase></w:ruby>"
    )
    source = zipped(tmp_path / "memo.docx", parts(p("前", ruby, "后")))
    out, (id_,) = marked(source, [Span(2, 4)])
    assert read_document(out) == "前旗县后"
    assert anchors(out)[id_] == "qi旗县后"


def test_blanks_that_word_drops_stay_dropped(tmp_path: Path) -> None:
    xml = main_xml(p("<w:r><w:t> 甲 乙 </w:t></w:r>"))
    source = zipped(tmp_path / "memo.docx", {**parts(), "word/document.xml": xml})
    assert read_document(source) == " 甲 乙 "
    out, (id_,) = marked(source, [Span(1, 2)])
    assert anchors(out) == {id_: "甲"}
    root = etree.fromstring(read_parts(out)["word/document.xml"])
    space = "{http://www.w3.org/XML/1998/namespace}space"
    assert [(q.text, q.get(space)) for q in root.iter(f"{W}t")] == [
        (" ", "preserve"), ("甲", None), (" 乙 ", "preserve"),
    ]  # fmt: skip


class TestBeside:
    def marked(self, tmp_path: Path, *blocks: str, **related: str) -> tuple[str, list[int]]:
        source = zipped(tmp_path / "memo.docx", parts(*blocks, related=related))
        text = read_document(source)
        out, ids = marked(source, [Span(text.index("丙"), text.index("丙") + 2)])
        unchanged(source, out)
        return out, ids

    def reference(self, out: str, id_: int) -> str:
        """What stands between the two marks."""
        root = etree.fromstring(read_parts(out)["word/document.xml"])
        (start,) = root.iterfind(f".//{W}commentRangeStart[@{W}id='{id_}']")
        run, end = list(start.itersiblings())[:2]
        assert (run.tag, end.tag) == (f"{W}r", f"{W}commentRangeEnd")
        return " ".join(etree.QName(e).localname for e in run if e.tag != f"{W}rPr")

    @pytest.mark.parametrize("kind", ["footnote", "endnote"])
    def test_notes(self, tmp_path: Path, kind: str) -> None:
        refer = f'<w:{kind}Reference w:id="1"/>'
        out, (id_,) = self.marked(
            tmp_path, p(r("文", refer, "后", format_="<w:b/>")),
            **{f"{kind}s": notes_xml(kind, {1: p("甲丙丁")})},
        )  # fmt: skip
        assert anchors(out) == {id_: ""}
        assert self.reference(out, id_) == f"{kind}Reference"

    def test_boxes(self, tmp_path: Path) -> None:
        out, (id_,) = self.marked(tmp_path, p("文", r(box(p("甲", r(box(p("丙丁"))))))))
        assert self.reference(out, id_) == "AlternateContent"

    def test_the_comment_quotes_them(self, tmp_path: Path, knowledge: Knowledge) -> None:
        refer = r('<w:footnoteReference w:id="1"/>')
        related = {"footnotes": notes_xml("footnote", {1: p(WRONG)})}
        source = zipped(tmp_path / "memo.docx", parts(p("今天开会。", refer), related=related))
        text = commented(source, knowledge)[0][1]
        assert text.splitlines()[0] == "脚注中的“每季度”"


def commented(source: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    """A document checked and marked: what each comment covers and says."""
    document = open_document(source)
    result = check(document.text, knowledge)
    out = source.removesuffix(".docx") + "-out.docx"
    count = write_marked(document, result, out)
    unchanged(source, out)
    covers = anchors(out)
    found = [
        (covers[c.comment_id], c.text) for c in docx.Document(out).comments if c.author == AUTHOR
    ]
    assert len(found) == count
    return found


class TestFindings:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param(
                WRONG,
                [("每季度", "与条文不符：第十七条规定的是每月至少1次，不是每季度。\n"
                  "正确：每月\n条款：第十七条")],
                id="simplified",
            ),
            pytest.param(
                "旗縣黨委政法委員會每季度至少分析研判1次本轄區社會穩定形勢。",
                [("每季度", "與條文不符：第十七條規定的是每月至少1次，不是每季度。\n"
                  "正確：每月\n條款：第十七條")],
                id="traditional",
            ),
            pytest.param(
                "Banner commissions shall assess social stability at least once a quarter.",
                [("once a quarter", 'Contradicted: Article 17 says "at least once a month", not '
                  '"once a quarter".\nCorrect: at least once a month\nProvision: Article 17')],
                id="english",
            ),
            pytest.param(RIGHT, [], id="supported"),
            pytest.param("今天开会。", [], id="no-claim"),
        ],
    )  # fmt: skip
    def test_comments(
        self, tmp_path: Path, knowledge: Knowledge, text: str, expected: list[tuple[str, str]]
    ) -> None:
        source = zipped(tmp_path / "memo.docx", parts(p(text[:20], text[20:])))
        assert commented(source, knowledge) == expected

    def test_unverifiable(self, tmp_path: Path, knowledge: Knowledge) -> None:
        source = zipped(tmp_path / "memo.docx", parts(p("根据公安部的规定，应当在5日内备案。")))
        ((words, text),) = commented(source, knowledge)
        assert words == "5日内"
        assert text.startswith("无法核对：")

    def test_every_finding_has_its_words(self, tmp_path: Path, knowledge: Knowledge) -> None:
        made = docx.Document()
        made.add_heading("研判", 1)
        paragraph = made.add_paragraph()
        for character in WRONG:  # each in a run of its own, as after spell checking
            paragraph.add_run(character).italic = True
        grid = made.add_table(2, 2)
        for cell, text in zip(grid._cells, ["主体", "要求", "盟市", WRONG], strict=True):
            cell.text = text
        made.save(str(tmp_path / "memo.docx"))
        source = str(tmp_path / "memo.docx")
        result = check(read_document(source), knowledge)
        wrong = [f.text for f in result.findings if f.verdict in ("contradicted", "unverifiable")]
        assert wrong.count("每季度") >= 2
        assert [words for words, _ in commented(source, knowledge)] == wrong


class TestExisting:
    """What is already there survives."""

    def test_comments(self, tmp_path: Path) -> None:
        range_ = (
            '<w:commentRangeStart w:id="{0}"/>' + r("{1}")
            + '<w:commentRangeEnd w:id="{0}"/>' + r('<w:commentReference w:id="{0}"/>')
        )  # fmt: skip
        blocks = [p(range_.format(3, "甲乙"), range_.format(0, "丙丁"))]
        comments = {"comments": comments_xml({3: "旧一", 0: "旧二"})}
        source = zipped(tmp_path / "memo.docx", parts(*blocks, related=comments))
        out, ids = marked(source, [Span(1, 3), Span(0, 2)])
        unchanged(source, out)
        assert ids == [1, 2]
        assert anchors(out) == {3: "甲乙", 0: "丙丁", 1: "乙丙", 2: "甲乙"}
        texts = {c.comment_id: (c.author, c.text) for c in docx.Document(out).comments}
        assert texts[3] == ("某人", "旧一")
        assert texts[1] == (AUTHOR, "注")

    def test_anchors_whose_comment_is_gone(self, tmp_path: Path) -> None:
        orphan = '<w:commentRangeStart w:id="0"/>' + r("甲") + '<w:commentRangeEnd w:id="0"/>'
        source = zipped(tmp_path / "memo.docx", parts(p(orphan, "乙")))
        assert marked(source, [Span(1, 2)])[1] == [1]

    def test_lists_that_name_comments_now_gone(self, tmp_path: Path) -> None:
        found = parts(p("甲"), related={"comments": comments_xml({})})
        del found["word/comments.xml"]
        source = zipped(tmp_path / "memo.docx", found)
        out, (id_,) = marked(source, [Span(0, 1)])
        assert anchors(out) == {id_: "甲"}
        types = read_parts(out)["[Content_Types].xml"].decode()
        assert types.count("/word/comments.xml") == 1
        assert read_parts(out)["word/_rels/document.xml.rels"].decode().count("/comments") == 1
        assert len(list(docx.Document(out).comments)) == 1

    def test_an_unrelated_part_of_that_name(self, tmp_path: Path) -> None:
        more = {"word/comments.xml": "<other/>"}
        source = zipped(tmp_path / "memo.docx", parts(p("甲"), more=more))
        document = open_document(source)
        out = tmp_path / "out.docx"
        out.write_bytes(mark(document, [Remark(Span(0, 1), "注")]))
        assert read_parts(out)["word/comments.xml"] == b"<other/>"
        assert [c.text for c in docx.Document(str(out)).comments] == ["注"]

    def test_every_other_part(self, tmp_path: Path) -> None:
        more: dict[str, str | bytes] = {
            "word/media/image1.png": os.urandom(1000),
            "customXml/item1.xml": "<x>\r\n <y/></x>",
            "word/header1.xml": main_xml(p("页眉")),
            "docProps/core.xml": "<core/>",
            "word/embeddings/a.bin": b"\0\1",
            "word/broken.xml": "<not<xml",
        }
        source = zipped(tmp_path / "memo.docx", parts(p("甲乙丙"), more=more))
        unchanged(source, marked(source, [Span(1, 2)])[0])

    def test_a_real_template(self, tmp_path: Path) -> None:
        made = docx.Document()
        made.add_heading("题", 0)
        made.add_paragraph("甲乙丙丁", "List Number")
        made.sections[0].header.paragraphs[0].text = "页眉"
        source = str(tmp_path / "memo.docx")
        made.save(source)
        out, (id_,) = marked(source, [Span(3, 5)])
        unchanged(source, out)
        assert anchors(out) == {id_: "乙丙"}

    def test_no_relations_yet(self, tmp_path: Path) -> None:
        found = parts(p("甲"))
        del found["word/_rels/document.xml.rels"]
        source = zipped(tmp_path / "memo.docx", found)
        out, _ = marked(source, [Span(0, 1)])
        assert [c.text for c in docx.Document(out).comments] == ["注"]

    def test_nothing_to_say(self, tmp_path: Path) -> None:
        source = zipped(tmp_path / "memo.docx", parts(p("甲")))
        out, ids = marked(source, [])
        assert ids == []
        assert read_parts(out) == read_parts(source)


class TestRefused:
    def refused(self, source: str) -> str:
        document = open_document(source)
        with pytest.raises(DocumentError) as caught:
            mark(document, [Remark(Span(0, 1), "注")])
        message = str(caught.value)
        assert "\n" not in message
        assert message.startswith(source)
        return message

    def test_plain_text(self, tmp_path: Path) -> None:
        (tmp_path / "memo.txt").write_text("甲")
        assert "is not a Word document" in self.refused(str(tmp_path / "memo.txt"))

    def test_no_words(self, tmp_path: Path) -> None:
        source = zipped(tmp_path / "memo.docx", parts(p()))
        assert "has no words to comment on" in self.refused(source)

    def test_bare_package(self, tmp_path: Path) -> None:
        source = zipped(tmp_path / "memo.docx", {"word/document.xml": main_xml(p("甲"))})
        assert "lacks [Content_Types].xml" in self.refused(source)

    @pytest.mark.parametrize("xml", ["<x/>", "<x>", "<!DOCTYPE x><x/>"])
    def test_broken_comments(self, tmp_path: Path, xml: str) -> None:
        source = zipped(tmp_path / "memo.docx", parts(p("甲"), related={"comments": xml}))
        assert "word/comments.xml" in self.refused(source)

    def test_more_than_word_opens(self, tmp_path: Path) -> None:
        old = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in range(MOST_COMMENTS))
        source = zipped(tmp_path / "memo.docx", parts(p(old, "甲")))
        assert f"would get more than {MOST_COMMENTS} comments" in self.refused(source)


class TestWriting:
    @pytest.fixture
    def source(self, tmp_path: Path) -> str:
        return zipped(tmp_path / "memo.docx", parts(p("甲")))

    @pytest.mark.parametrize(
        ("out", "told"),
        [
            pytest.param("marked.txt", "does not end in .docx", id="suffix"),
            pytest.param("-", "does not end in .docx", id="standard-output"),
            pytest.param("memo.docx", "is the document itself", id="itself"),
            pytest.param("./x/../memo.docx", "is the document itself", id="itself-by-detour"),
            pytest.param("link.docx", "is the document itself", id="itself-by-link"),
            pytest.param("folder.docx", "is a folder", id="folder"),
            pytest.param("none/marked.docx", "is in a folder that does not exist", id="no-folder"),
            pytest.param("a\0.docx", "is no name for a file", id="impossible"),
        ],
    )
    def test_target(
        self, tmp_path: Path, source: str, out: str, told: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "folder.docx").mkdir()
        (tmp_path / "x").mkdir()
        (tmp_path / "link.docx").symlink_to(source)
        with pytest.raises(DocumentError, match=told):
            check_target(source, out)
        check_target(source, "marked.docx")
        check_target("none.docx", "memo.docx")  # the missing one is told when it is opened

    def test_whole_or_not_at_all(self, tmp_path: Path) -> None:
        target = tmp_path / "marked.docx"
        write(target, b"new")
        write(target, b"newer")
        assert target.read_bytes() == b"newer"
        assert list(tmp_path.iterdir()) == [target]
        assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~_umask()
        (tmp_path / "folder").mkdir()
        for bad in (tmp_path / "none" / "a.docx", tmp_path / "folder", tmp_path / ("长" * 200)):
            with pytest.raises(DocumentError, match="cannot be written"):
                write(bad, b"x")
        assert sorted(q.name for q in tmp_path.iterdir()) == ["folder", "marked.docx"]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


# ── any document, any spans ─────────────────────────────────────────────────────────────

TEXTS = st.text(st.sampled_from("甲乙丙 𠮷a<&é\u3000"), min_size=0, max_size=5)
RUNS = st.builds(
    lambda content, format_: r(*content, format_=format_),
    st.lists(
        st.one_of(TEXTS.filter(lambda text: not text.startswith("<")), st.sampled_from([
            "<w:tab/>", "<w:br/>", "<w:noBreakHyphen/>", "<w:lastRenderedPageBreak/>",
            "<w:delText>删</w:delText>", '<w:footnoteReference w:id="1"/>', box(p("盒子")),
        ])),
        max_size=4,
    ),
    st.sampled_from(["", "<w:b/>", "<w:i/><w:color w:val='FF0000'/>"]),
)  # fmt: skip
INLINE = st.one_of(
    RUNS,
    st.builds(
        lambda around, inner: around.replace("…", "".join(inner)),
        st.sampled_from([
            '<w:hyperlink r:id="x">…</w:hyperlink>', '<w:ins w:id="1">…</w:ins>',
            '<w:del w:id="2">…</w:del>', "<w:sdt><w:sdtPr/><w:sdtContent>…</w:sdtContent></w:sdt>",
            "<w:smartTag>…</w:smartTag>", '<w:fldSimple w:instr="X">…</w:fldSimple>',
            '<w:bookmarkStart w:id="4"/>…<w:bookmarkEnd w:id="4"/>',
        ]),
        st.lists(RUNS, max_size=2),
    ),
)  # fmt: skip
PARAGRAPHS = st.builds(
    lambda content, style: p(*content, style=style),
    st.lists(INLINE, max_size=4), st.sampled_from(["", "", "1"]),
)  # fmt: skip


def tables(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cells = st.lists(inner, min_size=1, max_size=2).map(lambda blocks: tc(*blocks))
    rows = st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1, max_size=2)
    return rows.map(lambda made: table(*made))


BLOCKS = st.recursive(PARAGRAPHS, tables, max_leaves=4)


# A nested table is read after its row: a span over both is no stretch of the document.
NESTED = re.compile("<w:tc>(?:(?!</w:tc>).)*<w:tbl>")


def _within_a_line(text: str, start: int, end: int) -> Span:
    """As findings lie: a nested table is read after the row that holds it in the file."""
    stop = text.find("\n", start, end)
    return Span(start, end if stop < 0 else stop)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(BLOCKS, min_size=1, max_size=4), st.data())
def test_any_spans_in_any_document(tmp_path: Path, blocks: list[str], data: st.DataObject) -> None:
    related = {"footnotes": notes_xml("footnote", {1: p("脚注甲")})}
    source = zipped(tmp_path / "any.docx", parts(*blocks, related=related))
    document = open_document(source)
    word = document.word
    assert word is not None
    for piece in word.pieces:
        name = etree.QName(piece.node).localname
        text = piece.span.of(word.text)
        assert text == (piece.node.text if name == "t" else text)
        assert len(text) == 1 or name == "t"
    if not word.pieces:
        return
    numbers = st.integers(0, len(word.text))
    ends = data.draw(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6))
    spans = [_within_a_line(word.text, min(pair), max(pair)) for pair in ends]
    out, ids = marked(source, spans)
    unchanged(source, out)
    covers = anchors(out)
    for span, id_ in zip(spans, ids, strict=True):
        expected = shown(word, span)
        if expected:
            # Main text only: what a box holds stands inside it, and may hide in its XML.
            boxes = covers[id_].replace("盒子", "").replace("\t", "\n")
            assert boxes == expected.replace("\t", "\n")
    assert [c.text for c in docx.Document(out).comments] == ["注"] * len(spans)


def test_marking_twice_adds_to_it(tmp_path: Path) -> None:
    source = zipped(tmp_path / "memo.docx", parts(p(WORDS)))
    once, first = marked(source, [Span(1, 4)])
    twice, second = marked(once, [Span(2, 6)])
    unchanged(once, twice)
    assert anchors(twice) == {first[0]: "乙丙丁", second[0]: "丙丁戊己"}


def test_many_comments(tmp_path: Path) -> None:
    source = zipped(tmp_path / "memo.docx", parts(*[p(WORDS)] * 300))
    spans = [Span(9 * n + 2, 9 * n + 5) for n in range(300)]
    out, ids = marked(source, spans)
    assert list(anchors(out).values()) == ["丙丁戊"] * 300
    assert len(ids) == 300
