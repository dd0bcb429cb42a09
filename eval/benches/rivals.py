"""What is measured side by side, all with one embedder and one index.

* ``ours``: :meth:`Assistant.ask` without a language model, question with its history;
* ``stock``: the retriever of LlamaIndex's ``VectorStoreIndex`` over FAISS, as its
  documentation builds it: the five nearest of the passages that ours searches too;
* ``embedding``: the question's vector alone, which neither of the others can do without.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import faiss
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.schema import TextNode
from llama_index.vector_stores.faiss import FaissVectorStore
from pydantic import PrivateAttr

from assistant.knowledge import Knowledge
from eval.benches.delegate import Delegating
from index.embed import Embedder, Vectors
from index.regulation import ProvisionId
from index.store import Collection

__all__ = ["Remembering", "SharedEmbedding", "StockRetriever"]


class SharedEmbedding(BaseEmbedding):
    """Our embedder as LlamaIndex wants it."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.model_id)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._embedder.embed_queries([query])[0].tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors


class Remembering(Delegating):
    """An embedder that embeds no question twice: for comparing quality, never time."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder)
        self._known: dict[tuple[str, ...], Vectors] = {}

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = super().embed_queries(texts)
        return self._known[key]


class StockRetriever:
    """LlamaIndex's retriever over the passages of ``collections``."""

    def __init__(
        self,
        collections: Sequence[Collection],
        embedder: Embedder,
        knowledge: Knowledge,
        k: int = 5,
    ) -> None:
        nodes: list[TextNode] = []
        self._provision: dict[str, ProvisionId] = {}
        for collection in collections:
            for place, node in enumerate(collection.nodes()):
                key = node.id_
                # Two passages of one rule share a key; LlamaIndex keeps one node per id.
                node.id_ = f"{key}#{place}"
                # The vectors of our index: the same embedder has made them of the same text.
                node.embedding = collection.store.client.reconstruct(place).tolist()
                self._provision[node.id_] = (
                    ProvisionId.parse(key)
                    if collection.name == "provisions"
                    else knowledge.rules.get(key).provision
                )
                nodes.append(node)
        store = FaissVectorStore(faiss.IndexFlatIP(embedder.dimension))
        index = VectorStoreIndex(
            nodes,
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=SharedEmbedding(embedder),
        )
        self._size = len(nodes)
        self._retriever: BaseRetriever = index.as_retriever(similarity_top_k=min(k, self._size))

    def __len__(self) -> int:
        return self._size

    def retrieve(self, question: str) -> list[Any]:
        """The nearest nodes with their scores: what is timed."""
        return list(self._retriever.retrieve(question))

    def provisions(self, question: str) -> list[ProvisionId]:
        """Where the nearest nodes stand in the regulation, best first."""
        return [self._provision[found.node.node_id] for found in self.retrieve(question)]
