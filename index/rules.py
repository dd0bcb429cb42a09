"""The rule table: the law as data.

One row of ``rules.yaml`` is one duty, power or rule of the regulation. Loading is
strict: keys, ids, actors, provisions, and every quotation verbatim; the first
fault is a :class:`RuleError` with file and line. What takes longer, reading the
time limits and the sentences anew, is :func:`index.coverage.verify_rules`, run by
``index build``, ``index verify`` and the tests.

>>> from index.actors import load_actors
>>> from index.parse import load_regulation
>>> table = load_rules(load_regulation(), load_actors())
>>> rule = table.get("r17.2")
>>> rule.quote, rule.bearers, rule.time.format()
('每月至少分析研判1次本辖区社会稳定形势', ('commission.banner',), '每月至少1次')
>>> table.get("r17.99")
Traceback (most recent call last):
index.errors.RuleError: rules.yaml: no row "r17.99"; the last of its provision is r17.11
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.actors import ActorTable, Relation, closest
from index.errors import RuleError
from index.limits import TimeLimit
from index.regulation import ProvisionId, Regulation
from index.text import Span

__all__ = [
    "Modality",
    "PreambleFact",
    "Recipient",
    "Rule",
    "RuleException",
    "RuleTable",
    "load_rules",
    "parse_rules",
]

REGULATIONS = Path(__file__).parent / "regulations"


class Modality(enum.StrEnum):
    """How a rule binds."""

    SHALL = "shall"
    """应当, and the plain indicative of a duty (自治区党委研究解决…)."""
    MUST = "must"
    """必须, 不得."""
    MAY = "may"
    """可以, 可."""
    GENERALLY = "generally"
    """一般, 一般应当: a duty that allows exceptions."""
    IS = "is"
    """A definition, composition or state of affairs."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The other side of an action: to whom one reports, whom one supervises."""

    actor: str
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. All Chinese is simplified; ``quote``, ``action``, ``object`` and
    ``condition`` are words of the provision, in its own punctuation."""

    id: str
    provision: ProvisionId
    span: Span
    """Of the quote, in ``Regulation.text``."""
    quote: str
    bearers: tuple[str, ...]
    """Actors who must or may; empty where the text names nobody."""
    modality: Modality
    action: str
    object: str | None
    recipients: tuple[Recipient, ...]
    time: TimeLimit | None
    condition: str | None
    event: str | None
    topics: tuple[str, ...]
    statement: str
    statement_en: str
    topics_en: tuple[str, ...]
    event_en: str | None = None
    note: str | None = None
    """What the text leaves open; shown to users."""
    note_en: str | None = None
    pairs: tuple[tuple[str, Recipient], ...] = ()
    """Which bearer turns to which recipient; empty: each to all."""
    line: int = field(default=0, compare=False)
    """Of the row in its file, for messages."""


@dataclass(frozen=True, slots=True)
class PreambleFact:
    """What the preamble states: who adopted or issued the text, and when. It
    belongs to no provision, so it cannot be cited; it is quoted by ``span``."""

    id: str
    span: Span
    quote: str
    actor: str
    action: str
    date: dt.date
    topics: tuple[str, ...]
    statement: str
    statement_en: str
    topics_en: tuple[str, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class RuleException:
    """Words of the regulation that need no row, and why."""

    provision: ProvisionId
    span: Span
    quote: str
    reason: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class RuleTable:
    """All rows, in the order of the text."""

    rows: tuple[Rule, ...]
    preamble: tuple[PreambleFact, ...] = ()
    exceptions: tuple[RuleException, ...] = ()
    name: str = "rules.yaml"

    @functools.cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rows}

    @functools.cached_property
    def _by_article(self) -> dict[ProvisionId, tuple[Rule, ...]]:
        found: dict[ProvisionId, list[Rule]] = {}
        for rule in self.rows:
            found.setdefault(rule.provision.of_article, []).append(rule)
        return {article: tuple(rules) for article, rules in found.items()}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def get(self, id: str) -> Rule:
        """The row of that id; :class:`RuleError` otherwise."""
        found = self._by_id.get(id)
        if found is None:
            stem = id.rpartition(".")[0]
            kin = [known for known in self._by_id if known.rpartition(".")[0] == stem]
            remedy = f"the last of its provision is {kin[-1]}" if kin else closest(id, self._by_id)
            raise RuleError(self.name, f'no row "{id}"', remedy)
        return found

    def of(self, provision: ProvisionId) -> tuple[Rule, ...]:
        """The rows of a provision and of its parts, in the order of the text."""
        rules = self._by_article.get(provision.of_article, ())
        return tuple(rule for rule in rules if provision.covers(rule.provision))


def load_rules(regulation: Regulation, actors: ActorTable, path: Path | None = None) -> RuleTable:
    """Read the table of ``regulation``, by default the bundled one."""
    path = path or REGULATIONS / regulation.id / "rules.yaml"
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RuleError(
            str(path), f"cannot be read ({error.strerror})", "give the path of a rules.yaml"
        ) from None
    except UnicodeDecodeError:
        raise RuleError(path.name, "is not UTF-8", "save it as UTF-8") from None
    return parse_rules(source, regulation, actors, name=path.name)


def parse_rules(
    source: str, regulation: Regulation, actors: ActorTable, *, name: str = "rules.yaml"
) -> RuleTable:
    """As :func:`load_rules`, from text; ``name`` stands in errors."""
    from index.rule_rows import read_table  # noqa: PLC0415  (it imports this module)

    return read_table(source, regulation, actors, name=name)
