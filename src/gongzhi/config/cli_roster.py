"""``gongzhi roster``: a county's month, planned here and now."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Annotated, Any

import typer

from gongzhi.config.begin import HomeOption, begin, prepare

roster_app = typer.Typer(no_args_is_help=True, help="Rosters: who works when.")


@roster_app.callback()
def _roster() -> None:
    """Keeps `solve` a command of its own, though it is the only one."""


@roster_app.command("solve")
def solve(
    month: Annotated[str, typer.Option("--month", help="Like 2026-12.")],
    unit: Annotated[str, typer.Option("--unit", help="A unit's code; all stations without.")] = "",
    seconds: Annotated[
        int, typer.Option("--seconds", min=1, max=600, help="How long for each unit, at most.")
    ] = 20,
    forecast: Annotated[
        bool,
        typer.Option(
            "--forecast/--no-forecast",
            help="Want so many on each shift as the latest forecast needs, where there is one.",
        ),
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    home: HomeOption = None,
) -> None:
    """Plan a month for each station (or one unit) and keep it as a draft.

    Without a forecast, the county's shares say how many; its minimum is kept in any case. What is
    pinned stays. Where there is no roster, it says which rules collide, and ends with 1.
    """
    try:
        first = datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007  (a month has no zone)
    except ValueError:
        sys.exit(f"--month {month!r}: expected a year and a month, like 2026-12")
    begin(home)
    prepare()
    found = _solve(first, unit, seconds, forecast=forecast)
    if not found:
        sys.exit("no unit has anybody in post: register people and posts first")
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(told(one))
    if any(one["work"] != "done" for one in found):
        sys.exit(1)


def _solve(first: date, code: str, seconds: int, *, forecast: bool) -> list[dict[str, Any]]:
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.people.models import Unit
    from gongzhi.work.workforce.officers.selectors.people import people_of
    from gongzhi.work.workforce.rosters.actions import ask_roster
    from gongzhi.work.workforce.rosters.working import work_now

    rows = Unit.objects.filter(code=code) if code else Unit.objects.filter(kind="station")
    units = [one for one in rows.order_by("pk") if people_of(one, first)]
    told = []
    for one in units:
        roster = ask_roster(Actor.system("cli"), one, first, seconds=seconds, forecast=forecast)
        work_now(roster)
        roster.refresh_from_db()
        told.append(
            {
                "unit": one.code, "roster": roster.pk, "work": str(roster.work),
                "shifts": roster.duties.exclude(shift="").count(), "cost": roster.cost,
                "bound": roster.bound, "gap": roster.gap if roster.bound else None,
                "forecast": (roster.foreseen or {}).get("made_on"),
                "conflicts": roster.conflicts,
            }
        )  # fmt: skip
    return told


def told(one: dict[str, Any]) -> str:
    """A unit's line: what its roster costs, and how much of that a better one could save."""
    if one["work"] == "done":
        by_what = f"forecast of {one['forecast']}" if one["forecast"] else "no forecast"
        costs = f"cost {one['cost']}; {_how_good(one)}"
        return f"{one['unit']:24} {one['shifts']:5} shifts  {by_what}  {costs}"
    why = "; ".join(_why(conflict) for conflict in one["conflicts"])
    return f"{one['unit']:24} no roster: {why or 'none was found in the time given'}"


def _why(conflict: dict[str, Any]) -> str:
    """The rules that collide, and the demand or the officer's days in which they do."""
    where = f"day {conflict['first'] + 1}"
    if "least" in conflict:
        where += f": {conflict['least']} must be there, {conflict['there']} can be"
    return f"{' + '.join(conflict['codes']) or 'too few officers'} ({where})"


def _how_good(one: dict[str, Any]) -> str:
    if one["cost"] == one["bound"]:
        return "none costs less"
    if not one["bound"]:
        return "how much a better one would save isn't known: give it more --seconds"
    return f"none costs less than {one['bound']} ({one['gap']} % could be saved at most)"
