"""Backing a county up while it runs: to a folder that holds many backups, each sealed.

    BACKUP/files/ab/<name>          each content once, however many backups name it
    BACKUP/<time>-<entry>/          one backup:
        manifest.json                   signed: whose, when, the log's head, the hashes of its parts
        database                        every row, of one moment
        home                            own catalogue, layers, lake …
        erased                          what the log says was erased, for backups older than this
        files.txt                       which contents belong to it

Rows come from one read transaction, which neither waits for writers nor holds them up, on SQLite
(WAL) as on PostgreSQL. The keys are not in it: `gongzhi keys save` puts them into a file apart.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gongzhi.base.log import keys as log_keys
from gongzhi.config.home import Home
from gongzhi.config.keeping import contents, home_parts, manifest, packing
from gongzhi.config.keeping.envelope import KEY_NAME, identity, public_hex, sealed_file, whole_file
from gongzhi.config.keeping.erased import told as erased_told
from gongzhi.config.keeping.shape import tables
from gongzhi.config.keeping.snapshot import row_count, snapshot
from gongzhi.config.keeping.state import Head, State, Wont, require_present_version, state_of
from gongzhi.config.keeping.stores import Store
from gongzhi.config.keeping.telling import Bar


@dataclass(frozen=True)
class Made:
    """What a backup came to."""

    folder: Path
    head: Head
    files: int
    added: int
    missing: list[str]
    """Contents that rows name and the home doesn't have."""


def make_backup(to: Path, recipients: Sequence[str], bar: Bar) -> Made:
    """Back this process's county up into the folder. Raises Wont."""
    from django.conf import settings

    home: Home = settings.HOME
    sealed_to = list(recipients) or [own_recipient(home)]
    with _alone(to), snapshot() as store:
        state = state_of(store)
        require_present_version(state)
        _require_own(to)
        at = datetime.now(UTC)
        part = _empty_part(to)
        parts = _parts(store, home, part, to, sealed_to, bar)
        added, missing = _add_files(part / "files.txt", home, to, sealed_to, bar)
        _sign(part, state, at, parts, sealed_to)
        final = to / f"{at:%Y%m%dT%H%M%SZ}-{state.head.seq}"
        part.rename(final)
        _drop_notes(to)
    _note_kept(home, final, state, at)
    listed = sum(1 for _ in (final / "files.txt").open())
    return Made(final, state.head, listed, added, missing)


def _note_kept(home: Home, folder: Path, state: State, at: datetime) -> None:
    """Where the county's administrator sees it (`watch/operations`)."""
    told = {"at": at.isoformat(), "folder": str(folder.resolve()), "seq": state.head.seq}
    with whole_file(home.kept) as out:
        out.write(json.dumps(told).encode())


def own_recipient(home: Home) -> str:
    """What the county seals its backups to when nobody says otherwise."""
    return public_hex(identity(home.secret(KEY_NAME)))


def note_erased(to: Path, recipients: Sequence[str]) -> int:
    """Only tell the folder what was erased since its backups; the entry up to which it knows."""
    from django.conf import settings

    sealed_to = list(recipients) or [own_recipient(settings.HOME)]
    with _alone(to), snapshot() as store:
        state, at = state_of(store), datetime.now(UTC)
        _require_own(to)
        part = _empty_part(to)
        parts = {"erased": _erased(store, part, to, state, sealed_to)}
        _sign(part, state, at, parts, sealed_to)
        _drop_notes(to)
        part.rename(to / f"{at:%Y%m%dT%H%M%SZ}-{state.head.seq}-erased")
    return state.head.seq


def _empty_part(to: Path) -> Path:
    part = to / ".making"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    return part


def _drop_notes(to: Path) -> None:
    """What is newer says it again."""
    for one in manifest.all_in(to):
        if not one.is_county:
            shutil.rmtree(one.folder)


