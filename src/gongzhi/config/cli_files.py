"""``gongzhi files``: whether each is what it was, and sealing what isn't sealed yet."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin

files_app = typer.Typer(no_args_is_help=True, help="Photos, papers and evidence.")


@files_app.command("check")
def check(
    home: HomeOption = None,
    tidy: Annotated[bool, typer.Option("--tidy", help="Remove what nothing names.")] = False,
) -> None:
    """Read every stored file again; exits 1 naming those that are missing or were altered.

    What is wrong with evidence goes on the log, too, and supervision hears of it.
    """
    begin(home)
    from gongzhi.base.files import store
    from gongzhi.base.files.contents import FAULTS_SAID
    from gongzhi.base.files.models import StoredFile
    from gongzhi.base.files.selectors import broken_files, orphans
    from gongzhi.work.dossier.readers import check_all_evidence

    check_all_evidence()
    broken = list(broken_files())
    for key, digest, fault in broken:
        print(f"file {key}: {digest} {FAULTS_SAID[fault]}")
    left = list(orphans())
    for digest in left if tidy else []:
        store.discard(digest)
    said = "removed" if tidy else "that nothing names"
    print(f"{StoredFile.objects.count()} files, {len(broken)} broken, {len(left)} contents {said}")
    if broken:
        sys.exit(1)


@files_app.command("seal")
def seal(home: HomeOption = None) -> None:
    """Seal what was kept in the clear before cases' files were sealed; again, what is left of it.

    Says how far it is; interrupted, it goes on where it was. Exits 1 when something couldn't be.
    """
    begin(home)
    from gongzhi.base.log.actor import Actor
    from gongzhi.work.dossier.archive.earlier import seal_earlier, seal_earlier_words

    by, done, failed = Actor.system("command_line"), 0, 0
    for table, rows in seal_earlier_words(by):
        print(f"words of {table}: {rows} rows sealed", flush=True)
    for number, of, what, fault in seal_earlier(by):
        print(f"{number} of {of}: {what} {fault or 'sealed'}", flush=True)
        done, failed = done + (not fault), failed + bool(fault)
    print(f"{done} files sealed, {failed} not" if done or failed else "no file lies in the clear")
    if failed:
        sys.exit(1)
