"""The vector index on disk: FAISS behind LlamaIndex, with a manifest that proves it.

A folder holds generations and a pointer::

    <folder>/current            name of the generation in use (one line)
    <folder>/<generation>/manifest.json   written last: hashes of everything else
                          provisions.faiss  rules.faiss  passages.json
    <folder>/new-<id>/          a generation that is being written
    <folder>/new-<id>.lock      held by the process that writes it
    <folder>/switch.lock        held while the pointer is switched

FAISS's own persistence is neither atomic nor guarded against flipped bits, so every file
is written and flushed first, the manifest with their SHA-256 after them, and the pointer
is switched in one step. Loading verifies the bytes and only then deserialises those bytes.

Several builds may run at once; the last to finish stays. Each removes what no process
holds: older generations, and what a build that was killed left behind.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embed import Embedder, Vectors
from index.errors import CorruptIndexError, MissingIndexError, StaleIndexError
from index.nodes import Passage

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.faiss import FaissVectorStore

__all__ = ["FORMAT", "Collection", "Fingerprint", "VectorIndex", "build_index", "load_index"]

FORMAT = 1
"""Version of the layout above; another version is stale."""

REMEDY = "run: python -m index build"

_COLLECTIONS = ("provisions", "rules")
_GENERATION, _UNFINISHED = "gen-", "new-"
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an index was built from; any difference makes it stale."""

    regulation: str
    source_sha256: str
    rules_sha256: str
    model: str
    dimension: int
    format: int = FORMAT

    def differences(self, other: Fingerprint) -> list[str]:
        """Names of the fields that differ."""
        mine, theirs = asdict(self), asdict(other)
        return [name for name in mine if mine[name] != theirs[name]]


class Collection:
    """Passages with their vectors, searchable; one of the two that an index holds."""

    def __init__(self, name: str, passages: Sequence[Passage], store: FaissVectorStore) -> None:
        self.name = name
        self.passages = tuple(passages)
        self.store = store

    def __len__(self) -> int:
        return len(self.passages)

    def nodes(self) -> list[TextNode]:
        """The passages as LlamaIndex nodes whose id is the passage's key."""
        from llama_index.core.schema import TextNode  # noqa: PLC0415  (costs a second)

        return [TextNode(id_=p.key, text=p.text) for p in self.passages]

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The ``k`` nearest keys with their cosine similarity, best first, each key once."""
        # FaissVectorStore.query() would turn the vector into a list and back: the client
        # is the same FAISS index.
        scores, places = self.store.client.search(vector.reshape(1, -1), min(2 * k, len(self)))
        best: dict[str, float] = {}
        for score, place in zip(scores[0].tolist(), places[0].tolist(), strict=True):
            if place >= 0:
                best.setdefault(self.passages[place].key, score)
        return list(best.items())[:k]


@dataclass(frozen=True)
class VectorIndex:
    """A loaded index."""

    fingerprint: Fingerprint
    provisions: Collection
    rules: Collection


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _embed(
    embedder: Embedder, passages: Sequence[Passage], progress: Callable[[int], None]
) -> Vectors:
    parts = []
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        parts.append(embedder.embed_passages([p.text for p in batch]))
        progress(len(batch))
    if not parts:
        return np.empty((0, embedder.dimension), dtype=np.float32)
    return np.concatenate(parts)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def build_index(
    folder: Path,
    fingerprint: Fingerprint,
    passages: Mapping[str, Sequence[Passage]],
    embedder: Embedder,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Embed ``passages`` (keys: provisions, rules) and switch ``folder`` to the new generation.

    A reader at any moment sees the old index or the new one, whole. ``progress`` is called
    with the number of passages just embedded. Older generations are removed afterwards.
    """
    from filelock import FileLock  # noqa: PLC0415  (builds only)

    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{_UNFINISHED}{uuid.uuid4().hex[:12]}"
    with FileLock(_lock_of(unfinished)):
        try:
            unfinished.mkdir()
            _write_generation(unfinished, fingerprint, passages, embedder, progress)
            with FileLock(folder / "switch.lock"):
                _switch(folder, unfinished)
                _clean(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)  # not there any more if all went well
            _lock_of(unfinished).unlink(missing_ok=True)


def _lock_of(unfinished: Path) -> Path:
    return unfinished.with_name(f"{unfinished.name}.lock")


