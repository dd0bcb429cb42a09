"""Scores of one answer against one case: pure functions.

How patterns are matched (the convention of the labelled examples):

* The text is normalised: NFKC (so ， is "," and （ is "("; 。 stays), simplified
  script, no white space at all, so "within 1 hour" reads "within1hour" and a
  line break never hides a match. Case is kept; a pattern that does not mind
  says ``(?i:…)``.
* **Facts** are searched (``re.search``) in the full answer (headline and body
  together). The outer list is AND, the inner one OR.
* **Forbidden** patterns are searched in the headline only: ``^`` is the start
  of the headline, ``.`` meets no line end because none is left. So that bold
  type does not hide one, the headline is searched with and without Markdown
  marks.
* A gold provision's null levels are wildcards.

Unknown is not zero: what a case does not ask, or an answer does not hold, is None.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.cases import Claim, GoldProvision, Question
from index.text import Script, convert

__all__ = [
    "ClaimScore",
    "QuestionScore",
    "forbidden_hits",
    "missing_facts",
    "normalise",
    "precision",
    "recall_at",
    "reciprocal_rank",
    "score_claim",
    "score_question",
]

RECALL_AT = (1, 3, 5)
_MARKDOWN = re.compile(r"[*_`#>]+")


def normalise(text: str) -> str:
    """NFKC, simplified script, no white space; case kept.

    >>> normalise("（一）  事發後 １ 小時，\\n報同級黨委；")
    '(一)事发后1小时,报同级党委;'
    >>> normalise("within 1 hour")
    'within1hour'
    """
    simplified = convert(unicodedata.normalize("NFKC", text), Script.SIMPLIFIED)
    return "".join(simplified.split())


def missing_facts(facts: Sequence[Sequence[str]], text: str) -> tuple[int, ...]:
    """Indexes of the facts of which no alternative is found in ``text``.

    >>> missing_facts([["1小时", "60分钟"], ["上级"]], "事發後六十分鐘，即60 分鐘內")
    (1,)
    """
    plain = normalise(text)
    return tuple(
        i for i, fact in enumerate(facts) if not any(re.search(pattern, plain) for pattern in fact)
    )


def forbidden_hits(patterns: Sequence[str], headline: str) -> tuple[str, ...]:
    """The forbidden patterns found in the headline, Markdown marks or not.

    >>> forbidden_hits(["^是的[,。]", "^不"], "**是的**，可以。")
    ('^是的[,。]',)
    """
    plain = normalise(headline)
    bare = _MARKDOWN.sub("", plain)
    return tuple(p for p in patterns if re.search(p, plain) or re.search(p, bare))


def precision(cited: Sequence[Mapping[str, Any]], gold: Sequence[GoldProvision]) -> float | None:
    """Part of the citations that the gold admits; None without citations.

    >>> precision([{"article": 30, "paragraph": 1}, {"article": 9}], [GoldProvision(30)])
    0.5
    >>> precision([], [GoldProvision(30)]) is None
    True
    """
    if not cited:
        return None
    return sum(any(g.admits(c) for g in gold) for c in cited) / len(cited)


def recall_at(
    k: int, ranked: Sequence[Mapping[str, Any]], required: Sequence[GoldProvision]
) -> float | None:
    """Part of the required provisions among the first ``k``; None when none is required.

    >>> ranked = [{"article": 16}, {"article": 17}, {"article": 9}]
    >>> recall_at(1, ranked, [GoldProvision(17)]), recall_at(3, ranked, [GoldProvision(17)])
    (0.0, 1.0)
    """
    if not required:
        return None
    return sum(any(g.admits(p) for p in ranked[:k]) for g in required) / len(required)


def reciprocal_rank(
    ranked: Sequence[Mapping[str, Any]], required: Sequence[GoldProvision]
) -> float | None:
    """1 / rank of the first required provision, 0 when it is not there.

    >>> reciprocal_rank([{"article": 16}, {"article": 17}], [GoldProvision(17)])
    0.5
    >>> reciprocal_rank([], [GoldProvision(17)])
    0.0
    """
    if not required:
        return None
    for rank, provision in enumerate(ranked, 1):
        if any(g.admits(provision) for g in required):
            return 1 / rank
    return 0.0


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """What one answer earned. ``right`` is None when there was no answer to score."""

    id: str
    type: str
    script: str | None
    split: str | None
    answerable: bool
    right: bool | None
    faults: tuple[str, ...]
    """Why it is wrong, for people."""
    abstained: bool | None = None
    citation_precision: float | None = None
    citation_recall: float | None = None
    recall: tuple[float | None, ...] = (None,) * len(RECALL_AT)
    """Of the retrieved, at 1, 3 and 5, to the gold's own grain."""
    mrr: float | None = None
    article_recall: tuple[float | None, ...] = (None,) * len(RECALL_AT)
    article_mrr: float | None = None
    direct: bool | None = None
    """Whether the headline alone holds every fact; None when no fact is asked."""
    findings: int | None = None
    """Contradicted findings of the answer's own check."""
    elapsed_ms: float | None = None
    crashed: bool = False
    """The answer is an error; that counts as wrong."""


