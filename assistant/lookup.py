"""Look-up: a citation as typed → the text of what it names.

Never an exception for what a user types: what cannot be read or does not exist
gives ``found`` false and a message in the language of the citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from index.citation import Citation, find_citations, parse_citation
from index.citation_scan import fold_citations
from index.errors import CitationError, NoSuchProvisionError
from index.labels import format_citation, provision_label
from index.numerals import NUMERAL, numeral, read_numeral
from index.regulation import Division, DivisionKind, ProvisionId, Regulation
from index.text import Script, convert, detect_script
from index.works import OWN, work_before

__all__ = ["FoundProvision", "LookupResult", "describe_missing", "lookup"]

ENGLISH = "en"
MAX_LENGTH = 500  # of a citation; the longest of the examples has 60


@dataclass(frozen=True, slots=True)
class FoundProvision:
    """A provision and its text."""

    provision: ProvisionId
    label: str
    label_en: str
    text: str
    heading: str
    """Of the divisions above: 第五章 请示报告."""

    def to_json(self) -> dict[str, Any]:
        """The contract's form."""
        return {
            "regulation": self.provision.regulation,
            "article": self.provision.article,
            "suffix": self.provision.suffix,
            "paragraph": self.provision.paragraph,
            "item": self.provision.item,
            "subitem": self.provision.subitem,
            "id": str(self.provision),
            "label": self.label,
            "label_en": self.label_en,
            "text": self.text,
            "heading": self.heading,
        }


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What a citation leads to."""

    found: bool
    """Whether everything that is cited exists."""
    provisions: tuple[FoundProvision, ...] = ()
    """All that exists of it."""
    message: str | None = None
    """What does not exist and what does, or why the citation cannot be read."""

    def to_json(self) -> dict[str, Any]:
        """The contract's form."""
        return {
            "found": self.found,
            "provisions": [p.to_json() for p in self.provisions],
            "message": self.message,
        }


def lookup(citation: str, regulation: Regulation) -> LookupResult:
    """The text of what ``citation`` names, in its script.

    >>> from index.parse import load_regulation
    >>> regulation = load_regulation()
    >>> found = lookup("第四十二条第（六）项", regulation)
    >>> found.provisions[0].text, found.provisions[0].heading
    ('(六)其他专项工作情况。', '第七章 监督和责任')
    >>> lookup("第四十八條", regulation).message
    '第四十八條不存在：本辦法共47條'
    >>> lookup("Article 30(2)", regulation).message
    'Article 30, paragraph 2 does not exist: Article 30 has 1 paragraph'
    """
    lang = _language(citation)
    if not citation.strip():
        return LookupResult(False, message=_say("empty", lang))
    if len(citation) > MAX_LENGTH:
        return LookupResult(False, message=_say("long", lang, n=len(citation), most=MAX_LENGTH))
    division = _lookup_division(citation, regulation, lang)
    if division is not None:
        return division
    try:
        parsed = parse_citation(citation, regulation=regulation)
    except CitationError:
        return LookupResult(False, message=_not_a_citation(citation, regulation, lang))
    if parsed.work is not None:
        message = _say("foreign", lang, work=parsed.work, title=_title(regulation, lang))
        return LookupResult(False, message=message)
    return _collect(_members(parsed, regulation), regulation, lang)


def _members(parsed: Citation, regulation: Regulation) -> Iterable[ProvisionId]:
    return dict.fromkeys(parsed.expand(regulation))


def _collect(provisions: Iterable[ProvisionId], regulation: Regulation, lang: str) -> LookupResult:
    found: list[FoundProvision] = []
    missing: list[str] = []
    for provision in provisions:
        try:
            found.append(_found(regulation.canonical(provision), regulation, lang))
        except NoSuchProvisionError as error:
            missing.append(describe_missing(error, lang))
    stop = "; " if lang == ENGLISH else "；"
    return LookupResult(not missing, tuple(found), stop.join(missing) or None)


def _found(provision: ProvisionId, regulation: Regulation, lang: str) -> FoundProvision:
    script = Script.TRADITIONAL if lang == Script.TRADITIONAL else Script.SIMPLIFIED
    article = regulation.article(provision.article, provision.suffix)
    headings = [_division_name(d) for d in regulation.divisions_of(article)]
    return FoundProvision(
        provision,
        # The text is Chinese in any language, and so is its label.
        provision_label(provision, regulation, lang=script),
        provision_label(provision, regulation, lang=ENGLISH),
        regulation.text_of(provision, script),
        convert(" ".join(headings), script),
    )


def _division_name(division: Division) -> str:
    return f"{_division_label(division)} {division.heading}".rstrip()


def _division_label(division: Division) -> str:
    suffix = f"之{numeral(division.suffix)}" if division.suffix is not None else ""
    return f"第{numeral(division.number)}{division.kind}{suffix}"


def _path(division: Division) -> str:
    """第一编第二章."""
    above = _path(division.parent) if division.parent is not None else ""
    return above + _division_label(division)


def describe_missing(error: NoSuchProvisionError, lang: str) -> str:
    """What does not exist and what does, on one line, in zh-Hans, zh-Hant or en."""
    if lang == ENGLISH:
        return error.english
    line = f"{error.fault}：{error.remedy}"
    return convert(line, Script.TRADITIONAL) if lang == Script.TRADITIONAL else line


_LETTERS = re.compile("[A-Za-z]{2}")
_HAN = re.compile("[\u3400-\u9fff]")


