"""What people put around a sentence: citations, headings, tables, questions, quotations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eval.mutants.markup import Draft, parse
from index.numerals import numeral
from index.regulation import Regulation
from index.rules import Rule

__all__ = ["CITED", "ENGLISH", "PLAIN", "QUOTED", "cite", "cite_en"]

Frame = Callable[[Draft, Rule, Regulation], Draft]


def cite(rule: Rule, regulation: Regulation, style: int = 0) -> Draft:
    """The row's provision, as 第三十条第一款, 第30条第1款, 三十条 and so on by ``style``."""
    where = rule.provision
    single = len(regulation.article(where.article).paragraphs) == 1

    def said(number: int) -> str:
        return numeral(number) if style % 2 == 0 else str(number)

    out = parse(f"{{k:第{said(where.article)}条}}")
    in_full = not single or (style // 2) % 2 == 1
    if where.paragraph is not None and in_full:
        out = out + parse(f"{{g:第{said(where.paragraph)}款}}")
    if where.item is not None:
        out = out + parse(f"{{i:第（{said(where.item)}）项}}")
    return out


def cite_en(rule: Rule) -> Draft:
    """Article 24, paragraph 3."""
    where = rule.provision
    out = parse(f"{{k:Article {where.article}}}")
    if where.item is not None:
        return out + parse(f", {{i:item {where.item}}}")
    return out + parse(f", {{g:paragraph {where.paragraph}}}")


def _plain(core: Draft, rule: Rule, regulation: Regulation) -> Draft:
    del rule, regulation
    return core + "。"


def _around(before: str, after: str = "。") -> Frame:
    def frame(core: Draft, rule: Rule, regulation: Regulation) -> Draft:
        del rule, regulation
        return before + core + after

    return frame


def _cited(template: str, style: int = 0) -> Frame:
    """``template`` holds S for the sentence and K for the citation."""

    def frame(core: Draft, rule: Rule, regulation: Regulation) -> Draft:
        out = Draft("")
        for char in template:
            out = out + (
                core if char == "S" else cite(rule, regulation, style) if char == "K" else char
            )
        return out

    return frame


PLAIN: dict[str, Frame] = {
    "plain": _plain,
    "reminder": _around("【提醒】"),
    "moreover": _around("另外，"),
    "note": _around("请注意：", "！"),
    "numbered": _around("一、"),
    "bullet": _around("- ", "；"),
    "heading": _around("## 工作要点\n\n- **要求**："),
    "mails": _around("各位同事：\n\n", "。请各单位知悉。"),
    "by-rules": _around("按照本办法的规定，"),
    "qa": _around("问：本办法对此是怎么规定的？\n答："),
    "table": _around("| 序号 | 要求 |\n|---|---|\n| 1 | ", " |"),
    "checklist": _around("- [ ] ", ""),
    "as-i-know": _around("据我了解，"),
}
"""Frames without a citation."""

CITED: dict[str, Frame] = {
    "under": _cited("根据K，S。"),
    "provides": _cited("K规定，S。"),
    "provides-digits": _cited("按照《实施办法》K的规定，S。", 1),
    "brackets": _cited("S（K）。"),
    "brackets-full": _cited("S（见本办法K）。", 2),
    "basis": _cited("S。依据：K。"),
    "basis-digits": _cited("S。\n\n（依据：K）", 3),
    "table-basis": _cited("| 要求 | 依据 |\n|---|---|\n| S | K |"),
    "bullet-basis": _cited("## 要点\n\n- S（K）"),
    "bold-basis": _cited("**K**：S。"),
    "qa-cited": _cited("问：这件事有什么规定？\n答：S，见K。"),
    "see": _cited("S，具体见K。", 1),
}
"""Frames with one."""

QUOTED: dict[str, Frame] = {
    "quoted": _cited("K规定：“S”。"),
    "quoted-under": _cited("根据K“S”的规定办理。", 2),
    "quoted-plain": _around("本办法规定：“", "”。"),
    "quoted-block": _cited("K的原文：\n\n> S"),
    "quoted-original": _cited("原文是：“S”（K）。", 1),
    "quoted-mail": _around("《实施办法》里写得很清楚：“", "”，请对照落实。"),
}
"""Frames of a quotation; the citation may be wrong as well as the quotation."""


@dataclass(frozen=True, slots=True)
class EnglishFrame:
    """``before`` and ``after``; K in either is the citation."""

    before: str
    after: str

    def __call__(self, core: Draft, rule: Rule) -> Draft:
        out = Draft("")
        for part in (self.before, core, self.after):
            for piece in [part] if isinstance(part, Draft) else list(part):
                out = out + (cite_en(rule) if piece == "K" else piece)
        return out


ENGLISH: dict[str, EnglishFrame] = {
    "en-plain": EnglishFrame("", "."),
    "en-under": EnglishFrame("K provides as follows: ", "."),
    "en-brackets": EnglishFrame("", " (K)."),
    "en-basis": EnglishFrame("", ". Basis: K."),
    "en-bullet": EnglishFrame("- ", ""),
    "en-note": EnglishFrame("Please note: ", "."),
}
