"""Where a marked copy goes: never onto the document itself, and whole or not at all."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from index.errors import DocumentError

__all__ = ["check_target", "write"]


def check_target(source: str, out: str) -> None:
    """Refuse a place where no copy of ``source`` can go, before any work is done."""
    path = Path(out)
    if "\0" in out:
        raise DocumentError(out.replace("\0", "\\0"), "is no name for a file", "choose another")
    if source == "-":
        raise DocumentError("standard input", "has no copy to be marked", "give a .docx with --out")
    if path.suffix.lower() != ".docx":
        raise DocumentError(out, "does not end in .docx", "name the copy like marked.docx")
    try:
        folder, same = path.is_dir(), path.exists() and path.samefile(source)
    except FileNotFoundError:
        folder = same = False  # no document: told when it is opened
    except OSError as error:
        raise _unwritable(out, error) from None
    if folder:
        raise DocumentError(out, "is a folder", "name a file in it")
    if same:
        raise DocumentError(out, "is the document itself", "give the copy another name")
    if not path.parent.is_dir():
        raise DocumentError(out, "is in a folder that does not exist", "make the folder first")


def write(path: Path, data: bytes) -> None:
    """Write a file in one step: what stands there before stays until the new one is whole."""
    draft = path.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise _unwritable(str(path), error) from None
    finally:
        draft.unlink(missing_ok=True)


def _unwritable(place: str, error: OSError) -> DocumentError:
    return DocumentError(place, f"cannot be written ({error.strerror})", "check the path")
