"""``gongzhi``: the command line."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin, prepare
from gongzhi.config.cli_appraisal import appraisal_app
from gongzhi.config.cli_calls import calls_app
from gongzhi.config.cli_cases import cases_app
from gongzhi.config.cli_county import county_app
from gongzhi.config.cli_database import database_app
from gongzhi.config.cli_exchange import exchange_app
from gongzhi.config.cli_exercise import exercise, found_drill
from gongzhi.config.cli_files import files_app
from gongzhi.config.cli_forecast import forecast_app
from gongzhi.config.cli_import import import_app
from gongzhi.config.cli_keeping import backup, keys_app, restore
from gongzhi.config.cli_lake import lake_app
from gongzhi.config.cli_opendata import opendata_app
from gongzhi.config.cli_outcomes import outcomes_app
from gongzhi.config.cli_partners import partners_app
from gongzhi.config.cli_patrol import patrol_app
from gongzhi.config.cli_roster import roster_app
from gongzhi.config.cli_routing import route_app, topics
from gongzhi.config.cli_running import PortOption, follow, migrate, run, web, worker
from gongzhi.config.cli_services import services_app
from gongzhi.config.cli_simulate import simulate_app
from gongzhi.config.cli_sizing import sizing
from gongzhi.config.cli_sla import sla_app
from gongzhi.config.cli_votes import votes_app
from gongzhi.config.cli_warnings import warnings_app

ABOUT = "共治 Gongzhi: a county looks after itself."
app = typer.Typer(no_args_is_help=True, add_completion=False, help=ABOUT)
catalogue_app = typer.Typer(no_args_is_help=True, help="What the county decides without code.")
log_app = typer.Typer(no_args_is_help=True, help="The record of everything that was done.")
clocks_app = typer.Typer(no_args_is_help=True, help="The time limits of matters.")
calendar_app = typer.Typer(no_args_is_help=True, help="The county's working days.")
for name, part in {
    "catalogue": catalogue_app, "log": log_app, "files": files_app, "clocks": clocks_app,
    "calendar": calendar_app, "import": import_app, "cases": cases_app,
    "lake": lake_app, "warnings": warnings_app, "partners": partners_app,
    "calls": calls_app, "forecast": forecast_app, "simulate": simulate_app, "patrol": patrol_app,
    "services": services_app, "route": route_app, "votes": votes_app,
    "appraisal": appraisal_app, "roster": roster_app,
    "outcomes": outcomes_app, "sla": sla_app, "exchange": exchange_app, "keys": keys_app,
    "county": county_app, "database": database_app, "opendata": opendata_app,
}.items():  # fmt: skip
    app.add_typer(part, name=name)

app.command()(exercise)
app.command()(topics)
app.command()(backup)
app.command()(restore)
app.command()(sizing)
for one in (run, web, follow, worker, migrate):
    app.command()(one)


@app.command()
def init(home: HomeOption = None) -> None:
    """Make an empty county."""
    from django.conf import settings

    begin(home)
    prepare()
    if settings.EXERCISE:
        found_drill()
        return
    print(f"An empty county is ready in {settings.HOME.root}")


@app.command()
def admin(
    username: Annotated[str, typer.Argument(help="Small letters, digits and _ . -")],
    home: HomeOption = None,
) -> None:
    """Open an administrator's account, the first of an empty county above all."""
    begin(home)
    prepare()
    from gongzhi.base.people.first import open_administrator
    from gongzhi.base.ui.errors import Refused

    try:
        password = open_administrator(username)
    except Refused as refused:
        sys.exit(str(refused))
    print(f"{username} can sign in with the password {password} (shown this once)")


@app.command()
def demo(
    home: HomeOption = None,
    port: PortOption = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only make it.")] = False,
    days: Annotated[int, typer.Option(min=1, max=90, help="How long its history is.")] = 90,
) -> None:
    """Make the demo county and serve it; what is there already is kept."""
    from gongzhi.config.demo.receiving import within_reach

    within_reach()
    begin(home)
    prepare()
    from django.conf import settings

    from gongzhi.config.demo.make import NotADemo, make_demo

    print(f"The demo county in {settings.HOME.root}", flush=True)
    try:
        make_demo(partial(print, flush=True), days)
    except NotADemo as wrong:
        sys.exit(str(wrong))
    print(f"A storm to practise on: gongzhi exercise storm --home {settings.HOME.root}")
    if not no_serve:
        # Anew, because settings and memory are still those of a home without a county.
        os.environ["GONGZHI_DEMO_LIFE"] = "1"
        command = [sys.argv[0], "run", "--home", str(settings.HOME.root), "--port", str(port)]
        os.execv(sys.executable, [sys.executable, *command])  # noqa: S606  (our own program)


@app.command()
def messages(
    check: Annotated[bool, typer.Option("--check", help="Only say what is missing.")] = False,
) -> None:
    """Collect the texts to translate and compile the English ones."""
    from gongzhi.config import messages as texts

    if not check:
        texts.update()
    untold, unfit = texts.missing(), texts.unfit()
    for text in untold:
        print(f"no English yet: {text}")
    for text in unfit:
        print(f"can't be filled in with what the Chinese names: {text}")
    if check and (untold or unfit):
        sys.exit(1)


