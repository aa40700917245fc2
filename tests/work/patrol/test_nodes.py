"""Nodes: from the gazetteer, drawn for a while by somebody who answers for it, and ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.nodes import actions
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.nodes.readers import end_what_is_over
from gongzhi.work.patrol.nodes.selectors import needs_of_nodes, standing
from gongzhi.work.patrol.nodes.selectors.county import offers
from tests.work.dispatch.county import SYSTEM
from tests.work.patrol.hands import (
    DAY,
    LANE,
    PIER,
    SCHOOL,
    at,
    by,
    lane,
    morning,
    place,
    reason,
    schools,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.RaisesExc(Refused, check=lambda wrong: wrong.code == code)


def test_all_schools_of_the_gazetteer_become_nodes_at_once_and_none_twice() -> None:
    schools()
    assert Node.objects.filter(sort="school_gate").count() == 2
    assert offers() == []
    with morning(), refused("none_left"):
        actions.open_nodes_of(by(), "school_gate")
    place("school", "三小", LANE)
    assert [(one.kind.code, one.places) for one in offers()] == [("school_gate", 1)]


def test_one_place_may_be_a_node_and_no_more_than_once() -> None:
    pier = place("pier", "东码头", PIER)
    with morning():
        made = actions.open_node(by(), "pier", pier, reason(minutes=20))
        assert (made.stay, made.until, made.name_zh) == (20, None, "东码头")
        with refused("node_already"):
            actions.open_node(by(), "pier", pier, reason())
        with refused("sort"):
            actions.open_node(by(), "hot_spot", pier, reason())


def test_a_drawing_has_a_name_a_reason_a_person_and_an_end() -> None:
    made = lane()
    assert made.owner == by().source
    assert made.until == DAY + timedelta(days=28)
    assert len(made.cells) == 1
    entry = Entry.objects.get(kind="nodes.node_opened")
    assert "路灯" not in entry.text
    assert "后巷" not in entry.text


@pytest.mark.parametrize(("more", "field"), [
    ({"name_zh": " "}, "name_zh"), ({"why": ""}, "why"), ({"until": None}, "until"),
    ({"until": DAY + timedelta(days=200)}, "until"), ({"until": DAY - timedelta(days=1)}, "until"),
    ({"minutes": 5}, "minutes"), ({"minutes": 25}, "minutes"), ({"visits": 9}, "visits"),
    ({"reason": "petition"}, "reason"), ({"begins": at(20).time()}, "ends"),
])  # fmt: skip
def test_a_drawing_that_does_no_good_is_refused_by_its_field(more: dict, field: str) -> None:  # type: ignore[type-arg]
    with refused(field):
        lane(**more)
    assert not Node.objects.exists()
    assert not Entry.objects.filter(kind="nodes.node_opened").exists()


def test_the_platform_draws_nothing_by_itself_and_neither_does_whoever_only_looks() -> None:
    for nobody in (SYSTEM, by("dispatcher")):
        with morning(), pytest.raises(Refused):
            actions.draw_node(nobody, "hot_spot", LANE, 0, told())


def test_a_drawing_ends_by_itself_after_its_last_day() -> None:
    made = lane(until=DAY)
    with moment(at(23)):
        assert end_what_is_over() == 0
    with moment(at(25)):
        assert not standing(DAY + timedelta(days=1)).exists()
        assert end_what_is_over() == 1
        assert end_what_is_over() == 0
    made.refresh_from_db()
    assert (made.ended, made.why) == ("over", "")


def test_a_node_is_changed_and_ended_with_a_reason() -> None:
    made = lane()
    with morning():
        with refused("nothing_changed"):
            actions.change_node(by(), made, told())
        actions.change_node(by(), made, told(minutes=16, until=DAY + timedelta(days=40)))
        with refused("ended"):
            actions.end_node(by(), made, "because")
        actions.end_node(by(), made, "settled")
        with refused("node_ended"):
            actions.end_node(by(), made, "settled")
    told_of = Entry.objects.filter(kind__startswith="nodes.").order_by("seq")
    kinds = told_of.values_list("kind", flat=True)
    assert list(kinds) == ["nodes.node_opened", "nodes.node_changed", "nodes.node_ended"]


def test_hours_that_two_shifts_share_are_wanted_in_one_of_them() -> None:
    schools()
    night, day = (needs_of_nodes(at(-4), at(8)), needs_of_nodes(at(8), at(20)))
    gates = [[one for one in needs if one.node.sort == "school_gate"] for needs in (night, day)]
    assert [len(each) for each in gates] == [2, 2]
    assert {one.begins for one in gates[0]} == {at(7) + timedelta(minutes=10)}
    assert {one.begins for one in gates[1]} == {at(15) + timedelta(minutes=40)}


def test_a_shift_over_midnight_has_the_hours_of_both_days() -> None:
    lane()
    wanted = needs_of_nodes(at(20), at(32))
    assert [(one.begins, one.ends, one.visits) for one in wanted] == [(at(20), at(26), 2)]


def test_half_a_shift_wants_half_the_visits() -> None:
    lane()
    assert [one.visits for one in needs_of_nodes(at(8), at(14))] == [1]


def test_hours_shorter_than_a_visit_are_said_to_be_impossible() -> None:
    lane(begins=at(9).time(), ends=(at(9) + timedelta(minutes=9)).time(), visits=1)
    assert [one.possible for one in needs_of_nodes(at(8), at(20))] == [False]


def test_on_a_holiday_nobody_stands_at_the_school() -> None:
    schools()
    saturday = date(2026, 9, 12)
    wanted = needs_of_nodes(at(8, saturday), at(20, saturday))
    assert {one.node.sort for one in wanted} == {"pier"}


def test_a_node_that_ended_is_wanted_no_more() -> None:
    place("school", "一小", SCHOOL)
    with morning():
        actions.open_nodes_of(SYSTEM, "school_gate")
        actions.end_node(by(), Node.objects.get(), "gone")
    assert needs_of_nodes(at(8), at(20)) == []
