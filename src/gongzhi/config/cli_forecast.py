"""``gongzhi forecast``: what can be foreseen by place and time, and how well."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin
from gongzhi.config.options import JsonOption, SeedOption

forecast_app = typer.Typer(
    no_args_is_help=True, help="What can be foreseen by place and time, and how well."
)


@forecast_app.callback()
def forecast() -> None:
    """What can be foreseen by place and time, and how well."""


@forecast_app.command("evaluate")
def evaluate(
    file: Annotated[
        Path | None,
        typer.Option("--data", help="CSV, CSV packed with gzip, or Excel (.xlsx)."),
    ] = None,
    mapping: Annotated[
        str, typer.Option("--mapping", help="Its mapping: a file in catalogue/mappings.")
    ] = "",
    lake: Annotated[
        bool, typer.Option("--lake", help="Instead of a file, the county's own lake.")
    ] = False,
    engine: Annotated[
        str, typer.Option("--engine", help="What counts: duckdb or spark.")
    ] = "duckdb",
    out: JsonOption = None,
    ahead: Annotated[
        int, typer.Option("--ahead", min=1, max=28, help="How many days ahead is forecast.")
    ] = 1,
    resolution: Annotated[
        int, typer.Option("--resolution", min=6, max=8, help="Of H3's cells: 8 has 0.74 km².")
    ] = 8,
    shifts: Annotated[
        str, typer.Option("--shifts", help="The hours at which a day's shifts begin.")
    ] = "0,8,16",
    weather: Annotated[
        Path | None, typer.Option("--weather", help="CSV: date, and a column for each number.")
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Show the scores of every model and baseline.")
    ] = False,
    home: HomeOption = None,
    seed: SeedOption = 0,
) -> None:
    """Say of each category whether a model beats the baselines on weeks that it never saw.

    Needs no county: it reads the file, writes nothing into any database, and knows no person.
    """
    if lake == bool(file or mapping) or bool(file) != bool(mapping):
        sys.exit("either --data FILE --mapping NAME, or --lake")
    begin(home)
    from gongzhi.config.forecasting import Asked, evaluate_file

    asked = Asked(file, mapping, engine, out, ahead, resolution, shifts, weather, seed, details)
    sys.exit(evaluate_file(asked))