def score_question(case: Question, answer: Mapping[str, Any] | None) -> QuestionScore:
    """Score an answer in the ``ask`` shape.

    Right means, answerable: not abstained, every required provision cited, all
    facts in the answer, nothing forbidden in the headline. Unanswerable:
    abstained (a lookup of what does not exist: for that very reason), nothing
    forbidden in the headline.
    """
    head = (case.id, case.type, case.script, case.split, case.answerable)
    if answer is None:
        return QuestionScore(*head, right=None, faults=("no answer",))
    if "error" in answer:
        fault = f"error: {answer['error']}"
        return QuestionScore(*head, right=False, faults=(fault,), crashed=True)
    headline = str(answer.get("headline") or "")
    full = f"{headline}\n{answer.get('answer') or ''}"
    cited: Sequence[Mapping[str, Any]] = answer.get("citations") or ()
    retrieved: Sequence[Mapping[str, Any]] | None = answer.get("retrieved")
    abstained = bool(answer.get("abstained"))
    faults = [f"forbidden in headline: {p}" for p in forbidden_hits(case.forbidden, headline)]
    if not case.answerable:
        faults += _faults_of_unanswerable(case, answer, abstained)
        return QuestionScore(
            *head,
            right=not faults,
            faults=tuple(faults),
            abstained=abstained,
            findings=_contradictions(answer),
            elapsed_ms=answer.get("elapsed_ms"),
        )
    if abstained:
        faults.append(f"abstained ({answer.get('reason')})")
    faults += [f"not cited: {g}" for g in case.required if not any(g.admits(c) for c in cited)]
    faults += [f"fact missing: {'|'.join(case.facts[i])}" for i in missing_facts(case.facts, full)]
    articles = tuple(dict.fromkeys(g.whole_article for g in case.required))
    return QuestionScore(
        *head,
        right=not faults,
        faults=tuple(faults),
        abstained=abstained,
        citation_precision=precision(cited, (*case.required, *case.acceptable)),
        citation_recall=recall_at(len(cited), cited, case.required),
        **_retrieval(retrieved, case.required, articles),
        direct=(not abstained and not missing_facts(case.facts, headline)) if case.facts else None,
        findings=_contradictions(answer),
        elapsed_ms=answer.get("elapsed_ms"),
    )


def _faults_of_unanswerable(
    case: Question, answer: Mapping[str, Any], abstained: bool
) -> list[str]:
    if not abstained:
        return ["answered what the regulation does not answer"]
    if case.type == "lookup" and answer.get("reason") != "no_such_provision":
        return [f"reason is {answer.get('reason')}, not no_such_provision"]
    return []


