"""``gongzhi forecast evaluate``: from a file with a mapping to a verdict; odd files in words."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongzhi.analysis.panel import engines
from gongzhi.base.catalogue.kinds.mapping import Foreseen, OwnWork
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused
from gongzhi.config.forecasting import Asked, evaluate_file
from gongzhi.config.forecasting.lake import read_lake
from gongzhi.config.forecasting.reading import read, series_of
from gongzhi.work.patrol.forecasts.counting import CALLS, PRESENCE, panel_of, whole_days
from gongzhi.work.patrol.forecasts.days import days_ahead

HEADS = ["lat", "lng", "desc", "title", "timeStamp", "twp", "addr"]
SINCE = datetime(2016, 1, 4)  # noqa: DTZ001 - as the source writes them, by its own clock
EMS, JAM, NOTE = "EMS: FALL VICTIM", "Traffic: ROAD OBSTRUCTION", "Fire: POLICE INFORMATION"
Call = tuple[datetime, str, int]


def drawn(days: int, *, spots: int = 12, a_day: int = 14) -> list[Call]:
    """When, what, at which of some spots."""
    dice = np.random.default_rng(1)
    weight = dice.lognormal(0, 1, spots)
    return sorted(
        (SINCE + timedelta(days=day, minutes=int(dice.integers(0, 1440))),
         EMS if dice.random() < 0.7 else JAM,
         int(dice.choice(spots, p=weight / weight.sum())))
        for day in range(days) for _ in range(dice.poisson(a_day))
    )  # fmt: skip


def written(folder: Path, calls: list[Call]) -> Path:
    path = folder / "calls.csv"
    with path.open("w", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(HEADS)
        for n, (at, title, spot) in enumerate(calls):
            lat, lon = 40.1 + spot % 4 * 0.02, -75.4 + spot // 4 * 0.02
            sheet.writerow([lat, lon, "made up;", title, f"{at:%Y-%m-%d %H:%M:%S}", "", f"{n} ST"])
    return path


def ask(path: Path, folder: Path, **options: Any) -> dict[str, Any]:
    out = folder / "found.json"
    assert evaluate_file(Asked(path, "montgomery911", out=out, **options)) == 0
    return json.loads(out.read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forecasting")


@pytest.fixture(scope="module")
def found(folder: Path) -> dict[str, Any]:
    calls = drawn(140)
    twice = written(folder, calls)
    lines = twice.read_text().splitlines(keepends=True)
    twice.write_text("".join([*lines, *lines[5:25], "x,y,bad,EMS: X,never,,\n"]))
    return ask(twice, folder)


def test_each_category_has_a_verdict_a_bound_and_scores(found: dict[str, Any]) -> None:
    assert set(found["categories"]) == {"medical", CALLS}
    for one in found["categories"].values():
        assert isinstance(one["adopted"], bool)
        assert one["adopted"] == all(each["low"] > 0 for each in one["skill_over"].values())
        assert one["skill_low"] <= one["skill"] <= one["skill_high"]
        assert (one["used"] == one["model"]) == one["adopted"]
        assert {"crps", "crps_climatology", "mase", "coverage_90", "pai_1", "pei_5", "hit_rate_10",
                "pinball_county_0.5"} <= set(one["scores"])  # fmt: skip
        assert one["scores"] | one["methods"][one["used"]] == one["scores"]
    assert found["categories"]["medical"]["treats"] == "harm"
    assert found["categories"]["medical"]["reason"]["zh"]
    assert found["categories"][CALLS]["treats"] == "demand"


def test_the_audits_are_in_the_file_by_coarse_cells(found: dict[str, Any]) -> None:
    audit = found["audit"]
    assert audit["categories"] == ["medical"]
    assert {h3.get_resolution(int(one["area"], 16)) for one in audit["areas"]} == {6}
    for part in ("seen", "foretold", "first"):
        assert sum(one[part] for one in audit["areas"]) == pytest.approx(1, abs=1e-4)
    assert audit["feedback"]["told"] == "unclear"  # nothing that officers began: nothing to compare
    assert audit["presence"] == 0


def test_duplicate_and_broken_rows_are_counted_and_left_out(found: dict[str, Any]) -> None:
    rows = found["rows"]
    assert (rows["repeated"], rows["rejected"]) == (20, 1)
    assert rows["counted"] + 21 == rows["read"]


def test_the_terminal_says_what_is_used(
    found: dict[str, Any], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from gongzhi.config.forecasting.telling import tell

    tell(found, out=None, details=True)
    told = capsys.readouterr().out
    assert "medical" in told
    assert "self_exciting" in told
    assert "20 repeated" in told
    tell(found, out=Path("-"), details=False)
    assert json.loads(capsys.readouterr().out) == found


def test_a_call_counts_in_the_shift_of_the_county_s_own_clock(tmp_path: Path) -> None:
    """On 13 March 2016 New York's clocks went forward: 7:59 and 8:00 are still two shifts."""
    day = SINCE + timedelta(days=68)
    calls = [(day + timedelta(hours=hours), EMS, 0) for hours in (0.5, 7.98, 8.0, 23.9)]
    calls += [(day + timedelta(days=1, hours=hours), EMS, 0) for hours in (7.98, 8.0, 16.0, 23.9)]
    mapping = catalogue().mappings["montgomery911"]
    facts = read(written(tmp_path, calls), mapping, catalogue(), lambda _: None)
    over = whole_days(facts, "America/New_York", (0, 8, 16))
    panel = panel_of(facts, over, "America/New_York", (0, 8, 16), 8, "duckdb")
    counted = [(row["day"], row["shift"], row["n"]) for row in panel.table.to_pylist()]
    first = (day.date() - date(1970, 1, 1)).days
    assert sorted(counted) == [
        (first, 0, 2), (first, 1, 1), (first, 2, 1),
        (first + 1, 0, 1), (first + 1, 1, 1), (first + 1, 2, 2),
    ]  # fmt: skip
    assert (over[1], panel.daily.tolist()) == (2, [4, 4])


