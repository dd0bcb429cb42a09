"""The index on disk: atomic, verified, equal to brute force."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.cases import BUNDLED, Question, load_cases
from index.embed import Embedder, Vectors
from index.errors import CorruptIndexError, MissingIndexError, StaleIndexError
from index.nodes import Passage
from index.store import Fingerprint, VectorIndex, build_index, load_index

PASSAGES = {
    "provisions": [Passage(f"r/art_{n}", f"第{n}条 内容{n}") for n in range(1, 9)],
    "rules": [Passage("r1.1", "陈述"), Passage("r1.1", "statement"), Passage("r2.1", "另一条")],
}


class FakeEmbedder:
    """Vectors from a seeded generator, by text: no model needed."""

    model_id = "fake"
    dimension = 16

    def _of(self, text: str) -> Vectors:
        seed = int.from_bytes(text.encode()[-8:].rjust(8, b"\0"), "big") % (2**32)
        raw = np.random.default_rng(seed).normal(size=self.dimension).astype(np.float32)
        return np.asarray(raw / np.linalg.norm(raw), dtype=np.float32)

    def embed_queries(self, texts: list[str]) -> Vectors:
        return np.stack([self._of(t) for t in texts])

    embed_passages = embed_queries


FINGERPRINT = Fingerprint("r", "aa", "bb", "fake", 16)


def _build(folder: Path, fingerprint: Fingerprint = FINGERPRINT) -> None:
    embedder: Embedder = FakeEmbedder()  # type: ignore[assignment]
    build_index(folder, fingerprint, PASSAGES, embedder)


def test_round_trip(tmp_path: Path) -> None:
    _build(tmp_path)
    index = load_index(tmp_path, FINGERPRINT)
    assert len(index.provisions) == 8
    query = FakeEmbedder().embed_queries(["第3条 内容3"])[0]
    assert index.provisions.search(query, 1)[0][0] == "r/art_3"
    assert [n.id_ for n in index.provisions.nodes()][:2] == ["r/art_1", "r/art_2"]


def test_a_key_with_two_passages_is_found_once(tmp_path: Path) -> None:
    _build(tmp_path)
    index = load_index(tmp_path, FINGERPRINT)
    found = index.rules.search(FakeEmbedder().embed_queries(["statement"])[0], 3)
    assert sorted(key for key, _ in found) == ["r1.1", "r2.1"]
    assert found[0][0] == "r1.1"
    assert found[0][1] == pytest.approx(1, abs=1e-5)


def test_nothing_built(tmp_path: Path) -> None:
    with pytest.raises(MissingIndexError, match="python -m index build"):
        load_index(tmp_path, FINGERPRINT)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source_sha256", "x"),
        ("rules_sha256", "x"),
        ("model", "x"),
        ("dimension", 3),
        ("format", 9),
    ],
)
def test_stale(tmp_path: Path, field: str, value: object) -> None:
    _build(tmp_path)
    with pytest.raises(StaleIndexError, match=f"another {field}; run: python -m index build"):
        load_index(tmp_path, replace(FINGERPRINT, **{field: value}))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["provisions.faiss", "rules.faiss", "passages.json"])
@pytest.mark.parametrize("damage", ["truncate", "flip", "remove"])
def test_damage_is_noticed(tmp_path: Path, name: str, damage: str) -> None:
    _build(tmp_path)
    (file,) = tmp_path.glob(f"gen-*/{name}")
    data = bytearray(file.read_bytes())
    if damage == "remove":
        file.unlink()
    else:
        if damage == "flip":
            data[len(data) // 2] ^= 1
        file.write_bytes(data[: len(data) // 2] if damage == "truncate" else data)
    with pytest.raises(CorruptIndexError, match="--force"):
        load_index(tmp_path, FINGERPRINT)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_single_flipped_bit_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("index")
    _build(folder)
    files = sorted(p for p in folder.glob("gen-*/*") if p.name != "manifest.json")
    file = data.draw(st.sampled_from(files))
    raw = bytearray(file.read_bytes())
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << (bit % 8)
    file.write_bytes(raw)
    with pytest.raises(CorruptIndexError):
        load_index(folder, FINGERPRINT)


def test_broken_manifest_and_pointer(tmp_path: Path) -> None:
    _build(tmp_path)
    (manifest,) = tmp_path.glob("gen-*/manifest.json")
    manifest.write_text("{")
    with pytest.raises(CorruptIndexError, match="manifest cannot be read"):
        load_index(tmp_path, FINGERPRINT)
    (tmp_path / "current").write_text("gen-nowhere")
    with pytest.raises(CorruptIndexError):
        load_index(tmp_path, FINGERPRINT)


def test_a_failed_build_leaves_the_old_index(tmp_path: Path) -> None:
    _build(tmp_path)

    class Failing(FakeEmbedder):
        def embed_passages(self, _: list[str]) -> Vectors:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(tmp_path, FINGERPRINT, PASSAGES, Failing())  # type: ignore[arg-type]
    assert len(load_index(tmp_path, FINGERPRINT).provisions) == 8
    assert len(list(tmp_path.glob("gen-*"))) == 1


def test_rebuilding_removes_the_old_generation(tmp_path: Path) -> None:
    _build(tmp_path)
    _build(tmp_path)
    assert len(list(tmp_path.glob("gen-*"))) == 1


# -- several processes --------------------------------------------------------------------

_BUILDS = """
import sys, time
from pathlib import Path
import numpy as np
from index.nodes import Passage
from index.store import Fingerprint, build_index