def _language(citation: str) -> str:
    """Language of the reply: the citation's, simplified Chinese where nothing tells."""
    head = citation[:MAX_LENGTH]
    if not _HAN.search(head):
        return ENGLISH if _LETTERS.search(head) else Script.SIMPLIFIED.value
    if convert(head, Script.SIMPLIFIED) == head:  # the common case, and the cheap test
        return Script.SIMPLIFIED.value
    return (detect_script(head) or Script.SIMPLIFIED).value


_INNER = str.maketrans("《》", "〈〉")


def _title(regulation: Regulation, lang: str) -> str:
    if lang == ENGLISH and regulation.title_en:
        return regulation.title_en
    return regulation.title.translate(_INNER)  # it is quoted in 《》


def _not_a_citation(citation: str, regulation: Regulation, lang: str) -> str:
    near = find_citations(citation, regulation=regulation)
    if near and near[0].work is None:
        label = format_citation(
            near[0].provisions[0], lang=ENGLISH if lang == ENGLISH else "zh-Hans"
        )
        return _say("near", lang, text=_shown(citation), label=label)
    return _say("unread", lang, text=_shown(citation))


def _shown(text: str) -> str:
    """``text`` cut short and made printable."""
    line = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return line if len(line) <= 30 else line[:29] + "…"


_MESSAGES = {
    "empty": (
        "请写出要查的条文，例如：第三十条第一款、30.1、25(7)、第五章",
        "Write what to look up, for example Article 30(1), 30.1, 25(7) or Chapter 5",
    ),
    "long": (
        "引用太长（{n}字，最多{most}字）：请只写条文，例如：第三十条第一款",
        "The citation is too long ({n} characters, at most {most}): "
        "write for example Article 30(1)",
    ),
    "unread": (
        "“{text}”不是条文引用：请写成第三十条第一款、30.1、25(7)、第二十五条至第二十八条或第五章",
        '"{text}" is not a citation: write for example Article 30(1), 30.1, 25(7), '
        "Articles 25 to 28 or Chapter 5",
    ),
    "near": (
        "“{text}”不只是条文引用：请只写{label}",
        '"{text}" is more than a citation: write {label} alone',
    ),
    "foreign": (
        "这里没有《{work}》，只有《{title}》",
        "{work} is not here, only the {title}",
    ),
    "division": ("{label}不存在：{whole}共{n}{kind}", "{label} does not exist: there are {n}"),
    "undivided": ("{label}不存在：{whole}不分{kind}", "{label} does not exist: there are none"),
    "which": ("{label}不止一处：请写{names}", "{label} stands in several places: write {names}"),
}


def _say(key: str, lang: str, **values: object) -> str:
    chinese, english = _MESSAGES[key]
    if lang == ENGLISH:
        return english.format(**values)
    line = chinese.format(**values)
    return convert(line, Script.TRADITIONAL) if lang == Script.TRADITIONAL else line


# Chapters

_KINDS = "分编|编|章|节"
_STEP = re.compile(rf"第? ?({NUMERAL}) ?({_KINDS})(?: ?之 ?({NUMERAL}))?[ 的]*")
_ENGLISH_STEP = re.compile(r"(part|chapter|section) ?([0-9]{1,3})(?: ?, ?)?")
_ENGLISH_KINDS = {
    "part": DivisionKind.PART,
    "chapter": DivisionKind.CHAPTER,
    "section": DivisionKind.SECTION,
}

_Step = tuple[DivisionKind, int, int | None]


def _lookup_division(citation: str, regulation: Regulation, lang: str) -> LookupResult | None:
    """All articles of 第五章; None when the citation is not one of a division."""
    folded = fold_citations(citation).text.strip()
    steps = _division_steps(folded, regulation)
    if not steps:
        return None
    matching = [d for d in regulation.divisions if _is_at(d, steps)]
    kind, number, suffix = steps[-1]
    label = f"第{numeral(number)}{kind}" + (f"之{numeral(suffix)}" if suffix else "")
    if lang == ENGLISH:
        label = next(k for k, v in _ENGLISH_KINDS.items() if v is kind).title() + f" {number}"
    if not matching:
        count = sum(d.kind is kind for d in regulation.divisions)
        values = {"label": label, "whole": regulation.self_name, "n": count, "kind": kind}
        key = "division" if count else "undivided"
        return LookupResult(False, message=_say(key, lang, **values))
    if len(matching) > 1:
        places = " / ".join(_path(d) for d in matching)
        return LookupResult(False, message=_say("which", lang, label=label, names=places))
    articles = [regulation.articles[i] for i in matching[0].articles]
    names = [ProvisionId(regulation.id, a.number, a.suffix) for a in articles]
    return _collect(names, regulation, lang)


def _division_steps(folded: str, regulation: Regulation) -> list[_Step]:
    """第一编第二章 as steps, outermost first; empty when ``folded`` is anything else."""
    start = folded.find("第")
    if start > 0 and work_before(folded, start, regulation) != OWN:
        return []
    at, steps = max(start, 0), list[_Step]()
    while match := _STEP.match(folded, at):
        try:
            suffix = read_numeral(match[3]) if match[3] else None
            steps.append((DivisionKind(match[2]), read_numeral(match[1]), suffix))
        except CitationError:
            return []
        at = match.end()
    if not steps:
        while match := _ENGLISH_STEP.match(folded, at):
            steps.append((_ENGLISH_KINDS[match[1]], int(match[2]), None))
            at = match.end()
    return steps if at == len(folded) else []


def _is_at(division: Division, steps: list[_Step]) -> bool:
    """Whether ``division`` is the last step and lies below the steps before it."""
    *above, last = steps
    if (division.kind, division.number, division.suffix) != last:
        return False
    parents = set[_Step]()
    parent = division.parent
    while parent is not None:
        parents.add((parent.kind, parent.number, parent.suffix))
        parent = parent.parent
    return all(step in parents for step in above)
