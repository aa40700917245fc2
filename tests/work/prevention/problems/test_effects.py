"""Whether patrols helped: where they stayed, beside where they didn't, and what can't be told."""

from __future__ import annotations

from datetime import timedelta

import h3.api.basic_int as h3
import pytest
from django.test import Client

from gongzhi.base.log.actions import action, moment, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.cells import as_text
from gongzhi.work.patrol.plans import events
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.selectors import assess
from gongzhi.work.prevention.problems.selectors.effects import effect
from gongzhi.work.prevention.problems.selectors.visits import LEFT, LONGEST
from gongzhi.work.prevention.problems.shapes import ring_of
from tests.work.dispatch.county import body
from tests.work.prevention.problems.hands import (
    ABOUT,
    AREA,
    LAST,
    MIDDLE,
    TODAY,
    account,
    at,
    by,
    matter,
    tell,
)
from tests.work.prevention.problems.test_problems import early, far_disks, leader, refused, year

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BEGUN = LAST - timedelta(days=7 * 12 - 1)
FAR = [cell for cell in AREA if h3.grid_distance(cell, MIDDLE) == 5][::3]


@action
def stay(by: Actor, cell: int, minutes: int) -> None:
    """What a patrol's farewell leaves on the log."""
    record(
        events.STOP_LEFT, body("station_east"), stop=1, node=1, minutes=minutes, uncertain=False,
        cell=as_text(cell),
    )  # fmt: skip


def stays(cell: int, weeks: int, a_week: int, minutes: int = 12) -> None:
    for week in range(weeks):
        for nth in range(a_week):
            with moment(at(BEGUN + timedelta(days=7 * week + nth), 20)):
                stay(Actor.system("patrol"), cell, minutes)


def counts(here: tuple[int, int], there: int) -> None:
    """So many a week in the middle before and after, and in each of the far cells all the time."""
    rows = []
    for week in range(-20, 12):
        first = BEGUN + timedelta(weeks=week)
        rows += [matter(first + timedelta(days=n % 7)) for n in range(here[week >= 0])]
        for cell in FAR:
            rows += [matter(first + timedelta(days=n % 7), cell) for n in range(there)]
    tell(rows)


def test_the_room_of_patrols_still_tells_by_this_event() -> None:
    assert events.STOP_LEFT.kind == LEFT
    assert {"cell", "minutes"} <= set(events.STOP_LEFT.fields)
    assert not {"unit", "account", "crew"} & set(events.STOP_LEFT.fields)


def test_the_cells_are_those_that_patrols_stayed_in_and_far_quiet_ones_are_proposed() -> None:
    counts((6, 2), 5)
    stays(MIDDLE, 12, 3)
    with moment(at(TODAY)):
        found = effect(ABOUT, BEGUN, ring=2, middles=())
    assert found is not None
    assert found.case.cells == (MIDDLE,)
    near = ring_of([MIDDLE], 2) | {MIDDLE}
    assert found.suggested
    assert not near & {int(one.middle, 16) for one in found.suggested}


def test_fewer_than_elsewhere_can_be_told_with_its_error_and_what_patrols_gave() -> None:
    counts((6, 2), 5)
    stays(MIDDLE, 12, 3, minutes=90)
    with moment(at(TODAY)):
        found = effect(ABOUT, BEGUN, ring=2, middles=FAR)
    assert found is not None
    told = found.told
    assert told.compared.verdict == "fewer"
    assert told.together.startswith("能下结论")
    assert "标准误" in told.together
    assert told.contrast
    here = next(one for one in told.dosage if one.words == "本区域")
    assert here.visits == (0.0, 3.0)
    assert here.minutes[1] == 3 * LONGEST, "a forgotten farewell counts for no more than a visit"


@pytest.mark.parametrize(
    ("after", "said"), [(2, "It can be told"), (6, "It cannot be told"), (12, "there were about")]
)
def test_every_verdict_has_its_english(after: int, said: str) -> None:
    counts((6, after), 5)
    stays(MIDDLE, 12, 3)
    client = Client()
    client.force_login(account("analyst"))
    asked = {"about": ABOUT, "since": f"{BEGUN}", "middle": [as_text(one) for one in FAR]}
    with moment(at(TODAY)):
        page = client.get("/problems/effects/", asked, headers={"Accept-Language": "en"})
    assert said in page.content.decode()


def test_where_nothing_changed_no_conclusion_is_drawn() -> None:
    counts((5, 5), 5)
    stays(MIDDLE, 12, 3)
    with moment(at(TODAY)):
        found = effect(ABOUT, BEGUN, ring=2, middles=FAR)
    assert found is not None
    assert found.told.together.startswith("不能下结论")


def test_what_is_attended_or_next_door_is_nothing_to_compare_with() -> None:
    counts((6, 2), 5)
    stays(MIDDLE, 12, 3)
    stays(FAR[0], 12, 1)
    beside = int(h3.grid_ring(MIDDLE, 1)[0])
    with moment(at(TODAY)):
        found = effect(ABOUT, BEGUN, ring=2, middles=(FAR[0], beside, FAR[2]), without=(FAR[0],))
    assert found is not None
    assert found.case.cells == (MIDDLE,)
    assert found.case.disks == ((FAR[2],),)


def test_without_patrols_there_is_nothing_to_ask() -> None:
    counts((6, 2), 5)
    with moment(at(TODAY)):
        assert effect(ABOUT, BEGUN, ring=2, middles=FAR) is None


def test_the_page_asks_for_the_comparison_before_it_shows_a_result() -> None:
    counts((6, 2), 5)
    stays(MIDDLE, 12, 3)
    client = Client()
    client.force_login(account("analyst"))
    asked = {"about": ABOUT, "since": f"{BEGUN}"}
    with moment(at(TODAY)):
        first = client.get("/problems/effects/", asked).content.decode()
        told = client.get(
            "/problems/effects/", asked | {"middle": [as_text(one) for one in FAR]}
        ).content.decode()
        odd = client.get("/problems/effects/?about=complaint&since=never&middle=x&ring=99")
    assert "先定好和哪里比" in first
    assert "能下结论" not in first
    assert "能下结论" in told
    assert odd.status_code == 200


def test_only_harm_that_residents_tell_of_can_be_chosen() -> None:
    client = Client()
    client.force_login(account("analyst"))
    with moment(at(TODAY)):
        page = client.get("/problems/effects/?about=police_conduct").content.decode()
    assert 'value="police_conduct"' not in page
    assert f'value="{ABOUT}"' in page


def test_a_crew_may_not_open_it() -> None:
    client = Client()
    client.force_login(account("officer"))
    assert client.get("/problems/effects/").status_code in (302, 403)


def test_a_problems_page_tells_the_difference_with_the_ring_that_was_chosen() -> None:
    made = early()
    year(made, area=6, others=6, after=2)
    middles = [as_text(one) for one in far_disks(3)]
    with moment(at(TODAY)):
        actions.choose_comparison(leader(), made, middles, ring=1)
        told = assess(Problem.objects.get(pk=made.pk))
        with refused("ring"):
            actions.choose_comparison(by(), made, middles, ring=4)
    assert told is not None
    assert told.together.startswith("能下结论")
    assert told.spans is not None
    assert {words: many for words, many, _late in told.sums}["本区域"] == 6 * 18
