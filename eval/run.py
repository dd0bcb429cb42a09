"""A run: every case answered, scored, kept.

``results.jsonl`` holds one line a case (kind, case, answer, score), so that a
later reader needs no other file; ``metrics.json`` the figures.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.cases import Case, CaseError, Question, read_jsonl
from eval.metrics import claim_metrics, question_metrics
from eval.scoring import ClaimScore, QuestionScore, score_claim, score_question
from eval.systems import System

__all__ = ["Result", "load_run", "metrics_of", "run", "write_run"]

Score = QuestionScore | ClaimScore


@dataclass(frozen=True, slots=True)
class Result:
    """One case, what was answered, what it earned."""

    case: Case
    answer: Mapping[str, Any] | None
    score: Score

    def to_json(self) -> dict[str, Any]:
        """One line of ``results.jsonl``."""
        return {
            "id": self.case.id,
            "kind": "question" if isinstance(self.case, Question) else "claim",
            "right": self.score.right,
            "faults": list(self.score.faults),
            "case": dataclasses.asdict(self.case),
            "answer": self.answer,
            "score": dataclasses.asdict(self.score),
        }


def run(system: System, cases: Iterable[Case]) -> Iterator[Result]:
    """Answer and score, one case at a time."""
    for case in cases:
        answer = system.answer(case)
        score: Score = (
            score_question(case, answer)
            if isinstance(case, Question)
            else score_claim(case, answer)
        )
        yield Result(case, answer, score)


def metrics_of(results: Sequence[Result]) -> dict[str, Any]:
    """``{"questions": …, "claims": …}``; a kind without cases is left out."""
    questions = [r.score for r in results if isinstance(r.score, QuestionScore)]
    claims = [r.score for r in results if isinstance(r.score, ClaimScore)]
    out: dict[str, Any] = {}
    if questions:
        out["questions"] = question_metrics(questions)
    if claims:
        out["claims"] = claim_metrics(claims)
    return out


def write_run(folder: Path, results: Sequence[Result], metrics: Mapping[str, Any]) -> None:
    """Write ``results.jsonl`` and ``metrics.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(r.to_json(), ensure_ascii=False) for r in results]
    (folder / "results.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = json.dumps(metrics, ensure_ascii=False, indent=2)
    (folder / "metrics.json").write_text(text + "\n", encoding="utf-8")


def load_run(folder: Path) -> tuple[dict[str, bool | None], dict[str, Any]]:
    """Right or wrong by case, and the metrics, of a run that :func:`write_run` wrote."""
    rows = [row for _, row in read_jsonl(folder / "results.jsonl")]
    path = folder / "metrics.json"
    try:
        metrics = json.loads(path.read_text(encoding="utf-8"))
        return {f"{row['id']}": row["right"] for row in rows}, metrics
    except (OSError, KeyError, json.JSONDecodeError) as error:
        raise CaseError(
            str(path), "no complete run", "name a folder that eval run wrote"
        ) from error
