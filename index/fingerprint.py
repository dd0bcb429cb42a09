"""What an index is built from, as hashes: text, rule table, model, format."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.embed import Embedder
from index.parse import REGULATIONS
from index.store import Fingerprint

__all__ = ["fingerprint_of", "text_and_rules"]


def text_and_rules(regulation: str, folder: Path | None = None) -> tuple[str, str]:
    """SHA-256 of the text with its meta data, and of the rule table with its actors."""
    home = folder or REGULATIONS / regulation
    return _digest(home, "source.txt", "meta.yaml"), _digest(home, "rules.yaml", "actors.yaml")


def _digest(folder: Path, *names: str) -> str:
    digest = hashlib.sha256()
    for name in names:
        data = (folder / name).read_bytes()
        digest.update(f"{name}:{len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def fingerprint_of(regulation: str, embedder: Embedder) -> Fingerprint:
    """The fingerprint that an index built now would have."""
    source, rules = text_and_rules(regulation)
    return Fingerprint(regulation, source, rules, embedder.model_id, embedder.dimension)
