"""Settings that the index needs; with ``assistant.config``, which extends them, the only
reader of the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = ["IndexSettings"]

_ROOT = Path(__file__).resolve().parent.parent


class IndexSettings(BaseSettings):
    """Frozen values, each settable as ``TIAOWEN_<NAME>`` in the environment."""

    model_config = SettingsConfigDict(env_prefix="TIAOWEN_", frozen=True, extra="ignore")

    regulation: str = Field(
        "nmg-zhengfa", pattern=r"^[a-z0-9][a-z0-9-]*$", description="id of the regulation served"
    )
    index_dir: Path = Field(
        _ROOT / "var" / "index", description="folder of the vector index, as built"
    )
    embedding_model: str = Field(
        "bundled", min_length=1, description="`bundled`, or a path to a sentence-transformers model"
    )

    @property
    def index_folder(self) -> Path:
        """Folder of this regulation's index."""
        return self.index_dir / self.regulation
