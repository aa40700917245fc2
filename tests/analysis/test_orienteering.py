"""Published instances: read as they are meant, solved on the command line, scored by the check."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongzhi.analysis.patrol import check, solve
from gongzhi.analysis.patrol.orienteering import STEPS, read
from gongzhi.config.cli import app

ROWS = """4 2 3 1
0 200
  0 0.00 0.00 0.00 0.00 0 0 0 100
  1 3.00 4.00 10.00 7.00 1 1 1 0 60
  2 1.00 1.00 10.00 5.00 1 1 1 0 60
  3 90.00 0.00 10.00 50.00 1 1 1 0 99
"""


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    file = tmp_path / "s101.txt"
    file.write_text(ROWS)
    return file


def test_distances_are_rounded_down_as_the_best_known_scores_want_it(
    instance: Path, tmp_path: Path
) -> None:
    travel = read(instance, 1).travel["route"] / STEPS
    assert travel[0, 1] == 5.0
    assert travel[0, 2] == 1.4  # of 1.414…
    finer = tmp_path / "pr99.txt"
    finer.write_text(ROWS.replace("1.00 1.00", "1.000 1.000"))
    assert read(finer, 1).travel["route"][0, 2] / STEPS == 1.41


def test_the_score_is_what_can_be_collected(instance: Path) -> None:
    problem = read(instance, 2)
    found = check(problem, solve(problem, rounds=50))
    assert (found.holds, found.value) == (True, 12.0)


def test_the_command_prints_the_score_and_the_routes(instance: Path) -> None:
    asked = ["patrol", "toptw", str(instance), "--routes", "1", "--rounds", "50"]
    told, again = (CliRunner().invoke(app, asked) for _ in range(2))
    assert told.exit_code == 0, told.output
    assert told.output.startswith("score: 12\n")
    assert "checked: nothing wrong" in told.output
    assert told.output == again.output


@pytest.mark.parametrize("text", ["", "no\ninstance\nat all", ROWS.replace("4.00", "four")])
def test_what_is_no_instance_is_refused_in_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "odd.txt"
    file.write_text(text)
    told = CliRunner().invoke(app, ["patrol", "toptw", str(file)])
    assert told.exit_code != 0
    assert "can't be read" in str(told.exception or told.output)


@pytest.mark.parametrize("limit", ["soon", "0", "-1s", "10 s s"])
def test_a_limit_that_is_no_time_is_refused(instance: Path, limit: str) -> None:
    told = CliRunner().invoke(app, ["patrol", "toptw", str(instance), f"--limit={limit}"])
    assert told.exit_code == 2
