"""``gongzhi cases``: a case as a folder, and whether the folder still is what it was."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin

cases_app = typer.Typer(no_args_is_help=True, help="Cases as folders: one case, one file.")


@cases_app.command("export")
def export(
    number: Annotated[
        str,
        typer.Argument(
            help="The case's number as its papers bear it, or its matter's: XZ261124-417."
        ),
    ],
    folder: Annotated[Path, typer.Argument(help="A folder that isn't there yet, or is empty.")],
    purpose: Annotated[
        str, typer.Option(help="What for: archive, forward, review or copy. It is on the log.")
    ] = "archive",
    archived: Annotated[
        bool, typer.Option("--archived", help="As it was archived last, not as it is now.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Write a case's documents, exhibits, evidence, timeline and log entries, with their hashes.

    What is sealed in the county lies open in the folder, which is in your care from then on.
    """
    begin(home)
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.ui.errors import Refused
    from gongzhi.work.cases.selectors.numbers import matter_number
    from gongzhi.work.dossier.archive.exporting import export_case

    try:
        matter = matter_number(number)
        manifest = export_case(
            Actor.system("command_line"), matter, folder, purpose, archived=archived
        )
    except Refused as refused:
        sys.exit(str(refused))
    print(f"{number} is in {folder}; its manifest has the hash {manifest}, which is on the log")
    print("The files in it are not sealed any more: keep the folder safe, and delete it when done")


@cases_app.command("verify")
def verify(
    folder: Annotated[Path, typer.Argument(help="What `gongzhi cases export` wrote.")],
    manifest: Annotated[
        str, typer.Option(help="The manifest's hash as the log has it, to be sure of it, too.")
    ] = "",
) -> None:
    """Say whether it is as it was written; exits 1 naming what was altered, is missing or added.

    Needs no county: neither its database nor its keys.
    """
    from gongzhi.work.dossier.archive.verifying import MANIFEST, first_fault, hash_of

    fault = first_fault(folder, manifest=manifest)
    if fault:
        sys.exit(fault)
    print(f"as it was written; the hash of {MANIFEST} is {hash_of(folder / MANIFEST)}")
