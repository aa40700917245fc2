"""``gongzhi warnings``: the outside offices whose warnings are read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongzhi.config.begin import HomeOption, begin

if TYPE_CHECKING:
    from gongzhi.watch.exchange.alerts.models import Source

warnings_app = typer.Typer(no_args_is_help=True, help="Warnings of outside offices (CAP 1.2).")
BY_HAND = "by_hand"


@warnings_app.command("source")
def source(
    code: Annotated[str, typer.Argument(help="Small letters, digits and _, e.g. weather.")],
    address: Annotated[str, typer.Argument(help="http(s) address of the feed or message.")],
    name: Annotated[str, typer.Option(help="What residents read, in Chinese.")],
    name_en: Annotated[str, typer.Option(help="The same in English.")],
    trusted: Annotated[
        bool, typer.Option("--trusted", help="Show its warnings to residents at once.")
    ] = False,
    minutes: Annotated[int, typer.Option(min=1, max=1440, help="How often it is asked.")] = 5,
    home: HomeOption = None,
) -> None:
    """Read this address from now on; again, to change it. Only addresses given here are read."""
    begin(home)
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.ui.errors import Refused
    from gongzhi.watch.exchange.alerts.actions import keep_source

    if not code.replace("_", "").isalnum() or not code.isascii() or not code.islower():
        sys.exit("The code is of small letters, digits and _, such as sea_weather.")
    try:
        keep_source(
            Actor.system("command_line"), code=code, address=address, name_zh=name,
            name_en=name_en, trusted=trusted, minutes=minutes,
        )  # fmt: skip
    except Refused as refused:
        sys.exit(str(refused))
    how = "shown to residents at once" if trusted else "proposed to whoever warns residents"
    print(f"{code} is asked every {minutes} min; its warnings are {how}")


@warnings_app.command("sources")
def sources(home: HomeOption = None) -> None:
    """List them, with how they last answered."""
    begin(home)
    from gongzhi.watch.exchange.alerts.models import Source

    for one in Source.objects.filter(ended_at=None).order_by("code"):
        answered = f"{one.answered_at:%Y-%m-%d %H:%M}Z" if one.answered_at else "never answered"
        how = "trusted" if one.trusted else "proposes"
        print(f"{one.code:16} {how:9} {one.failure or answered:18} {one.address}")


@warnings_app.command("end")
def end(code: str, home: HomeOption = None) -> None:
    """Read a source no more."""
    begin(home)
    from gongzhi.base.log.actor import Actor
    from gongzhi.watch.exchange.alerts.actions import end_source
    from gongzhi.watch.exchange.alerts.models import Source

    found = Source.objects.filter(code=code, ended_at=None).first()
    if found is None:
        sys.exit(f"There is no source {code}; `gongzhi warnings sources` lists them.")
    end_source(Actor.system("command_line"), found)
    print(f"{code} is not asked any more")


@warnings_app.command("fetch")
def fetch(
    what: Annotated[
        str, typer.Argument(help="A source's code, a file, or an address read once; all without.")
    ] = "",
    home: HomeOption = None,
) -> None:
    """Read sources now, or one file or address by hand: what is good becomes a proposal."""
    begin(home)
    from gongzhi.watch.exchange.alerts.words import failure
    from gongzhi.watch.exchange.outside import LineFailed
    from gongzhi.work.prevention.warnings.cap import NotReadable

    failed = False
    for name, read in _readings(what):
        try:
            _say(name, read())
        except LineFailed as wrong:
            failed = True
            print(f"{name}: {failure(wrong.code)}", file=sys.stderr)
        except NotReadable as wrong:
            failed = True
            print(f"{name}: {failure(wrong.faults[0].code)}", file=sys.stderr)
    if failed:
        sys.exit(1)


def _readings(what: str) -> list[tuple[str, Callable[[], Counter[str]]]]:
    """What to read, each with its name."""
    from gongzhi.watch.exchange.alerts.models import Source
    from gongzhi.watch.exchange.alerts.polling import poll
    from gongzhi.watch.exchange.fetching import fetch as ask

    known = Source.objects.filter(ended_at=None).exclude(address="")
    if not what or known.filter(code=what).exists():
        chosen = known.filter(code=what) if what else known
        return [(one.code, partial(poll, one)) for one in chosen]
    if what.startswith(("http://", "https://")):
        return [(what, lambda: _taken_in(ask(what).body, what))]
    path = Path(what)
    if not path.is_file():
        sys.exit(f"{what} is neither a source nor a file nor an http(s) address.")
    return [(what, lambda: _taken_in(path.read_bytes()))]


def _taken_in(body: bytes, address: str = "") -> Counter[str]:
    from gongzhi.watch.exchange.alerts.polling import take_in

    return take_in(_by_hand(), body, address)


def _by_hand() -> Source:
    """The source of what an operator reads by hand; never asked by itself, never trusted."""
    from django.utils import translation
    from django.utils.translation import gettext as _

    from gongzhi.base.log.actor import Actor
    from gongzhi.watch.exchange.alerts.actions import keep_source
    from gongzhi.watch.exchange.alerts.models import Source

    found = Source.objects.filter(code=BY_HAND).first()
    if found is not None:
        return found
    names = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            names.append(_("人工导入"))
    by = Actor.system("command_line")
    return keep_source(by, code=BY_HAND, name_zh=names[0], name_en=names[1])


def _say(name: str, counts: Counter[str]) -> None:
    told = ", ".join(f"{many} {state}" for state, many in counts.items() if many)
    print(f"{name}: {told or 'nothing new'}")
