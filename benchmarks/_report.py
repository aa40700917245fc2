"""What every benchmark does alike: its options, both databases, the table, the file of figures."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sqlite3
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.postgres.server import postgres_server

SEED = 20261124
DATABASES = ("sqlite", "postgresql")
PACKAGES = ("django", "uvicorn", "uvloop", "httptools", "psycopg")
Figures = dict[str, Any]


def options(about: str | None, quick: str) -> argparse.ArgumentParser:
    """The options that each has; `quick` says what is smaller then."""
    parser = argparse.ArgumentParser(description=(about or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=quick)
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--only", choices=DATABASES)
    return parser


def on_both(asked: argparse.Namespace, bench: Callable[[str], Figures]) -> Figures:
    """The machine, and what `bench` measures on each database that was asked for, by its URL."""
    found: Figures = {"machine": machine()}
    if asked.only != "postgresql":
        found["sqlite"] = bench("")
    if asked.only != "sqlite":
        with postgres_server(durable=True) as url:
            found["postgresql"] = bench(url)
    return found


def tell(asked: argparse.Namespace, found: Figures, names: Sequence[str] = ()) -> None:
    """Print the figures for people (only `names`, where given); write all for programs."""
    databases = [name for name in DATABASES if name in found]
    rows = names or list(found[databases[0]])
    lines = [f"{'':26}" + "".join(f"{name:>34}" for name in databases)]
    lines += [f"{n:26}" + "".join(f"{found[d][n]!s:>34}" for d in databases) for n in rows]
    print(*lines, f"machine: {json.dumps(found['machine'], ensure_ascii=False)}", sep="\n")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


def refuse(found: Figures, name: str, words: str) -> None:
    """End with these words, and what it was, when the figure `name` of a database isn't empty."""
    wrong = {database: found[database][name] for database in DATABASES if database in found}
    if any(wrong.values()):
        raise SystemExit(f"{words}: {json.dumps(wrong)}")


def machine() -> Figures:
    """What was measured on, and with what."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return {
        "cpu": cpu[1] if cpu else platform.processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "seed": SEED,
        "versions": {name: version(name) for name in PACKAGES}
        | {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version},
    }
