"""Days that are over are counted once, and counting them again gives the same."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import hand_over
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.watch.outcomes.actions import count_days
from gongzhi.watch.outcomes.models import CountedDay, Figure
from gongzhi.watch.outcomes.sources.fact import Owners
from gongzhi.work.participation.actions import judge_outcome, rate_handling
from tests.watch.outcomes.hands import MONDAY, SYSTEM, body, counted, happened
from tests.work.dispatch.county import incident
from tests.work.participation.cast import RESIDENT, answered, lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
COLUMNS = ("measure", "day", "unit_id", "town", "kind", "n", "of", "values")


def figures() -> list[tuple[object, ...]]:
    return sorted(map(repr, Figure.objects.values_list(*COLUMNS)))  # type: ignore[arg-type]


def total(code: str) -> tuple[float, float]:
    rows = Figure.objects.filter(measure=code).values_list("n", "of")
    return sum(n for n, _of in rows), sum(of for _n, of in rows)


def test_a_county_without_anything_has_nothing_to_count() -> None:
    assert counted(3) == 0
    assert not Entry.objects.filter(kind="outcomes.figures_counted").exists()


def test_each_incident_of_the_log_is_counted_on_its_day_and_again_the_same() -> None:
    happened(0, 9)
    happened(1, 4, category="noise")
    assert counted(2) == 14
    opened = Entry.objects.filter(kind="matters.matter_opened").count()
    assert total("calls_per_thousand") == (opened, opened)
    assert total("harm_per_thousand")[0] == 9
    before = figures()
    count_days(SYSTEM, date(2026, 8, 31), date(2026, 9, 14))
    assert figures() == before


def test_a_turn_counts_what_is_new_and_puts_the_last_days_right() -> None:
    first, *_others = happened(0, 3)
    assert counted(1) == 7
    assert counted(1) == 0
    Matter.objects.filter(pk=first.pk).update(category="noise")
    with moment(MONDAY + timedelta(days=3)):
        incident()
    with moment(MONDAY + timedelta(weeks=1, days=1)):
        incident()
    assert counted(2) == 7 + 3
    assert CountedDay.objects.count() == 14


def test_what_a_file_counts_otherwise_is_counted_again() -> None:
    happened(0, 3)
    counted(1)
    CountedDay.objects.filter(day__lte=date(2026, 9, 2)).update(rule="another")
    assert counted(1) == 3


def test_the_unit_is_the_one_that_had_it_then() -> None:
    (matter,) = happened(0, 1)
    first, other = matter.owner_unit_id, body("other")
    with moment(MONDAY + timedelta(days=2)):
        hand_over(SYSTEM, matter, other, reason="wrong_unit")
    owners = Owners([matter.pk], MONDAY)
    assert owners.at(matter.pk, MONDAY + timedelta(days=1), other.pk) == first
    assert owners.at(matter.pk, MONDAY + timedelta(days=3), other.pk) == other.pk
    counted(1)
    row = Figure.objects.get(measure="calls_per_thousand")
    assert row.unit_id == first


def test_drills_tests_of_the_line_and_merged_ones_are_no_incidents() -> None:
    happened(0, 2)
    drilled, merged = happened(0, 2)
    Matter.objects.filter(pk=drilled.pk).update(procedure="drill")
    Matter.objects.filter(pk=merged.pk).update(merged_into=Matter.objects.order_by("pk")[0])
    counted(1)
    assert total("calls_per_thousand") == (2, 2)


def test_again_at_the_same_place_is_within_thirty_days_and_of_its_kind() -> None:
    happened(0, 2)
    happened(6, 2)
    happened(6, 1, category="noise")
    happened(12, 1)
    counted(13)
    assert total("same_place_again") == (1, 4)  # nothing is said of the first thirty days


def test_a_limit_that_was_missed_counts_once_on_that_day() -> None:
    with moment(MONDAY):
        receipt = lamp()
    run = ClockRun.objects.get(matter=receipt.matter, clock="request_answer")
    due = MONDAY + timedelta(days=7)
    ClockRun.objects.filter(pk=run.pk).update(missed_at=due)
    with moment(MONDAY + timedelta(days=10)):
        answered(receipt)
    assert ClockRun.objects.get(pk=run.pk).outcome == ClockRun.Outcome.MISSED
    counted(3)
    (row,) = Figure.objects.filter(measure="request_in_time")
    assert (row.n, row.of, row.day) == (0, 1, date(2026, 9, 7))


def test_what_residents_say_is_counted_when_they_say_it_and_silence_is_no_yes() -> None:
    with moment(MONDAY):
        silent, said = answered(lamp()), answered(lamp("j" * 24))
    with moment(MONDAY + timedelta(days=2)):
        judge_outcome(RESIDENT, said, solved=True)
        rate_handling(RESIDENT, said, stars=3)
    assert silent.pk != said.pk
    counted(1)
    assert total("request_solved") == (1, 1)
    assert total("request_good") == (0, 1)
    assert total("request_answer_time")[1] == 2


def test_what_is_closed_and_opened_again_within_a_fortnight_is_counted_after_it() -> None:
    with moment(MONDAY):
        one, two = answered(lamp()), answered(lamp("j" * 24))
        for each in (one, two):
            judge_outcome(RESIDENT, each, solved=True)
    with moment(MONDAY + timedelta(days=5)):
        one.refresh_from_db()
        judge_outcome(RESIDENT, one, solved=False)
    counted(2)
    assert total("request_reopened") == (0, 0)
    counted(3)
    assert total("request_reopened") == (1, 2)


def test_the_log_says_that_it_was_counted_and_nothing_of_anybody() -> None:
    happened(0, 1)
    counted(1)
    entry = Entry.objects.get(kind="outcomes.figures_counted")
    assert set(json.loads(entry.text)) == {"since", "until", "measures", "figures"}


def test_sealed_complaints_are_in_no_number() -> None:
    with moment(MONDAY):
        receipt = lamp()
        answered(receipt)
    Matter.objects.filter(pk=receipt.matter_id).update(procedure="police_complaint")
    counted(1)
    assert not Figure.objects.exists()
