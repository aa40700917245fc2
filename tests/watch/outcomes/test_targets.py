"""What the county wants to reach: set by whoever may, from a day to come, with who and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.outcomes.actions import end_target, set_target
from gongzhi.watch.outcomes.drawing import picture
from gongzhi.watch.outcomes.models import Target
from gongzhi.watch.outcomes.selectors.stories import one_story
from gongzhi.watch.outcomes.selectors.targets import on_day, over_weeks, stands, targets_of
from tests.watch.outcomes.hands import analyst, body
from tests.watch.outcomes.test_pages import CODE, FIRST, weeks
from tests.work.dispatch.county import account

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 6, 2, tzinfo=UTC)
TODAY = date(2026, 4, 6)
WHY = {"decided_by": "县长办公会 4 月", "why": "五次里有四次做到"}


def leader() -> Account:
    found = Account.objects.filter(username="head").first()
    return found or account("bureau_leader", body("bureau", "bureau"), "head")


def aim(value: float = 0.8, since: date = TODAY, code: str = CODE) -> Target:
    with moment(NOW):
        return set_target(Actor.account(leader()), code, value=value, since=since, **WHY)


@pytest.mark.both_databases
def test_it_is_on_the_log_with_its_day_and_value_and_keeps_who_and_why() -> None:
    aim()
    one = Target.objects.get()
    assert (one.decided_by, one.why, one.set_by) == (*WHY.values(), leader())
    assert Entry.objects.filter(kind="outcomes.target_set").count() == 1


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"since": TODAY - timedelta(days=1)}, "不能事后定目标"),
        ({"value": 1.2}, "0 到 100"),
        ({"value": float("nan")}, "0 到 100"),
        ({"why": " "}, "为什么定这个数"),
        ({"decided_by": ""}, "哪个会"),
    ],
)
def test_what_cannot_be_a_target_leaves_nothing(more: dict, words: str) -> None:
    told = {"value": 0.8, "since": TODAY, **WHY, **more}
    with moment(NOW), pytest.raises(Refused, match=words):
        set_target(Actor.account(leader()), CODE, **told)
    assert not Target.objects.exists()
    assert not Entry.objects.filter(kind="outcomes.target_set").exists()


def test_whoever_only_looks_sets_none_and_what_has_no_better_side_has_none() -> None:
    with moment(NOW), pytest.raises(Refused, match="没有"):
        set_target(Actor.account(analyst()), CODE, value=0.8, since=TODAY, **WHY)
    neither = next(one.code for one in catalogue().measures.values() if one.better == "neither")
    with moment(NOW), pytest.raises(Refused, match="高低都不必然是好事"):
        set_target(Actor.account(leader()), neither, value=1, since=TODAY, **WHY)


@pytest.mark.both_databases
def test_a_later_one_follows_and_what_is_taken_back_stays_in_the_history() -> None:
    aim(0.8)
    later = aim(0.9, TODAY + timedelta(days=14))
    held = targets_of([CODE])[CODE]
    found = over_weeks(held, [TODAY + timedelta(days=nth) for nth in (-7, 0, 7, 14)])
    assert found == [None, 0.8, 0.8, 0.9]
    with moment(NOW):
        end_target(Actor.account(leader()), later)
        with pytest.raises(Refused, match="已经撤掉"):
            end_target(Actor.account(leader()), later)
    now_held = on_day(targets_of([CODE])[CODE], TODAY + timedelta(days=30))
    assert now_held is not None
    assert now_held.value == 0.8
    assert Target.objects.count() == 2
    with pytest.raises(Refused, match="已经有一个目标"):
        aim(0.7)


def test_reached_or_missed_is_said_only_when_the_whole_of_the_bounds_says_so() -> None:
    up = catalogue().measures[CODE]
    down = next(one for one in catalogue().measures.values() if one.better == "down")
    assert stands(up, 0.81, 0.9, 0.8) == "reached"
    assert stands(up, 0.7, 0.79, 0.8) == "missed"
    assert stands(up, 0.75, 0.85, 0.8) == "unsure"
    assert stands(down, 0.81, 0.9, 0.8) == "missed"
    assert stands(up, None, None, 0.8) == ""


def test_the_chart_shows_it_from_its_day_on_and_no_verdict_or_limit_moves() -> None:
    weeks(12)
    story = one_story(catalogue().measures[CODE], public=False)
    wanted = [None] * 6 + [0.6] * 4 + [0.9] * 2
    plain, shown = picture(story), picture(story, wanted)
    assert plain is not None
    assert shown is not None
    assert (len(plain.targets), len(shown.targets)) == (0, 2)
    assert [one.changed for one in plain.dots] == [one.changed for one in shown.dots]
    lefts = [float(one.split(",")[0]) for one in shown.targets]
    assert shown.dots[5].x < lefts[0] < shown.dots[6].x


def test_the_pages_show_it_inside_and_to_everybody(client: Client) -> None:
    weeks(9)
    assert date(2026, 3, 2) == FIRST
    client.force_login(leader())
    at = f"/outcomes/measures/{CODE}/"
    with moment(NOW):
        assert "定一个目标" in client.get(at).content.decode()
        wrong = client.post(f"{at}targets/", {"value": "80", "since": "2026-04-01", **WHY})
        assert wrong.status_code == 422
        assert "不能事后定目标" in wrong.content.decode()
        sent = client.post(f"{at}targets/", {"value": "70", "since": "2026-04-06", **WHY})
        assert sent["Location"] == at
        assert Target.objects.get().value == pytest.approx(0.7)
        for address in (at, "/outcomes/"):
            assert "目标 70% 以上" in client.get(address).content.decode()
        public = Client().get(f"/about/results/{CODE}/").content.decode()
        assert "县长办公会 4 月" in public
        assert "够到了" in public
        client.force_login(analyst())
        assert "定一个目标" not in client.get(at).content.decode()
        assert client.post(f"{at}targets/", {"value": "1"}).status_code == 403


def test_a_span_is_asked_in_minutes_hours_or_days(client: Client) -> None:
    weeks(2)
    slow = next(one for one in catalogue().measures.values()
                if one.shown == "seconds" and one.better == "down")  # fmt: skip
    client.force_login(leader())
    at = f"/outcomes/measures/{slow.code}/targets/"
    form = {"value": "2.5", "unit": "86400", "since": "2026-04-06", **WHY}
    with moment(NOW):
        client.post(at, form)
    assert Target.objects.get().value == 216_000


def test_the_shipped_catalogue_invents_none() -> None:
    assert not any(hasattr(one, "target") for one in catalogue().measures.values())
