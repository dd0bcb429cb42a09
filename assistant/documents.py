"""Documents to be checked: plain text, Markdown, Word. Bad ones are refused in one line."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from pathlib import Path

from index.errors import DocumentError

__all__ = ["read_document"]

MAX_BYTES = 20_000_000
MAX_UNPACKED = 100_000_000
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What stands for text in a run; None: its own text.
_SHOWN = {
    f"{{{_WORD}}}t": None,
    f"{{{_WORD}}}tab": "\t",
    f"{{{_WORD}}}br": "\n",
    f"{{{_WORD}}}cr": "\n",
}


def read_document(
    name: str, *, max_bytes: int = MAX_BYTES, max_unpacked: int = MAX_UNPACKED
) -> str:
    """The text of a file, or of standard input for ``-``.

    Raises :class:`DocumentError` for what is missing, too large, not UTF-8 or not a
    Word document in spite of its name.
    """
    place = "standard input" if name == "-" else name
    try:
        if name == "-":
            data = sys.stdin.buffer.read(max_bytes + 1)
        else:
            # A pipe's or a device's size is not told before: read up to the limit.
            with Path(name).open("rb") as file:
                data = file.read(max_bytes + 1)
    except IsADirectoryError:
        raise DocumentError(place, "is a folder", "give a file") from None
    except (OSError, ValueError) as error:
        fault = getattr(error, "strerror", None) or error
        raise DocumentError(place, f"cannot be read ({fault})", "check the path") from None
    if len(data) > max_bytes:
        raise DocumentError(place, f"is larger than {_megabytes(max_bytes)}", "split it")
    if name.lower().endswith(".docx"):
        return _docx(place, data, max_unpacked)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            place, f"is not UTF-8 text (byte {error.start})", "save it as UTF-8, .md or .docx"
        ) from None


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size} bytes"


def _docx(place: str, data: bytes, max_unpacked: int) -> str:
    from lxml import etree  # noqa: PLC0415  (only for Word files)

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(i.file_size for i in package.infolist()) > max_unpacked:
                raise DocumentError(
                    place,
                    f"unpacks to more than {_megabytes(max_unpacked)}",
                    "save it anew in Word",
                )
            xml = package.read("word/document.xml")
    # RuntimeError: a password; the last three: a damaged or exotic compression
    except (zipfile.BadZipFile, KeyError, RuntimeError, zlib.error, EOFError, OSError):
        raise DocumentError(
            place, "is not a Word document (.docx)", "save it as .docx without a password"
        ) from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise DocumentError(place, "holds broken XML", "save it anew in Word") from None
    paragraphs = dict.fromkeys(root.iter(f"{{{_WORD}}}p"), "")
    for run in root.iter(f"{{{_WORD}}}r"):
        # The nearest paragraph: a text box stands inside the one that anchors it, and
        # once more as the fallback for old programs.
        home = next(run.iterancestors(f"{{{_WORD}}}p"), None)
        if home is None or next(run.iterancestors(_FALLBACK), None) is not None:
            continue
        for node in run:
            if node.tag in _SHOWN:
                paragraphs[home] += _SHOWN[node.tag] or node.text or ""
    return "\n".join(paragraphs.values())
