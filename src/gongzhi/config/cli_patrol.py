"""``gongzhi patrol``: where units patrol, and how well that is planned."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin, prepare

patrol_app = typer.Typer(no_args_is_help=True, help="Where units patrol, and when.")
UNITS_OF_TIME = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0}


@patrol_app.callback()
def patrol() -> None:
    """Where units patrol, and when."""


def seconds(said: str) -> float:
    """Of ``10``, ``10s``, ``1.5m`` or ``500ms``. Ends with a message for anything else."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(ms|s|min|m|)", said.strip())
    if not found or not float(found[1]):
        raise typer.BadParameter(f"{said}: a time such as 10s or 2m")
    return float(found[1]) * UNITS_OF_TIME[found[2]]


@patrol_app.command("toptw")
def toptw(
    file: Annotated[Path, typer.Argument(help="An instance, as they are published.")],
    routes: Annotated[int, typer.Option("--routes", min=1, max=100, help="How many units.")] = 1,
    limit: Annotated[str, typer.Option("--limit", help="How long it may search.")] = "10s",
    seed: Annotated[int, typer.Option("--seed", help="The same seed, another day's dice.")] = 0,
    rounds: Annotated[
        int | None, typer.Option("--rounds", min=1, help="Instead: the same plan every time.")
    ] = None,
) -> None:
    """Solve a published team orienteering problem with time windows, to compare the planner.

    Needs no county. The score is of an evaluator that shares no code with the search.
    """
    longest = seconds(limit)
    from gongzhi.analysis.patrol import check, solve
    from gongzhi.analysis.patrol.orienteering import read

    try:
        problem = read(file, routes)
    except (OSError, UnicodeDecodeError, ValueError) as wrong:
        sys.exit(f"This can't be read: {wrong}")
    plan = solve(problem, seed=seed, limit=longest, rounds=rounds)
    checked = check(problem, plan)
    print(f"score: {checked.value:g}")
    visits = sum(len(route.visits) for route in plan.routes)
    print(f"{visits} of {len(problem.stops)} points, {plan.rounds:,} rounds")
    for route in plan.routes:
        print(f"route {route.unit + 1}:", *(visit.stop for visit in route.visits))
    print("checked:", "nothing wrong" if checked.holds else "; ".join(checked.wrong))
    sys.exit(0 if checked.holds else 1)


@patrol_app.command("plan")
def plan(
    day: Annotated[str, typer.Option("--date", help="The day, as 2026-03-01.")],
    shift: Annotated[
        str, typer.Option("--shift", help="One shift, as 0800-2000; else all of the day.")
    ] = "",
    limit: Annotated[str, typer.Option("--limit", help="How long it may search.")] = "10s",
    seed: Annotated[int, typer.Option("--seed", help="The same seed, another day's dice.")] = 0,
    home: HomeOption = None,
) -> None:
    """Propose who patrols where on a day, keep the proposal, and print it.

    What people settled by hand stays. Says what is left out, and why. A person publishes it.
    """
    longest = seconds(limit)
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        sys.exit(f"{day}: a day such as 2026-03-01")
    begin(home)
    prepare()
    from gongzhi.config.patrolling import plan_patrols

    sys.exit(plan_patrols(asked, shift, longest, seed))
