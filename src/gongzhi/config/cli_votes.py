"""``gongzhi votes``: counting a published vote again. It needs the file and nothing else."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

votes_app = typer.Typer(no_args_is_help=True, help="Votes: count what was published again.")


@votes_app.callback()
def _votes() -> None:
    """Keeps `verify` a command of its own, though it is the only one."""


@votes_app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The ballots' file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the count as JSON.")] = False,
) -> None:
    """Check each ballot's signature and count them; ends with 1 at the first that is wrong."""
    from gongzhi.work.proposals.ballots import BadBallot, recount

    try:
        found = recount(file.read_text("utf-8"))
    except (BadBallot, UnicodeDecodeError) as wrong:
        sys.exit(f"{file.name}: {wrong}")
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False))
    else:
        print(found.question)
        for code, number in found.counted.items():
            print(f"{number:>8}  {found.names[code]}")
        print(f"{found.ballots} ballots, each signed by the vote's key; {found.signed} were signed")
    if found.wrong:
        sys.exit(f"wrong: {found.wrong}")
