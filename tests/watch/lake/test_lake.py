"""The lake says what the log says: once, also after a crash, and again from the beginning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pytest_django import Settings

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Cursor
from gongzhi.base.log.readers import Together, advance, catch_up
from gongzhi.base.matters.actions import NewMatter, merge_into, open_matter, recategorise
from gongzhi.base.matters.models import Matter
from gongzhi.config.home import Home
from gongzhi.watch.exchange.lake import actions, writing
from gongzhi.watch.exchange.lake.checking import faults
from gongzhi.watch.exchange.lake.keeping import keep
from gongzhi.watch.exchange.lake.models import Fact, Month
from gongzhi.watch.exchange.lake.readers import READER
from gongzhi.watch.exchange.lake.writing import file_of, folder, write_behind
from gongzhi.work.dispatch.actions import (
    assign_unit,
    clear_unit,
    report_en_route,
    report_on_scene,
)
from tests.work.dispatch.county import SYSTEM, body, car, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BEGAN = datetime(2026, 3, 1, 7, 59, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Home:
    settings.HOME = Home(tmp_path)
    return settings.HOME


def at(minutes: float) -> Any:
    return moment(BEGAN + timedelta(minutes=minutes))


def worked_incident() -> Matter:
    unit = car("01")
    with at(0):
        matter = incident("theft")
    with at(2):
        assign_unit(SYSTEM, matter, unit)
    with at(3):
        report_en_route(SYSTEM, unit)
    with at(9):
        report_on_scene(SYSTEM, unit)
    with at(40):
        clear_unit(SYSTEM, unit, disposition="settled_on_scene")
    return matter


def rows() -> list[dict[str, Any]]:
    return list(pq.read_table(folder()).to_pylist())


def test_an_incident_is_one_row_with_its_times_and_its_outcome() -> None:
    matter = worked_incident()
    catch_up(READER)
    assert write_behind() == ["2026-03"]
    (row,) = rows()
    assert (row["kind"], row["category"], row["channel"]) == ("incident", "theft", "phone")
    assert row["opened_at"] == BEGAN
    assert (row["assigned_after"], row["set_off_after"]) == (120, 180)
    assert (row["arrived_after"], row["cleared_after"]) == (540, 2400)
    assert (row["outcome"], row["step"], row["units"]) == ("settled_on_scene", "cleared", 1)
    assert row["resident"] is True
    assert row["h7"] == matter.h7
    assert row["fact"] != str(matter.pk)
    assert write_behind() == []  # nothing changed, nothing is written


def test_only_incidents_and_requests_come_in() -> None:
    for procedure, category in (("drill", "theft"), ("police_complaint", "police_complaint")):
        open_matter(
            SYSTEM,
            NewMatter(procedure=procedure, category=category, words="……", owner=body("office")),
        )
    catch_up(READER)
    assert not Fact.objects.exists()


def test_what_officers_met_themselves_is_marked_and_so_is_what_nobody_knows() -> None:
    for channel in ("phone", "patrol", "somewhere"):
        open_matter(
            SYSTEM,
            NewMatter(procedure="incident", category="theft", words="……", owner=body("office"),
                      channel=channel),
        )  # fmt: skip
    catch_up(READER)
    assert set(Fact.objects.filter(resident=True).values_list("channel", flat=True)) == {"phone"}


def test_what_was_told_twice_is_marked_so_that_it_is_counted_once() -> None:
    first, second = incident(), incident()
    merge_into(SYSTEM, second, first)
    catch_up(READER)
    assert list(Fact.objects.order_by("matter").values_list("merged", flat=True)) == [False, True]


def test_what_was_put_under_another_category_counts_there() -> None:
    with at(0):
        matter = incident("theft")
    catch_up(READER)
    with at(5):
        recategorise(SYSTEM, matter, "burglary")
    catch_up(READER)
    write_behind()
    assert [row["category"] for row in rows()] == ["burglary"]
    assert list(faults()) == []


def test_a_change_writes_its_month_alone_anew() -> None:
    worked_incident()
    with moment(datetime(2026, 1, 31, 23, 0, tzinfo=UTC)):
        fight = incident("fight")
    catch_up(READER)
    write_behind()
    before = file_of("2026-03").stat().st_mtime_ns
    assign_unit(SYSTEM, fight, car("02"))
    catch_up(READER)
    assert write_behind() == ["2026-01"]
    assert file_of("2026-03").stat().st_mtime_ns == before


def test_a_reader_that_dies_in_the_middle_counts_nothing_twice() -> None:
    worked_incident()

    def dies(entries: Any) -> None:
        keep(entries)
        raise OSError("the power is gone")

    with pytest.raises(OSError, match="power"):
        advance(READER, Together(dies))
    assert not Fact.objects.exists()
    catch_up(READER)
    fact = Fact.objects.get()
    assert (fact.units, fact.told) == (1, 1)
    assert faults() == []


def test_a_file_written_half_way_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_incident()
    catch_up(READER)

    def full(_file: int) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(writing.os, "fsync", full)
        with pytest.raises(OSError, match="full"):
            write_behind()
    assert not file_of("2026-03").exists()
    assert write_behind() == ["2026-03"]
    assert len(rows()) == 1
    assert faults() == []


def test_rebuilt_from_the_log_it_is_the_same_to_the_byte() -> None:
    worked_incident()
    incident("fight")
    catch_up(READER)
    write_behind()
    before = {one.month: one.digest for one in Month.objects.all()}
    Fact.objects.filter(category="theft").update(units=7)
    assert faults() == ["1 facts say something else than the log"]
    assert actions.rebuild(SYSTEM) == 2
    write_behind()
    assert {one.month: one.digest for one in Month.objects.all()} == before
    catch_up(READER)
    assert faults() == []


def test_what_is_missing_altered_or_strange_is_said() -> None:
    worked_incident()
    catch_up(READER)
    write_behind()
    file_of("2026-03").write_bytes(b"something else")
    stray = folder() / "month=1999-01" / "facts.parquet"
    stray.parent.mkdir()
    stray.write_bytes(b"")
    Fact.objects.all().delete()
    assert faults() == [
        "1 facts of the log are not in the lake",
        "the file of 2026-03 is not the one that was written",
        "facts.parquet in month=1999-01 belongs to no month of the lake",
    ]


def test_a_month_whose_facts_are_gone_is_written_empty() -> None:
    worked_incident()
    catch_up(READER)
    write_behind()
    Cursor.objects.filter(reader=READER).update(seq=0)
    actions.rebuild(SYSTEM)
    write_behind()
    assert rows() == []
