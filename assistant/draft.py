"""What an answer is made of before it is text: wording, quotations, citations.

Wording is simplified Chinese or English; quotations are spans of the regulation. Only
:meth:`Draft.render` makes text of them, so that a quotation is a slice in every script.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.question import Language
from assistant.wording import in_script, label, say
from index.regulation import ProvisionId, Regulation
from index.text import Span

__all__ = ["Draft", "Evidence", "Section"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that an answer rests on; ``span`` counts in ``Regulation.text``."""

    provision: ProvisionId
    span: Span
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of an answer: ``lines`` are bullets; ``table`` rows are cells, head first."""

    title: str
    lines: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before rendering. ``headline`` and sections are wording, ``evidence`` is quoted
    under its own title, most decisive first."""

    headline: str
    sections: tuple[Section, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    abstained: bool = False
    reason: str | None = None
    nearest: tuple[ProvisionId, ...] = field(default=())

    def render(self, regulation: Regulation, language: Language) -> tuple[str, str]:
        """Headline and full answer (Markdown) in ``language``."""
        worded = functools.partial(in_script, language=language)
        english = language is Language.EN
        colon = ":" if english else "："
        headline = worded(self.headline)
        parts = [f"**{_escape(headline)}**"]
        for section in self.sections:
            block = [worded(section.title) + colon] if section.title else []
            block += [f"- {_escape(worded(line))}" for line in section.lines]
            if section.table:
                head, *rows = section.table
                block.append("")
                block += [
                    "| " + " | ".join(_cell(worded(c)) for c in row) + " |"
                    for row in (head, ("---",) * len(head), *rows)
                ]
            parts.append("\n".join(block))
        if self.evidence:
            parts.append(
                f"{worded(say('basis', english))}{colon}\n\n"
                + "\n>\n".join(self._quotations(regulation, language))
            )
        return headline, "\n\n".join(parts)

    def _quotations(self, regulation: Regulation, language: Language) -> Iterable[str]:
        for evidence in self.evidence:
            name = in_script(label(evidence.provision, regulation, language), language)
            quote = regulation.text.slice(evidence.span, language.script)
            lines = [_escape(line) for line in quote.split("\n")]
            opening, closing = ("“", "”") if language is not Language.HANT else ("「", "」")
            lines[0] = opening + lines[0]
            lines[-1] += closing
            colon = ": " if language is Language.EN else "："
            yield f"> **{name}**{colon}" + "  \n> ".join(lines)


def _escape(text: str) -> str:
    """Keep Markdown from reading our words as mark-up (a user's words may be among them)."""
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("<", "&lt;").replace("`", "'")


def _cell(text: str) -> str:
    return text if text == "---" else _escape(text).replace("|", "/").replace("\n", " ")
