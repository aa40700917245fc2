"""``gongzhi simulate``: what if, and whether the simulator tells again what really happened."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin, prepare
from gongzhi.config.options import JsonOption, SeedOption

ABOUT = "What if: the county with something changed, simulated beside today's."
simulate_app = typer.Typer(invoke_without_command=True, help=ABOUT)


@simulate_app.callback()
def simulate(
    context: typer.Context,
    scenario: Annotated[
        Path | None, typer.Option("--scenario", help="A TOML file; see --example.")
    ] = None,
    years: Annotated[
        float, typer.Option("--years", min=0.01, max=100, help="How long each repeat lasts.")
    ] = 1.0,
    repeats: Annotated[
        int, typer.Option("--repeats", min=2, max=1000, help="How often it is repeated.")
    ] = 20,
    seed: SeedOption = 0,
    out: JsonOption = None,
    example: Annotated[
        bool, typer.Option("--example", help="Print a scenario to start from.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Simulate a scenario: its own county, or the one in --home as it is today, and what changes.

    Figures come with 99 % intervals over the repeats. Ctrl-C ends it with the repeats done so far.
    """
    if context.invoked_subcommand:
        return
    if example:
        print((Path(__file__).parent / "simulating" / "example.toml").read_text("utf-8"), end="")
        return
    if scenario is None:
        sys.exit("--scenario FILE is missing; --example prints one to start from")
    begin(home)
    from gongzhi.config.simulating import Asked, simulate_file

    sys.exit(simulate_file(Asked(scenario, years, repeats, seed, out), prepare))


@simulate_app.command("replay")
def replay(
    file: Annotated[
        Path, typer.Option("--data", help="CSV, CSV packed with gzip, or Excel (.xlsx).")
    ],
    mapping: Annotated[
        str, typer.Option("--mapping", help="Its mapping: a file in catalogue/mappings.")
    ],
    learn: Annotated[
        float, typer.Option("--learn", min=0.2, max=0.9, help="The part of time to learn from.")
    ] = 0.7,
    repeats: Annotated[
        int, typer.Option("--repeats", min=2, max=200, help="How often each part is simulated.")
    ] = 10,
    seed: SeedOption = 0,
    out: JsonOption = None,
    home: HomeOption = None,
) -> None:
    """Learn from the first part of imported calls, and tell the response times of the rest.

    Needs no county, writes nothing into any database, and knows no person.
    """
    begin(home)
    from gongzhi.config.simulating import AskedAgain, replay_file

    sys.exit(replay_file(AskedAgain(file, mapping, learn, repeats, seed, out)))
