"""Periodic jobs: each at its turn, by one process, whatever fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from gongzhi.base.log import jobs
from gongzhi.base.log.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class Clock:
    """The jobs' clock, put forward by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    with patch.object(jobs, "_clock", clock), patch.dict(jobs._periodic, clear=True):
        yield clock


def test_a_job_runs_at_once_and_then_at_each_turn(clock: Clock) -> None:
    ran: list[datetime] = []
    jobs.every(60, "test.sweep")(lambda: ran.append(clock.at))
    assert jobs.run_due() == ["test.sweep"]
    clock.forward(59)
    assert jobs.run_due() == []
    clock.forward(1)
    assert jobs.run_due() == ["test.sweep"]
    assert len(ran) == 2


def test_while_one_process_is_at_it_no_other_begins(clock: Clock) -> None:
    """The job itself looks, as a second process would, long past its next turn."""
    inside: list[list[str]] = []

    def slow() -> None:
        clock.forward(200)
        inside.append(jobs.run_due())

    jobs.every(60, "test.slow", lease=300)(slow)
    assert jobs.run_due() == ["test.slow"]
    assert inside == [[]]


def test_a_job_whose_process_died_is_taken_over_when_its_lease_is_over(clock: Clock) -> None:
    class Killed(BaseException):
        pass

    def dies() -> None:
        raise Killed

    jobs.every(60, "test.dies", lease=300)(dies)
    with pytest.raises(Killed):
        jobs.run_due()
    clock.forward(299)
    assert jobs.run_due() == []
    clock.forward(1)
    with pytest.raises(Killed):
        jobs.run_due()


def test_a_job_that_fails_is_counted_and_the_others_run(clock: Clock) -> None:
    def fails() -> None:
        raise ValueError("no")

    jobs.every(60, "test.fails")(fails)
    jobs.every(60, "test.works")(lambda: None)
    assert jobs.run_due() == ["test.fails", "test.works"]
    clock.forward(60)
    jobs.run_due()
    assert dict(Job.objects.values_list("name", "failures")) == {"test.fails": 2, "test.works": 0}


def test_a_quiet_tick_asks_once_and_writes_nothing(
    clock: Clock, django_assert_num_queries: pytest.FixtureDef[object]
) -> None:
    for n in range(5):
        jobs.every(60, f"test.{n}")(lambda: None)
    jobs.run_due()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert jobs.run_due() == []


def test_two_of_one_name_are_refused(clock: Clock) -> None:
    jobs.every(60, "test.twice")(lambda: None)
    with pytest.raises(ValueError, match="two jobs named"):
        jobs.every(60, "test.twice")(lambda: None)


def test_a_sign_of_life_grows_old(clock: Clock) -> None:
    assert jobs.seconds_since("test.alive") is None
    jobs.mark("test.alive", every=5)
    clock.forward(4)
    jobs.mark("test.alive", every=5)
    assert jobs.seconds_since("test.alive") == 4
    clock.forward(1)
    jobs.mark("test.alive", every=5)
    assert jobs.seconds_since("test.alive") == 0


def test_the_log_is_signed_every_hour() -> None:
    assert jobs.registered()["log.checkpoint"].seconds == 3600
