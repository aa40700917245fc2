"""A folder that a department drops files into; each is put away once it was taken over."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from time import time

from django.conf import settings

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.connector_sources import Folder, Tables
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.receiving.lines.asking import Asked
from gongzhi.watch.exchange.receiving.lines.tables import delivery_of
from gongzhi.watch.exchange.receiving.staging import Delivery

DONE = "done"
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")


def place_of(connector: Connector) -> Path:
    """Where its files are dropped."""
    source = connector.source
    assert isinstance(source, Folder)  # noqa: S101  (its kind said so)
    drop: Path = settings.HOME.drop
    return Path(source.folder) if source.folder else drop / connector.code


def deliveries(connector: Connector, asked: Asked) -> Iterator[Delivery]:
    """The files that lie there, the oldest first; those put away, too, where they are asked for."""
    source, place = connector.source, place_of(connector)
    assert isinstance(source, Folder)  # noqa: S101  (its kind said so)
    if not place.is_dir():
        if source.folder:
            raise LineFailed("no_folder")
        place.mkdir(parents=True, exist_ok=True)
    lying = [one for one in place.iterdir() if is_ready(one, source)]
    if asked.again or asked.name:
        lying += [one for one in (place / DONE).glob("*") if is_ready(one, source)]
    for path in sorted(lying, key=lambda one: (one.stat().st_mtime, one.name)):
        if is_asked(path.name, source, asked):
            yield _delivery(path, place, connector, source)


def is_ready(path: Path, source: Folder) -> bool:
    """Whether it is a file of the kind, and nobody is still copying it."""
    name = path.name
    if not path.is_file() or path.is_symlink() or name.startswith((".", "~$")):
        return False
    finished = not name.lower().endswith(UNFINISHED)
    return finished and fnmatch(name, source.files) and _is_settled(path, source)


def _is_settled(path: Path, source: Folder) -> bool:
    return path.stat().st_mtime <= time() - source.settled


def is_asked(name: str, source: Tables, asked: Asked) -> bool:
    """Whether this file is among what is asked for."""
    if asked.name:
        return name == asked.name
    if asked.since is None or asked.until is None:
        return True
    day = day_of(name, source)
    return day is not None and asked.since <= day < asked.until


def day_of(name: str, source: Tables) -> datetime | None:
    """The day in a file's name, where it has one."""
    found = re.search(source.day_in_name, name) if source.day_in_name else None
    try:
        digits = re.sub(r"\D", "", found[1]) if found else ""
        return datetime.strptime(digits, "%Y%m%d").replace(tzinfo=UTC) if digits else None
    except ValueError:
        return None


def _delivery(path: Path, place: Path, connector: Connector, source: Folder) -> Delivery:
    with path.open("rb") as file:
        mark = hashlib.file_digest(file, "sha256").hexdigest()
    found = delivery_of(path, connector, source, mark=mark)

    def taken() -> None:
        away = place / DONE / path.name
        away.parent.mkdir(exist_ok=True)
        if path.exists() and path != away:
            path.replace(away)

    return replace(found, taken=taken)
