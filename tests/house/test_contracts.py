"""The import contracts hold; and each of them fails when broken, or it would guard nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT

LINT = Path(sys.executable).parent / "lint-imports"
# contract, the module that breaks it, and what it imports
BREAKS = [
    ("floors", "base.log.broken", "config.home"),
    ("floors", "base.log.broken", "work.calls"),
    ("floors", "work.calls.broken", "watch.live"),
    ("floors", "base.log.broken", "analysis"),
    ("floors", "analysis.broken", "base.log"),
    ("floors", "newcomer.broken", "base"),
    ("work-floors", "work.calls.broken", "work.dispatch.models"),
    ("work-floors", "work.calls.broken", "work.participation.models"),
    ("inside-an-app", "work.calls.models", "work.calls.actions"),
    ("inside-an-app", "work.calls.selectors", "work.calls.pages"),
    ("inside-an-app", "base.matters.events", "base.matters.models"),
    ("inside-an-app", "watch.live.api", "watch.live.pages"),
    ("analysis-is-plain", "analysis.broken", "django"),
    ("no-test-tools", "base.log.broken", "pytest"),
]


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--config", ROOT / "pyproject.toml", "--no-cache", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def module(folder: Path, name: str) -> Path:
    """The file of ``gongzhi.<name>``, made with its packages where they are not there."""
    path = folder.joinpath("gongzhi", *name.split(".")).with_suffix(".py")
    for package in list(path.relative_to(folder).parents)[:-1]:
        (folder / package).mkdir(exist_ok=True, parents=True)
        (folder / package / "__init__.py").touch()
    if not path.with_suffix("").is_dir():
        path.touch()
    return path


def test_the_contracts_hold() -> None:
    kept = lint(ROOT / "src")
    assert kept.returncode == 0, kept.stdout + kept.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "importer", "imported"), BREAKS)
def test_a_broken_import_breaks_its_contract(
    tmp_path: Path, contract: str, importer: str, imported: str
) -> None:
    made = shutil.ignore_patterns("__pycache__", "static", "templates", "locale")
    shutil.copytree(PACKAGE, tmp_path / "gongzhi", ignore=made)
    ours = imported not in {"django", "pytest"}
    if ours:
        module(tmp_path, imported)
    with module(tmp_path, importer).open("a", encoding="utf-8") as out:
        out.write(f"\nimport {'gongzhi.' if ours else ''}{imported}\n")
    failed = lint(tmp_path, "--contract", contract)
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "0 kept, 1 broken" in failed.stdout, failed.stdout
