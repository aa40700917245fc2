"""Handing good rows on to an importer of matters, by a mapping of the catalogue."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.watch.exchange.imports.run import import_file, mapping_of
from gongzhi.watch.exchange.receiving.models import Batch
from gongzhi.watch.exchange.receiving.shelves import engine, quoted, rows_file, staged_files


def feed(connector: Connector, batch: Batch) -> int:
    """Give the rows that were loaded to the mapping's importer, under the source's own headings;
    how many matters came of them. A row that came before makes none."""
    if connector.mapping is None or not batch.kept:
        return 0
    fields = [one for one in connector.contract.fields if not one.personal]
    names = ", ".join(f'p."{one.name}"' for one in fields)
    listed = ", ".join(quoted(one) for one in staged_files(batch))
    with engine() as db, tempfile.TemporaryDirectory(prefix="gongzhi-received-") as folder:
        rows = db.execute(
            f"SELECT {names} FROM read_parquet([{listed}]) p "  # noqa: S608  (our own names)
            f"SEMI JOIN read_parquet({quoted(str(rows_file(batch)))}) r USING (_row) "
            "WHERE p._wrong = '' ORDER BY p._row"
        )
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([one.source_column for one in fields])
            while some := rows.fetchmany(10_000):
                writer.writerows(some)
        mapping = mapping_of(connector.mapping).model_copy(update={"encoding": "utf-8"})
        done = import_file(path, mapping, lambda share, run: None)
    return done.imported
