"""Places that decide levels. (stub while being written)"""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Final

__all__ = ["Level"]

BUNDLED: Final = Path(__file__).with_name("regulations") / "nmg-zhengfa"


class Level(enum.StrEnum):
    """The levels of the Party and state, highest first."""

    CENTRAL = "central"
    REGION = "region"
    LEAGUE = "league"
    BANNER = "banner"
    TOWNSHIP = "township"


class Place:
    pass


class PlaceTable:
    def find(self, text: str) -> tuple[Place, ...]:
        return ()


def load_places(path: Path | None = None) -> PlaceTable:
    return PlaceTable()
