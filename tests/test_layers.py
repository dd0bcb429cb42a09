"""Nothing imports upward, slow libraries come late, and what is imported is declared."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Floor → what it may import of ours, itself aside. assistant.web is a floor of its own.
ALLOWED: dict[str, set[str]] = {
    "index": set(),
    "assistant": {"index"},
    "assistant.web": {"index", "assistant"},
    "eval": {"index", "assistant"},
    "app": {"index", "assistant", "assistant.web"},
}
SLOW = ("torch", "gradio", "llama_index", "faiss", "sentence_transformers", "transformers")


def _floor(module: str) -> str | None:
    if module == "assistant.web" or module.startswith("assistant.web."):
        return "assistant.web"
    top = module.split(".")[0]
    return top if top in ALLOWED else None


def _modules() -> Iterator[tuple[str, Path]]:
    yield "app", ROOT / "app.py"
    for package in ("index", "assistant", "eval"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path


MODULES = dict(_modules())


def _imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Every module that a file imports, at its top or in a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            assert node.module is not None
            yield node.module, node
            for alias in node.names:  # from assistant import web
                if f"{node.module}.{alias.name}" in MODULES:
                    yield f"{node.module}.{alias.name}", node


@pytest.mark.parametrize("module", MODULES)
def test_nothing_imports_upward(module: str) -> None:
    floor = _floor(module)
    assert floor is not None
    for imported, node in _imports(MODULES[module]):
        target = _floor(imported)
        if target is not None and target != floor:
            assert target in ALLOWED[floor], f"{module}:{node.lineno} imports {imported}"


def test_only_the_settings_read_the_environment() -> None:
    reads = re.compile(r"\bgetenv\b|\benviron\.get\(|\benviron\[[^\]]+\](?! =)")
    readers = {
        module for module, path in MODULES.items() if reads.search(path.read_text(encoding="utf-8"))
    }
    assert readers == set()  # pydantic-settings does it for the two config modules


def _distribution(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def _declared(extra: str | None = None) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = project["dependencies"] if extra is None else project["optional-dependencies"][extra]
    return {_distribution(re.split(r"[\s<>=\[;]", name)[0]) for name in names}


def test_imports_are_declared_dependencies() -> None:
    owners = importlib.metadata.packages_distributions()
    missing = {
        f"{module} imports {imported}"
        for module, path in MODULES.items()
        for imported, _ in _imports(path)
        if (top := imported.split(".")[0]) not in sys.stdlib_module_names
        and _floor(top) is None
        # llama_index is shared by several distributions; the longest declared one counts.
        and not {_distribution(d) for d in owners.get(top, [top])} & _declared()
    }
    assert not missing


def test_imports_of_tests_are_declared() -> None:
    owners = importlib.metadata.packages_distributions()
    missing = {
        f"{path.relative_to(ROOT)} imports {imported}"
        for path in (ROOT / "tests").rglob("*.py")
        for imported, _ in _imports(path)
        if (top := imported.split(".")[0]) not in {*sys.stdlib_module_names, "tests"}
        and _floor(top) is None
        and not {_distribution(d) for d in owners.get(top, [top])}
        & (_declared() | _declared("dev"))
    }
    assert not missing


def test_dependencies_are_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {_distribution(line.split("==")[0]) for line in lines if "==" in line}
    assert _declared() | _declared("dev") <= pinned
    assert all(re.fullmatch(r"[\w.-]+==[\w.!]+", line) or line.startswith("#") for line in lines)


def test_dependencies_are_used() -> None:
    owners = importlib.metadata.packages_distributions()
    used = {
        _distribution(d)
        for path in MODULES.values()
        for imported, _ in _imports(path)
        for d in owners.get(imported.split(".")[0], [])
    }
    assert _declared() - used == set()


_PROBE = """
import contextlib, runpy, sys
sys.argv = {argv!r}
with contextlib.suppress(SystemExit):
    runpy.run_module({module!r}, run_name="__main__")
loaded = sorted({slow!r} & {{name.split(".")[0] for name in sys.modules}})
print(loaded, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        pytest.param("assistant", ["lookup", "30.1"], id="lookup"),
        pytest.param("assistant", ["check", "README.zh.md"], id="check"),
        pytest.param(
            "assistant", ["due", "r30.3", "--from", "2026-03-02 15:00", "--json"], id="due"
        ),
        pytest.param("assistant", ["--help"], id="assistant-help"),
        pytest.param("index", ["--help"], id="index-help"),
        pytest.param("index", ["show", "30"], id="show"),
        pytest.param("eval", ["--help"], id="eval-help"),
    ],
)
def test_quick_commands_load_nothing_slow(module: str, arguments: list[str]) -> None:
    probe = _PROBE.format(module=module, argv=[module, *arguments], slow=set(SLOW))
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr.strip().splitlines()[-1:] == ["[]"], done.stdout + done.stderr
