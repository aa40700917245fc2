"""``gongzhi backup``, ``gongzhi restore`` and ``gongzhi keys``: a county outlives its disk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin

keys_app = typer.Typer(no_args_is_help=True, help="The county's keys, kept apart from its rows.")

FolderArgument = Annotated[
    Path, typer.Argument(envvar="GONGZHI_BACKUP", help="The backups' folder (or GONGZHI_BACKUP).")
]
PassphraseOption = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="The keys' passphrase; or GONGZHI_PASSPHRASE."),
]
RecipientsOption = Annotated[
    list[str] | None,
    typer.Option("--recipient", help="Seal to this public key instead of the county's own."),
]


def backup(
    to: FolderArgument,
    home: HomeOption = None,
    recipient: RecipientsOption = None,
    erased_only: Annotated[
        bool, typer.Option("--erased-only", help="Only tell what was erased since; takes moments.")
    ] = False,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Then keep only so many of the newest backups.")
    ] = None,
) -> None:
    """Back the county up while it runs, encrypted; stopped, the same command goes on.

    The keys are not in it: `gongzhi keys save` puts them into a file, for another place.
    """
    begin(home)
    from gongzhi.config.keeping.backup import make_backup, note_erased, prune
    from gongzhi.config.keeping.telling import Bar

    with in_words():
        if erased_only:
            seq = note_erased(to, recipient or [])
            print(f"{to} knows what was erased up to entry {seq}")
            return
        with Bar() as bar:
            made = make_backup(to, recipient or [], bar)
        print(f"{made.folder.name}: up to {made.head}")
        print(f"{made.files} files, {made.added} of them new")
        for name in made.missing:
            print(f"missing in the home, so not in the backup: {name}")
        if keep:
            gone, files = prune(to, keep)
            print(f"{gone} older backups removed, and {files} files that only they had")


def restore(
    folder: FolderArgument,
    home: HomeOption = None,
    keys: Annotated[
        Path | None, typer.Option("--keys", help="What `gongzhi keys save` wrote.")
    ] = None,
    passphrase_file: PassphraseOption = None,
    opener: Annotated[
        Path | None, typer.Option("--opener", help="The private key of a --recipient.")
    ] = None,
    before: Annotated[
        str | None, typer.Option(help="The newest backup not after this time (ISO 8601).")
    ] = None,
    name: Annotated[str, typer.Option("--backup", help="The backup of this name.")] = "",
    show: Annotated[bool, typer.Option("--list", help="Only say what backups there are.")] = False,
) -> None:
    """Restore a backup into an empty home (and an empty database), and compare all of it.

    What was erased after the backup was made stays erased. With GONGZHI_DATABASE_URL set it comes
    into PostgreSQL, whichever database it was made of.
    """
    from gongzhi.config.keeping.manifest import all_in

    if show:
        for one in all_in(folder):
            print(f"{one.name}  {one.at.isoformat()}  {one.head}")
        return
    from gongzhi.config.keeping.arriving import home_of
    from gongzhi.config.keeping.keys import opened_keys, passphrase
    from gongzhi.config.keeping.restore import chosen
    from gongzhi.config.keeping.restore import restore as bring
    from gongzhi.config.keeping.telling import Bar

    with in_words():
        given = opened_keys(_content(keys), passphrase(passphrase_file)) if keys else {}
        which = chosen(folder, _moment(before), name)
        secret = _content(opener).decode("ascii", "replace") if opener else ""
        with Bar() as bar:
            done = bring(which, home_of(home), given, secret, bar)
    print(f"{done.name} is restored and compared; the log holds: {done.head}")
    print(
        f"{done.files} files" + "".join(f"\nmissing in the backup: {one}" for one in done.missing)
    )
    if done.again:
        print(f"{done.again} rows had been erased since; they were erased again")


@keys_app.command("save")
def save(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    home: HomeOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Write all keys of the county to one file, sealed with a passphrase. Keep the two apart."""
    begin(home)
    from django.conf import settings

    from gongzhi.base.log.keys import public_key
    from gongzhi.config.keeping.backup import own_recipient
    from gongzhi.config.keeping.envelope import whole_file
    from gongzhi.config.keeping.keys import passphrase, sealed_keys

    with in_words():
        own_recipient(settings.HOME)  # makes the key that backups need, if there is none yet
        signer = public_key()
        content = sealed_keys(settings.HOME.keys, passphrase(passphrase_file))
        with whole_file(file) as out:
            out.write(content)
    print(f"{file} holds the keys; the log is signed with {signer}")


@keys_app.command("new")
def new(
    file: Annotated[Path, typer.Argument(help="Where to write the private key.")],
    suite: Annotated[
        str, typer.Option(help="Of the county: international or commercial.")
    ] = "international",
) -> None:
    """Make a pair of keys for backups; the private one opens them, and stays off the server."""
    import secrets

    from gongzhi.base.crypto.county import WrongSuite, named
    from gongzhi.config.keeping.envelope import identity, public_hex
    from gongzhi.config.keeping.keys import put_keys

    if file.exists():
        sys.exit(f"{file} is there already")
    try:
        by = named(suite)
    except WrongSuite as wrong:
        sys.exit(str(wrong))
    secret = secrets.token_urlsafe(32)
    put_keys({file.name: secret.encode()}, file.parent)
    print(f"--recipient {public_hex(identity(secret), by)}")


@contextmanager
def in_words() -> Iterator[None]:
    """End the program with what is wrong, and no more, where something isn't done."""
    from gongzhi.config.keeping.state import Wont

    try:
        yield
    except Wont as wont:
        sys.exit(str(wont))
    except KeyboardInterrupt:
        sys.exit("Stopped. The same command goes on where it was.")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        sys.exit(f"{path} can't be read: {wrong.strerror}")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        sys.exit("--before: a time such as 2026-11-30T08:00+08:00")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
