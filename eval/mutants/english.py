"""True sentences in English: the row's statement, and more for the rows with a limit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eval.mutants.markup import Draft, parse
from index.rules import Rule

__all__ = ["english_wordings"]

_PLC = "{b:A political and legal affairs commission}"
_GROUP = "{b:The leading Party group (Party committee) of a political and legal organ}"
_BOTH = (
    "{b:Political and legal affairs commissions and the leading Party groups (Party committees) "
    "of political and legal organs}"
)
_LOCAL = "{b:the political and legal organ of the place of the incident}"
_REGION = "the {r:{l:autonomous region}'s political and legal affairs commission}"
_DATES = "15 November 2019|20 December 2019|20 November 2020|1 January 2020"

WRITTEN_EN: dict[str, tuple[str, ...]] = {
    "r9.2": (
        "Important deputies of political and legal organs, and officials who have worked for "
        "{n:five} consecutive {u:years} in the same key post of law enforcement or justice or in a "
        "key post managing personnel, money or property, {m:shall} be rotated in a planned way",
        "Officials who have worked in the same key post for {n:5} consecutive {u:years} {m:shall} "
        "be rotated in a planned way",
    ),
    "r12.2": (
        "A political and legal affairs commission {y:consists|does not consist} of a secretary, "
        "deputy secretaries and members",
    ),
    "r15i3.2": (
        "{b:The {l:regional} commission} analyses and assesses the trends of political security, "
        "border peace and social stability {p:every half-year}",
        "{b:The {l:regional} political and legal affairs commission} {m:shall} assess the trends "
        "of political security, border peace and social stability every {n:six} {u:months}",
    ),
    "r16.2": (
        "{b:A {l:league/city} Party committee's political and legal affairs commission} {m:shall} "
        "analyse and assess the social-stability situation {c:at least} {t:once} {p:a quarter}",
        "{b:A {l:league/city} commission} {m:must} assess the social-stability situation "
        "{c:at least} {t:once} {p:every quarter}",
        "{b:The political and legal affairs commission of a {l:league or city}} {m:shall} assess "
        "the social-stability situation {c:at least} {t:once} every {n:three} {u:months}",
    ),
    "r17.2": (
        "{b:A {l:banner/county} Party committee's political and legal affairs commission} {m:shall}"
        " analyse and assess the social-stability situation of its area {c:at least} {t:once} "
        "{p:a month}",
        "{b:A {l:banner/county} commission} {m:shall} assess the social-stability situation of "
        "its area {c:at least} {t:once} {p:every month}",
    ),
    "r24.7": (
        f"{_BOTH} {{m:shall}} report on their work as a whole to the {{r:{{s:higher-level}} Party "
        "organisation} {t:once} {p:a year}",
        f"{_PLC} {{m:shall}} report on its work as a whole to the {{r:{{s:higher-level}} Party "
        "organisation} {t:once} {p:every year}",
    ),
    "r29.1": (
        f"{_BOTH} {{m:must}} request instructions on major matters {{c:at least}} "
        "{n:one {u:week}|two weeks|three weeks} in advance",
        f"{_PLC} {{m:must}} request instructions on major matters {{c:at least}} "
        "{n:1 {u:week}|2 weeks|10 weeks} in advance",
        "Instructions on major matters {m:must} be requested {c:at least} {n:7} {u:days} in "
        "advance",
    ),
    "r30.2": (
        f"When a major emergency occurs, {_LOCAL} {{m:shall}} report within "
        "{n:1 {u:hour}|2 hours|3 hours} of {a:its occurrence} to the {r:political and legal "
        "affairs commission at the {s:same} level} and to the higher-level political and legal "
        "organ",
        f"When a major emergency occurs, {_LOCAL} {{m:must}} report to the {{r:political and legal "
        "affairs commission at the {s:same} level} within {n:60} {u:minutes} of "
        "{a:its occurrence}",
    ),
    "r30.3": (
        "A major emergency reported level by level by {b:political and legal affairs commissions "
        f"and political and legal organs}} must reach {_REGION} {{c:no later than}} {{n:3}} "
        "{u:hours} after {a:it occurs}",
        f"A major emergency must be reported level by level to {_REGION} within {{n:three}} "
        "{u:hours} of {a:its occurrence}",
    ),
    "r30.4": (
        "{b:Political and legal affairs commissions and political and legal organs} {m:must} report"
        f" an ordinary emergency to {_REGION} within {{n:6}} {{u:hours}} of "
        "{a:its occurrence}",
        f"An ordinary emergency {{m:must}} be reported to {_REGION} within {{n:six}} "
        "{u:hours} of {a:its occurrence}",
    ),
    "r33.2": (
        "{b:A Party committee} {m:shall} hear a report on the overall work of its {r:political and "
        "legal affairs commission} {c:at least} {t:once} {p:a year}",
        "{b:A Party committee} {m:shall} hear a report on the overall work of its political and "
        "legal affairs commission {c:at least} {t:once} {p:every year}",
    ),
    "r33.3": (
        "{b:A Party committee} {m:shall} hear a special work report from the {r:leading Party "
        "groups (Party committees) of political and legal organs} {c:at least} {t:once} {p:a year}",
    ),
    "r34.3": (
        f"{_PLC} holds a plenary meeting {{c:at least}} {{t:once}} {{p:a quarter}}",
        f"{_PLC} {{m:shall}} hold a plenary meeting {{c:at least}} {{t:once}} {{p:every quarter}}",
        "The plenary meeting of a political and legal affairs commission is held {c:at least} "
        "{t:once} every {n:three} {u:months}",
    ),
    "r35.1": (
        f"{_GROUP} generally holds {{t:one Party-group (Party-committee) meeting|"
        "two Party-group (Party-committee) meetings} {p:a month}",
    ),
    "r39.1": (
        f"{_PLC} conducts the performance-and-integrity review of its members {{t:once}} "
        "{p:a year}, in the form of a plenary meeting",
    ),
    "r43.1": (
        "For political inspection, law-enforcement supervision, discipline-and-conduct inspection "
        "and other supervision and inspection work, a report {m:shall} be drawn up {c:within} "
        "{n:20} {u:working days} after {a:the work ends}",
        "A report on political inspection {m:shall} be drawn up {c:within} {n:twenty} "
        "{u:working days} after {a:the end of the inspection}",
    ),
    "r43.6": (
        "{b:The organ inspected} {m:shall} report to the {r:political and legal affairs commission}"
        " on rectification {c:within} {n:20} {u:working days} after {a:receiving the feedback}",
        "{b:The inspected organ} {m:must} report on rectification to the {r:political and legal "
        "affairs commission} within {n:20} {u:working days} of {a:receiving the feedback}",
    ),
    "r47.1": (
        f"These Measures take effect on {{n:20 November 2019|{_DATES}}}",
        f"These Measures came into force on {{n:20 November 2019|{_DATES}}}",
    ),
}

# Who, at the head of a statement; the level apart.
_SUBJECTS = re.compile(
    r"(?:(?:The|A) (?P<level>regional|league/city|banner/county) (?:Party committee's political and"
    r" legal affairs commission|Party committee|commission)"
    r"|The leading Party group \(Party committee\) of a (?P<level2>regional|league/city"
    r"|banner/county)? ?political and legal organ"
    r"|A political and legal affairs commission(?!')|A Party committee(?!'))(?= )"
    r"|(?:Party committees(?: at (?:every|all) levels?)?|Political and legal affairs commissions)"
    r"(?:, (?:their )?political and legal affairs commissions)?"
    r"(?: and (?:the )?leading Party groups \(Party committees\) of political and legal organs)?"
    r"(?= (?:shall|must|may))"
)
_RELATIVE = re.compile(
    r"\b(same|higher|lower)-level (?=(?:Party committee|Party organisation|commission)\b)"
)
_MODAL = re.compile(r" (shall|must|may) (?:not )?")


def english_wordings(rule: Rule) -> Iterator[Draft]:
    """Every wording of ``rule`` in English, without the full stop."""
    if rule.id in WRITTEN_EN:
        yield from map(parse, WRITTEN_EN[rule.id])
    else:
        yield parse(_marked(rule.statement_en.rstrip("."), rule))


def _marked(text: str, rule: Rule) -> str:
    head = _SUBJECTS.match(text)
    out, rest = "", text
    if head is not None:
        name = head[0]
        level = head["level"] or head["level2"]
        if level is not None:
            name = name.replace(level, f"{{l:{level}}}", 1)
        out, rest = f"{{b:{name}}}", text[head.end() :]
    modal = _MODAL.search(rest)
    if modal is not None and "not" not in modal[0]:
        start, end = modal.span(1)
        rest = f"{rest[:start]}{{m:{modal[1]}}}{rest[end:]}"
    if any(r.relation is not None for r in rule.recipients):
        rest = _RELATIVE.sub(r"{s:\1-level} ", rest, count=1)
    return out + rest
