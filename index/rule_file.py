"""Reading ``rules.yaml`` strictly: YAML nodes with their lines, no guessing of types.

YAML's own typing (``1O`` a string, ``on`` a truth value, ``2019-11-20`` a date)
hides slips, so every scalar is read as text and turned into what its key asks
for; whatever does not fit is a :class:`RuleError` with file and line. It is also
three times faster than ``yaml.load``, whose type rules run on every scalar.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, NoReturn, TypeVar

import yaml

from index.actors import closest
from index.errors import RuleError

__all__ = ["RuleFile"]

Node = yaml.Node
T = TypeVar("T")

_WHOLE = re.compile("[1-9][0-9]{0,5}")
_NULL = frozenset({"", "null", "~"})


class _PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes without YAML's implicit types: untagged nodes have the tag ""."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:  # noqa: ARG002
        return ""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class RuleFile:
    """A YAML document and its name: hands out values, raises with the line of the fault."""

    def __init__(self, source: str, name: str) -> None:
        self.name = name
        try:
            self.root: Node | None = _PlainLoader(source).get_single_node()
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            fault = f"not YAML ({error.problem})"
            raise RuleError(f"{name}:{line}", fault, "correct the line") from None
        except yaml.YAMLError:  # a control character: no mark, and no need of one
            raise RuleError(f"{name}:1", "not YAML (binary data)", "write plain text") from None

    def line(self, node: Node) -> int:
        """Line of ``node``, from 1."""
        return int(node.start_mark.line) + 1

    def fail(self, node: Node, fault: str, remedy: str) -> NoReturn:
        """Raise the :class:`RuleError` of a fault at ``node``."""
        raise RuleError(f"{self.name}:{self.line(node)}", fault, remedy)

    def _untagged(self, node: Node) -> None:
        if node.tag:
            self.fail(node, f"tag {node.tag} is not allowed", "delete it")

    def mapping(
        self, node: Node, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, Node]:
        """The values of a mapping that has every key of ``required`` and no foreign one."""
        self._untagged(node)
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, f"{_show(node)} is not a mapping", "write key: value lines")
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            # most of a file is keys: read them without the checks of a text
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else self.text(key_node)
            if key in found:
                self.fail(key_node, f'key "{key}" appears twice', "delete one of the two")
            if key not in required and key not in optional:
                self.fail(key_node, f'unknown key "{key}"', closest(key, [*required, *optional]))
            found[key] = value
        for key in required:
            if key not in found:
                self.fail(node, f'no key "{key}"', f'add a line "{key}: …"')
        return found

    def sequence(self, node: Node) -> list[Node]:
        """The members of a list."""
        self._untagged(node)
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, f"{_show(node)} is not a list", "write [one, another] or [] for none")
        return list(node.value)

    def text(self, node: Node) -> str:
        """A text, not empty."""
        value = self.text_or_none(node)
        if value is None:
            self.fail(node, "nothing where a text is due", "write the text")
        return value

    def text_or_none(self, node: Node) -> str | None:
        """A text, or None for null."""
        if node.tag:
            self._untagged(node)
        if not isinstance(node, yaml.ScalarNode):
            self.fail(node, f"{_show(node)} is not a text", "write plain or quoted text")
        value: str = node.value
        if not node.style and value in _NULL:  # plain style is None or ""
            return None
        if value != value.strip() or not value:
            self.fail(node, f'"{value}" has blanks at its ends', "delete them")
        return value

    def texts(self, node: Node) -> tuple[str, ...]:
        """A list of texts, none of them twice."""
        members = self.sequence(node)
        values = tuple(self.text(member) for member in members)
        if len(set(values)) < len(values):
            twice = next(m for n, m in enumerate(members) if values[n] in values[:n])
            self.fail(twice, f'"{self.text(twice)}" appears twice', "delete one of the two")
        return values

    def whole(self, node: Node) -> int | None:
        """A whole number from 1, or None for null."""
        value = self.text_or_none(node)
        if value is None:
            return None
        if _WHOLE.fullmatch(value) is None:
            self.fail(node, f'"{value}" is not a quantity', "write digits, from 1")
        return int(value)

    def choice(self, node: Node, known: Mapping[str, T], what: str) -> T:
        """The member of ``known`` that the text names."""
        value = self.text(node)
        if value not in known:
            self.fail(node, f'"{value}" is not {what}', closest(value, known))
        return known[value]


def _show(node: Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return f'"{node.value}"' if node.value else "nothing"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"
