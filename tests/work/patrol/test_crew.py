"""Crews say that they are there; a call pulls a unit off, and the plan is mended at once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.log.phone_time import PhoneTime
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions import (
    assign_unit,
    clear_unit,
    go_off_duty,
    go_on_duty,
    report_en_route,
    report_on_scene,
)
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.plans import actions
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
from gongzhi.work.patrol.plans.past import PastPatrol, record_past_patrols
from gongzhi.work.patrol.plans.readers import let_go, sweep
from gongzhi.work.patrol.plans.selectors.crew import crew_of
from gongzhi.work.patrol.plans.selectors.dosage import dosage
from gongzhi.work.patrol.plans.states import PlanState
from tests.work.dispatch.county import SYSTEM, account, body, incident
from tests.work.patrol.hands import MINUTE, at, by, cars, lane, morning, published, schools, stop_at

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PHONE = {"accept": "application/json"}


class Patrol:
    """A published plan with its units on duty; the first one's crew has a phone."""

    def __init__(self, *numbers: str) -> None:
        schools()
        lane()
        self.units = cars(*(numbers or ("01", "02")))
        self.officers = [account("officer", body("a"), f"crew_{n}") for n in range(len(self.units))]
        self.plan = published()
        with moment(at(8)):
            for unit, officer in zip(self.units, self.officers, strict=True):
                go_on_duty(SYSTEM, unit, crew=[officer])

    def crew(self, n: int) -> PlanUnit:
        return self.plan.units.get(unit=self.units[n])

    def officer_of(self, stop: Stop) -> Account:
        assert stop.crew
        return self.officers[[one.pk for one in self.units].index(stop.crew.unit_id)]

    def tell(self, stop: Stop, what: str, when: datetime, **more: Any) -> dict[str, Any]:
        """What the phone sends, and how it is answered."""
        client = Client()
        who = more.pop("by", None) or self.officer_of(stop)
        client.force_login(who)
        with moment(when):
            sent = str(now().timestamp() * 1000)
            told = {"what": what, "who": who.pk, "at": sent, "ahead": "0", **more}
            headers = {**PHONE, "phone-now": sent}
            answer = client.post(f"/patrol/stops/{stop.pk}/tell/", told, headers=headers)
        return {"status": answer.status_code, **json.loads(answer.content)}


def called(unit: ResponseUnit, when: datetime) -> None:
    """The unit is sent to an incident."""
    with moment(when):
        assign_unit(SYSTEM, incident(), unit)


def back(unit: ResponseUnit, when: datetime) -> None:
    """It is done there."""
    with moment(when):
        unit.refresh_from_db()
        report_en_route(SYSTEM, unit)
        report_on_scene(SYSTEM, unit)
        clear_unit(SYSTEM, unit, disposition="mediated")


def swept(when: datetime) -> int:
    with moment(when):
        return sweep()


# --- presence ------------------------------------------------------------------------------------


def test_a_crew_says_that_it_is_there_and_that_it_goes_on() -> None:
    patrol = Patrol()
    stop = stop_at(patrol.plan, "码头")
    assert patrol.tell(stop, "patrol_there", at(8.5))["state"] == "applied"
    assert patrol.tell(stop, "patrol_left", at(8.75))["state"] == "applied"
    stop.refresh_from_db()
    assert (stop.state, stop.there_at, stop.left_at) == ("done", at(8.5), at(8.75))
    [pier] = [one for one in dosage("node", at(0), at(12)) if one.words == "码头"]
    assert (pier.done, pier.done_words) == (1, 15)


def test_what_comes_twice_counts_once_and_is_answered_alike() -> None:
    patrol = Patrol()
    stop = stop_at(patrol.plan, "码头")
    patrol.tell(stop, "patrol_there", at(8.5))
    assert patrol.tell(stop, "patrol_there", at(8.6))["state"] == "already"
    stop.refresh_from_db()
    assert stop.there_at == at(8.5)
    assert Entry.objects.filter(kind="plans.stop_reached").count() == 1


def test_what_was_told_without_a_line_has_the_time_at_which_it_was() -> None:
    patrol = Patrol()
    stop = stop_at(patrol.plan, "码头")
    happened = str(at(8.5).timestamp() * 1000)
    assert patrol.tell(stop, "patrol_there", at(9.5), at=happened)["state"] == "applied"
    stop.refresh_from_db()
    assert stop.there_at == at(8.5)


def test_arriving_at_the_next_place_one_has_left_the_last() -> None:
    patrol = Patrol("01")
    first, second = patrol.plan.stops.filter(left_out="").order_by("place")[:2]
    patrol.tell(first, "patrol_there", at(8.5))
    patrol.tell(second, "patrol_there", at(9))
    first.refresh_from_db()
    assert (first.state, first.left_at) == ("done", at(9))