def test_days_that_are_there_in_part_are_left_out(tmp_path: Path) -> None:
    calls = [(SINCE + timedelta(hours=hours), EMS, 0) for hours in (15, 30, 54, 60)]
    facts = read(
        written(tmp_path, calls), catalogue().mappings["montgomery911"], catalogue(), lambda _: None
    )
    assert whole_days(facts, "America/New_York", (0, 8, 16)) == (
        SINCE.date() + timedelta(days=1),
        1,
    )


def test_an_empty_month_is_told_and_taken_as_not_counted(tmp_path: Path) -> None:
    gap = [call for call in drawn(160) if not 40 <= (call[0] - SINCE).days < 70]
    found = ask(written(tmp_path, gap), tmp_path)
    assert found["days_without_counting"] == 30
    assert found["categories"]["medical"]["scores"]["foretold_over_seen"] == pytest.approx(
        1, abs=0.25
    )


def test_one_category_and_all_in_one_cell(tmp_path: Path) -> None:
    calls = [(at, EMS, 0) for at, _what, _spot in drawn(120, a_day=4)]
    found = ask(written(tmp_path, calls), tmp_path)
    assert set(found["categories"]) == {"medical"}
    assert found["cells"] == 1
    assert found["categories"]["medical"]["scores"]["hit_rate_1"] == 1.0


def refused(path: Path, said: str, capsys: pytest.CaptureFixture[str], **options: Any) -> None:
    asked = Asked(path, options.pop("mapping", "montgomery911"), **options)
    assert evaluate_file(asked) == 2
    assert said in capsys.readouterr().err


def test_what_can_t_be_judged_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    short = written(tmp_path, drawn(30))
    refused(short, "30 whole days are too few", capsys)
    refused(short, "no mapping called", capsys, mapping="nowhere")
    refused(short, "0,8,16", capsys, shifts="8,0")
    refused(short, "duckdb, spark", capsys, engine="abacus")
    refused(tmp_path / "none.csv", "none.csv", capsys)
    monkeypatch.setattr(engines, "spark_lacks", lambda: "--engine spark needs PySpark (pip install")
    refused(short, "no such folder", capsys, out=tmp_path / "none" / "found.json")
    long = written(tmp_path, drawn(120, a_day=3))
    refused(long, "needs PySpark (pip install", capsys, engine="spark")
    refused(written(tmp_path, []), "no row", capsys)
    notes = [(at, NOTE, spot) for at, _what, spot in drawn(120, a_day=3)]
    refused(written(tmp_path, notes), "catalogue/forecasts", capsys)
    bad = tmp_path / "weather.csv"
    bad.write_text("date,rain\n2016-01-04,much\n")
    refused(written(tmp_path, drawn(120, a_day=3)), "weather.csv", capsys, weather=bad)


