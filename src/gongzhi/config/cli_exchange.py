"""``gongzhi exchange``: whether all that goes in and out is well, and what is published where."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin
from gongzhi.config.cli_receiving import backfill, replay, run

exchange_app = typer.Typer(no_args_is_help=True, help="What goes in and out of the county.")
for command in (run, replay, backfill):
    exchange_app.command(command.__name__)(command)


@exchange_app.command("check")
def check(home: HomeOption = None) -> None:
    """Look at partners' keys and systems, streams, outside sources: what is wrong, in words.

    Asks every broker whether it is there; sends nothing. Ends with 1 when somebody has to see to
    something.
    """
    begin(home)
    from gongzhi.watch.exchange.checks import looked

    wrong = 0
    for one, found in looked():
        print(one.title)
        for told in found:
            print(f"  {'✗' if told.wrong else '·'} {told.words}")
            wrong += told.wrong
    if wrong:
        sys.exit(f"{wrong} to be seen to")
    print("all is well")


@exchange_app.command("streams")
def streams(home: HomeOption = None) -> None:
    """List the streams to message brokers, with how far each is behind."""
    begin(home)
    from gongzhi.base.catalogue.load import catalogue
    from gongzhi.watch.exchange.publishing.models import Publication
    from gongzhi.watch.exchange.publishing.sending import waiting_of

    for code, stream in catalogue().streams.items():
        found = Publication.objects.filter(stream=code).first()
        state = "paused" if stream.paused else (found.failure or "fine") if found else "not begun"
        sent = f"{found.sent} sent, at entry {found.seq}" if found else ""
        print(f"{code:16} {stream.broker:6} {state:14} {waiting_of(code)} wait  {sent}")


@exchange_app.command("resend")
def resend(
    stream: Annotated[str, typer.Argument(help="Its code: `gongzhi exchange streams`.")],
    since: Annotated[datetime, typer.Option(help="Everything since then, e.g. 2026-11-30T08:00.")],
    home: HomeOption = None,
) -> None:
    """Publish once more what happened since a moment (county's time), with the same ids."""
    begin(home)
    from django.utils.timezone import make_aware

    from gongzhi.base.log.actor import Actor
    from gongzhi.base.ui.errors import Refused
    from gongzhi.watch.exchange.publishing.actions import rewind_stream

    try:
        held = rewind_stream(Actor.system("command_line"), stream, make_aware(since))
    except Refused as refused:
        sys.exit(str(refused))
    print(f"{stream} goes on after entry {held.seq}")
