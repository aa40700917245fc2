"""A version's files below the county's home: written once, whole, and never again."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from gongzhi.base.catalogue.kinds.open_dataset import Column, OpenDataset
from gongzhi.base.places.cells import from_text, middle_of
from gongzhi.watch.exchange.opendata.columns import NAMED, Said, columns_of, names_of
from gongzhi.watch.exchange.opendata.describing import csvw, dictionary
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.watch.exchange.opendata.places import as_geojson, place_column, town_names
from gongzhi.watch.exchange.opendata.tables import Row

CSV, PARQUET = "text/csv", "application/vnd.apache.parquet"
GEOJSON, JSON, TEXT = "application/geo+json", "application/json", "text/plain"
SUMS = "SHA256SUMS"


class Altered(RuntimeError):
    """A published file is gone, or is no longer what was published."""


def folder_of(dataset: str, number: int) -> Path:
    """Where the files of a version lie."""
    root: Path = settings.HOME.open_data
    return root / dataset / f"v{number}"


def names_for(recipe: OpenDataset) -> dict[str, str]:
    """The files of a version, with their media types; the first one is what most people want."""
    found = {f"{recipe.code}.csv": CSV, f"{recipe.code}.parquet": PARQUET}
    if place_column(recipe):
        found[f"{recipe.code}.geojson"] = GEOJSON
    return found | {
        f"{recipe.code}.csv-metadata.json": JSON, f"{recipe.code}.dictionary.json": JSON,
        SUMS: TEXT,
    }  # fmt: skip


def read(version: Version, name: str) -> bytes:
    """A published file as it was published. Raises Altered where it isn't."""
    known = version.files.get(name)
    path = folder_of(version.dataset, version.number or 0) / name
    content = path.read_bytes() if known and path.exists() else b""
    if not known or sha256(content).hexdigest() != known["sha256"]:
        raise Altered(f"{version}: {name}")
    return content


def rows_in(recipe: OpenDataset, version: Version | None) -> list[Row]:
    """The rows of a published version, from its file."""
    if version is None:
        return []
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(pa.BufferReader(read(version, f"{recipe.code}.parquet")))
    return list(table.select([*(one.value for one in recipe.by), "count"]).to_pylist())


def written(recipe: OpenDataset, version: Version, rows: Sequence[Row]) -> dict[str, Any]:
    """Write all files of a version that has its number, beside where they belong, and put them
    there in one step; what each is. What lies there already, of an attempt that never came to its
    end or of a database that was restored, is set aside: nothing published is ever destroyed. Call
    it last, within the transaction that publishes."""
    target = folder_of(recipe.code, version.number or 0)
    part = target.with_name(f".{uuid4().hex}.part")
    part.mkdir(parents=True)
    told = _contents(recipe, version, rows)
    for name, content in told.items():
        with (part / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    if target.exists():
        target.rename(target.with_name(f"{target.name}.set-aside-{uuid4().hex[:8]}"))
    part.rename(target)
    kinds = names_for(recipe)
    return {
        name: {"sha256": sha256(one).hexdigest(), "bytes": len(one), "media_type": kinds[name]}
        for name, one in told.items()
    }


def _contents(recipe: OpenDataset, version: Version, rows: Sequence[Row]) -> dict[str, bytes]:
    towns = town_names() if Column.TOWN in recipe.by else {}
    full = [_full(recipe, row, _names(recipe, towns)) for row in rows]
    code = recipe.code
    told = {f"{code}.csv": _csv(recipe, full), f"{code}.parquet": _parquet(recipe, full)}
    if place_column(recipe):
        told[f"{code}.geojson"] = as_geojson(recipe, rows, version.number or 0)
    told[f"{code}.csv-metadata.json"] = _json(csvw(recipe, version))
    told[f"{code}.dictionary.json"] = _json(dictionary(recipe, version, towns))
    sums = "".join(f"{sha256(one).hexdigest()}  {name}\n" for name, one in told.items())
    return {**told, SUMS: sums.encode()}


def _names(recipe: OpenDataset, towns: Mapping[str, Said]) -> Mapping[Column, Mapping[str, Said]]:
    return {column: names_of(column, towns) for column in recipe.by if column in NAMED}


def _full(recipe: OpenDataset, row: Row, names: Mapping[Column, Mapping[str, Said]]) -> Row:
    """The row with what its codes are called, and the middle of its hexagon."""
    full: Row = {}
    for column in recipe.by:
        value = row[column.value]
        full[column.value] = value
        if column in names:
            full[f"{column}_zh"], full[f"{column}_en"] = names[column].get(value, (value, value))
        if column == Column.CELL:
            middle = middle_of(from_text(value)) if value else None
            full["lat"] = round(middle.lat, 4) if middle else None
            full["lon"] = round(middle.lon, 4) if middle else None
    return {**full, "count": row["count"]}


def _csv(recipe: OpenDataset, rows: Iterable[Row]) -> bytes:
    """RFC 4180, UTF-8 with a byte-order mark: Excel reads Chinese no other way, and programs that
    read CSV on the Web drop it. What isn't told stands empty."""
    out = io.StringIO()
    sheet = csv.DictWriter(out, [one.name for one in columns_of(recipe)], lineterminator="\r\n")
    sheet.writeheader()
    sheet.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _parquet(recipe: OpenDataset, rows: Sequence[Row]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    schema = pa.schema([(one.name, kinds[one.kind]) for one in columns_of(recipe)])
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), out, compression="zstd")
    return out.getvalue()


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
