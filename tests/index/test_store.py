"""The index on disk: atomic, verified, equal to brute force."""

from __future__ import annotations

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
