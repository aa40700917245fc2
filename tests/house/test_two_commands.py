"""What a newcomer reads is what works: two commands, and a list of the others."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.house.source import ROOT

PROMISED = ["setup", "demo", "test", "bench", "lint", "type", "docs", "lock", "messages", "clean"]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_the_two_commands(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    commands = "\n".join(re.findall(r"```.*?\n(.*?)```", text, re.DOTALL))
    assert "make demo" in commands
    assert "make test" in commands


def test_make_help_lists_every_command() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert not [name for name in PROMISED if f"make {name} " not in listed], listed


def test_the_build_machine_runs_what_a_person_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "make test" in script.read_text()
