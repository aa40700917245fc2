"""``gongzhi opendata``: which figures are open, what the next version would be, is all well.

Nothing is published here: that takes two people, on the pages.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin

opendata_app = typer.Typer(no_args_is_help=True, help="Open datasets and their versions.")


@opendata_app.command("list")
def list_datasets(home: HomeOption = None) -> None:
    """List the open datasets with their current version, what waits, and the privacy budget."""
    begin(home)
    from gongzhi.base.catalogue.load import catalogue
    from gongzhi.watch.exchange.opendata.selectors import (
        budget_of,
        current_of,
        versions_of,
        waiting_of,
    )

    for code, recipe in catalogue().open_data.items():
        current, waits = current_of(versions_of(code)), waiting_of(code)
        stands = f"v{current.number}, {current.rows} rows" if current else "never published"
        budget = budget_of(recipe)
        spent = f", epsilon {budget.spent:g} of {budget.per_year:g} spent" if budget else ""
        print(f"{code:26} {stands}{f', {waits.state}' if waits else ''}{spent}")


@opendata_app.command("preview")
def preview(
    code: Annotated[str, typer.Argument(help="Its code: `gongzhi opendata list`.")],
    again: Annotated[
        list[str] | None, typer.Option(help="A period to be put right, e.g. 2026-09.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Say what the next version would tell, and what it would not; nothing is written."""
    begin(home)
    from gongzhi.base.ui.errors import Refused
    from gongzhi.watch.exchange.opendata.drafting import drafted
    from gongzhi.watch.exchange.opendata.selectors import recipe_named

    try:
        recipe = recipe_named(code)
        draft = drafted(recipe, again or ())
    except Refused as refused:
        sys.exit(str(refused))
    held = draft.withheld
    print(f"v{draft.number}: {', '.join(draft.periods) or 'no new period'}")
    if draft.again:
        print(f"put right: {', '.join(draft.again)}")
    print(f"{len(draft.stays)} rows as before, {len(draft.fresh)} new")
    print(f"{held.facts} facts, {held.told} told; of {held.groups} groups {held.small} have fewer "
          f"than {recipe.k}, {held.silent} have no row")  # fmt: skip
    for row in draft.fresh:
        print("  " + "  ".join(str(one) for one in row.values()))


@opendata_app.command("check")
def check(home: HomeOption = None) -> None:
    """Read every published file: is it what was published, is no figure too small, has no period
    changed, was no more spent than there was? Ends with 1 when something is wrong."""
    begin(home)
    from gongzhi.watch.exchange.opendata.checking import look

    found = list(look())
    for one in found:
        print(f"{'✗' if one.wrong else '·'} {one.words}")
    if wrong := sum(one.wrong for one in found):
        sys.exit(f"{wrong} to be seen to")
