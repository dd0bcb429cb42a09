"""An embedder around another one."""

from __future__ import annotations

from collections.abc import Sequence

from index.embed import Embedder, Vectors

__all__ = ["Delegating"]


class Delegating:
    """Does as ``embedder`` does; a subclass changes what it measures or remembers."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def model_id(self) -> str:
        return self._embedder.model_id

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_passages(texts)
