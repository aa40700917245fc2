"""`gongzhi simulate`: a file that holds a county, what changes in it, and past calls told again."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from gongzhi.base.ui.errors import Refused
from gongzhi.config.cli import app
from gongzhi.config.simulating.files import ground_of, read_file
from gongzhi.work.patrol.simulations.changes import Changes, Duty, changed

EXAMPLE = Path("src/gongzhi/config/simulating/example.toml")
RUN = ["simulate", "--years", "0.05", "--repeats", "4"]


def run(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What comes of the example."""
    out = tmp_path_factory.mktemp("simulated") / "found.json"
    told = run(*RUN, "--scenario", str(EXAMPLE), "--json", str(out))
    assert told.exit_code == 0, told.output
    assert "4 repeats" in told.output
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def test_the_example_tells_today_and_the_change_with_intervals(found: dict[str, Any]) -> None:
    whole = found["base"]["groups"][0]
    assert whole["area"] == ""
    value, low, high = whole["p90"]
    assert low < value < high
    assert len(found["difference"]) == len(found["base"]["groups"]) == 6 * 5  # all and five areas
    assert found["changes"]["move"] == [{"unit": "car-3", "to": "east"}]


def test_a_car_moved_east_is_there_sooner_in_the_east(found: dict[str, Any]) -> None:
    of = {(one["area"], one["priority"]): one for one in found["difference"]}
    value, _low, high = of["east", 1]["mean"]
    assert value < 0 > high


def test_the_example_can_be_printed_to_start_from() -> None:
    told = run("simulate", "--example")
    assert told.stdout == EXAMPLE.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[move]", "TOML"),
        ("[[mvoe]]\nunit = 'a'", "mvoe"),
        ("[county]\nnodes = []\nunits = []\ncalls = []", "county.nodes"),
        ("[[factor]]\ntimes = 900", "factor.0.times"),
    ],
)
def test_a_file_that_can_t_be_read_is_refused_by_what_is_wrong_in_it(
    tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "scenario.toml"
    file.write_text(text, "utf-8")
    told = run(*RUN, "--scenario", str(file))
    assert told.exit_code == 2
    assert words in told.output


def test_a_file_that_isn_t_there_is_refused(tmp_path: Path) -> None:
    told = run(*RUN, "--scenario", str(tmp_path / "none.toml"))
    assert told.exit_code == 2
    assert "none.toml" in told.output


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"move": [{"unit": "nobody", "to": "east"}]}, "nobody"),
        ({"move": [{"unit": "car-1", "to": "moon"}]}, "moon"),
        ({"factor": [{"times": 2, "categories": ["flood"]}]}, "flood"),
        ({"card": [{"category": "flood", "more": 1}]}, "flood"),
        ({"shift": [{"unit": "car-1", "hours": "8-30"}]}, "8-20"),
    ],
)
def test_a_change_that_can_t_be_made_is_refused_with_what_there_is(
    changes: dict[str, Any], words: str
) -> None:
    own = read_file(EXAMPLE).county
    assert own is not None
    with pytest.raises(Refused, match=words):
        changed(ground_of(own), Changes.model_validate(changes))


def test_each_change_does_what_it_says() -> None:
    own = read_file(EXAMPLE).county
    assert own is not None
    ground = ground_of(own)
    other = changed(ground, Changes.model_validate({
        "remove": [{"unit": "car-2"}], "add": [{"kind": "boat", "at": [29.95, 122.22], "count": 2}],
        "shift": [{"unit": "car-1", "hours": "20-8", "days": ["fri"]}],
        "patrol": [{"unit": "car-3", "stops": [{"at": "east", "minutes": 10}]}],
        "card": [{"category": "fight", "sends": [{"kinds": ["car"], "count": 3}]}],
        "close": [{"at": "bridge"}],
    }))  # fmt: skip
    codes = [one.code for one in other.units]
    assert "car-2" not in codes
    assert codes[-2:] == ["boat-new-1", "boat-new-2"]
    assert other.unit("boat-new-1").post == kept(own, "island")
    assert sum(other.unit("car-1").duty) == 12
    assert other.unit("car-3").route[0].seconds == 600
    fights = [one for one in other.calls if one.category == "fight"]
    assert [want.count for want in fights[0].wants] == [3]
    before, after = (one.county.ways.seconds for one in (ground.scenario, other))
    town, east = kept(own, "old_town"), kept(own, "east")
    assert np.isfinite(before[0, 0, town, east])
    assert np.isinf(after[0, 0, town, east])
    assert np.isfinite(after[0, 0, town, kept(own, "north")])


def kept(own: Any, code: str) -> int:
    return [node.code for node in own.nodes].index(code)


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    duty = Duty(hours="22-6", days=("sun",)).duty
    assert [hour for hour in range(168) if duty[hour]] == [0, 1, 2, 3, 4, 5, 166, 167]


# --- past calls --------------------------------------------------------------------------------

COLUMNS = ("Agency", "CallTime", "FirstDispatchTime", "FirstEnroute", "FirstArrive", "LastClear",
           "GeoX", "GeoY", "Nature", "PrimaryUnit")  # fmt: skip


@pytest.fixture
def past(tmp_path: Path) -> Path:
    """Made-up calls as Boone County writes them: three units, each from its post."""
    dice = np.random.default_rng(3)
    posts = [(1680000.0, 1130000.0), (1700000.0, 1140000.0), (1690000.0, 1110000.0)]
    at, rows = datetime(2016, 1, 4), []  # noqa: DTZ001  (the file's own time)
    for _ in range(500):
        at += timedelta(seconds=float(dice.exponential(5400)))
        x, y = dice.uniform(1675000, 1705000), dice.uniform(1105000, 1145000)
        away = [float(np.hypot(x - px, y - py)) * 0.3048 for px, py in posts]
        unit = int(np.argmin(away))
        moments = [at]
        way = 30 * (away[unit] / 1000) ** 0.8 * float(dice.lognormal(2, 0.2))
        for seconds in (80.0, 40.0, way, float(dice.lognormal(7, 0.4))):
            moments.append(moments[-1] + timedelta(seconds=seconds))
        times = [one.strftime("%m/%d/%Y %H:%M:%S") for one in moments]
        rows.append(["A", *times, f"{x:.2f}", f"{y:.2f}", "5A1 BACK PAIN", f"M{unit + 1}"])
    file = tmp_path / "past.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([COLUMNS, *rows])
    return file


def test_past_calls_are_told_again_as_they_were(past: Path, tmp_path: Path) -> None:
    out = tmp_path / "told.json"
    told = run("simulate", "replay", "--data", str(past), "--mapping", "boone", "--repeats", "3",
               "--json", str(out))  # fmt: skip
    assert told.exit_code == 0, told.output
    found = json.loads(out.read_text("utf-8"))
    kept_back = {row["quantile"]: row for row in found["kept_back"]["quantiles"]}
    assert found["units"] == 3
    assert abs(kept_back[50]["off"]) < 0.1
    assert abs(kept_back[90]["off"]) < 0.2
    assert found["calls"]["learning"] + found["calls"]["kept_back"] == 500


def test_too_few_calls_teach_nothing(past: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.csv"
    few.write_text("\n".join(past.read_text("utf-8").splitlines()[:80]), "utf-8")
    told = run("simulate", "replay", "--data", str(few), "--mapping", "boone")
    assert told.exit_code == 2
    assert "60" in told.output
