"""What is read of quarantine and of a source's last weeks."""

from __future__ import annotations

from typing import Any

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.watch.exchange.receiving.models import Batch
from gongzhi.watch.exchange.receiving.shelves import engine, quarantine_file, quoted

PAGE = 25
Row = dict[str, Any]


def reasons_of(connector: Connector, batch: Batch) -> dict[str, int]:
    """``field:reason`` → how many rows, the most frequent first."""
    path = quarantine_file(batch)
    if not batch.quarantined or not path.exists():
        return {}
    with engine() as db:
        rows = db.execute(
            "SELECT why, count(*) FROM (SELECT unnest(_why) AS why "  # noqa: S608  (our own path)
            f"FROM read_parquet({quoted(str(path))})) GROUP BY why ORDER BY 2 DESC, 1"
        ).fetchall()
    return dict(rows)


def quarantine_of(
    connector: Connector, batch: Batch, *, reason: str = "", page: int = 1
) -> list[Row]:
    """Rows in quarantine: ``number``, ``values`` by field as received, ``reasons``. What is about
    somebody stays sealed and is shown to nobody here."""
    path = quarantine_file(batch)
    if not batch.quarantined or not path.exists():
        return []
    with engine() as db:
        found = db.execute(
            f"SELECT * FROM read_parquet({quoted(str(path))}) "  # noqa: S608  (our own path)
            "WHERE ? = '' OR list_contains(_why, ?) ORDER BY _row LIMIT ? OFFSET ?",
            [reason, reason, PAGE, (page - 1) * PAGE],
        )
        names = [one[0] for one in found.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [_shown(connector, row) for row in rows]


def unread_texts(connector: Connector, batch: Batch, field: str, most: int = 12) -> dict[str, int]:
    """What the source says in a field whose texts are not in its table, and how often."""
    one, path = connector.contract.field(field), quarantine_file(batch)
    if one is None or one.personal or not path.exists():
        return {}
    with engine() as db:
        rows = db.execute(
            f'SELECT "{field}", count(*) FROM read_parquet({quoted(str(path))}) '  # noqa: S608
            f'WHERE list_contains(_why, ?) AND length("{field}") <= 200 '
            "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
            [f"{field}:choice", most],
        ).fetchall()
    return dict(rows)


def _shown(connector: Connector, row: Row) -> Row:
    values = {
        one.name: "" if one.personal else row.get(one.name) or ""
        for one in connector.contract.fields
    }
    return {"number": row["_row"], "reasons": list(row["_why"]), "values": values}
