"""``gongzhi outcomes``: how it goes, counted day by day."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin, prepare

outcomes_app = typer.Typer(no_args_is_help=True, help="How it goes: measures, counted.")


@outcomes_app.callback()
def outcomes() -> None:
    """How it goes: measures, counted."""


@outcomes_app.command("count")
def count(
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Count the measures of days that are over: of these, again; of none, those not counted yet.

    Counting again gives the same, but for what was put right meanwhile.
    """
    begin(home)
    prepare()
    from gongzhi.watch.outcomes.counting import days
    from gongzhi.watch.outcomes.models import Figure
    from gongzhi.watch.outcomes.turns import (
        count_again,
        count_what_is_over,
        first_day,
        today,
    )

    begun = perf_counter()
    if since is None and until is None:
        number = count_what_is_over()
    else:
        first = since.date() if since else first_day() or today()
        end = until.date() + timedelta(days=1) if until else today()
        if not first < end <= today():
            sys.exit("--from is before --to, and --to is a day that is over.")
        number = count_again(list(days(first, end)))
    print(
        f"{number} days counted in {perf_counter() - begun:.1f} s; "
        f"{Figure.objects.count()} figures in all"
    )


@outcomes_app.command("list")
def list_measures(home: HomeOption = None) -> None:
    """Each measure with its number of the last four weeks, and what is said of it."""
    begin(home)
    from gongzhi.watch.outcomes.pages.showing import groups

    told = groups(public=False)
    for group in (*told["aims"], *told["levers"]):
        for one in group.lines:
            print(
                f"{group.code:13} {one['measure'].code:20} {one['value'] or '—':>12}"
                f"  {one.get('bounds', '')}  {one['verdict']} {one.get('side', '')}"
            )


@outcomes_app.command("brief")
def brief(
    week: Annotated[str, typer.Option(help="Such as 2026-W47; none: the last that is over.")] = "",
    pdf: Annotated[Path | None, typer.Option(help="Write it as PDF, too.")] = None,
    language: Annotated[str, typer.Option(help="zh-hans or en.")] = "zh-hans",
    home: HomeOption = None,
) -> None:
    """The week in brief, as a mail has it; with --pdf on paper, too."""
    begin(home)
    from django.utils.translation import override

    from gongzhi.watch.outcomes.brief import as_pdf, brief_of, mail_of
    from gongzhi.watch.outcomes.brief.making import latest_week
    from gongzhi.watch.outcomes.selectors.weeks import week_named, whole_weeks

    monday = week_named(week) if week else latest_week()
    if monday is None or monday not in whole_weeks():
        sys.exit(f"No week {week or 'at all'} was counted yet; see `gongzhi outcomes count`.")
    with override(language):
        told = brief_of(monday)
        mail = mail_of(told)
        print(f"{mail.subject}\n\n{mail.text}", end="")
        if pdf is not None:
            pdf.write_bytes(as_pdf(told))
            print(f"written: {pdf}")


@outcomes_app.command("survey")
def survey(
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"])],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")],
    size: Annotated[int, typer.Option(min=1, max=100_000, help="How many are asked.")] = 400,
    seed: Annotated[int, typer.Option(min=0, help="By which anybody can draw again.")] = 1,
    home: HomeOption = None,
) -> None:
    """Draw a sample of the requests that ended in these days, and ask who reported them."""
    begin(home)
    prepare()
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.ui.errors import Refused
    from gongzhi.watch.outcomes.actions import draw_survey

    try:
        made = draw_survey(
            Actor.system("cli"), since.date(), until.date() + timedelta(days=1),
            size=size, seed=seed,
        )  # fmt: skip
    except Refused as no:
        sys.exit(str(no))
    print(f"{made.drawn} of {made.frame} are asked until {made.closes_at:%Y-%m-%d}")
