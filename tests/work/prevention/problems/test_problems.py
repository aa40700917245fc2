"""A person makes a problem of a rise, and it is worked on until it is known what helped."""

from __future__ import annotations

from datetime import timedelta

import h3.api.basic_int as h3
import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.places.cells import as_text
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.models import Problem, Rise
from gongzhi.work.prevention.problems.picking import disk_of
from gongzhi.work.prevention.problems.selectors import assess, record_of_rises, suggest
from gongzhi.work.prevention.problems.shapes import numbers, reach_of, ring_around
from tests.work.dispatch.county import SYSTEM, body
from tests.work.prevention.problems.hands import (
    AREA,
    LAST,
    MIDDLE,
    TODAY,
    at,
    burst,
    by,
    matter,
    problem,
    rise,
    tell,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WORDS = "夜里两点前后，没有灯的车棚；车主都住附近。"


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.RaisesExc(Refused, check=lambda wrong: wrong.code == code)


def leader() -> Actor:
    return by("unit_leader")


# --- a person judges -----------------------------------------------------------------------------


def test_whoever_judges_makes_a_problem_of_it() -> None:
    made = problem()
    assert made.stage == "scanning"
    assert made.rise.state == "confirmed"
    assert made.cells == made.rise.cells
    assert record_of_rises().confirmed == 1


def test_nothing_is_opened_by_itself_or_by_whoever_may_not() -> None:
    found = rise()
    for nobody in (SYSTEM, leader(), by("officer")):
        with pytest.raises(Refused):
            actions.confirm_rise(nobody, found, title="车棚", unit=body("station_east"))
        with pytest.raises(Refused):
            actions.dismiss_rise(nobody, found, reason="known_cause")
    assert Rise.objects.get().state == "open"
    assert not Problem.objects.exists()


def test_a_rise_is_judged_once_and_with_a_reason() -> None:
    found = rise()
    with refused("reason"):
        actions.dismiss_rise(by(), found, reason="")
    with refused("title"):
        actions.confirm_rise(by(), found, title=" ", unit=body("station_east"))
    actions.dismiss_rise(by(), found, reason="in_hand")
    with refused("not_open"):
        actions.confirm_rise(by(), found, title="车棚", unit=body("station_east"))
    assert record_of_rises().dismissed == 1


# --- from stage to stage -------------------------------------------------------------------------


def test_it_goes_from_scanning_to_closed_and_back_with_a_reason() -> None:
    made = problem()
    for _stage in range(2):
        made = actions.advance_problem(leader(), made, words=WORDS)
    with refused("no_intervention"):
        actions.advance_problem(leader(), made, words=WORDS)
    planned(made)
    for stage in ("assessment", "closed"):
        made = actions.advance_problem(leader(), made, words=WORDS)
        assert made.stage == stage
    assert made.closed_at
    with refused("closed"):
        actions.advance_problem(leader(), made, words=WORDS)
    with refused("words"):
        actions.send_problem_back(leader(), made, words=" ")
    made = actions.send_problem_back(leader(), made, words="又多起来了")
    assert (made.stage, made.closed_at) == ("assessment", None)
    assert [one.stage for one in made.said.filter(back=True)] == ["closed"]


def test_other_units_only_look() -> None:
    made = problem()
    with refused("not_your_problem"):
        actions.note_stage(by("unit_leader", "station_west"), made, words=WORDS)
    actions.note_stage(by(), made, words=WORDS)  # whoever judges works on any
    actions.hand_over_problem(by(), made, unit=body("station_west"))
    with refused("not_your_problem"):
        actions.take_on_problem(leader(), made)
    taken = actions.take_on_problem(by("unit_leader", "station_west"), made)
    assert taken.owner


def test_the_log_has_codes_and_no_words() -> None:
    made = problem()
    actions.advance_problem(leader(), made, words=WORDS)
    planned(made)
    told = "".join(
        Entry.objects.filter(kind__startswith="problems.").values_list("text", flat=True)
    )
    assert "station" not in told
    assert not any("\u4e00" <= char <= "\u9fff" for char in told)


# --- interventions and comparison ----------------------------------------------------------------


def planned(made: Problem, code: str = "lighting", days: int = 0) -> None:
    since = TODAY + timedelta(days=days)
    actions.plan_intervention(leader(), made, code, unit=body("lights", "department"), since=since)


def test_a_measure_has_its_place_in_the_catalogue_and_days_in_order() -> None:
    made = problem()
    with refused("intervention"):
        planned(made, "arrests")
    with refused("until"):
        actions.plan_intervention(
            leader(), made, "patrol", unit=body("station_east"), since=TODAY, until=LAST
        )
    planned(made)
    one = actions.settle_intervention(leader(), made.interventions.get(), done=True)
    assert one.done


def far_disks(many: int) -> list[int]:
    """Middles of areas as large as the problem's, beyond its ring and apart from each other."""
    found: list[int] = []
    for cell in AREA:
        apart = all(h3.grid_distance(cell, one) > 2 for one in found)
        if h3.grid_distance(cell, MIDDLE) == 5 and apart and len(found) < many:
            found.append(cell)
    return found


def year(made: Problem, *, area: int, others: int, after: int) -> None:
    """So many a week in the area and in each comparison area for 20 weeks; then `after` in the
    area for 20 weeks more, and the others as before."""
    begun = LAST - timedelta(days=7 * 20 - 1)
    actions.plan_intervention(leader(), made, "lighting", unit=body("l", "department"), since=begun)
    rows = []
    for week in range(-20, 20):
        first = begun + timedelta(weeks=week)
        own = after if week >= 0 else area
        rows += [matter(first + timedelta(days=n % 7)) for n in range(own)]
        for disk in far_disks(3):
            rows += [matter(first + timedelta(days=n % 7), disk) for n in range(others)]
    tell(rows)


def early() -> Problem:
    """A problem whose rise was long ago, so that a year of weeks is left."""
    return problem(day=LAST - timedelta(days=7 * 23))


def test_half_as_many_beside_areas_that_stayed_is_told_as_fewer() -> None:
    made = early()
    year(made, area=6, others=6, after=2)
    with moment(at(TODAY)):
        actions.choose_comparison(leader(), made, [as_text(one) for one in far_disks(3)])
        told = assess(made)
    assert told
    assert told.compared.verdict == "fewer"
    assert told.compared.weeks_after == 20
    assert told.compared.weeks_before == 18  # two weeks of the rise are left out
    assert "67%" in told.verdict
    assert told.left_out == 2


def test_without_areas_to_compare_with_nothing_is_said() -> None:
    made = early()
    year(made, area=6, others=6, after=2)
    with moment(at(TODAY)):
        told = assess(made)
    assert told
    assert told.compared.verdict == "too_few"
    assert told.whisker is None


def test_a_measure_that_was_not_carried_out_begins_nothing() -> None:
    made = early()
    year(made, area=6, others=6, after=2)
    actions.settle_intervention(leader(), made.interventions.get(), done=False)
    with moment(at(TODAY)):
        assert assess(made) is None


def test_areas_of_similar_level_that_are_not_next_door_are_suggested() -> None:
    made = early()
    year(made, area=6, others=6, after=6)
    with moment(at(TODAY)):
        found = suggest(made)
    assert found
    assert not any(one.chosen for one in found)
    near = ring_around(made.cells) | {int(one, 16) for one in made.cells}
    for one in found:
        middle = numbers([one.middle])[0]
        assert not near & set(disk_of(middle, reach_of(made.cells)))
        assert 2.4 <= one.level <= 15


def test_areas_next_door_or_on_each_other_are_refused() -> None:
    made, [far] = problem(), far_disks(1)
    with refused("own"):
        actions.choose_comparison(leader(), made, [made.cells[3]])
    with refused("cell"):
        actions.choose_comparison(leader(), made, ["nowhere"])
    beside = as_text(max(h3.grid_ring(far, 1), key=lambda c: h3.grid_distance(c, MIDDLE)))
    with refused("overlap"):
        actions.choose_comparison(leader(), made, [as_text(far), beside])
    actions.choose_comparison(leader(), made, [as_text(far)])
    actions.choose_comparison(leader(), made, [as_text(far)])
    assert made.comparison.count() == 1


def test_an_empty_county_has_nothing_to_compare() -> None:
    made = problem()
    planned(made, days=-30)
    with moment(at(TODAY)):
        assert suggest(made) == []
        told = assess(made)
    assert told
    assert told.compared.verdict == "too_few"
    tell(burst())
    with moment(at(TODAY)):
        assert assess(made)
