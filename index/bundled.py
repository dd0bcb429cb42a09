"""The bundled model as a sentence-transformers module. Importing this costs seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from index.embed import BundledEmbedder, SentenceTransformerEmbedder

__all__ = ["E5Module", "bundled_model"]

# The e5 family's two prefixes. The engine puts them on by itself, so the prompt that
# sentence-transformers passes only tells which side a text is on.
_PROMPTS = {"query": "query: ", "document": "passage: "}


class E5Module(InputModule):
    """Input module around the 4-bit engine: texts in, ``sentence_embedding`` out."""

    def __init__(self, engine: BundledEmbedder) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.engine = engine

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, Any]:
        """Embed already here: the engine tokenises and runs in one call."""
        vectors = self.engine.encode(
            [str(text) for text in inputs], is_query=prompt == _PROMPTS["query"]
        )
        return {"sentence_embedding": torch.from_numpy(vectors.copy())}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        return features

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return self.engine.dimension

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        raise NotImplementedError("the bundled model lives in its package and is not saved")


def bundled_model() -> SentenceTransformerEmbedder:
    """The bundled model behind the sentence-transformers interface."""
    engine = BundledEmbedder()
    model = SentenceTransformer(modules=[E5Module(engine)], prompts=dict(_PROMPTS), device="cpu")
    return SentenceTransformerEmbedder(model, engine.model_id)
