"""Everything public in an ``actions.py`` is an action: no write escapes the log."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.source import PACKAGE, Function, parsed, python_files, shown

DEFINES_ACTION = PACKAGE / "base" / "log"


def actions_files() -> list[Path]:
    return [
        path
        for path in python_files("src")
        if "actions" in {path.stem, path.parent.name} and DEFINES_ACTION not in path.parents
    ]


def is_action(function: Function) -> bool:
    names = [d.func if isinstance(d, ast.Call) else d for d in function.decorator_list]
    return any(isinstance(name, ast.Name) and name.id == "action" for name in names)


def public_functions(path: Path) -> list[Function]:
    return [
        node
        for node in parsed(path).body
        if isinstance(node, Function) and not node.name.startswith("_")
    ]


def test_every_public_function_in_actions_is_an_action() -> None:
    plain = [
        f"{shown(path, function.lineno)} {function.name}"
        for path in actions_files()
        for function in public_functions(path)
        if not is_action(function)
    ]
    assert not plain, f"without @action: {plain}"


def test_every_action_says_who_acts() -> None:
    """``by`` comes first: nobody acts anonymously, and no caller can forget it."""
    silent = [
        f"{shown(path, function.lineno)} {function.name}"
        for path in actions_files()
        for function in public_functions(path)
        if is_action(function) and [a.arg for a in function.args.args[:1]] != ["by"]
    ]
    assert not silent, silent


def test_there_are_actions_to_look_at() -> None:
    assert any(is_action(f) for path in actions_files() for f in public_functions(path))
