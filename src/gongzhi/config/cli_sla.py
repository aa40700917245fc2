"""``gongzhi sla``: how a source kept its own limits, counted again from the log."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongzhi.config.begin import HomeOption, begin

if TYPE_CHECKING:
    from gongzhi.watch.exchange.imports.sla import Figure, Recomputed

sla_app = typer.Typer(no_args_is_help=True, help="How a source kept its own limits.")
WORDS = {
    "not_imported": "not imported: rejected, or known before from another row",
    "flag_missing": "the source gives no flag; the log has a verdict",
    "no_limit": "the source set no limit: there is nothing to keep, whatever the flag says",
    "limit_before_opening": "the limit lies before the opening and was left out at the import",
    "clock_differs": "the clock's own outcome is another than the log's",
    "unexplained": "the flag says something else, for no reason known here",
}


@sla_app.callback()
def sla() -> None:
    """How a source kept its own limits."""


@sla_app.command("recompute")
def recompute(
    file: Annotated[Path, typer.Argument(help="The file that was imported.")],
    source: Annotated[str, typer.Option("--source", help="Its mapping, e.g. boston311.")],
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures there.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Count from the log who was in time, and compare with the file's own flags.

    Exit code 1 when a row differs for no reason that is known; 2 when nothing can be compared.
    """
    begin(home)
    from gongzhi.base.log.actions import now
    from gongzhi.base.ui.errors import Refused
    from gongzhi.watch.exchange.imports.run import mapping_of
    from gongzhi.watch.exchange.imports.sla import recompute as count

    try:
        made = count(file, mapping_of(source), now())
    except Refused as refused:
        print(str(refused), file=sys.stderr)
        sys.exit(2)
    _print(made)
    if json_file is not None:
        json_file.write_text(json.dumps(made.told(), ensure_ascii=False, indent=2) + "\n", "utf-8")
    sys.exit(1 if made.reasons["unexplained"] else 0)


def _print(made: Recomputed) -> None:
    for name, figures in made.groups.items():
        print(f"{name}:")
        for key, one in sorted(figures.items()):
            print(f"  {_figure(one)}  {key or '—'}")
    print(f"all:\n  {_figure(made.whole)}")
    for code, words in WORDS.items():
        if made.reasons[code]:
            named = ", ".join(made.examples[code])
            print(f"{made.reasons[code]:>7} {words} (e.g. {named})")
    explained = made.rows - made.equal - made.reasons["unexplained"]
    print(
        f"{made.rows} rows, {made.equal} equal, {explained} explained, "
        f"{made.reasons['unexplained']} unexplained"
    )


def _figure(one: Figure) -> str:
    told = one.told()
    share = "    —" if one.limited == 0 else f"{one.kept / one.limited:5.1%}"
    return f"{share} [{told['low']:.1%}, {told['high']:.1%}] of {one.limited:>6}"
