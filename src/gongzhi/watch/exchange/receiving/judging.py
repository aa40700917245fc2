"""Holding a delivery to its contract: which rows are good, which are known, which are wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.receiving.contract import Readings, references, typed, why
from gongzhi.watch.exchange.receiving.models import Batch, Reading
from gongzhi.watch.exchange.receiving.referring import values_of
from gongzhi.watch.exchange.receiving.shelves import (
    PART,
    current,
    engine,
    loaded_files,
    quarantine_file,
    quoted,
    rows_file,
    staged_files,
)
from gongzhi.watch.exchange.receiving.staging import offer_staged

if TYPE_CHECKING:
    from gongzhi.watch.exchange.receiving.shelves import Engine

SALT = "received-rows"
USUAL, ENOUGH = 5, 3
"""Deliveries that say what is usual, and how many there must be before anything is."""


@dataclass(frozen=True)
class Judged:
    """What became of the rows, and why the delivery should be held as a whole, if so."""

    read: int = 0
    kept: int = 0
    known: int = 0
    quarantined: int = 0
    newest: datetime | None = None
    holds: tuple[str, ...] = field(default=())

    @property
    def counts(self) -> dict[str, int]:
        """As events have them."""
        return {
            "read": self.read, "kept": self.kept, "known": self.known,
            "quarantined": self.quarantined,
        }  # fmt: skip


def readings_of(connector: str) -> Readings:
    """What was decided of single texts."""
    rows = Reading.objects.filter(connector=connector)
    return {(f, said): means for f, said, means in rows.values_list("field", "said", "means")}


def judge(batch: Batch, connector: Connector, revision: int) -> Judged:
    """Check all rows of what was received, and write good and bad ones where this revision's
    belong. Nothing counts before the batch says that this is its revision."""
    with engine() as db:
        offer_staged(db, staged_files(batch), connector.contract)
        version = (batch.until if batch.backfill and batch.until else batch.began_at).isoformat()
        read_in(db, connector, readings_of(connector.code), version)
        _note_known(db, connector, batch)
        judged = _counted(db, batch, connector)
        _write_good(db, connector, batch, rows_file(batch, revision))
        if judged.quarantined:
            _write_bad(db, connector, quarantine_file(batch, revision))
    return judged


def read_in(
    db: Engine,
    connector: Connector,
    readings: Readings,
    version: str,
    known: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """From ``staged`` make ``judged``: rows as their types, with ``_why`` and ``_nth`` of a key.

    `known`: what fields may refer to; looked up when left out."""
    contract = connector.contract
    for refers, name in references(contract).items():
        values = values_of(refers) if known is None else known.get(refers, ())
        db.execute(f"CREATE TEMP TABLE {name} (value VARCHAR)")
        if values:
            db.execute(f"INSERT INTO {name} SELECT unnest(?)", [list(values)])
    salt = settings.HOME.secret(SALT)
    db.execute(f"CREATE TEMP TABLE read_in AS {typed(contract, readings, salt, version)}")
    key = ", ".join(f'"{one}" AS "k_{one}"' for one in contract.key)
    by = ", ".join(f'"k_{one}"' for one in contract.key)
    on = " AND ".join(f'"{one}" = "k_{one}"' for one in contract.key)
    db.execute(
        f"CREATE TEMP TABLE doubles AS SELECT {key}, min(_row) AS _first, "  # noqa: S608
        f"min(_hash) <> max(_hash) AS differs FROM read_in WHERE _wrong = '' "
        f"GROUP BY {by} HAVING count(*) > 1"
    )
    db.execute(
        f"CREATE TEMP TABLE judged AS SELECT read_in.*, {why(contract)} AS _why, "  # noqa: S608
        f"coalesce(_first <> _row, false) AS _again FROM read_in LEFT JOIN doubles ON {on}"
    )
    _find_twice(db, connector)


def _find_twice(db: Engine, connector: Connector) -> None:
    """Fields that must be unique beside the key."""
    for one in connector.contract.fields:
        if one.unique and connector.contract.key != (one.name,):
            db.execute(
                f"UPDATE judged SET _why = list_append(_why, '{one.name}:twice') "  # noqa: S608
                f'WHERE _wrong = \'\' AND NOT _again AND "{one.name}" IN (SELECT "{one.name}" '
                f'FROM judged WHERE NOT _again GROUP BY "{one.name}" HAVING count(*) > 1)'
            )


def _note_known(db: Engine, connector: Connector, batch: Batch) -> None:
    """Make ``known``: hashes of the rows that hold already."""
    files = loaded_files(connector, but=batch.pk)
    if files:
        rows = current(connector, files)
        db.execute(f"CREATE TEMP TABLE known AS SELECT DISTINCT _hash FROM ({rows})")  # noqa: S608
    else:
        db.execute("CREATE TEMP TABLE known (_hash VARCHAR)")


def _counted(db: Engine, batch: Batch, connector: Connector) -> Judged:
    newest = connector.contract.version or (
        connector.contract.fresh.field if connector.contract.fresh else None
    )
    at = f'epoch(max("{newest}"::TIMESTAMPTZ) FILTER (_why = []))' if newest else "NULL"
    row = db.execute(
        "SELECT count(*), count(*) FILTER (_why <> []), count(*) FILTER (_why = [] "  # noqa: S608
        f"AND (_again OR _hash IN (SELECT _hash FROM known))), {at} FROM judged"
    ).fetchone()
    read, bad, known, seconds = row or (0, 0, 0, None)
    newest_at = datetime.fromtimestamp(seconds, tz=now().tzinfo) if seconds else None
    holds = tuple(_holds(connector, batch, read, bad, newest_at))
    return Judged(read, read - bad - known, known, bad, newest_at, holds)


def _holds(
    connector: Connector, batch: Batch, read: int, bad: int, newest: datetime | None
) -> list[str]:
    """Why nothing of it should be taken over unless a person says so."""
    contract, found = connector.contract, []
    volume = contract.volume
    if read < volume.least:
        found.append("volume_low")
    if read > volume.most:
        found.append("volume_high")
    if volume.past and (usual := usual_of(batch)):
        low, high = volume.past
        found += ["volume_fell"] if read < usual * low else []
        found += ["volume_rose"] if read > usual * high else []
    stale = contract.fresh and (newest is None or now() - newest > contract.fresh.oldest)
    if stale and not batch.backfill:  # a span of the past is old by intention
        found.append("stale")
    if read and bad / read > contract.most_bad:
        found.append("many_bad")
    return found


def usual_of(batch: Batch) -> float:
    """The median of the rows of its last deliveries; 0 when there were too few to say."""
    earlier = Batch.objects.filter(connector=batch.connector, state=Batch.State.LOADED)
    if batch.pk:
        earlier = earlier.filter(pk__lt=batch.pk)
    many = sorted(earlier.order_by(F("pk").desc()).values_list("read", flat=True)[:USUAL])
    if len(many) < ENOUGH:
        return 0.0
    middle = len(many) // 2
    return float(many[middle]) if len(many) % 2 else (many[middle - 1] + many[middle]) / 2


def _write_good(db: Engine, connector: Connector, batch: Batch, path: Path) -> None:
    """New rows; where a delivery is the whole, all of them."""
    names = [
        f'"s_{one.name}" AS "{one.name}"' if one.personal else f'"{one.name}"'
        for one in connector.contract.fields
    ]
    new = "" if connector.contract.delivers == "whole" else (
        " AND _hash NOT IN (SELECT _hash FROM known)"
    )  # fmt: skip
    _copied(
        db,
        f"SELECT {', '.join(names)}, _row, _hash, _at, {batch.pk}::BIGINT AS _batch "  # noqa: S608
        f"FROM judged WHERE _why = [] AND NOT _again{new} ORDER BY _row",
        path,
    )


def _write_bad(db: Engine, connector: Connector, path: Path) -> None:
    """Texts as received; what is sealed stays sealed."""
    names = [
        f'"{"s" if one.personal else "r"}_{one.name}" AS "{one.name}"'
        for one in connector.contract.fields
    ]
    _copied(
        db,
        f"SELECT _row, _why, {', '.join(names)} FROM judged WHERE _why <> [] ORDER BY _row",  # noqa: S608
        path,
    )


def _copied(db: Engine, select: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + PART)
    db.execute(f"COPY ({select}) TO {quoted(str(part))} (FORMAT parquet, COMPRESSION zstd)")
    part.replace(path)
