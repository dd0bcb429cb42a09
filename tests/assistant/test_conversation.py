"""Whole chats out of real work, turn by turn: tests/data/conversations.

Each turn names the provision that its answer must cite, or that the regulation is silent,
and facts of the answer. The labels are proved against the regulation's text first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.answer import Answer, Assistant
from assistant.knowledge import load_knowledge
from eval.scoring import missing_facts, normalise
from index.citation import parse_citation
from index.regulation import ProvisionId
from index.text import fold

FOLDER = Path(__file__).parents[1] / "data" / "conversations"
KNOWLEDGE = load_knowledge()


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


@dataclass(frozen=True)
class Turn:
    """One question with what is known of its answer."""

    ask: str
    cite: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    """Words of each cited provision that make the label right."""
    facts: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    """Patterns that the headline must not have."""
    abstains: str | None = None
    absent: tuple[str, ...] = ()
    """Words that the regulation does not have: the proof of silence."""
    talk: bool = False

    @classmethod
    def from_yaml(cls, row: dict[str, Any]) -> Turn:
        lists = {"cite": "cite", "proof": "proof", "facts": "facts", "not": "never"}
        return cls(
            ask=row["ask"],
            abstains=row.get("abstains"),
            absent=tuple(_listed(row.get("absent"))),
            talk=row.get("talk", False),
            **{name: tuple(_listed(row.get(key))) for key, name in lists.items()},
        )

    @property
    def provisions(self) -> list[ProvisionId]:
        return [_provision(name) for name in self.cite]


def _provision(name: str) -> ProvisionId:
    (found,) = parse_citation(name, regulation=KNOWLEDGE.regulation).provisions
    return KNOWLEDGE.regulation.canonical(found)


def _read(path: Path) -> tuple[Turn, ...]:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["turns"]
    return tuple(map(Turn.from_yaml, rows))


CHATS = {path.stem: _read(path) for path in sorted(FOLDER.glob("*.yaml"))}


def faults(turn: Turn, answer: Answer) -> list[str]:
    """What is wrong with an answer; empty when it is right."""
    out = []
    if turn.talk:
        return [] if answer.understood.small_talk else ["not taken as talk"]
    if answer.abstained or turn.abstains:
        reason = answer.reason if answer.abstained else None
        return [] if reason == turn.abstains else [f"abstains for {reason}, not {turn.abstains}"]
    cited = [KNOWLEDGE.regulation.canonical(e.provision) for e in answer.citations]
    out += [
        f"does not cite {wanted}, but {[str(c) for c in cited]}"
        for wanted in turn.provisions
        if not any(wanted.covers(c) or c.covers(wanted) for c in cited)
    ]
    body = f"{answer.headline}\n{answer.body}"
    out += [f"lacks {turn.facts[i]}" for i in missing_facts([[f] for f in turn.facts], body)]
    headline = normalise(answer.headline)
    out += [f"says {p}" for p in turn.never if re.search(p, headline)]
    return out


def test_there_are_twelve_long_chats() -> None:
    assert len(CHATS) == 12
    assert all(len(turns) >= 8 for turns in CHATS.values())


@pytest.mark.parametrize("name", CHATS)
def test_labels_are_proved_by_the_text(name: str) -> None:
    regulation = KNOWLEDGE.regulation
    whole = "".join(
        fold(regulation.text.slice(article.span)).text for article in regulation.articles
    )
    for turn in CHATS[name]:
        assert bool(turn.cite) + bool(turn.abstains) + turn.talk == 1, turn.ask
        assert len(turn.proof) == len(turn.cite), turn.ask
        for provision, proof in zip(turn.provisions, turn.proof, strict=True):
            assert fold(proof).text in fold(regulation.text_of(provision)).text, turn.ask
        for word in turn.absent:
            assert fold(word).text not in whole, turn.ask


@pytest.mark.parametrize("name", CHATS)
def test_every_turn_is_answered_right(name: str, assistant: Assistant) -> None:
    history: list[str] = []
    wrong = []
    for turn in CHATS[name]:
        answer = assistant.ask(turn.ask, history)
        if found := faults(turn, answer):
            wrong.append(f"{turn.ask} → {answer.headline} ✗ {'; '.join(found)}")
        history.append(turn.ask)
    assert not wrong, "\n".join(wrong)
