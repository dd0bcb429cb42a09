"""The strict reader of ``actors.yaml``: nodes to rows, rows to checks, checks to a table.

Every message says the line, the fault and the remedy; ``tests/data/actors`` holds one
broken file for each.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import yaml

from index.actors import Actor, ActorTable, Kind, Level, Relation, Suffix, Vocabulary, closest
from index.errors import ActorError
from index.places import PlaceTable
from index.text import fold

__all__ = ["parse_actors"]

_ID: Final = re.compile(r"[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)*")
_REQUIRED: Final = frozenset({"id", "name", "en", "kind"})
_AT_KEYS: Final = frozenset({"name", "en", "aliases", "aliases_en"})
_ROW_KEYS: Final = (
    _REQUIRED
    | _AT_KEYS
    | {"level", "is_a", "unit", "of", "suffixes", "suffixes_en", "shared", "at"}
)
_SECTIONS: Final = frozenset({"levels", "relations", "blocked", "actors"})
_LEVELS: Final = frozenset([*Level, "any", "en"])
_RELATIONS: Final = frozenset([*Relation, "en"])

E = TypeVar("E", bound=enum.StrEnum)
T = TypeVar("T")
Words = tuple[tuple[str, int], ...]
"""Words, each with its line."""


def parse_actors(source: str, *, place: str, places: PlaceTable) -> ActorTable:
    """Make the table out of the text of an ``actors.yaml``; ``place`` names it in errors."""
    return _Loader(place).load(source, places)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the file, as written (words folded), with the lines of what it names."""

    line: int
    id: str
    name: str
    en: str
    kind: Kind
    level: Level | None
    is_a: Words = ()
    aliases: Words = ()
    aliases_en: Words = ()
    unit: Words = ()
    of: tuple[str, int] | None = None
    suffixes: Words = ()
    suffixes_en: Words = ()
    shared: Words = ()


