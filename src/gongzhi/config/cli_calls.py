"""``gongzhi calls``: a telephone exchange on this machine says that a call rings, or stopped.

The same as ``POST /api/calls/ringing`` and ``/api/calls/ended``, for an exchange that runs a
command (Asterisk's ``System()``, say). A number that stands on a command line is seen by whoever
lists this machine's processes: ``-`` reads it from standard input.
"""

from __future__ import annotations

import sys
from typing import Annotated
from uuid import uuid4

import typer

from gongzhi.config.begin import HomeOption, begin

calls_app = typer.Typer(no_args_is_help=True, help="Calls that ring, from a telephone exchange.")
LONGEST = {"phone": 40, "ref": 64}
EXCHANGE = "exchange"


@calls_app.command("ring")
def ring(
    phone: Annotated[str, typer.Argument(help="The caller's number; - reads it from input.")] = "",
    ref: Annotated[str, typer.Option(help="The exchange's own name of the call.")] = "",
    line: Annotated[str, typer.Option(help="On which line it came in, e.g. 110-1.")] = "",
    home: HomeOption = None,
) -> None:
    """Let it ring for every call-taker; prints the name by which it is ended again."""
    begin(home)
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.ui.errors import Refused
    from gongzhi.work.calls import actions
    from gongzhi.work.calls.selectors.ringing import ring_of

    number = sys.stdin.readline().strip() if phone == "-" else phone.strip()
    named = ref.strip() or f"cli:{uuid4().hex}"
    _require_short(number, named)
    try:
        if ring_of(named) is None:
            actions.ring(Actor.system(EXCHANGE), named, phone=number, line=line.strip()[:40])
    except Refused as refused:
        sys.exit(str(refused))
    print(named)


@calls_app.command("ended")
def ended(
    ref: Annotated[str, typer.Argument(help="The exchange's own name of the call.")],
    home: HomeOption = None,
) -> None:
    """Say that the caller hung up: whom nobody had answered is to be called back."""
    begin(home)
    from gongzhi.base.log.actor import Actor
    from gongzhi.work.calls import actions
    from gongzhi.work.calls.models import Ring
    from gongzhi.work.calls.selectors.ringing import ring_of

    known = ring_of(ref)
    if known is None:
        sys.exit(f"no call is named {ref}")
    if known.ended_at is None:
        known = actions.hang_up(Actor.system(EXCHANGE), known)
    print("to be called back" if known.state == Ring.State.BACK else "ended")


def _require_short(phone: str, ref: str) -> None:
    for name, text in (("phone", phone), ("ref", ref)):
        if len(text) > LONGEST[name] or "\x00" in text:
            sys.exit(f"the {name} has more than {LONGEST[name]} characters")
