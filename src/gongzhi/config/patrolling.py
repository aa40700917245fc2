"""Making a patrol plan from the command line: what it prints."""

from __future__ import annotations

from collections import Counter
from datetime import date

import typer
from django.utils import timezone, translation

from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans.actions import propose_plan
from gongzhi.work.patrol.plans.making import Made
from gongzhi.work.patrol.plans.selectors.shifts import Shift, shift_called, shifts_on
from gongzhi.work.patrol.plans.solving import edits_of, work_out
from gongzhi.work.patrol.plans.states import LeftOut


def plan_patrols(day: date, code: str, limit: float, seed: int) -> int:
    """Work out, keep and print the proposals of a day's shifts, or of one; the exit code."""
    with translation.override("en"):
        try:
            shifts = [shift_called(day, code)] if code else shifts_on(day)
            for shift in shifts:
                _propose(shift, limit / len(shifts), seed)
        except Refused as refused:
            typer.echo(str(refused), err=True)
            return 1
    return 0


def _propose(shift: Shift, limit: float, seed: int) -> None:
    made = work_out(shift, seed=seed, limit=limit, edits=edits_of(shift))
    plan = propose_plan(Actor.system("patrol"), made)
    wanted = len(made.stops)
    typer.echo(
        f"{plan}  {shift.day} {shift}  units: {len(made.units)}, visits: {made.visits} of {wanted}"
    )
    for n, on in enumerate(made.units):
        own = sorted((one for one in made.stops if one.crew == n), key=lambda one: one.place)
        typer.echo(f"  {on.unit} ({on.unit.get_kind_display()}, {_hours(on.begins, on.ends)})")
        for one in own:
            if one.arrives and one.leaves:
                typer.echo(f"    {_hours(one.arrives, one.leaves)}  {one.need.node}")
    _print_left(made)


def _print_left(made: Made) -> None:
    left = [one for one in made.stops if one.left_out]
    if not left:
        typer.echo("  nothing is left out")
    for why, many in Counter(one.left_out for one in left).most_common():
        typer.echo(f"  left out, {many}: {LeftOut(why).label}")
        for one in left:
            if one.left_out == why:
                rather = f", for {one.rather}" if one.rather else ""
                typer.echo(f"    {_hours(one.need.begins, one.need.ends)}  {one.need.node}{rather}")
    typer.echo("A commander publishes it on /patrol/.")


def _hours(begins: object, ends: object) -> str:
    first, last = timezone.localtime(begins), timezone.localtime(ends)  # type: ignore[arg-type]
    return f"{first:%H:%M}-{last:%H:%M}"
