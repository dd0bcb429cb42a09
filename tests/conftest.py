"""What many tests share: knowledge, the bundled model, one index, an assistant on it.

All of them are read only and made once a session: embedding the regulation takes most of
a minute on a busy machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Assistant
from assistant.knowledge import Knowledge, load_knowledge
from assistant.rank import Ranker
from index.embed import BundledEmbedder, Embedder, Vectors
from index.fingerprint import fingerprint_of
from index.nodes import provision_passages, rule_passages
from index.store import Fingerprint, VectorIndex, build_index, load_index


class RememberingEmbedder:
    """An embedder that runs each text once: many tests ask the same questions."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._queries: dict[str, Vectors] = {}
        self._passages: dict[str, Vectors] = {}

    @property
    def model_id(self) -> str:
        return self._embedder.model_id

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._remembered(self._queries, self._embedder.embed_queries, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._remembered(self._passages, self._embedder.embed_passages, texts)

    @staticmethod
    def _remembered(
        known: dict[str, Vectors],
        embed: Callable[[Sequence[str]], Vectors],
        texts: Sequence[str],
    ) -> Vectors:
        if missing := [text for text in dict.fromkeys(texts) if text not in known]:
            known.update(zip(missing, embed(missing), strict=True))
        return np.stack([known[text] for text in texts])


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Text, actors and rules of the bundled regulation."""
    return load_knowledge()


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The bundled model."""
    return RememberingEmbedder(BundledEmbedder())


@pytest.fixture(scope="session")
def fingerprint(knowledge: Knowledge, embedder: Embedder) -> Fingerprint:
    """What an index of the bundled regulation must have been built from."""
    return fingerprint_of(knowledge.regulation.id, embedder)


@pytest.fixture(scope="session")
def index_dir(
    tmp_path_factory: pytest.TempPathFactory,
    knowledge: Knowledge,
    embedder: Embedder,
    fingerprint: Fingerprint,
) -> Path:
    """A folder fit for ``TIAOWEN_INDEX_DIR`` with the regulation's index in it. Read only."""
    home = tmp_path_factory.mktemp("index")
    passages = {
        "provisions": list(provision_passages(knowledge.regulation)),
        "rules": list(rule_passages(knowledge.rules)),
    }
    build_index(home / knowledge.regulation.id, fingerprint, passages, embedder)
    return home


@pytest.fixture(scope="session")
def vector_index(index_dir: Path, knowledge: Knowledge, fingerprint: Fingerprint) -> VectorIndex:
    """That index, loaded."""
    return load_index(index_dir / knowledge.regulation.id, fingerprint)


@pytest.fixture(scope="session")
def assistant(knowledge: Knowledge, vector_index: VectorIndex, embedder: Embedder) -> Assistant:
    """An assistant with model and index."""
    ranker = Ranker(knowledge)
    ranker.attach(vector_index, embedder)
    return Assistant(knowledge, ranker)


@pytest.fixture(scope="session")
def lexical_assistant(knowledge: Knowledge) -> Assistant:
    """An assistant whose model is not there (yet)."""
    return Assistant(knowledge, Ranker(knowledge))
