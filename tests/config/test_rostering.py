"""``gongzhi roster solve`` keeps a draft for each unit, and says how good it is or why there is
none."""

from __future__ import annotations

import json
from time import perf_counter

import pytest
from typer.testing import CliRunner

from gongzhi.base.log.actions import moment
from gongzhi.config import cli_roster
from gongzhi.work.workforce.rosters.models import Roster
from gongzhi.work.workforce.rosters.states import State, Work
from tests.work.workforce.officers.hands import NOW, held, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own database instead of a county's home."""
    monkeypatch.setattr(cli_roster, "begin", lambda _home: None)
    monkeypatch.setattr(cli_roster, "prepare", lambda: None)


def solved(*more: str) -> tuple[int, str]:
    with moment(NOW):
        told = CliRunner().invoke(cli_roster.roster_app, ["solve", "--month", *more])
    if told.exception is not None and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told.exit_code, told.output


@pytest.mark.usefixtures("here")
def test_a_station_gets_a_draft_in_the_time_asked_for_and_hears_how_good_it_is() -> None:
    one = post()
    for n in range(9):
        held(one, f"officer{n}")
    begun = perf_counter()
    code, said = solved("2026-12", "--seconds", "4", "--json")
    assert code == 0, said
    (told,) = json.loads(said)
    # Not broken off at the first look: the time is used, unless nothing is left to better.
    assert told["cost"] == told["bound"] or perf_counter() - begun > 4
    roster = Roster.objects.get()
    assert (roster.state, roster.work) == (State.DRAFT, Work.DONE)
    assert told["shifts"] == roster.duties.exclude(shift="").count() > 100
    assert told["bound"] == roster.bound <= told["cost"] == roster.cost
    assert told["gap"] == (roster.gap if roster.bound else None)


@pytest.mark.parametrize(
    ("cost", "bound", "gap", "words"),
    [
        (120, 118, 2, "none costs less than 118 (2 % could be saved at most)"),
        (120, 120, 0, "none costs less"),
        (0, 0, None, "none costs less"),
        (120, 0, None, "how much a better one would save isn't known: give it more --seconds"),
    ],
)
def test_a_bound_is_told_where_it_says_something(
    cost: int, bound: int, gap: int | None, words: str
) -> None:
    told = {"unit": "station", "shifts": 3, "work": "done", "cost": cost, "bound": bound,
            "forecast": None}  # fmt: skip
    assert cli_roster.told(told | {"gap": gap, "conflicts": []}).endswith(f"cost {cost}; {words}")


@pytest.mark.usefixtures("here")
def test_too_few_officers_end_with_the_rules_that_collide() -> None:
    held(post(), "alone")
    code, said = solved("2026-12", "--seconds", "2")
    assert code == 1
    assert "no roster: " in said
    assert "must be there" in said


@pytest.mark.usefixtures("here")
def test_no_month_and_nobody_in_post_end_with_a_sentence() -> None:
    assert "expected a year and a month" in solved("December")[1]
    assert "no unit has anybody in post" in solved("2026-12")[1]
