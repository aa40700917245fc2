"""Replaying the examples of a connector: made-up rows and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.base.catalogue.kinds.connector import Connector, Example
from gongzhi.watch.exchange.receiving.contract import references
from gongzhi.watch.exchange.receiving.judging import read_in
from gongzhi.watch.exchange.receiving.shelves import engine
from gongzhi.watch.exchange.receiving.staging import text_table

AT = "2026-01-01T00:00:00+00:00"


def faults(connector: Connector) -> Iterator[str]:
    """Examples that come out otherwise than they say, a line each. What a row may refer to is what
    the good examples do."""
    known: dict[str, list[str]] = {name: [] for name in references(connector.contract)}
    for example in connector.examples:
        for one in connector.contract.fields:
            said = example.row.get(one.source_column, "")
            if one.refers and f"{one.name}:reference" not in example.fails:
                known[one.refers].append(example.reads.get(one.name) or said)
    for number, example in enumerate(connector.examples, start=1):
        for told in _otherwise(connector, example, known):
            yield f"connectors/{connector.code}.toml: examples.{number}: {told}"


def _otherwise(
    connector: Connector, example: Example, known: dict[str, list[str]]
) -> Iterator[str]:
    import pyarrow as pa

    table = text_table([example.row], connector.contract)
    texts = {one.name: table.column(one.source_column) for one in connector.contract.fields}
    sealed = {f"s_{one.name}": texts[one.name] for one in connector.contract.fields if one.personal}
    with engine() as db:
        db.register("staged", pa.table({"_row": [2], "_wrong": [""], **texts, **sealed}))
        read_in(db, connector, {}, AT, known)
        names = list(example.reads)
        listed = ", ".join(["_why", *(f'"{name}"::VARCHAR' for name in names)])
        row = db.execute(f"SELECT {listed} FROM judged").fetchone() or ([],)  # noqa: S608
    why, *values = row
    if set(why) != set(example.fails):
        yield f"expected {sorted(example.fails)}, found {sorted(why)}"
    for name, value in zip(names, values, strict=True):
        if value != example.reads[name]:
            yield f"{name}: expected {example.reads[name]!r}, found {value!r}"
