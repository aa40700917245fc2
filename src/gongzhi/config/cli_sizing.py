"""``gongzhi sizing``: how large a machine."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer


def sizing(
    people: Annotated[int, typer.Option(min=1, help="How many live there.")],
    bench: Annotated[
        Path | None, typer.Option(help="A folder of own figures: var/bench after `make bench`.")
    ] = None,
) -> None:
    """Say what so many people need, reckoned from what benchmarks measured."""
    from gongzhi.config.sizing import figures, need

    measured, assumed = figures()
    try:
        measured = measured.with_bench(bench) if bench else measured
    except (ValueError, KeyError) as wrong:
        sys.exit(str(wrong))
    found = need(people, measured, assumed)
    print(f"measured on: {measured.machine}")
    for name, value in asdict(found).items():
        print(f"{name:18}{value:>16,.2f}" if isinstance(value, float) else f"{name:18}{value:>16,}")
    print("SQLite, one process" if found.embedded else "PostgreSQL, web, follower and worker apart")