def _write_generation(
    target: Path,
    fingerprint: Fingerprint,
    passages: Mapping[str, Sequence[Passage]],
    embedder: Embedder,
    progress: Callable[[int], None],
) -> None:
    import faiss  # noqa: PLC0415  (0.2 s)

    files: dict[str, bytes] = {}
    for name in _COLLECTIONS:
        index = faiss.IndexFlatIP(fingerprint.dimension)
        index.add(_embed(embedder, passages[name], progress))
        files[f"{name}.faiss"] = faiss.serialize_index(index).tobytes()
    listing = {n: [[p.key, p.text] for p in passages[n]] for n in _COLLECTIONS}
    files["passages.json"] = json.dumps(listing, ensure_ascii=False).encode()
    for name, data in files.items():
        _write(target / name, data)
    manifest = {
        **asdict(fingerprint),
        "files": {name: _sha256(data) for name, data in files.items()},
    }
    _write(target / "manifest.json", json.dumps(manifest, indent=1).encode())
    _sync_folder(target)


def _switch(folder: Path, unfinished: Path) -> None:
    """Make the written generation the one in use."""
    generation = unfinished.name.replace(_UNFINISHED, _GENERATION, 1)
    unfinished.rename(folder / generation)
    pointer = folder / "current.new"
    _write(pointer, generation.encode())
    pointer.replace(folder / "current")
    _sync_folder(folder)


def _clean(folder: Path) -> None:
    """Remove older generations and what dead builds left behind."""
    from filelock import FileLock, Timeout  # noqa: PLC0415

    used = (folder / "current").read_text(encoding="utf-8")
    for old in folder.glob(f"{_GENERATION}*"):
        if old.name != used and old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
    for lock in folder.glob(f"{_UNFINISHED}*.lock"):
        try:
            with FileLock(lock, blocking=False):
                shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
                lock.unlink(missing_ok=True)
        except Timeout:
            pass  # its process lives


def load_index(folder: Path, expected: Fingerprint) -> VectorIndex:
    """The index of ``folder``, verified byte by byte against its manifest and ``expected``.

    Raises :class:`MissingIndexError`, :class:`StaleIndexError` (naming what differs) or
    :class:`CorruptIndexError`; each message names the command that mends it.
    """
    target = _current(folder)
    while True:
        try:
            return _load_generation(target, expected)
        except CorruptIndexError:
            # A build that ended meanwhile has removed the files under our hands.
            if (now := _current(folder)) == target:
                raise
            target = now


def _current(folder: Path) -> Path:
    try:
        return folder / (folder / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise MissingIndexError(f"{folder}: no index has been built; {REMEDY}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CorruptIndexError(f"{folder}: {error}; {REMEDY} --force") from error


def _read_manifest(target: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((target / "manifest.json").read_bytes())
        if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
            raise ValueError("not a manifest")
    except (OSError, ValueError) as error:
        raise CorruptIndexError(
            f"{target}: manifest cannot be read ({error}); {REMEDY} --force"
        ) from error
    return manifest


def _load_generation(target: Path, expected: Fingerprint) -> VectorIndex:
    import faiss  # noqa: PLC0415
    from llama_index.vector_stores.faiss import FaissVectorStore  # noqa: PLC0415

    manifest = _read_manifest(target)
    files: dict[str, str] = manifest.pop("files")
    try:
        found = Fingerprint(**manifest)
    except TypeError:
        raise StaleIndexError(f"{target}: built by another version; {REMEDY}") from None
    if differences := expected.differences(found):
        raise StaleIndexError(f"{target}: built from another {', '.join(differences)}; {REMEDY}")
    data: dict[str, bytes] = {}
    for name in (*(f"{c}.faiss" for c in _COLLECTIONS), "passages.json"):
        try:
            data[name] = (target / name).read_bytes()
        except OSError as error:
            raise CorruptIndexError(f"{target / name}: {error}; {REMEDY} --force") from error
        if _sha256(data[name]) != files.get(name):
            raise CorruptIndexError(
                f"{target / name}: bytes differ from the manifest; {REMEDY} --force"
            )
    listing = json.loads(data["passages.json"])
    collections = {
        name: Collection(
            name,
            [Passage(key, text) for key, text in listing[name]],
            FaissVectorStore(
                faiss.deserialize_index(np.frombuffer(data[f"{name}.faiss"], dtype=np.uint8))
            ),
        )
        for name in _COLLECTIONS
    }
    return VectorIndex(found, collections["provisions"], collections["rules"])
