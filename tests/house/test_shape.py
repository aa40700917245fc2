"""Files one can read in a sitting, functions one can hold in the head, names that say something."""

from __future__ import annotations

import ast
import re
from statistics import median, quantiles

from tests.house.source import PACKAGE, functions, length, parsed, python_files, shown, tracked

FILE_LINES = 400
MEDIAN_LINES = 8
P95_LINES = 35
EMPTY_MODULES = {"common", "utils", "util", "core", "helpers", "helper", "misc"}
EMPTY_NAMES = {"data", "info", "manager", "helper"}
HEAVY = {"duckdb", "ibis", "pandas", "pyspark", "scipy.stats"}
"""What few processes need, and every start of one would wait for: imported in the function."""
EMPTY_VERBS = re.compile(r"^_?(process|handle|do)_")
# Names that Django and the standard library call: ours to define, not ours to choose.
GIVEN = {"process_view", "process_exception", "process_request", "process_response"}


def test_no_file_is_longer_than_one_can_read() -> None:
    readable = {".py", ".js", ".mjs", ".css", ".html"}
    long = {
        shown(path): lines
        for path in tracked()
        if path.suffix in readable
        and "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert not long, f"over {FILE_LINES} lines; make a folder of it: {long}"


def test_functions_are_short() -> None:
    lengths = {
        shown(path, function.lineno): length(function)
        for path in python_files("src")
        for function in functions(path)
    }
    assert len(lengths) > 20
    middle, high = median(lengths.values()), quantiles(lengths.values(), n=20)[-1]
    longest = sorted(lengths.items(), key=lambda item: -item[1])[:8]
    assert middle <= MEDIAN_LINES, f"median {middle} lines"
    assert high <= P95_LINES, f"95 % are within {high} lines; the longest: {longest}"


def test_no_module_is_a_junk_drawer() -> None:
    drawers = [
        shown(path)
        for path in python_files("src", "tools", "benchmarks", "tests")
        if EMPTY_MODULES & {path.stem, path.parent.name}
    ]
    assert not drawers, drawers


def test_names_say_what_a_thing_is() -> None:
    empty = [
        f"{shown(path, node.lineno)} {node.name}"
        for path in python_files("src")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node.name not in GIVEN
        and (node.name.lower() in EMPTY_NAMES or EMPTY_VERBS.match(node.name))
    ]
    assert not empty, f"a name that would fit anything: {empty}"


def test_no_variable_or_field_is_called_data_or_info() -> None:
    """The log's entry keeps its column ``data``: HOUSE names it so."""
    empty = [
        f"{shown(path, node.lineno)} {node.id}"
        for path in python_files("src")
        if path.parent != PACKAGE / "base" / "log"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in EMPTY_NAMES
    ]
    assert not empty, f"a name that would fit anything: {empty}"


def test_no_start_waits_for_what_few_need() -> None:
    waited_for = [
        f"{shown(path, node.lineno)} {name}"
        for path in python_files("src")
        for node in parsed(path).body
        for name in imported(node)
        if any(name == heavy or name.startswith(f"{heavy}.") for heavy in HEAVY)
    ]
    assert not waited_for, f"import it where it is used: {waited_for}"


def imported(node: ast.stmt) -> list[str]:
    """The modules that this statement imports."""
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [module, *(f"{module}.{one.name}" for one in node.names)]
    return [one.name for one in node.names] if isinstance(node, ast.Import) else []
