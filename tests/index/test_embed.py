"""The embedder: the bundled model, with and without sentence-transformers."""

from __future__ import annotations

import numpy as np
import pytest

from index.embed import BundledEmbedder, load_embedder
from index.errors import ModelError

TEXTS = [
    "旗县政法委多久研判一次社会稳定形势？",
    "How soon must a major emergency be reported?",
    "",
    "\ud800 lone surrogate and \0 NUL",
    "长" * 3000,
]


@pytest.fixture(scope="module")
def light() -> BundledEmbedder:
    return BundledEmbedder()


def test_vectors_are_unit_and_finite(light: BundledEmbedder) -> None:
    for vectors in (light.embed_queries(TEXTS), light.embed_passages(TEXTS)):
        assert vectors.shape == (len(TEXTS), light.dimension)
        assert np.isfinite(vectors).all()
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_sentence_transformers_path_yields_the_same_vectors(light: BundledEmbedder) -> None:
    heavy = load_embedder()
    assert heavy.model_id == light.model_id
    assert heavy.dimension == light.dimension
    safe = [t for t in TEXTS if t.isprintable() and t]
    np.testing.assert_allclose(heavy.embed_queries(safe), light.embed_queries(safe), atol=1e-5)
    np.testing.assert_allclose(heavy.embed_passages(safe), light.embed_passages(safe), atol=1e-5)


def test_meaning_beats_wording(light: BundledEmbedder) -> None:
    passages = light.embed_passages(
        [
            "一般性突发事件必须在事发后6小时内报告自治区党委政法委员会",
            "政法委员享受政法委员会机关工作津贴",
        ]
    )
    query = light.embed_queries(["how soon must an ordinary emergency be reported to the region"])[
        0
    ]
    assert int(np.argmax(passages @ query)) == 0


def test_unknown_model_is_refused_with_a_remedy(tmp_path: object) -> None:
    with pytest.raises(ModelError, match="give a local path"):
        load_embedder(f"{tmp_path}/no-such-model")
