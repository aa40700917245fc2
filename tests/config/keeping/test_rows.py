"""Rows are the same whichever database they come from, and come in an order that works."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.config.keeping.shape import Column, Table, groups, tables
from gongzhi.config.keeping.stores import django_store
from gongzhi.config.keeping.values import (
    FROM_POSTGRESQL,
    FROM_SQLITE,
    TO_SQLITE,
    Unfit,
    line,
    normal,
    row_of,
)

KINDS = ["int", "text", "float", "bool", "bytes", "datetime", "date", "time", "json", "uuid"]
ALL = Table("things", "int", tuple(Column(kind, kind) for kind in KINDS))
AT = datetime(2026, 11, 30, 7, 33, 26, 412, tzinfo=UTC)
ID = uuid4()
ROW = (
    7, "老欧阳\n", 0.1, True, "AAE=", "2026-11-30T07:33:26.000412Z", "2026-11-30", "07:33:26",
    {"a": [1, 2.5, None], "b": "灯"}, str(ID),
)  # fmt: skip


def test_a_row_is_one_line_and_comes_back_from_it() -> None:
    text = line(ALL, ROW)
    assert "\n" not in text
    assert row_of(ALL, text) == ROW


@pytest.mark.parametrize("column", range(len(KINDS)))
def test_a_line_that_says_something_else_is_refused_and_the_column_named(column: int) -> None:
    if KINDS[column] == "json":
        return
    told = dict(zip(KINDS, ROW, strict=True))
    told[KINDS[column]] = {"surprise": 1}
    with pytest.raises(ValueError, match=KINDS[column]):
        row_of(ALL, json.dumps(told))


def test_both_databases_give_the_same_values() -> None:
    held = {kind: TO_SQLITE[kind](value) for kind, value in zip(KINDS, ROW, strict=True)}
    assert held["datetime"] == "2026-11-30 07:33:26.000412", "as Django writes it"
    assert tuple(FROM_SQLITE[kind](held[kind]) for kind in KINDS) == ROW
    by_driver = (
        7, "老欧阳\n", 0.1, True, b"\0\1", AT, date(2026, 11, 30), time(7, 33, 26),
        '{"b": "灯", "a": [1, 2.5, null]}', ID,
    )  # fmt: skip
    pairs = zip(KINDS, by_driver, strict=True)
    assert tuple(FROM_POSTGRESQL[kind](value) for kind, value in pairs) == ROW


def test_a_number_that_is_none_is_refused() -> None:
    for change in (FROM_SQLITE, FROM_POSTGRESQL):
        with pytest.raises(Unfit):
            change["float"](float("nan"))


@given(st.recursive(st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers()
       | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)))  # fmt: skip
def test_json_is_the_same_after_another_trip(found: object) -> None:
    once = normal(found)
    assert normal(json.loads(json.dumps(once))) == once
    assert json.dumps(normal(once)) == json.dumps(once)


def test_what_a_row_refers_to_is_written_before_it() -> None:
    seen: set[str] = set()
    for group in groups(tables()):
        names = {table.name for table in group}
        for table in group:
            others = set(table.refers.values())
            assert others <= seen | names, table.name
            assert table.circle or table.name not in others
        assert len(group) == 1 or group[0].circle, names
        seen |= names


def test_no_open_session_leaves_its_database() -> None:
    assert "access_session" not in {table.name for table in tables()}


@pytest.mark.django_db
@pytest.mark.both_databases
def test_django_s_own_rows_come_out_as_they_go_in() -> None:
    """What Django wrote is what we would have written: each kind of column, on this database."""
    from gongzhi.base.log.actions import now
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.people.actions import open_account, open_unit
    from gongzhi.base.people.models import Person

    by = Actor.system("test")
    unit = open_unit(by, code="bureau", kind="bureau", name_zh="县公安局", name_en="Bureau")
    open_account(by, username="lin", display_name="林某", unit=unit, roles=["admin"])
    Person.keep({"name": "林某"}, now())
    store, found = django_store(), {table.name: table for table in tables()}
    for name in ("people_unit", "people_account", "people_person", "log_entry"):
        table = found[name]
        rows = list(store.read(table))
        assert rows
        assert [row_of(table, line(table, row)) for row in rows] == rows
        place = table.names.index(table.key)
        assert list(store.read(table, after=rows[0][place])) == rows[1:]
        assert list(store.read_where(table, table.key, [rows[0][place]])) == rows[:1]
    assert {"people_unit", "people_account", "people_person"} <= set(store.counters())
