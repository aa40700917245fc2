"""A county from its backup into an empty home, as it was at that moment, less what was erased
since: compared row by row with what was written, and with the hash of the log's last entry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gongzhi.config.home import Home
from gongzhi.config.keeping import contents, home_parts, manifest
from gongzhi.config.keeping.arriving import arriving, bring_rows, in_one, reading
from gongzhi.config.keeping.envelope import (
    KEY_NAME,
    Identity,
    identity,
    lines_of,
    pieces_of,
    whole_file,
)
from gongzhi.config.keeping.keys import keys_in, put_keys
from gongzhi.config.keeping.packing import Heard, unpacked
from gongzhi.config.keeping.shape import tables
from gongzhi.config.keeping.state import Head, Wont
from gongzhi.config.keeping.telling import Bar


@dataclass(frozen=True)
class Restored:
    """What a restore came to."""

    name: str
    head: Head
    files: int
    missing: list[str]
    """Contents that the backup names and doesn't have: they were missing when it was made."""
    again: int
    """Rows that were emptied, for they had been erased after the backup."""


def chosen(folder: Path, before: datetime | None, name: str = "") -> manifest.Backup:
    """The newest backup of the folder, or the newest not after a moment, or the one of a name."""
    there = [one for one in manifest.all_in(folder) if one.is_county]
    if not there:
        raise Wont(f"There is no backup in {folder}.")
    fit = [one for one in there if not before or one.at <= before]
    fit = [one for one in fit if not name or one.name == name]
    if not fit:
        raise Wont(f"None of the {len(there)} backups fits; the oldest is of {there[0].at}.")
    return fit[-1]


def restore(
    backup: manifest.Backup, home: Home, keys: dict[str, bytes], opener: str, bar: Bar
) -> Restored:
    """Restore into the home. `opener`: the secret that opens it; "" for the county's own."""
    given = keys or keys_in(home.keys)
    own = given.get(KEY_NAME, b"").decode()
    if not (opener or own):
        raise Wont("Which key opens it? Give --keys, or --opener, or put keys/ into the home.")
    key = identity(opener or own)
    with arriving(home, backup.name, lambda folder: put_keys(given, folder)) as inner:
        _require_own(backup, given)
        with in_one():
            again = _rows(backup, key, bar)
            files, missing = _files(backup, inner, key, bar)
        home_parts.unpack(pieces_of(backup.folder / "home", key), inner)
    _note_tried(backup)
    return Restored(backup.name, backup.head, files, missing, again)


def _note_tried(backup: manifest.Backup) -> None:
    """Beside the backup, for whoever made it: that it could be restored, and when. A folder that
    can't be written to is no reason to fail: the county is there."""
    with suppress(OSError), whole_file(backup.folder / "tried.json") as out:
        out.write(json.dumps({"at": datetime.now(UTC).isoformat()}).encode())


def _require_own(backup: manifest.Backup, given: dict[str, bytes]) -> None:
    from gongzhi.base.log.keys import public_key

    if "log-signing" not in given:
        raise Wont("The key that signs the county's log (keys/log-signing) isn't among the keys.")
    manifest.require_whole(backup, public_key())


def _rows(backup: manifest.Backup, key: Identity, bar: Bar) -> int:
    from gongzhi.config.keeping.found_as import make_tables

    heard = Heard(lines_of(unpacked(pieces_of(backup.folder / "database", key))))
    bar.begin("rows", 0)
    bring_rows(heard, lambda: make_tables(backup.migrations), backup.head, bar)
    return sum(_erase_again(backup, later, key) for later in _later(backup))


def _later(backup: manifest.Backup) -> Iterator[manifest.Backup]:
    """What tells of erasures that this one doesn't know of."""
    for one in manifest.all_in(backup.folder.parent):
        if one.at > backup.at and one.signed_by == backup.signed_by:
            yield one


def _erase_again(backup: manifest.Backup, later: manifest.Backup, key: Identity) -> int:
    from gongzhi.base.log.actor import Actor
    from gongzhi.config.keeping.erased import heard
    from gongzhi.config.keeping.forgetting import erase_again, plan

    manifest.require_part(later, "erased")
    told = heard(lines_of(unpacked(pieces_of(later.folder / "erased", key))))
    with reading() as store:
        what = plan(store, tables(), told, backup.head.seq)
    if what.rows:
        erase_again(Actor.system("restore"), what)
    return what.rows


def _files(backup: manifest.Backup, inner: Home, key: Identity, bar: Bar) -> tuple[int, list[str]]:
    """Only what a row names: what was erased since is not even unpacked."""
    with reading() as store:
        names = sorted(set(contents.names(store)))
    bar.begin("files", len(names))
    missing = []
    for name in names:
        bar(name[:12], 1)
        place = contents.place(inner.files, name)
        sealed = contents.place(backup.folder.parent / "files", name)
        if contents.is_whole(place, name):
            continue
        if not sealed.exists():
            missing.append(name)
        elif not contents.put(pieces_of(sealed, key), place, name):
            raise Wont(f"The file {name} isn't what its name says: the backup is damaged.")
    return len(names) - len(missing), missing