def test_a_forgotten_farewell_counts_no_more_than_is_of_use() -> None:
    patrol = Patrol("01")
    stop = stop_at(patrol.plan, "后巷")
    patrol.tell(stop, "patrol_there", at(8.5))
    [alley] = [one for one in dosage("node", at(0), at(18)) if one.words == "后巷"]
    assert alley.done_words == 16


def test_a_stop_is_skipped_for_a_reason_of_the_catalogue_only() -> None:
    patrol = Patrol()
    stop = stop_at(patrol.plan, "码头")
    assert patrol.tell(stop, "patrol_skip", at(8.5), why="lazy")["state"] == "refused"
    assert patrol.tell(stop, "patrol_skip", at(8.5), why="weather")["state"] == "applied"
    stop.refresh_from_db()
    assert (stop.state, stop.skipped_why) == ("skipped", "weather")
    assert stop.skip_words == "风浪、大雨、大雾"


def test_whoever_changes_their_mind_about_a_skipped_stop_is_believed() -> None:
    patrol = Patrol()
    stop = stop_at(patrol.plan, "码头")
    patrol.tell(stop, "patrol_skip", at(8.5), why="weather")
    assert patrol.tell(stop, "patrol_there", at(8.8))["state"] == "applied"


def test_nobody_speaks_for_a_unit_that_they_were_not_with() -> None:
    patrol = Patrol()
    stop = stop_at(patrol.plan, "码头")
    stranger = account("officer", body("b"), "stranger")
    answer = patrol.tell(stop, "patrol_there", at(8.5), by=stranger)
    assert answer["state"] == "refused"
    stop.refresh_from_db()
    assert stop.state == "planned"


def test_another_account_s_report_waits_for_its_own() -> None:
    patrol = Patrol()
    stop = stop_at(patrol.plan, "码头")
    client = Client()
    client.force_login(patrol.officer_of(stop))
    told = {"what": "patrol_there", "who": 0}
    answer = client.post(f"/patrol/stops/{stop.pk}/tell/", told, headers=PHONE)
    assert (answer.status_code, answer.json()["code"]) == (409, "another_account")


def test_the_phone_shows_where_to_go_and_then_what_comes_after() -> None:
    patrol = Patrol("01")
    client = Client()
    client.force_login(patrol.officers[0])
    first, second = patrol.plan.stops.filter(left_out="").order_by("place")[:2]
    with moment(at(8)):
        page = client.get("/crew/").content.decode()
    assert page.index(str(first.node)) < page.index(str(second.node))
    assert "我们到了" in page
    patrol.tell(first, "patrol_there", at(8.3))
    with moment(at(8.4)):
        page = client.get("/crew/now/").content.decode()
    assert "离开，去下一处" in page
    with moment(at(8.5)):
        actions.withdraw_plan(by("commander"), patrol.plan, why="台风")
        assert "方案已撤回" in client.get("/crew/now/").content.decode()


# --- calls ---------------------------------------------------------------------------------------


def test_a_call_pulls_a_unit_off_and_its_next_stops_go_to_others() -> None:
    patrol = Patrol()
    stop = stop_at(patrol.plan, "码头")
    assert stop.crew
    n = [one.pk for one in patrol.units].index(stop.crew.unit_id)
    assert swept(at(8)) == 0
    called(patrol.units[n], at(8))
    assert swept(at(8)) == 1
    assert swept(at(8)) == 0, "nothing new"
    stop.refresh_from_db()
    assert stop.crew == patrol.crew(1 - n)
    assert patrol.crew(n).away == "call"
    assert patrol.crew(1 - n).changed_at == at(8)


def test_what_comes_much_later_stays_with_the_unit_that_is_called() -> None:
    patrol = Patrol()
    gate = stop_at(patrol.plan, "一小")
    assert gate.crew
    n = [one.pk for one in patrol.units].index(gate.crew.unit_id)
    called(patrol.units[n], at(9))
    swept(at(9))
    gate.refresh_from_db()
    assert gate.crew == patrol.crew(n)


def test_what_nobody_can_take_over_is_left_out_and_taken_up_again_afterwards() -> None:
    patrol = Patrol("01")
    pier = stop_at(patrol.plan, "码头")
    called(patrol.units[0], at(8))
    swept(at(8))
    pier.refresh_from_db()
    assert (pier.left_out, pier.crew) == ("called", None)
    back(patrol.units[0], at(8.4))
    assert swept(at(8.4)) == 1
    pier.refresh_from_db()
    assert pier.left_out == ""
    assert pier.crew == patrol.crew(0)
    assert patrol.crew(0).away == ""
    entries = Entry.objects.filter(kind="plans.plan_repaired").order_by("seq")
    assert [json.loads(one.text)["why"] for one in entries] == ["call", "back"]


def test_where_a_unit_is_called_away_its_visit_ends_and_counts() -> None:
    patrol = Patrol("01")
    pier = stop_at(patrol.plan, "码头")
    patrol.tell(pier, "patrol_there", at(8.5))
    called(patrol.units[0], at(8.6))
    swept(at(8.6))
    pier.refresh_from_db()
    assert (pier.state, pier.left_at) == ("done", at(8.6))