@app.command()
def reference(
    to: Annotated[Path, typer.Option(help="The folder of the reference pages.")] = Path(
        "docs/reference"
    ),
) -> None:
    """Write the reference pages that come from the code."""
    begin(None)
    from gongzhi.base.access.matrix import matrix
    from gongzhi.base.catalogue.load import catalogue
    from gongzhi.base.catalogue.manual import (
        clocks_page,
        events_page,
        measures_page,
        procedures_page,
        run_cards_page,
    )
    from gongzhi.config.sizing import sizing_page
    from gongzhi.watch.exchange.lake.manual import lake_page

    pages = {
        "permissions.md": matrix(),
        "clocks.md": clocks_page(catalogue()),
        "events.md": events_page(),
        "measures.md": measures_page(catalogue()),
        "procedures.md": procedures_page(catalogue()),
        "run-cards.md": run_cards_page(catalogue()),
        "lake.md": lake_page(),
        "sizing.md": sizing_page(),
    }
    for name, text in pages.items():
        (to / name).write_text(text, "utf-8")
        print(f"written: {to / name}")


@catalogue_app.command("check")
def catalogue_check(home: HomeOption = None) -> None:
    """Read every catalogue file and say what is wrong in which."""
    begin(home)
    from gongzhi.base.catalogue.load import CatalogueError, catalogue

    try:
        sizes = catalogue().sizes()
    except CatalogueError as wrong:
        sys.exit(str(wrong))
    if otherwise := _rules_that_find_otherwise():
        sys.exit("\n".join(otherwise))
    print(", ".join(f"{number} {kind}" for kind, number in sizes.items()))


def _rules_that_find_otherwise() -> list[str]:
    """Examples of rules that come out otherwise than their file says, a line each."""
    from gongzhi.base.catalogue.load import catalogue
    from gongzhi.watch.supervision.judging.replay import otherwise

    rules = catalogue().rules.values()
    return [f"rules/{rule.code}.toml: {wrong}" for rule in rules for wrong in otherwise(rule)]


@catalogue_app.command("diff")
def catalogue_diff(
    old: Annotated[Path, typer.Argument(help="A catalogue's folder, laid over the shipped one.")],
    new: Annotated[Path, typer.Argument(help="The folder as it would be.")],
    home: HomeOption = None,
) -> None:
    """Say what a change of the law would mean for the matters that are open now."""
    begin(home)
    from gongzhi.base.catalogue.changes import changes
    from gongzhi.base.catalogue.load import CatalogueError, read, shipped
    from gongzhi.base.matters.touched import told

    for folder in (old, new):
        if not folder.is_dir():
            sys.exit(f"{folder} is no folder")
    try:
        found = changes(read(shipped(), old), read(shipped(), new))
    except CatalogueError as wrong:
        sys.exit(str(wrong))
    for line in told(found):
        print(line)
    print(f"{len(found)} of the files differ" if found else "the two say the same")


@log_app.command("verify")
def log_verify(
    home: HomeOption = None,
    key: Annotated[
        str | None, typer.Option(help="The public key that checkpoints must bear (hexadecimal).")
    ] = None,
) -> None:
    """Check every entry; exits 1 naming the first that was altered, removed or moved."""
    begin(home)
    from gongzhi.base.log.verify import verify

    verdict = verify(key)
    if not verdict.holds:
        sys.exit(f"entry {verdict.seq}: {verdict.fault} ({verdict.entries} entries before it hold)")
    print(f"{verdict.entries} entries hold, {verdict.checkpoints} checkpoints signed")


@log_app.command("checkpoint")
def log_checkpoint(home: HomeOption = None) -> None:
    """Sign the log as it stands."""
    begin(home)
    from gongzhi.base.log.verify import checkpoint

    point = checkpoint()
    print(f"signed at entry {point.seq} with {point.key}" if point else "nothing new to sign")


@clocks_app.command("sweep")
def clocks_sweep(home: HomeOption = None) -> None:
    """Warn of what is about to fall due and note what was missed, once."""
    begin(home)
    from gongzhi.base.matters.clocks.sweeping import sweep

    swept = sweep()
    print(f"{swept.missed} missed, {swept.warned} warned of")


@clocks_app.command("count")
def clocks_count(home: HomeOption = None) -> None:
    """Say how many clocks are in force today."""
    begin(home)
    from gongzhi.config.clock_lists import in_force

    print(f"{in_force()} clocks in force today")


@clocks_app.command("vectors")
def clocks_vectors(
    file: Annotated[Path, typer.Argument(help="CSV: start_date, limit, rolls, due_date.")],
    home: HomeOption = None,
) -> None:
    """Count the due dates of a file anew, and print each that comes out otherwise."""
    begin(home)
    from gongzhi.config.clock_lists import compare_file

    try:
        found = compare_file(file)
    except ValueError as wrong:
        sys.exit(str(wrong))
    print(*(f"{line}\n" for line in found.wrong), sep="", end="")
    print(f"{found.agreed} of {found.total} agree")
    sys.exit(1 if found.wrong else 0)


@clocks_app.command("due")
def clocks_due(
    within: Annotated[str, typer.Option(help="A period, such as P7D or PT12H.")] = "P7D",
    home: HomeOption = None,
) -> None:
    """List what falls due within a period, or is late; custody first."""
    begin(home)
    from gongzhi.base.calendar.periods import Period
    from gongzhi.config.clock_lists import due_lines

    try:
        for line in due_lines(Period.parse(within)):
            print(line)
    except ValueError as wrong:
        sys.exit(f"--within: {wrong}")


@calendar_app.command("refresh")
def calendar_refresh(home: HomeOption = None) -> None:
    """Count provisional due dates anew, after the notice of another year has come."""
    begin(home)
    from gongzhi.base.matters.clocks.sweeping import recount_provisional

    print(f"{recount_provisional()} due dates changed")
