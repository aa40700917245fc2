"""``gongzhi lake``: facts about places and times, written from the log for analysis."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from gongzhi.config.begin import HomeOption, begin, prepare

lake_app = typer.Typer(no_args_is_help=True, help="Facts about places and times, for analysis.")


@lake_app.command("export")
def export(home: HomeOption = None) -> None:
    """Read what is new on the log and write the months that are behind.

    A running county does both by itself; this is for before a backup, or without a server.
    """
    begin(home)
    prepare()
    from gongzhi.base.log.readers import catch_up
    from gongzhi.watch.exchange.lake.readers import READER
    from gongzhi.watch.exchange.lake.writing import folder, write_behind

    read = catch_up(READER)
    months = write_behind()
    print(f"{read} entries read, {len(months)} months written in {folder()}")
    for month in months:
        print(f"  {month}")


@lake_app.command("rebuild")
def rebuild(home: HomeOption = None) -> None:
    """Fold the log from its beginning, and write every month anew."""
    begin(home)
    prepare()
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.log.readers import catch_up
    from gongzhi.watch.exchange.lake import actions
    from gongzhi.watch.exchange.lake.readers import READER
    from gongzhi.watch.exchange.lake.writing import write_behind

    catch_up(READER)
    facts = actions.rebuild(Actor.system("command_line"))
    print(f"{facts} facts from the log, {len(write_behind())} months written")


@lake_app.command("check")
def check(home: HomeOption = None) -> None:
    """Compare the lake with the log, and the files with the lake; ends with 1 when they differ."""
    begin(home)
    prepare()
    from gongzhi.watch.exchange.lake.checking import cursor, faults
    from gongzhi.watch.exchange.lake.models import Fact, Month

    if wrong := faults():
        print("\n".join(wrong), file=sys.stderr)
        sys.exit("`gongzhi lake rebuild` makes it anew from the log")
    facts, months = Fact.objects.count(), Month.objects.exclude(rows=0).count()
    print(f"sound: {facts} facts up to entry {cursor()}, {months} months written")


@lake_app.command("count")
def count(
    homes: Annotated[list[Path], typer.Argument(help="Homes of counties, or their lakes' facts.")],
    by: Annotated[list[str], typer.Option(help="kind, category, channel, town.")] = ["kind"],  # noqa: B006  (typer's way)
    engine: Annotated[Literal["duckdb", "spark"], typer.Option(help="What computes.")] = "duckdb",
    csv: Annotated[Path | None, typer.Option(help="Write the sums there.")] = None,
) -> None:
    """Sums of many counties' facts by month: one county a folder, on DuckDB or Spark."""
    from gongzhi.analysis.panel import Missing, count_counties
    from gongzhi.analysis.panel import engine as opened

    lakes = {home.name: home / "lake" / "facts" for home in homes}
    lakes |= {home.name: home for home in homes if not lakes[home.name].is_dir()}
    if len(lakes) < len(homes):
        sys.exit("two folders have the same name: which county is which would be lost")
    try:
        with opened(engine) as running:
            sums = count_counties(running, lakes, by)
    except (Missing, ValueError, FileNotFoundError) as wrong:
        sys.exit(str(wrong))
    if csv:
        from pyarrow import csv as written

        written.write_csv(sums, csv)
    print("  ".join(sums.column_names))
    for row in zip(*sums.to_pydict().values(), strict=True):
        print("  ".join(str(value) for value in row))
    print(f"{sum(sums['n'].to_pylist())} facts of {len(lakes)} counties, by {engine}")
