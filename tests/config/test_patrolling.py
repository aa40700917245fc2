"""``gongzhi patrol plan`` says who goes where, what is left out, and what it can't read."""

from __future__ import annotations

from datetime import date

import pytest

from gongzhi.config import patrolling
from gongzhi.work.patrol.plans.models import Plan
from tests.work.patrol.hands import DAY, cars, morning, schools


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    work_out = patrolling.work_out
    monkeypatch.setattr(
        patrolling, "work_out",
        lambda shift, *, seed, limit, edits: work_out(shift, seed=seed, rounds=50, edits=edits),
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("quick")
def test_it_prints_and_keeps_a_proposal_for_each_shift(capsys: pytest.CaptureFixture[str]) -> None:
    schools()
    cars("01")
    with morning():
        assert patrolling.plan_patrols(DAY, "", 1.0, 0) == 0
    said = capsys.readouterr().out
    assert "units: 1, visits: 4 of 4" in said
    assert "nothing is left out" in said
    assert "一小" in said
    assert Plan.objects.get().made_by is None


@pytest.mark.django_db
@pytest.mark.usefixtures("quick")
def test_it_says_why_nobody_goes(capsys: pytest.CaptureFixture[str]) -> None:
    schools()
    with morning():
        assert patrolling.plan_patrols(DAY, "0800-2000", 1.0, 0) == 0
    assert "No units on this shift" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_shift_that_is_not_there_and_a_day_that_is_over_end_with_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with morning():
        assert patrolling.plan_patrols(DAY, "0100-0200", 1.0, 0) == 1
        assert patrolling.plan_patrols(date(2026, 9, 1), "", 1.0, 0) == 1
    told = capsys.readouterr().err
    assert "There is no shift 0100-0200" in told
    assert "over" in told