folder, name, builds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

class Waiting:
    model_id, dimension = "fake", 16
    def embed_passages(self, texts):
        folder.with_name(f"{name}-started").touch()
        while not folder.with_name(f"{name}-may-end").exists():
            time.sleep(0.01)
        return np.eye(16, dtype=np.float32)[: len(texts)]

passages = [Passage(name, name)]
for _ in range(builds):
    build_index(folder, Fingerprint("r", "aa", "bb", "fake", 16),
                {"provisions": passages, "rules": passages}, Waiting())
"""
_ROOT = Path(__file__).resolve().parents[2]


class Builder:
    """Builds by another process into ``folder``; they end once they may."""

    def __init__(self, folder: Path, name: str, builds: int = 1) -> None:
        self._folder, self._name = folder, name
        self.process = subprocess.Popen(
            [sys.executable, "-c", _BUILDS, str(folder), name, str(builds)], cwd=_ROOT
        )

    def started(self) -> Builder:
        deadline = time.monotonic() + 60
        while not self._folder.with_name(f"{self._name}-started").exists():
            assert self.process.poll() is None, "the build ended by itself"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return self

    def let_end(self) -> Builder:
        self._folder.with_name(f"{self._name}-may-end").touch()
        return self

    def ended(self) -> int:
        return self.process.wait(timeout=60)


def _stands(folder: Path) -> tuple[str, list[str]]:
    """What is in use, and whatever else lies there but locks."""
    index = load_index(folder, FINGERPRINT)
    names = sorted(p.name for p in folder.iterdir())
    used = (folder / "current").read_text()
    assert used in names
    return index.rules.passages[0].key, [
        n for n in names if n not in (used, "current", "switch.lock")
    ]


def test_two_builds_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    slow = Builder(folder, "slow").started()
    quick = Builder(folder, "quick").let_end()
    assert quick.ended() == 0
    key, others = _stands(folder)
    assert key == "quick"
    assert len(others) == 2  # the slow one's folder and its lock
    assert slow.let_end().ended() == 0
    assert _stands(folder) == ("slow", [])


def test_what_a_killed_build_leaves_is_removed_by_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    killed = Builder(folder, "killed").started()
    killed.process.kill()
    assert killed.ended() != 0
    assert len(list(folder.glob("new-*"))) == 2
    assert Builder(folder, "next").let_end().ended() == 0
    assert _stands(folder) == ("next", [])


def test_a_reader_sees_the_old_index_or_the_new_one(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    _build(folder)
    builders = [Builder(folder, name, builds=40).let_end() for name in ("a", "b")]
    loaded = set[str]()
    while any(builder.process.poll() is None for builder in builders):
        loaded.add(load_index(folder, FINGERPRINT).rules.passages[0].key)
    assert [builder.ended() for builder in builders] == [0, 0]
    assert len(loaded) > 1
    assert _stands(folder)[1] == []


def test_faiss_equals_brute_force_on_the_regulation(
    vector_index: VectorIndex, embedder: Embedder
) -> None:
    """All questions of the bundled cases, against a plain matrix product."""
    questions = [case.question for case in load_cases(BUNDLED[0]) if isinstance(case, Question)]
    assert len(questions) >= 200
    for collection in (vector_index.provisions, vector_index.rules):
        matrix = embedder.embed_passages([p.text for p in collection.passages])
        for question in questions:
            vector = embedder.embed_queries([question])[0]
            best: dict[str, float] = {}
            for passage, score in zip(collection.passages, (matrix @ vector).tolist(), strict=True):
                best[passage.key] = max(score, best.get(passage.key, -1.0))
            found = collection.search(vector, 5)
            # Keys of equal scores may change places: compare what each place scores.
            assert [s for _, s in found] == pytest.approx(
                sorted(best.values(), reverse=True)[: len(found)], abs=1e-4
            )
            assert [best[key] for key, _ in found] == pytest.approx([s for _, s in found], abs=1e-4)
