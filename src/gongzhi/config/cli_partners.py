"""``gongzhi partners``: partners' own systems, told at once of what happens to their requests."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from gongzhi.config.begin import HomeOption, begin

if TYPE_CHECKING:
    from gongzhi.watch.exchange.webhooks.models import Hook

partners_app = typer.Typer(no_args_is_help=True, help="Partners' own systems (Standard Webhooks).")
NumberArgument = Annotated[int, typer.Argument(help="Its number: `gongzhi partners hooks`.")]


@partners_app.command("hook")
def hook(
    unit: Annotated[str, typer.Argument(help="Code of the partner's unit, e.g. ambulance_120.")],
    address: Annotated[str, typer.Argument(help="https address that takes the messages.")],
    form: Annotated[
        str, typer.Option(help="How a CloudEvent is put on the line: structured or binary.")
    ] = "structured",
    home: HomeOption = None,
) -> None:
    """Tell this address from now on; prints the secret that signs the messages, this once."""
    begin(home)
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.people.models import Unit
    from gongzhi.base.ui.errors import Refused
    from gongzhi.watch.exchange.webhooks.actions import open_hook

    found = Unit.objects.filter(code=unit).first()
    if found is None:
        sys.exit(f"There is no unit {unit}.")
    try:
        made, secret = open_hook(Actor.system("command_line"), found, address, form)
    except Refused as refused:
        sys.exit(str(refused))
    print(f"hook {made.pk} tells {made.host} of the requests to {unit}")
    print(f"its secret (shown this once): {secret}")


@partners_app.command("hooks")
def hooks(home: HomeOption = None) -> None:
    """List them, with how they last answered."""
    begin(home)
    from gongzhi.watch.exchange.webhooks.models import Hook

    still = {"done_at": None, "dead_at": None}
    for one in Hook.objects.filter(ended_at=None).select_related("unit").order_by("pk"):
        told = f"{one.told_at:%Y-%m-%d %H:%M}Z" if one.told_at else "never"
        state = "disabled" if one.disabled_at else one.failure or "fine"
        waits = one.deliveries.filter(**still).count()
        aside = one.deliveries.filter(dead_at__isnull=False).count()
        counts = f"{waits} wait, {aside} set aside"
        print(f"{one.pk:4} {one.unit.code:16} {state:12} told {told:17} {counts}  {one.host}")


@partners_app.command("replay")
def replay(
    number: NumberArgument,
    since: Annotated[
        datetime | None, typer.Option(help="All since then (county's time), taken or not.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Tell again, with the same ids, what was set aside, or all since a moment."""
    begin(home)
    from django.utils.timezone import make_aware

    from gongzhi.base.log.actor import Actor
    from gongzhi.base.ui.errors import Refused
    from gongzhi.watch.exchange.webhooks import actions

    moment = make_aware(since) if since else None
    try:
        many = actions.replay(Actor.system("command_line"), _found(number), since=moment)
    except Refused as refused:
        sys.exit(str(refused))
    print(f"{many} are told again")


@partners_app.command("try")
def try_out(number: NumberArgument, home: HomeOption = None) -> None:
    """Send one signed message that is about nothing, and say how it was taken."""
    begin(home)
    from gongzhi.watch.exchange.outside import LineFailed
    from gongzhi.watch.exchange.webhooks.sending import try_hook

    found = _found(number)
    try:
        try_hook(found)
    except LineFailed as failed:
        sys.exit(f"{found.host} did not take it: {failed.code}")
    print(f"{found.host} took it")


@partners_app.command("listen")
def listen(
    secret: Annotated[str, typer.Option(help="What `gongzhi partners hook` printed.")],
    port: Annotated[int, typer.Option(help="On this machine alone.")] = 9120,
) -> None:
    """Be a partner's system: take messages, check who signed them, print and show them."""
    begin(None)
    from gongzhi.config.listening import PartnerSystem

    with PartnerSystem(port, secret, lambda line: print(line, flush=True)) as system:
        print(f"listening on http://127.0.0.1:{port}/ (look there, too); Ctrl-C ends", flush=True)
        try:
            system.serve_forever()
        except KeyboardInterrupt:
            print("ended")


@partners_app.command("unhook")
def unhook(number: NumberArgument, home: HomeOption = None) -> None:
    """Tell it nothing more."""
    begin(home)
    from gongzhi.base.log.actor import Actor
    from gongzhi.watch.exchange.webhooks.actions import end_hook

    end_hook(Actor.system("command_line"), _found(number))
    print(f"hook {number} has ended")


@partners_app.command("enable")
def enable(number: NumberArgument, home: HomeOption = None) -> None:
    """Try one again that was disabled after failing for days; what waited is told, too."""
    begin(home)
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.ui.errors import Refused
    from gongzhi.watch.exchange.webhooks.actions import enable_hook

    try:
        enable_hook(Actor.system("command_line"), _found(number))
    except Refused as refused:
        sys.exit(str(refused))
    print(f"hook {number} is tried again")


def _found(number: int) -> Hook:
    from gongzhi.watch.exchange.webhooks.models import Hook

    found = Hook.objects.filter(pk=number, ended_at=None).first()
    if found is None:
        sys.exit(f"There is no hook {number}; `gongzhi partners hooks` lists them.")
    return found