def _erased(
    store: Store, part: Path, to: Path, state: State, sealed_to: Sequence[str]
) -> dict[str, object]:
    with sealed_file(part / "erased", sealed_to) as (sealing, out):
        for piece in packing.packed(erased_told(store, tables(), _oldest(to, state))):
            sealing.write(piece)
    return out.told()


def _parts(
    store: Store, home: Home, part: Path, to: Path, sealed_to: Sequence[str], bar: Bar
) -> dict[str, Any]:
    all_tables = tables()
    bar.begin("rows", sum(row_count(store, table) for table in all_tables))
    parts: dict[str, Any] = {}
    with sealed_file(part / "database", sealed_to) as (sealing, out):
        for piece in packing.packed(packing.told(store, all_tables, bar)):
            sealing.write(piece)
    parts["database"] = out.told()
    parts["erased"] = _erased(store, part, to, state_of(store), sealed_to)
    with sealed_file(part / "home", sealed_to) as (sealing, out):
        home_parts.pack(home, sealing)
    parts["home"] = out.told()
    with whole_file(part / "files.txt") as listed:
        for name in sorted(set(contents.names(store))):
            listed.write(f"{name}\n".encode())
    parts["files.txt"] = listed.told()
    return parts


def _add_files(
    listed: Path, home: Home, to: Path, sealed_to: Sequence[str], bar: Bar
) -> tuple[int, list[str]]:
    """Seal each content that the folder doesn't have yet; how many, and which are missing."""
    names = listed.read_text("ascii").split()
    bar.begin("files", len(names))
    added, missing = 0, []
    for name in names:
        bar(name[:12], 1)
        kept = contents.place(to / "files", name)
        if kept.exists():
            continue
        if _add_file(contents.place(home.files, name), kept, sealed_to):
            added += 1
        else:
            missing.append(name)
    return added, missing


def _add_file(path: Path, kept: Path, sealed_to: Sequence[str]) -> bool:
    """Seal one content into the folder; False when the home doesn't have it."""
    if not path.is_file():
        return False
    with sealed_file(kept, sealed_to) as (sealing, _out):
        for piece in contents.read(path):
            sealing.write(piece)
    return True


def _sign(
    part: Path, state: State, at: datetime, parts: dict[str, Any], sealed_to: Sequence[str]
) -> None:
    told = {
        "form": manifest.FORM, "at": at.isoformat(timespec="seconds"), **state.told(),
        "parts": parts, "recipients": sorted(sealed_to),
    }  # fmt: skip
    key = log_keys.signing_key()
    with whole_file(part / "manifest.json") as out:
        out.write(manifest.signed(told, key))


def _oldest(to: Path, state: State) -> int:
    """The entry at which the oldest backup of the folder stands; the last when there is none."""
    return min((one.head.seq for one in manifest.all_in(to)), default=state.head.seq)


def _require_own(to: Path) -> None:
    """One folder, one county: what was erased there is looked up by its rows' keys."""
    own = log_keys.public_key()
    if any(one.signed_by != own for one in manifest.all_in(to)):
        raise Wont(f"{to} holds backups of another county. Take a folder of its own.")


@contextmanager
def _alone(to: Path) -> Iterator[None]:
    """One backup at a time into one folder."""
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (to / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as wrong:
            raise Wont(f"Another backup into {to} is under way.") from wrong
        yield


def prune(to: Path, keep: int) -> tuple[int, int]:
    """Remove all but the newest so many backups, and the files that none of those names; how many
    of each."""
    with _alone(to):
        counties = [one for one in manifest.all_in(to) if one.is_county]
        for one in counties[:-keep]:
            shutil.rmtree(one.folder)
        wanted = {
            name
            for one in counties[-keep:]
            for name in (one.folder / "files.txt").read_text("ascii").split()
        }
        unwanted = [path for path in (to / "files").glob("*/*") if path.name not in wanted]
        for path in unwanted:
            path.unlink()
    return len(counties[:-keep]), len(unwanted)