def _retrieval(
    retrieved: Sequence[Mapping[str, Any]] | None,
    required: Sequence[GoldProvision],
    articles: Sequence[GoldProvision],
) -> dict[str, Any]:
    if retrieved is None:
        return {}
    # At article grain the ranking is that of the articles: five paragraphs of
    # one article must not use up the first five places.
    ranked = dict.fromkeys((p.get("article"), p.get("suffix")) for p in retrieved)
    by_article = [{"article": number, "suffix": suffix} for number, suffix in ranked]
    return {
        "recall": tuple(recall_at(k, retrieved, required) for k in RECALL_AT),
        "mrr": reciprocal_rank(retrieved, required),
        "article_recall": tuple(recall_at(k, by_article, articles) for k in RECALL_AT),
        "article_mrr": reciprocal_rank(by_article, articles),
    }


def _contradictions(answer: Mapping[str, Any]) -> int | None:
    findings = answer.get("findings")
    if findings is None:
        return None
    return len([f for f in findings if f.get("verdict") == "contradicted"])


@dataclass(frozen=True, slots=True)
class ClaimScore:
    """What one verdict earned. ``right`` is None when there was no verdict to score."""

    id: str
    category: str
    split: str | None
    label: str
    verdict: str | None
    right: bool | None
    faults: tuple[str, ...]
    span_exact: bool | None = None
    """A contradicted finding stands exactly on the wrong words; None where neither the
    gold nor the verdict is contradicted, or the gold names no words."""
    span_overlaps: bool | None = None
    expected_named: bool | None = None
    """A contradicted finding's ``expected`` holds the gold's right words, or is held by them."""
    provision_named: bool | None = None
    """Some finding rests on the gold's article."""
    elapsed_ms: float | None = None
    crashed: bool = False
    """The verdict is an error; that counts as wrong."""


def score_claim(case: Claim, result: Mapping[str, Any] | None) -> ClaimScore:
    """Score a verdict in the ``check`` shape."""
    head = (case.id, case.category, case.split, case.label)
    if result is None:
        return ClaimScore(*head, verdict=None, right=None, faults=("no verdict",))
    if "error" in result:
        fault = f"error: {result['error']}"
        return ClaimScore(*head, verdict=None, right=False, faults=(fault,), crashed=True)
    verdict = str(result.get("verdict"))
    findings: Sequence[Mapping[str, Any]] = result.get("findings") or ()
    wrong = [f for f in findings if f.get("verdict") == "contradicted"]
    faults = [] if verdict == case.label else [f"{verdict}, not {case.label}"]
    faults += [
        f"finding {f.get('start')}..{f.get('end')} does not hold {f.get('text')!r}"
        for f in findings
        if case.text[f["start"] : f["end"]] != f.get("text")
    ]
    exact, overlaps, named = _spans(case, verdict, wrong)
    return ClaimScore(
        *head,
        verdict=verdict,
        right=verdict == case.label,
        faults=tuple(faults),
        span_exact=exact,
        span_overlaps=overlaps,
        expected_named=named,
        provision_named=_names(case.gold, findings),
        elapsed_ms=result.get("elapsed_ms"),
    )


def _spans(
    case: Claim, verdict: str, wrong: Sequence[Mapping[str, Any]]
) -> tuple[bool | None, bool | None, bool | None]:
    places = case.places()
    if case.label != "contradicted" or verdict != "contradicted" or not places:
        return None, None, None
    spans = [(int(f["start"]), int(f["end"])) for f in wrong]
    named: bool | None = None
    if case.expected is not None:
        gold = normalise(case.expected)
        given = [normalise(str(f.get("expected") or "")) for f in wrong]
        named = any(g and (gold in g or g in gold) for g in given)
    exact = any(span in places for span in spans)
    overlaps = any(a < d and c < b for a, b in spans for c, d in places)
    return exact, overlaps, named


def _names(gold: GoldProvision | None, findings: Sequence[Mapping[str, Any]]) -> bool | None:
    if gold is None:
        return None
    named = [f["provision"] for f in findings if isinstance(f.get("provision"), Mapping)]
    return any(gold.whole_article.admits(p) for p in named)
