"""What the guest needs of the settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.config import Settings

__all__ = ["GuestSettings"]


@dataclass(frozen=True, slots=True)
class GuestSettings:
    """Where the model is and how long it may take."""

    url: str
    model: str = "default"
    key: str = field(default="", repr=False)
    temperature: float = 0.0
    tokens: int = 1500
    """What the service is asked to stop at: five sentences are 300, thinking before them more."""
    timeout: float = 30.0
    """Seconds for one answer, repair included."""
    silence: float = 10.0
    """Seconds without a word after which the model is given up."""

    @classmethod
    def of(cls, settings: Settings) -> GuestSettings | None:
        """The excerpt of all settings; None when no service is named."""
        if not settings.llm_url:
            return None
        return cls(
            settings.llm_url,
            settings.llm_model,
            settings.llm_key.get_secret_value(),
            settings.llm_temperature,
            settings.llm_tokens,
            settings.llm_timeout,
            settings.llm_silence,
        )