def test_only_what_is_listed_and_what_residents_called_for_is_foreseen() -> None:
    whole, mapping = catalogue(), catalogue().mappings["montgomery911"]
    series = series_of(mapping, whole)
    assert series["medical"] == "medical"
    assert series["traffic_jam"] == CALLS
    assert {"suspicious", "police_other", "drugs", "crowd"}.isdisjoint(series)
    upkeep = series_of(whole.mappings["boston311"], whole)
    assert set(upkeep.values()) == {CALLS}
    silent = mapping.model_copy(update={"forecast": Foreseen(harm=("medical",), calls=False)})
    assert series_of(silent, whole) == {"medical": "medical"}


def test_rows_that_officers_began_themselves_are_left_out(tmp_path: Path) -> None:
    own = OwnWork(column="desc", matches="^self.initiated")
    mapping = catalogue().mappings["montgomery911"]
    mapping = mapping.model_copy(update={"forecast": Foreseen(own_work=own)})
    path = written(tmp_path, drawn(3))
    text = path.read_text()
    path.write_text(text.replace("made up;", "SELF INITIATED stop", 5))
    facts = read(path, mapping, catalogue(), lambda _: None)
    assert facts.out["own_work"] == 5
    assert facts.categories.count(PRESENCE) == 5


def test_days_off_and_festivals_are_known_where_they_are_kept() -> None:
    """The Spring Festival of 2024: 10 to 17 February off, two weekend days worked for it."""
    days = days_ahead(date(2024, 1, 29), 28, "Asia/Shanghai", None)
    at = {(date(2024, 1, 29) + timedelta(days=n)).isoformat(): n for n in range(28)}

    def on(flag: str) -> list[str]:
        return [day for day, n in at.items() if days.flags[flag][n]]

    assert on("spring_festival") == ["2024-02-10"]
    assert on("new_years_eve") == ["2024-02-09"]
    assert (on("spring_week")[0], on("spring_week")[-1]) == ("2024-02-09", "2024-02-16")
    assert on("made_up") == ["2024-02-04", "2024-02-18"]
    assert on("first_back") == []  # the 18th is back after a Saturday off, as on any Monday
    assert "2024-02-12" in on("day_off")
    assert not days_ahead(date(2024, 1, 29), 28, "America/New_York", None).flags


def test_the_weather_is_read_by_date_and_may_lack_days(tmp_path: Path) -> None:
    file = tmp_path / "weather.csv"
    file.write_text("date,rain,wind\n2026-03-01,1.5,\n2026-03-03,0,7\n2027-01-01,9,9\n")
    found = days_ahead(date(2026, 3, 1), 3, "America/New_York", file).weather
    np.testing.assert_array_equal(found["rain"], np.array([1.5, np.nan, 0], np.float32))
    np.testing.assert_array_equal(found["wind"], np.array([np.nan, np.nan, 7], np.float32))


def test_the_county_s_own_lake_is_read_without_what_officers_came_upon(tmp_path: Path) -> None:
    at = datetime(2026, 3, 1, 8, tzinfo=UTC)
    rows: list[dict[str, Any]] = [
        {"category": "medical"},
        {"category": "medical", "resident": False},
        {"category": "medical", "h8": None},
        {"category": "medical", "merged": True},
        {"category": "medical", "source": "boone"},
        {"category": "lamp_out", "kind": "request"},
        {"category": "traffic_jam"},
        {"category": "suspicious"},
    ]
    usual = {"source": "", "kind": "incident", "resident": True, "opened_at": at,
             "h8": h3.latlng_to_cell(29.9, 122.2, 8), "merged": False}  # fmt: skip
    file = tmp_path / "month=2026-03" / "facts.parquet"
    file.parent.mkdir()
    pq.write_table(pa.Table.from_pylist([usual | row for row in rows]), file)
    facts = read_lake(tmp_path, catalogue())
    assert facts.categories == ["medical", PRESENCE, "", CALLS, ""]
    assert facts.out == {"own_work": 1, "no_place": 1, "merged": 1, "not_this_county_s_calls": 2}
    assert facts.not_listed == {"suspicious": 1}
    with pytest.raises(Refused, match="gongzhi lake export"):
        read_lake(tmp_path / "none", catalogue())
