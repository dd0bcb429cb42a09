"""Which findings become comments in a document, and what the comments say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.documents.word import Story, Word
from assistant.findings import Finding, Verdict
from index.citation import format_citation
from index.regulation import Regulation
from index.text import Script, Span, detect_script

__all__ = ["COMMENTED", "Remark", "remarks_on"]

COMMENTED = (Verdict.CONTRADICTED, Verdict.UNVERIFIABLE)
"""What agrees with the regulation needs no comment."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment to be made on a stretch of a document's text; each line is a paragraph."""

    span: Span
    text: str


_ZH_HANS: Mapping[Verdict | Story | str, str] = {
    Verdict.CONTRADICTED: "与条文不符：{}",
    Verdict.UNVERIFIABLE: "无法核对：{}",
    Story.BOX: "文本框中的“{}”",
    Story.FOOTNOTE: "脚注中的“{}”",
    Story.ENDNOTE: "尾注中的“{}”",
    "expected": "正确：{}",
    "provision": "条款：{}",
}
_ZH_HANT: Mapping[Verdict | Story | str, str] = {
    Verdict.CONTRADICTED: "與條文不符：{}",
    Verdict.UNVERIFIABLE: "無法核對：{}",
    Story.BOX: "文字方塊中的“{}”",
    Story.FOOTNOTE: "註腳中的“{}”",
    Story.ENDNOTE: "章節附註中的“{}”",
    "expected": "正確：{}",
    "provision": "條款：{}",
}
_EN: Mapping[Verdict | Story | str, str] = {
    Verdict.CONTRADICTED: "Contradicted: {}",
    Verdict.UNVERIFIABLE: "Cannot be verified: {}",
    Story.BOX: 'In the text box: "{}"',
    Story.FOOTNOTE: 'In the footnote: "{}"',
    Story.ENDNOTE: 'In the endnote: "{}"',
    "expected": "Correct: {}",
    "provision": "Provision: {}",
}
_WORDS = {"zh-Hans": _ZH_HANS, "zh-Hant": _ZH_HANT, "en": _EN}


def remarks_on(word: Word, findings: Iterable[Finding], regulation: Regulation) -> list[Remark]:
    """The comments on a document, each in the language of its finding's explanation."""
    return [
        Remark(finding.span, _comment(finding, regulation, _story(word, finding.span)))
        for finding in findings
        if finding.verdict in COMMENTED
    ]


def _story(word: Word, span: Span) -> Story:
    covered = word.covered(span)
    return covered[0].story if covered else Story.MAIN


def _comment(finding: Finding, regulation: Regulation, story: Story) -> str:
    language = _language(finding.explanation)
    words = _WORDS[language]
    lines = [words[finding.verdict].format(finding.explanation)]
    if story is not Story.MAIN:
        # Word shows no comment there, only at the reference: say what it is about.
        lines.insert(0, words[story].format(finding.text))
    if finding.expected:
        lines.append(words["expected"].format(finding.expected))
    if finding.provision is not None:
        label = format_citation(finding.provision, lang=language, regulation=regulation, short=True)
        lines.append(words["provision"].format(label))
    return "\n".join(" ".join(line.split()) for line in lines)


def _language(explanation: str) -> str:
    letters = sum(c.isascii() and c.isalpha() for c in explanation)
    if letters * 2 > sum(not c.isspace() for c in explanation):
        return "en"
    return (detect_script(explanation) or Script.SIMPLIFIED).value