class _Loader:
    """One reading of one file: nodes to rows, rows to checks, checks to a table."""

    def __init__(self, place: str) -> None:
        self.place = place

    def error(self, line: int, fault: str, remedy: str) -> ActorError:
        return ActorError(f"{self.place}:{line}", fault, remedy)

    def load(self, source: str, places: PlaceTable) -> ActorTable:
        try:
            root = yaml.compose(source, Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "not readable"
            line = mark.line + 1 if mark else 1
            raise self.error(line, f"is not YAML ({problem})", "mend the syntax") from None
        if root is None:
            raise self.error(1, "is empty", "write levels, relations, blocked and actors")
        top = self.mapping(root, "the file", _SECTIONS, required=_SECTIONS)
        rows = [r for node in self.items(top["actors"], "actors") for r in self.rows(node)]
        by_id = self.check_ids(rows)
        self.check_cycles(by_id)
        levels, levels_en = self.level_words(top["levels"])
        relations, relations_en = self.relation_words(top["relations"])
        vocabulary = Vocabulary(
            aliases=self.owners(rows, english=False),
            aliases_en=self.owners(rows, english=True),
            unit={word: row.id for row in rows for word, _ in row.unit},
            suffixes=self.suffixes(rows),
            levels=levels,
            levels_en=levels_en,
            relations=relations,
            relations_en=relations_en,
            blocked=frozenset(w for w, _ in self.words(top["blocked"], "blocked")),
        )
        actors = [
            Actor(
                row.id,
                row.name,
                row.en,
                row.level,
                row.kind,
                tuple(w for w, _ in (*row.aliases, *row.shared, *row.aliases_en)),
                tuple(i for i, _ in row.is_a),
            )
            for row in rows
        ]
        return ActorTable(actors, vocabulary, places)

    # nodes

    def mapping(
        self,
        node: yaml.Node,
        what: str,
        known: frozenset[str],
        required: frozenset[str] = frozenset(),
    ) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self.error(_line(node), f"{what} is not a mapping", 'write "key: value" lines')
        out: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.string(key, "a key")
            if name not in known:
                raise self.error(_line(key), f'{what} has no key "{name}"', closest(name, known))
            if name in out:
                raise self.error(_line(key), f'key "{name}" is given twice', "keep one")
            out[name] = value
        if missing := sorted(required - out.keys()):
            raise self.error(_line(node), f'{what} lacks "{missing[0]}"', "add it")
        return out

    def items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(_line(node), f"{what} is not a list", "write [one, two] or - lines")
        return list(node.value)

    def string(self, node: yaml.Node, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
            raise self.error(_line(node), f"{what} is not a word", "write plain text")
        return str(node.value)

    def words(self, node: yaml.Node | None, what: str) -> Words:
        if node is None:
            return ()
        items = self.items(node, what)
        out = [(self.string(item, f"an entry of {what}"), _line(item)) for item in items]
        whole = "".join(word for word, _ in out)
        if fold(whole, keep_space=whole.isascii()).text == whole:
            return tuple(out)
        for item, (word, _) in zip(items, out, strict=True):
            if (folded := fold(word, keep_space=word.isascii()).text) != word:
                remedy = f'write "{folded}"'
                raise self.error(_line(item), f'"{word}" can never match a folded text', remedy)
        return tuple(out)

    def choice(self, node: yaml.Node, what: str, options: type[E]) -> E:
        value = self.string(node, what)
        try:
            return options(value)
        except ValueError:
            known = ", ".join(options)
            raise self.error(_line(node), f'{what} "{value}" is unknown', f"use {known}") from None

    # rows

    def rows(self, node: yaml.Node) -> list[_Row]:
        """A row of the file and its children by level."""
        fields = self.mapping(node, "a row", _ROW_KEYS, _REQUIRED)
        id = self.string(fields["id"], "id")
        if not _ID.fullmatch(id):
            raise self.error(_line(fields["id"]), f'"{id}" is not an id', "write family.part")
        of = fields.get("of")
        if of is None and (extra := fields.get("suffixes") or fields.get("suffixes_en")):
            raise self.error(_line(extra), f'{id} has suffixes without "of"', "name the actor")
        level = fields.get("level")
        parents = tuple(
            (self.string(n, "is_a"), _line(n)) for n in self._items_or_none(fields, "is_a")
        )
        row = _Row(
            line=_line(node),
            id=id,
            name=self.string(fields["name"], "name"),
            en=self.string(fields["en"], "en"),
            kind=self.choice(fields["kind"], "kind", Kind),
            level=None if level is None else self.choice(level, "level", Level),
            is_a=parents,
            aliases=self.words(fields.get("aliases"), "aliases"),
            aliases_en=self.words(fields.get("aliases_en"), "aliases_en"),
            unit=self.words(fields.get("unit"), "unit"),
            of=None if of is None else (self.string(of, "of"), _line(of)),
            suffixes=self.words(fields.get("suffixes"), "suffixes"),
            suffixes_en=self.words(fields.get("suffixes_en"), "suffixes_en"),
            shared=self.words(fields.get("shared"), "shared"),
        )
        if "at" not in fields:
            return [row]
        if level is not None:
            raise self.error(_line(level), f'{id} has both "level" and "at"', "keep one")
        return [row, *self.children(row, fields["at"])]

    def _items_or_none(self, fields: Mapping[str, yaml.Node], key: str) -> list[yaml.Node]:
        return self.items(fields[key], key) if key in fields else []

    def children(self, row: _Row, node: yaml.Node) -> list[_Row]:
        out = []
        for name, child in self.mapping(node, '"at"', frozenset(Level)).items():
            fields = self.mapping(child, f"{row.id} at {name}", _AT_KEYS, frozenset({"name", "en"}))
            out.append(
                _Row(
                    line=_line(child),
                    id=f"{row.id}.{name}",
                    name=self.string(fields["name"], "name"),
                    en=self.string(fields["en"], "en"),
                    kind=row.kind,
                    level=Level(name),
                    is_a=((row.id, row.line), *((f"{p}.{name}?", n) for p, n in row.is_a)),
                    aliases=self.words(fields.get("aliases"), "aliases"),
                    aliases_en=self.words(fields.get("aliases_en"), "aliases_en"),
                )
            )
        return out

    # checks

    def check_ids(self, rows: list[_Row]) -> dict[str, _Row]:
        """Ids are unique, and every id named exists. Resolves the optional parents of
        children by level ("organ.league?": only where there is such a row)."""
        by_id: dict[str, _Row] = {}
        for row in rows:
            if row.id in by_id:
                raise self.error(row.line, f'id "{row.id}" is given twice', "rename one")
            by_id[row.id] = row
        for at, row in enumerate(rows):
            parents = []
            for parent, line in row.is_a:
                optional, parent = parent.endswith("?"), parent.removesuffix("?")
                if parent in by_id:
                    parents.append((parent, line))
                elif not optional:
                    raise self.error(
                        line, f'{row.id} is_a unknown actor "{parent}"', closest(parent, by_id)
                    )
            rows[at] = by_id[row.id] = replace(row, is_a=tuple(parents))
            if row.of and row.of[0] not in by_id:
                name, line = row.of
                raise self.error(
                    line, f'{row.id} is of unknown actor "{name}"', closest(name, by_id)
                )
        return by_id

    def check_cycles(self, by_id: Mapping[str, _Row]) -> None:
        done: set[str] = set()

        def visit(id: str, path: tuple[str, ...]) -> None:
            if id in path:
                cycle = " → ".join((*path[path.index(id) :], id))
                raise self.error(by_id[id].line, f"is_a runs in a circle: {cycle}", "cut one link")
            if id not in done:
                for parent, _ in by_id[id].is_a:
                    visit(parent, (*path, id))
                done.add(id)

        for id in by_id:
            visit(id, ())

    def owners(self, rows: Sequence[_Row], *, english: bool) -> dict[str, tuple[str, ...]]:
        """Which actors each word names. Twice the same word must be declared by ``shared``."""
        owner: dict[str, tuple[str, ...]] = {}
        for row in rows:
            own: Iterable[tuple[str, int]]
            if english:
                own = (*row.aliases_en, (fold(row.en, keep_space=True).text, row.line))
            else:
                own = (*row.aliases, (fold(row.name).text, row.line))
            for word, line in own:
                before = owner.get(word, (row.id,))[0]
                if before != row.id:
                    raise self.error(
                        line, f'"{word}" already names {before}', 'drop one, or list it in "shared"'
                    )
                owner[word] = (row.id,)
        if not english:
            for row in rows:
                for word, line in row.shared:
                    if word not in owner or owner[word] == (row.id,):
                        raise self.error(
                            line, f'shared "{word}" names no other actor', "make it an alias"
                        )
                    if row.level is None:
                        raise self.error(
                            line, f'{row.id} shares "{word}" but has no level', "give it a level"
                        )
                    owner[word] = (*owner[word], row.id)
        return owner

    def suffixes(self, rows: Sequence[_Row]) -> tuple[Suffix, ...]:
        taken: dict[tuple[str, str], str] = {}
        out = []
        for row in rows:
            if row.of is None:
                continue
            for word, line in (*row.suffixes, *row.suffixes_en):
                before = taken.setdefault((row.of[0], word), row.id)
                if before != row.id:
                    raise self.error(
                        line, f'suffix "{word}" of {row.of[0]} already makes {before}', "drop one"
                    )
            out.append(
                Suffix(
                    row.id,
                    row.of[0],
                    tuple(w for w, _ in row.suffixes),
                    tuple(w for w, _ in row.suffixes_en),
                )
            )
        return tuple(out)

    # words of levels and relations

    def level_words(
        self, node: yaml.Node
    ) -> tuple[dict[str, Level | None], dict[str, Level | None]]:
        fields = self.mapping(node, "levels", _LEVELS, _LEVELS)
        english = self.mapping(fields.pop("en"), "levels in English", _LEVELS - {"en"})
        return self._words_of(fields, _level), self._words_of(english, _level)

    def relation_words(self, node: yaml.Node) -> tuple[dict[str, Relation], dict[str, Relation]]:
        fields = self.mapping(node, "relations", _RELATIONS, _RELATIONS)
        english = self.mapping(fields.pop("en"), "relations in English", _RELATIONS - {"en"})
        return self._words_of(fields, Relation), self._words_of(english, Relation)

    def _words_of(self, fields: Mapping[str, yaml.Node], make: Callable[[str], T]) -> dict[str, T]:
        out: dict[str, T] = {}
        for name, node in fields.items():
            for word, line in self.words(node, name):
                if word in out:
                    raise self.error(line, f'"{word}" is listed twice', "keep one")
                out[word] = make(name)
        return out


def _level(name: str) -> Level | None:
    return None if name == "any" else Level(name)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
