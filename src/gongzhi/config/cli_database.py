"""``gongzhi database``: from the embedded database to a server of its own."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin
from gongzhi.config.cli_keeping import in_words

database_app = typer.Typer(no_args_is_help=True, help="Where the county's rows are kept.")


@database_app.callback()
def _database() -> None:
    """Keep `move` a command of its own."""


@database_app.command("move")
def move(
    url: Annotated[str, typer.Argument(help="postgresql://user@host/name, an empty database.")],
    home: HomeOption = None,
) -> None:
    """Move an embedded county to PostgreSQL; stop its server first.

    Every row is compared, and the log checked, before the old database is put aside. Interrupted,
    the same command goes on where it was.
    """
    if os.environ.get("GONGZHI_DATABASE_URL"):
        sys.exit("GONGZHI_DATABASE_URL is set: this county isn't embedded. Unset it to move one.")
    if not url.startswith(("postgresql://", "postgres://")):
        sys.exit("That is no PostgreSQL: postgresql://user@host:port/name")
    os.environ["GONGZHI_DATABASE_URL"] = url
    begin(home, moving=True)
    from gongzhi.config.keeping.moving import move_county
    from gongzhi.config.keeping.telling import Bar

    with in_words(), Bar() as bar:
        moved = move_county(bar)
    print(f"{moved.rows} rows moved and compared, row by row; the log holds: {moved.head}")
    print(f"The old database is kept, read-only, as {moved.kept}")
    print("Start the county from now on with GONGZHI_DATABASE_URL set to the new one.")