def test_a_unit_that_does_not_come_on_duty_is_missed_after_a_while() -> None:
    patrol = Patrol()
    with moment(at(8.1)):
        go_off_duty(SYSTEM, patrol.units[0])
    assert swept(at(8.2)) == 0
    assert swept(at(8.3)) == 1
    assert patrol.crew(0).away == "off_duty"
    assert not patrol.crew(0).stops.filter(state="planned").exists()


def test_before_and_after_its_shift_a_plan_is_left_alone() -> None:
    patrol = Patrol()
    called(patrol.units[0], at(8))
    assert swept(at(7.9)) == 0
    assert swept(at(20.1)) == 0


def test_a_plan_that_is_not_published_follows_nobody() -> None:
    patrol = Patrol()
    with morning():
        actions.withdraw_plan(by("commander"), patrol.plan, why="x")
    called(patrol.units[0], at(8))
    assert swept(at(8)) == 0
    stop = Stop.objects.filter(left_out="").first()
    assert stop
    assert patrol.tell(stop, "patrol_there", at(8.5))["state"] == "applied"


# --- dosage --------------------------------------------------------------------------------------


def test_dosage_is_told_by_node_town_cell_and_shift() -> None:
    patrol = Patrol()
    patrol.tell(stop_at(patrol.plan, "码头"), "patrol_there", at(8.5))
    assert [row.words for row in dosage("node", at(0), at(9))] == ["码头"], "hours that are over"
    for by_ in ("node", "town", "cell", "shift"):
        rows = dosage(by_, at(0), at(21))
        assert sum(row.wanted for row in rows) == patrol.plan.stops.count()
        assert sum(row.done for row in rows) == 1
    assert [row.about for row in dosage("shift", at(0), at(21))] == [str(patrol.plan)]


def test_after_two_weeks_nobody_knows_which_unit_was_where_and_places_keep_their_minutes() -> None:
    patrol = Patrol("01")
    pier = stop_at(patrol.plan, "码头")
    patrol.tell(pier, "patrol_there", at(8.5))
    patrol.tell(pier, "patrol_left", at(8.75))
    with moment(at(20) + timedelta(days=13)):
        assert let_go() == 0
    with moment(at(20) + timedelta(days=15)):
        assert let_go() > 0
    assert not PlanUnit.objects.exists()
    assert not Stop.objects.filter(crew__isnull=False).exists()
    [row] = [one for one in dosage("node", at(0), at(12)) if one.words == "码头"]
    assert row.done_words == 15


def test_only_a_published_plan_takes_reports() -> None:
    patrol = Patrol()
    Plan.objects.filter(pk=patrol.plan.pk).update(state="proposed")
    stop = stop_at(patrol.plan, "码头")
    with moment(at(9)), pytest.raises(Refused):
        actions.reach_stop(by("officer"), stop, PhoneTime(now(), now()))


def test_the_next_shifts_plan_published_early_takes_no_stop_from_who_still_walks() -> None:
    patrol = Patrol("01")
    running = patrol.crew(0)
    coming = Plan.objects.create(
        begins_at=patrol.plan.ends_at, ends_at=patrol.plan.ends_at + timedelta(hours=8),
        state=PlanState.PUBLISHED, made_at=at(15), published_at=at(15),
        published_by=patrol.officers[0],
    )  # fmt: skip
    later = PlanUnit.objects.create(
        plan=coming, unit=running.unit, begins_at=coming.begins_at, ends_at=coming.ends_at,
        post_lat=running.post_lat, post_lon=running.post_lon,
    )  # fmt: skip
    with moment(coming.begins_at - timedelta(minutes=10)):
        assert crew_of(patrol.officers[0]) == running
    with moment(coming.begins_at + timedelta(minutes=1)):
        assert crew_of(patrol.officers[0]) == later


def test_shifts_that_are_long_over_are_kept_with_what_places_got_and_no_unit() -> None:
    schools()
    nodes, begins = list(Node.objects.order_by("pk")), at(8) - timedelta(days=30)
    stays = [(node, begins + timedelta(hours=n), 12 * MINUTE) for n, node in enumerate(nodes)]
    patrol = PastPatrol(begins, begins + timedelta(hours=12), stays)
    with morning():
        assert record_past_patrols(by(), [patrol], by("commander").source) == len(nodes)
    left = [json.loads(one.text) for one in Entry.objects.filter(kind="plans.stop_left")]
    assert [one["minutes"] for one in left] == [12] * len(nodes)
    assert all(one["cell"] for one in left)
    assert Entry.objects.filter(kind="plans.stop_left", at__lt=at(0)).count() == len(nodes)
    assert not Stop.objects.exclude(crew=None).exists()
    assert sum(one.done for one in dosage("node", begins, at(8))) == len(nodes)
