"""A sentence of our own in both languages, side by side.

>>> rest = Said("周六休息。", "Saturday is off.")
>>> rest.say("en"), rest.say("zh-Hant")
('Saturday is off.', '週六休息。')
"""

from __future__ import annotations

from dataclasses import dataclass

from index.text import Script, convert

__all__ = ["Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """Simplified Chinese and English; traditional script is converted."""

    zh: str
    en: str

    def say(self, lang: str = "zh-Hans") -> str:
        """In ``zh-Hans``, ``zh-Hant`` or ``en``."""
        if lang == "en":
            return self.en
        return convert(self.zh, Script.TRADITIONAL) if lang == "zh-Hant" else self.zh
