"""The demo county as a newcomer gets it: whole, on the log, and with work in every state."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongzhi.base.catalogue.load import catalogue
from tests.county import copied, gongzhi

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(demo_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo county with three days of history."""
    return copied(demo_county, tmp_path_factory)


@pytest.fixture
def county(made: Path) -> Iterator[sqlite3.Connection]:
    """Its database, to read."""
    database = sqlite3.connect(f"file:{made / 'county.sqlite3'}?mode=ro", uri=True)
    yield database
    database.close()


def counts(county: sqlite3.Connection, sql: str) -> dict[str, int]:
    return dict(county.execute(sql).fetchall())


def test_its_log_holds(made: Path) -> None:
    assert "entries hold" in gongzhi(made, "log", "verify")


def test_there_is_work_in_every_state(county: sqlite3.Connection) -> None:
    steps = counts(county, "SELECT step, count(*) FROM matters_matter GROUP BY step")
    assert {"received", "closed", "in_progress", "answered"} <= set(steps)
    assert steps["closed"] > 60
    units = counts(county, "SELECT status, count(*) FROM dispatch_responseunit GROUP BY status")
    assert units["free"] >= 8
    assert units["off_duty"] >= 3


def test_units_that_are_on_an_incident_say_so(county: sqlite3.Connection) -> None:
    on = county.execute(
        "SELECT count(*), count(DISTINCT unit_id) FROM dispatch_assignment"
        " WHERE cleared_at IS NULL AND recalled_at IS NULL"
    ).fetchone()
    at_work = county.execute(
        "SELECT count(*) FROM dispatch_responseunit"
        " WHERE status IN ('dispatched', 'en_route', 'on_scene')"
    ).fetchone()
    assert on == (at_work[0], at_work[0])


def test_every_step_stands_on_the_log(county: sqlite3.Connection) -> None:
    """The last step that the log tells of is where the matter stands."""
    told: dict[str, str] = {}
    for subject, text in county.execute(
        "SELECT subject, text FROM log_entry WHERE kind = 'matters.step_taken' ORDER BY seq"
    ):
        told[subject] = json.loads(text)["step"]
    stands = county.execute("SELECT id, step, procedure, version FROM matters_matter").fetchall()
    first = {
        (one.code, version.code): version.steps[0].code
        for one in catalogue().procedures.values()
        for version in one.versions
    }
    wrong = {
        pk: (step, told.get(f"matters.matter:{pk}"))
        for pk, step, procedure, version in stands
        if told.get(f"matters.matter:{pk}", first[procedure, version]) != step
    }
    assert not wrong


def test_nobody_s_name_or_number_stands_open(made: Path) -> None:
    """Callers' numbers begin with 100: sealed, they stand nowhere in the file."""
    content = (made / "county.sqlite3").read_bytes()
    names = [f"{surname}{title}".encode() for surname in "海岛潮浪" for title in ("先生", "女士")]
    assert not [name for name in names if name in content]


def test_a_second_start_does_nothing_again(made: Path) -> None:
    said = gongzhi(made, "demo", "--no-serve")
    assert "…" not in said


def test_a_theft_went_its_whole_way_and_another_is_nearly_too_late(
    made: Path, county: sqlite3.Connection, tmp_path: Path
) -> None:
    rows = county.execute(
        "SELECT matter_id, word, year, count, step, archived_at IS NOT NULL FROM cases_case"
        " JOIN matters_matter ON id = matter_id ORDER BY matter_id"
    ).fetchall()
    (closed, word, year, count, step, archived), (late, *_more, at, _never) = rows
    assert (step, archived, at) == ("closed", 1, "filed")
    outcomes = counts(
        county, f"SELECT clock, outcome FROM matters_clockrun WHERE matter_id = {closed}"
    )
    assert outcomes["adm_036"] == outcomes["adm_032"] == outcomes["adm_003"] == "met"
    spans = county.execute(
        "SELECT counting FROM matters_clockrun WHERE clock = 'adm_036' AND matter_id = ?", [closed]
    ).fetchone()
    assert len(json.loads(spans[0])["suspended"]) == 2, "an appraisal and a hearing held it"
    warned = county.execute(
        "SELECT clock FROM matters_clockrun WHERE matter_id = ? AND stopped_at IS NULL", [late]
    ).fetchall()
    assert {one for (one,) in warned} == {"adm_036", "adm_018"}
    due = gongzhi(made, "clocks", "due", "--within", "P7D")
    assert "询问查证" in due.partition("others")[0]
    assert "治安案件办结" in due.partition("others")[2]
    folder = tmp_path / "file"
    gongzhi(made, "cases", "export", f"{word}〔{year}〕{count}号", str(folder))
    assert (folder / "index.html").is_file()
