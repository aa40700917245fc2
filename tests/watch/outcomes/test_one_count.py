"""Solved and satisfied are counted once: the front door, the staff's results and the measures tell
the same of the same requests, to the row."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.log.readers import catch_up
from gongzhi.base.matters.models import Matter
from gongzhi.watch.outcomes.counting import figures_of
from gongzhi.watch.outcomes.models import CountedDay, Figure
from gongzhi.watch.outcomes.selectors.named import measure_named
from gongzhi.watch.outcomes.selectors.weeks import whole_weeks
from gongzhi.watch.outcomes.sources.requests import handled, judged
from gongzhi.watch.outcomes.turns import STALE, count_what_is_over
from gongzhi.work.participation.actions import (
    judge_outcome,
    merge_requests,
    rate_handling,
    withdraw_request,
)
from gongzhi.work.participation.selectors.results import results
from gongzhi.work.participation.selectors.said import given_stars, last_words
from tests.watch.outcomes.hands import MONDAY
from tests.work.participation.cast import RESIDENT, answered, by, lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)
SINCE, UNTIL = MONDAY - DAY, MONDAY + 30 * DAY


def a_county() -> None:
    """Every way in which two counts could come apart."""
    with moment(MONDAY):
        one, other, third, alone, gone, silent = (lamp(f"{nth:024}") for nth in range(6))
        merge_requests(by("city_management"), other.matter, third.matter)
        for receipt in (one, third, alone, silent):
            answered(receipt)
        withdraw_request(RESIDENT, gone)
    with moment(MONDAY + DAY):
        judge_outcome(RESIDENT, one, solved=True)
        rate_handling(RESIDENT, other, stars=5)
        judge_outcome(RESIDENT, third, solved=False)
        rate_handling(RESIDENT, one, stars=5)
        rate_handling(RESIDENT, silent, stars=2)
        judge_outcome(RESIDENT, alone, solved=True)
        rate_handling(RESIDENT, alone, stars=4)
    with moment(MONDAY + 3 * DAY):  # another mind, days later
        rate_handling(RESIDENT, one, stars=1)
        judge_outcome(RESIDENT, one, solved=False)


def told() -> tuple[tuple[int, int], tuple[int, int]]:
    """(solved of those who said, satisfied of those who gave stars), as the pages count them."""
    own = Matter.objects.filter(procedure="resident_request", county=None)
    [whole] = results(own, SINCE, UNTIL)
    return (
        (whole.solved.yes, whole.solved.said),
        (whole.satisfied.yes, whole.satisfied.said),
    )


def test_the_pages_and_the_measures_agree_to_the_row() -> None:
    a_county()
    solved, stars = list(judged(SINCE, UNTIL)), list(handled(SINCE, UNTIL))
    assert told() == (
        (sum(one.hit for one in solved), len(solved)),
        (sum(one.hit for one in stars), len(stars)),
    )
    assert len(solved) == len(last_words(SINCE))
    assert len(stars) == len(given_stars(SINCE))
    assert told() == ((1, 3), (2, 4))


def test_each_day_counts_for_itself_and_the_days_add_up() -> None:
    a_county()
    days = [SINCE + nth * DAY for nth in range(31)]
    rows = [fact for day in days for fact in judged(day, day + DAY)]
    assert (sum(one.hit for one in rows), len(rows)) == told()[0]


def figures(code: str) -> tuple[float, float]:
    rows = Figure.objects.filter(measure=code)
    return sum(one.n for one in rows), sum(one.of for one in rows)


def test_a_word_that_is_said_otherwise_later_is_counted_anew_on_its_old_day() -> None:
    """The figures of a day that was counted long ago follow, and no word is counted twice."""
    with moment(MONDAY):
        receipt = answered(lamp())
        judge_outcome(RESIDENT, receipt, solved=True)
        rate_handling(RESIDENT, receipt, stars=5)
    with moment(MONDAY + 10 * DAY):
        count_what_is_over()
        assert figures("request_solved") == (1, 1)
    with moment(MONDAY + 11 * DAY):
        rate_handling(RESIDENT, receipt, stars=1)
        judge_outcome(RESIDENT, receipt, solved=False)
        weeks = whole_weeks()
        catch_up("outcomes.said_again")
        assert CountedDay.objects.filter(rule=STALE).count() == 1
        assert whole_weeks() == weeks  # nothing is missing from the pages meanwhile
    with moment(MONDAY + 12 * DAY):
        count_what_is_over()
        assert figures("request_solved") == (0, 1)
        assert figures("request_good") == (0, 1)
    assert told() == ((0, 1), (0, 1))


def test_what_was_counted_after_all_was_said_is_not_counted_again() -> None:
    """A reader that begins anew goes through years of the log and asks for no recount."""
    a_county()
    with moment(MONDAY + 20 * DAY):
        count_what_is_over()
        catch_up("outcomes.said_again")
        assert not CountedDay.objects.filter(rule=STALE).exists()
        assert count_what_is_over() == 0


def test_figures_are_those_rows() -> None:
    a_county()
    measures = [measure_named(code, public=True) for code in ("request_solved", "request_good")]
    made = figures_of(SINCE.date(), UNTIL.date(), measures)
    for measure, (yes, said) in zip(measures, told(), strict=True):
        own = [one for one in made if one.measure == measure.code]
        assert (sum(one.n for one in own), sum(one.of for one in own)) == (yes, said)
