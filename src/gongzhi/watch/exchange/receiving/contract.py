"""A contract as SQL: each field read as its type, and all that is wrong with a row.

Everything is checked in bulk by DuckDB, column by column: a million rows in seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gongzhi.base.catalogue.kinds.connector_fields import Contract, Received
from gongzhi.watch.exchange.receiving.shelves import quoted

Readings = Mapping[tuple[str, str], str]
"""Field and what the source says → what it means."""
TRUE = re.compile("1|true|t|yes|y|是|有")
FALSE = re.compile("0|false|f|no|n|否|无")
OFFSET = r".*(Z|[+-]\d{2}:?\d{2})$"


def typed(contract: Contract, readings: Readings, salt: str, version: str) -> str:
    """SELECT over ``staged``: ``r_<name>`` as received, ``<name>`` as its type, ``_hash`` over all
    that is said, ``_at`` the row's version (`version` where the contract names no field)."""
    raw = [f'nullif(trim("{one.name}"), \'\') AS "r_{one.name}"' for one in contract.fields]
    sealed = [f'"s_{one.name}"' for one in contract.fields if one.personal]
    values = [f'{_value(one, readings, contract.zone)} AS "{one.name}"' for one in contract.fields]
    said = ", ".join(f"coalesce(\"{one.name}\"::VARCHAR, '∅')" for one in contract.fields)
    at = f'"{contract.version}"::TIMESTAMPTZ' if contract.version else "NULL"
    return (
        f"SELECT *, md5(concat_ws('␟', {quoted(salt)}, {said})) AS _hash, "  # noqa: S608
        f"coalesce({at}, {quoted(version)}::TIMESTAMPTZ) AS _at FROM ("
        f"SELECT * EXCLUDE (_raw), {', '.join(values)} FROM ("
        f"SELECT {', '.join(['_row', '_wrong', '1 AS _raw', *raw, *sealed])} FROM staged))"
    )


def why(contract: Contract) -> str:
    """SQL for the list of ``field:reason`` of a row of ``read_in``, with ``doubles`` joined."""
    faults = [fault for one in contract.fields for fault in _faults(one)]
    faults += list(_lost(contract))
    faults.append(("doubles.differs", "key:twice"))
    cases = ", ".join(f"CASE WHEN {when} THEN '{code}' END" for when, code in faults)
    return (
        "CASE WHEN _wrong <> '' THEN ['row:' || _wrong] "
        f"ELSE list_filter([{cases}], lambda x: x IS NOT NULL) END"
    )


def references(contract: Contract) -> dict[str, str]:
    """What fields refer to → the name of the table of its values."""
    wanted = dict.fromkeys(one.refers for one in contract.fields if one.refers)
    return {refers: f"ref_{n}" for n, refers in enumerate(wanted)}


def _faults(one: Received) -> Iterator[tuple[str, str]]:
    """SQL for when something is wrong with the field, and the reason's code."""
    name, raw = f'"{one.name}"', f'"r_{one.name}"'
    if one.required:
        yield f"{raw} IS NULL", f"{one.name}:missing"
    yield f"length({raw}) > {one.longest}", f"{one.name}:length"
    if one.pattern:
        yield f"NOT regexp_full_match({raw}, {quoted(one.pattern)})", f"{one.name}:pattern"
    unread = f"{raw} IS NOT NULL AND {name} IS NULL"
    yield unread, f"{one.name}:{'choice' if one.table else 'type'}"
    yield from _bounds(one, name)
    if one.one_of:
        yield f"{name} NOT IN ({_listed(one.one_of)})", f"{one.name}:choice"


def _bounds(one: Received, name: str) -> Iterator[tuple[str, str]]:
    for sign, bound in (("<", one.least), (">", one.most)):
        if bound is not None:
            at = {"day": "::DATE", "time": "::TIMESTAMPTZ"}.get(one.type, "")
            yield f"{name} {sign} {quoted(str(bound)) + at if at else bound}", f"{one.name}:range"


def _lost(contract: Contract) -> Iterator[tuple[str, str]]:
    """What stands in none of the rows that it must refer to."""
    tables = references(contract)
    for one in contract.fields:
        if one.refers:
            name = f'"{one.name}"'
            there = f"SELECT value FROM {tables[one.refers]}"  # noqa: S608  (a name of ours)
            yield f"{name} IS NOT NULL AND {name} NOT IN ({there})", f"{one.name}:reference"


def _value(one: Received, readings: Readings, zone: str) -> str:
    """SQL for what the field says; NULL where it can't be read as its type."""
    raw = _read_as(one, f'"r_{one.name}"', readings)
    if one.type in {"text", "code"}:
        return raw
    return _TYPES[one.type](one, raw, zone)


def _whole(_one: Received, raw: str, _zone: str) -> str:
    return f"CASE WHEN regexp_full_match({raw}, '[+-]?\\d+') THEN TRY_CAST({raw} AS BIGINT) END"


def _decimal(_one: Received, raw: str, _zone: str) -> str:
    number = f"TRY_CAST({raw} AS DOUBLE)"
    return f"CASE WHEN isfinite({number}) THEN {number} END"


def _flag(_one: Received, raw: str, _zone: str) -> str:
    said = f"lower({raw})"
    return (
        f"CASE WHEN regexp_full_match({said}, {quoted(TRUE.pattern)}) THEN true "
        f"WHEN regexp_full_match({said}, {quoted(FALSE.pattern)}) THEN false END"
    )


def _day(one: Received, raw: str, _zone: str) -> str:
    return f"coalesce({_stamp(one, raw)}::DATE, TRY_CAST({raw} AS DATE))"


def _time(one: Received, raw: str, zone: str) -> str:
    """In UTC; what names no offset is of the contract's zone."""
    stamp = f"coalesce({_stamp(one, raw)}, TRY_CAST({raw} AS TIMESTAMP))"
    return (
        f"CASE WHEN regexp_full_match({raw}, {quoted(OFFSET)}) "
        f"THEN TRY_CAST({raw} AS TIMESTAMPTZ) ELSE timezone({quoted(zone)}, {stamp}) END"
    )


_TYPES = {"whole": _whole, "decimal": _decimal, "flag": _flag, "day": _day, "time": _time}


def _stamp(one: Received, raw: str) -> str:
    """By the first of the formats that fits."""
    return f"try_strptime({raw}, [{_listed(one.formats)}])" if one.formats else "NULL::TIMESTAMP"


def _read_as(one: Received, raw: str, readings: Readings) -> str:
    """Through what was decided of single texts, then the contract's table."""
    decided = {said: means for (field, said), means in readings.items() if field == one.name}
    pairs = {**one.table, **decided}
    if not pairs:
        return raw
    cases = " ".join(f"WHEN {quoted(said)} THEN {quoted(to)}" for said, to in pairs.items())
    return f"CASE {raw} {cases} ELSE {'NULL' if one.table else raw} END"


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(quoted(one) for one in texts)
