"""What the documents say is what the code does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
)


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _shown_commands() -> Iterator[tuple[str, str, str]]:
    """Document, command and output of each ``$ …`` in the console blocks."""
    for name in DOCUMENTS:
        for shown in re.findall(r"```console\n(.*?)```", _read(name), re.DOTALL):
            for part in re.split(r"^\$ ", shown, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                yield name, command, output.strip()


@pytest.mark.parametrize(
    ("command", "output"),
    [
        pytest.param(command, output, id=f"{name}-{number}")
        for number, (name, command, output) in enumerate(_shown_commands())
    ],
)
def test_shown_output_is_real(command: str, output: str, tmp_path: Path) -> None:
    python = shlex.quote(sys.executable)
    done = subprocess.run(
        command.replace(".venv/bin/python", python),
        shell=True,
        cwd=ROOT,
        # No index: the output must not depend on whether one has been built.
        env={**os.environ, "TIAOWEN_INDEX_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    # What is shown may leave out notes that follow.
    assert done.stdout.strip().startswith(output)


def _default(name: str) -> str:
    value = Settings.model_fields[name].default
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value.relative_to(ROOT)) if isinstance(value, Path) else str(value)


def test_settings_table() -> None:
    expected = [
        f"| `{PREFIX}{name.upper()}` | `{_default(name)}` | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    assert re.findall(r"^\| `TIAOWEN.*$", _read("README.md"), re.MULTILINE) == expected


def test_settings_table_in_chinese() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `([^`]*)` \| \S", _read("README.zh.md"), re.MULTILINE)
    expected = [(f"{PREFIX}{name.upper()}", _default(name)) for name in Settings.model_fields]
    assert rows == expected


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", _read(name)):
        if not re.match(r"https?:", target):
            assert (ROOT / name).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_files_exist(name: str) -> None:
    paths = re.findall(r"`((?:index|assistant|eval|tests|docs)/[\w./-]+\.\w+)`", _read(name))
    missing = [path for path in paths if not (ROOT / path).exists()]
    assert not missing


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", _read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", _read(name), re.MULTILINE))
    assert named <= targets


def _subcommands(package: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-m", package, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(re.findall(r"^  ([a-z]+)  ", done.stdout.split("Commands:")[1], re.MULTILINE))


@pytest.mark.parametrize("package", ["index", "assistant", "eval"])
def test_commands_named_in_documents_exist(package: str) -> None:
    known = _subcommands(package)
    for name in DOCUMENTS:
        named = set(re.findall(rf"python -m {package} ([a-z]+)", _read(name)))
        assert named <= known, name


def test_readmes_name_the_two_commands() -> None:
    for name in READMES:
        assert {"make serve", "make test"} <= set(
            re.findall(r"^(make \w+)", _read(name), re.MULTILINE)
        )
