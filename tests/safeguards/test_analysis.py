"""Analysis stays plain Python about places and times: no Django, and no field for a person."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.house.source import ROOT, parsed, python_files, shown

# Words of field names that could only hold somebody. An officer in a roster is a number.
PERSONAL = {
    "name", "names", "person", "people", "phone", "mobile", "email", "address", "account",
    "username", "suspect", "victim", "offender", "reporter", "resident", "id_card", "plate",
    "plates", "face", "faces", "portrait", "gender", "sex", "age", "birth", "birthday", "ethnic",
    "ethnicity", "nationality", "religion", "household", "words", "narrative", "text", "note",
}  # fmt: skip
PERSONAL_PAIRS = {"id_card", "id_number", "home_address", "personal_id"}

IMPORT_ALL = """
import importlib, pkgutil, sys, gongzhi.analysis as analysis
for module in pkgutil.walk_packages(analysis.__path__, "gongzhi.analysis."):
    importlib.import_module(module.name)
ours = [n for n in sys.modules if n.startswith("gongzhi.") and not n.startswith("gongzhi.analysis")]
print(*(n for n in sys.modules if n in {"django", "ninja"}), *ours)
"""

needs_analysis = pytest.mark.skipif(
    not python_files("src/gongzhi/analysis"), reason="no analysis in this version"
)


@needs_analysis
def test_analysis_runs_where_there_is_no_django() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert loaded.stdout.split() == []


def is_personal(field: str) -> bool:
    return field in PERSONAL_PAIRS or bool(PERSONAL & set(field.split("_")))


def test_no_input_of_analysis_can_hold_a_person() -> None:
    personal = [
        f"{shown(path, field.lineno)} {field.target.id}"
        for path in python_files("src/gongzhi/analysis")
        for kind in ast.walk(parsed(path))
        if isinstance(kind, ast.ClassDef)
        for field in kind.body
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and is_personal(field.target.id)
    ]
    assert not personal, f"analysis works on places and times, never on persons: {personal}"


def test_the_rule_sees_a_person_where_there_is_one() -> None:
    assert is_personal("caller_phone")
    assert is_personal("name")
    assert not is_personal("beat")
    assert not is_personal("page")  # not every word that ends in "age" is one


def test_no_solver_takes_a_person() -> None:
    """The same for the arguments of every public function."""
    personal = [
        f"{shown(path, function.lineno)} {function.name}({argument.arg})"
        for path in python_files("src/gongzhi/analysis")
        for function in ast.walk(parsed(path))
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_")
        for argument in [*function.args.args, *function.args.kwonlyargs]
        if is_personal(argument.arg)
    ]
    assert not personal, personal
