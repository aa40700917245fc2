"""Every check and test of the project, one line each, with the time it took: `make test`.

.venv/bin/python tools/check.py                  all
.venv/bin/python tools/check.py style types      only these
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import system
from steps import PYTHON, ROOT, VENV, Stop, main, run, step

BIN = VENV / "bin"
CLOSING = re.compile(r"^=* ?(.*\b(?:passed|failed|error|errors)\b.* in [\d.]+s.*?) ?=*$")
LONGEST = 200  # characters of a closing line
NAMED = re.compile(r"^(?:FAILED|ERROR|RERUN) tests/.*")
PYTEST = (
    *(PYTHON, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider"),
    *("--durations=5", "-r", "fER"),
)
TWO = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")  # the order: tests/turns.py
# A home for tools that read Django's settings, so that none of them makes a county here.
QUIET = {"GONGZHI_HOME": str(ROOT / "var" / "check-home"), "GONGZHI_DATABASE_URL": ""}


def style() -> None:
    """Lint and format."""
    with step("style (ruff)"):
        run([BIN / "ruff", "check", "--output-format", "concise", "."], log="ruff")
        run([BIN / "ruff", "format", "--check", "."], log="ruff-format")
    with step("templates (djangofmt)"):
        run([BIN / "djangofmt", "--check", "src"], log="djangofmt")


def types() -> None:
    """Types, strictly."""
    with step("types (mypy)"):
        begun = beside.pop("types", None)
        begun.result() if begun else _mypy()


def _mypy() -> None:
    run([BIN / "mypy"], log="mypy", env=QUIET)


def imports() -> None:
    """Who may import whom."""
    with step("import contracts (import-linter)"):
        run([BIN / "lint-imports"], log="lint-imports", env={"PYTHONPATH": str(ROOT / "src")})


def catalogue() -> None:
    """Every catalogue file, and the examples in it."""
    with step("catalogue (gongzhi catalogue check)"):
        run([BIN / "gongzhi", "catalogue", "check"], log="catalogue", env=QUIET)


def messages() -> None:
    """Every text has its English."""
    with step("translations (gongzhi messages --check)"):
        run([BIN / "gongzhi", "messages", "--check"], log="messages", env=QUIET)


def migrations() -> None:
    """Models and migrations agree."""
    with step("migrations"):
        command = [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"]
        settings = {"DJANGO_SETTINGS_MODULE": "gongzhi.config.settings"}
        run(command, log="migrations", env={**QUIET, **settings})


def postgresql() -> None:
    """The tests that must hold on both databases, on PostgreSQL."""
    command = [
        PYTHON,
        "-m",
        "tests.postgres",
        "--as-database",
        *PYTEST,
        "-m",
        "both_databases and not long",
        *TWO,
    ]
    _pytest("tests on PostgreSQL", command, log="pytest-postgresql")


def tests() -> None:
    """All tests, on SQLite unless they say otherwise, with PostgreSQL and browser at hand."""
    system.browser_needs()
    command = [PYTHON, "-m", "tests.postgres", *PYTEST, "-m", "not long", *TWO]
    _pytest("all tests, browser included", command, log="pytest")


def long() -> None:
    """What takes minutes a test and measures: alone, one after the other."""
    system.browser_needs()
    command = [PYTHON, "-m", "tests.postgres", *PYTEST, "-m", "long"]
    _pytest("long tests", command, log="pytest-long")


def docs() -> None:
    """The manual, with every warning an error."""
    with step("manual (mkdocs build --strict)"):
        strict = [BIN / "mkdocs", "build", "--strict", "--quiet", "--site-dir", ROOT / "site"]
        run(strict, log="mkdocs", env={**QUIET, "NO_MKDOCS_2_WARNING": "1"})


def _pytest(title: str, command: Sequence[object], log: str) -> None:
    # Hundreds of processes start: each would compile every module anew where Python keeps nothing.
    kept = {"PYTHONDONTWRITEBYTECODE": ""}
    env = {"PYTHONUNBUFFERED": "1", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1", **kept}
    lines: Sequence[str] = []
    try:
        with step(title):
            lines = run([str(part) for part in command], log=log, env={**_without_county(), **env})
    except Stop as reason:
        lines = reason.lines
        raise
    finally:
        closing.extend(_summed_up(lines))


def _summed_up(lines: Sequence[str]) -> list[str]:
    """What the last lines on the terminal say: each test that failed or had its second try, a
    line each however long its own words are, and the count."""
    found_in = (found[0][:LONGEST] for line in lines if (found := NAMED.match(line)))
    named = {line.partition(" - ")[0]: line for line in found_in}  # some are told twice
    return list(named.values()) + [
        found[1] for line in lines[-3:] if (found := CLOSING.match(line.strip()))
    ]


def _without_county() -> dict[str, str]:
    """The county of the person at the terminal is none of the tests' business."""
    return {name: "" for name in os.environ if name in {"GONGZHI_HOME", "GONGZHI_DATABASE_URL"}}


STAGES: dict[str, Callable[[], None]] = {
    stage.__name__: stage
    for stage in (
        style, imports, catalogue, messages, migrations, types, postgresql, tests, docs, long
    )
}  # fmt: skip
WHEN_ASKED = {"long"}
"""Stages that only run when they are named."""
closing: list[str] = []
beside: dict[str, Future[None]] = {}
"""What was begun before its turn: the longest of those that keep one processor at work."""


@contextmanager
def _noted(name: str, failures: dict[str, str]) -> Iterator[None]:
    """Go on after a stage that failed: one run shows everything that is wrong."""
    try:
        yield
    except Stop as reason:
        failures[name] = str(reason)


def check(names: Sequence[str]) -> None:
    """Run the named stages, or all; Stop with every failure's output at the end."""
    if unknown := [name for name in names if name not in STAGES]:
        raise Stop(f"no such check: {', '.join(unknown)}. There are: {', '.join(STAGES)}")
    begun = time.monotonic()
    failures: dict[str, str] = {}
    names = [name for name in STAGES if name in names or (not names and name not in WHEN_ASKED)]
    with ThreadPoolExecutor(1) as second:
        if "types" in names:
            beside["types"] = second.submit(_mypy)
        for name in names:
            with _noted(name, failures):
                STAGES[name]()
    for name, reason in failures.items():
        print(f"\n--- {name} ---\n{reason}", flush=True)
    minutes, seconds = divmod(int(time.monotonic() - begun), 60)
    print(f"{len(names)} checks in {minutes} min {seconds} s", flush=True)
    for line in closing:
        print(line if NAMED.match(line) else f"===== {line} =====", flush=True)
    if failures:
        raise Stop(f"failed: {', '.join(failures)}")


if __name__ == "__main__":
    main(lambda: check(sys.argv[1:]))
