"""Runs every benchmark in benchmarks/ beside a PostgreSQL server that keeps its promises.

    .venv/bin/python tools/bench.py            all
    .venv/bin/python tools/bench.py intake     only this one

Each writes its figures to var/bench/<name>.json and prints its table.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from steps import PYTHON, ROOT, Stop, main

FIGURES = ROOT / "var" / "bench"


def bench(names: Sequence[str]) -> None:
    """Run the named benchmarks, or all; Stop when one of them fails."""
    scripts = sorted(
        path
        for path in (ROOT / "benchmarks").glob("*.py")
        if not path.name.startswith("_") and (not names or path.stem in names)
    )
    if not scripts:
        raise Stop(f"no such benchmark: {', '.join(names) or 'benchmarks/ is empty'}")
    FIGURES.mkdir(parents=True, exist_ok=True)
    failed = []
    for script in scripts:
        print(f"\n{script.stem}", flush=True)
        command: list[str | Path] = [PYTHON, "-m", "tests.postgres", "--durable", PYTHON, script]
        done = subprocess.run(
            [*command, "--json", str(FIGURES / f"{script.stem}.json")],
            cwd=ROOT, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if done.returncode:
            failed.append(script.stem)
    if failed:
        raise Stop(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main(lambda: bench(sys.argv[1:]))
