"""``gongzhi lake``: facts about places and times, written from the log for analysis."""

from __future__ import annotations

import sys

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
