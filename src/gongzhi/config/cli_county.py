"""``gongzhi county``: a whole county out of here in open formats, and into another one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin
from gongzhi.config.cli_keeping import PassphraseOption, in_words

county_app = typer.Typer(no_args_is_help=True, help="A whole county, in open formats.")


@county_app.command("export")
def export(
    to: Annotated[Path, typer.Argument(help="A new folder.")],
    home: HomeOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Write everything to a folder: tables as JSON Lines, files, catalogue, log, a dictionary.

    What is sealed stays sealed; the keys go along under a passphrase, which travels apart.
    """
    begin(home)
    from gongzhi.config.keeping.county_out import export_county
    from gongzhi.config.keeping.keys import passphrase
    from gongzhi.config.keeping.telling import Bar

    with in_words():
        words = passphrase(passphrase_file)
        with Bar() as bar:
            made = export_county(to, words, bar)
    print(f"{made.rows} rows and {made.files} files in {to}; the log ends at {made.head}")
    for name in made.missing:
        print(f"missing or altered in the home, so not exported: {name}")


@county_app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(help="What `gongzhi county export` wrote.")],
    home: HomeOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Bring an exported county into a fresh one, on either database, and compare all of it."""
    from gongzhi.config.keeping.arriving import home_of
    from gongzhi.config.keeping.county_in import import_county
    from gongzhi.config.keeping.keys import passphrase
    from gongzhi.config.keeping.telling import Bar

    with in_words():
        words = passphrase(passphrase_file)
        with Bar() as bar:
            told = import_county(folder, home_of(home), words, bar)
    print(f"{told.rows} rows are here and compared; the log holds: {told.head}")
    print(f"{told.files - len(told.missing)} files")
