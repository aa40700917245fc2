"""``gongzhi appraisal``: an officer's sheet, counted again from the log."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin

appraisal_app = typer.Typer(no_args_is_help=True, help="Appraisal: count sheets again.")


@appraisal_app.callback()
def _appraisal() -> None:
    """Keeps `verify` a command of its own, though it is the only one."""


@appraisal_app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A sheet, as taken.")],
    home: HomeOption = None,
) -> None:
    """Count a sheet that its officer took along from the log alone; ends with 1 if it differs."""
    begin(home)
    from gongzhi.work.workforce.appraisal.verifying import disagreements

    try:
        taken = json.loads(file.read_text("utf-8"))
        wrong = list(disagreements(taken))
        items = len(taken["items"])
    except (KeyError, TypeError, ValueError) as broken:
        sys.exit(f"{file.name}: not a sheet: {broken}")
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{items} items: the log says the same")
