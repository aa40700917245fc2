"""A proposal of posts is tried in the simulator, and the page says whether both agree."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from django.test import Client

from gongzhi.base.log.actions import moment
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.ground import county_ground, forget_ground
from gongzhi.work.patrol.plans import ways
from gongzhi.work.patrol.posts.selectors.standing import Shown, standing
from gongzhi.work.patrol.posts.selectors.trying import changes_in, mark_of, trial_of
from gongzhi.work.patrol.simulations import working
from gongzhi.work.patrol.simulations.changes import Changes, Ground, Place, beside
from gongzhi.work.patrol.simulations.models import Simulation
from gongzhi.work.patrol.simulations.selectors.nodes import nodes_of
from tests.analysis.made_up import county as made_up
from tests.work.patrol.hands import DAY, account, at
from tests.work.patrol.posts.test_posts import county

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ASKED = {"day": f"{DAY}", "shift": "1", "aim": "cover"}


@pytest.fixture(autouse=True)
def nothing_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_ground()
    ways.forget_ways()
    monkeypatch.setattr(working, "_ready", None)


def simulated(monkeypatch: pytest.MonkeyPatch, then: int, now: int = 0) -> None:
    """A county of numbers in which all cars stand at the node `now`; what a proposal moves goes to
    the node `then`. All calls come from node 0."""
    scenario = made_up(units=len(ResponseUnit.objects.all()), a_day=30.0)
    codes = ResponseUnit.objects.order_by("code").values_list("code", flat=True)
    units = tuple(
        replace(one, code=code, kind="car", mode="car", post=now)
        for one, code in zip(scenario.units, codes, strict=True)
    )
    places = np.zeros(scenario.county.ways.nodes)
    places[0] = 1.0
    calls = tuple(replace(one, places=places) for one in scenario.calls)
    changed = replace(scenario, units=units, calls=calls)

    def today(places: tuple[Place, ...] = ()) -> Ground:
        assert places, "the simulator is told where units are to stand"
        return Ground(changed, lambda _: then, lambda _: changed.county.ways, lambda _: "car")

    monkeypatch.setattr(working, "ground_today", today)


def inside(role: str = "commander") -> Client:
    client = Client()
    client.force_login(account(role))
    return client


def proposed() -> Shown:
    shown = standing(list(ResponseUnit.objects.order_by("code")), DAY, 1, "cover")
    assert shown is not None
    assert shown.moves
    return shown


def tried(client: Client) -> str:
    """Ask for it on the page, let it run, and read the page."""
    with moment(at(7)):
        assert "放到推演里试试" in client.get("/patrol/posts/", ASKED).content.decode()
        answer = client.post("/patrol/posts/try/", ASKED)
        assert answer.status_code == 302
        Simulation.objects.update(years=0.1, repeats=4)
        assert working.work_off() == 1
        return client.get(answer["Location"].partition("#")[0]).content.decode()


def test_moves_that_help_are_said_to_help_with_an_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    county()
    simulated(monkeypatch, then=0, now=5)
    page = tried(inside())
    assert "推演也说更好" in page
    assert "算出来的" in page
    assert "99% 区间" in page
    one = inside().get(f"/simulations/{Simulation.objects.get().pk}/").content.decode()
    assert "这里的忙碌要比实际少" in one, "only a shift's calls were simulated"


def test_moves_that_harm_are_not_talked_into_good_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    county()
    simulated(monkeypatch, then=5, now=0)
    assert "推演说反而更差" in tried(inside())


def test_moves_that_change_nothing_are_said_to_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    county()
    simulated(monkeypatch, then=0, now=0)
    assert "推演看不出差别" in tried(inside())


def test_while_it_runs_the_page_says_how_far_and_it_can_be_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    county()
    simulated(monkeypatch, then=0)
    client = inside()
    with moment(at(7)):
        client.post("/patrol/posts/try/", ASKED)
        page = client.get("/patrol/posts/", ASKED).content.decode()
        assert "跑完 0 轮，共 20 轮" in page
        assert client.post("/patrol/posts/try/", ASKED).status_code == 409
        one = Simulation.objects.get()
        back = client.post(f"/simulations/{one.pk}/stop/", {"next": "/patrol/posts/?shift=1"})
        assert back["Location"] == "/patrol/posts/?shift=1"
        away = client.post(f"/simulations/{one.pk}/go-on/", {"next": "https://elsewhere.example/"})
        assert away["Location"] == f"/simulations/{one.pk}/"
    one.refresh_from_db()
    assert one.asked_for.startswith("posts:")


def test_another_proposal_is_not_shown_the_result_of_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    county()
    simulated(monkeypatch, then=0)
    tried(inside())
    shown = proposed()
    assert trial_of(shown, "8-16", "cover") is not None
    assert trial_of(shown, "16-24", "cover") is None
    assert mark_of(changes_in(shown, "8-16")) != mark_of(Changes(during="8-16"))


def test_only_the_calls_of_the_shift_come_and_as_many_as_then() -> None:
    scenario = made_up()
    ground = Ground(scenario, lambda _: 0, lambda _: scenario.county.ways, lambda _: "car")
    base, other = beside(ground, Changes(during="8-16"))
    assert base.calls == other.calls
    for before, after in zip(scenario.calls, base.calls, strict=True):
        day = np.array(after.week).reshape(7, 24)
        assert not day[:, :8].any()
        assert not day[:, 16:].any()
        hours = np.array(before.week).reshape(7, 24)[:, 8:16]
        assert after.a_day * day[:, 8:16] == pytest.approx(before.a_day * hours)


def test_who_may_plan_but_not_simulate_tries_nothing() -> None:
    county()
    with moment(at(7)):
        assert (
            "放到推演里试试"
            not in inside("dispatcher").get("/patrol/posts/", ASKED).content.decode()
        )
        assert inside("dispatcher").post("/patrol/posts/try/", ASKED).status_code == 403


def test_a_place_of_a_change_is_a_node_of_its_own_and_a_strange_one_is_refused() -> None:

    units, known = county(), county_ground()
    assert known is not None
    pin = (30.1234, 122.2345)
    nodes = nodes_of(known, [units[0].station], [pin, units[0].station.code])
    there = nodes.points[nodes.node_of(pin)]
    assert (there.lat, there.lon) == pin
    assert len(nodes.points) == len(known.cells) + 2
    with pytest.raises(Refused):
        nodes_of(known, [units[0].station], ["nowhere"])
