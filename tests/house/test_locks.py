"""The locks pin what pyproject.toml asks for, with hashes."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
HOLDS = {"run": ["postgres", "build"], "test": list(EXTRAS)}


def pins(lock: str) -> dict[str, list[str]]:
    """Package name to the pinned versions: more than one where they differ by Python version."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[.*?\])?==([^\s;]+)", text, re.MULTILINE):
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


@pytest.mark.parametrize("lock", HOLDS)
def test_the_lock_fits_what_the_project_asks_for(lock: str) -> None:
    pinned = pins(lock)
    wanted = [*PROJECT["dependencies"], *(r for extra in HOLDS[lock] for r in EXTRAS[extra])]
    unfit = []
    for line in wanted:
        requirement = Requirement(line)
        versions = pinned.get(canonicalize_name(requirement.name), [])
        if not versions or not all(requirement.specifier.contains(v) for v in versions):
            unfit.append(f"{line}: {versions or 'not pinned'}")
    assert not unfit, f"run `make lock`: {unfit}"


@pytest.mark.parametrize("lock", HOLDS)
def test_every_pin_has_a_hash(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert not [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


def test_the_test_lock_extends_the_other() -> None:
    tests = pins("test")
    assert all(tests.get(name) == versions for name, versions in pins("run").items())


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.scripts]")[0]
    asked = re.findall(r'^    "[A-Za-z0-9-]+(?:\[.*?\])?(?:[><=].*)?".*$', text, re.MULTILINE)
    assert len(asked) > 20
    assert not [line for line in asked if "#" not in line.split('"')[-1]]
