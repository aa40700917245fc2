"""Simulations that are asked for: who may, what they come to, and that they can be stopped."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.simulations import actions, working
from gongzhi.work.patrol.simulations.changes import Changes, Ground
from gongzhi.work.patrol.simulations.models import Repeat, Simulation
from gongzhi.work.patrol.simulations.selectors.kept import comparison_of, told_of
from tests.analysis.made_up import county
from tests.work.patrol.hands import account, by

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
State = Simulation.State
ADD = Changes.model_validate({"add": [{"kind": "car", "at": "busy"}]})


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A county of numbers in place of one of the database."""

    def today(_places: object = ()) -> Ground:
        scenario = county(4, a_day=40.0)
        return Ground(scenario, lambda _: 0, lambda _: scenario.county.ways, lambda _: "car")

    monkeypatch.setattr(working, "ground_today", today)
    monkeypatch.setattr(working, "_ready", None)


def asked(**more: Any) -> Simulation:
    told = {"title": "多一辆车", "changes": ADD, "years": 0.1, "repeats": 4, **more}
    return actions.ask_simulation(by(), **told)


def inside(role: str = "planner") -> Client:
    client = Client()
    client.force_login(account(role))
    return client


def test_what_was_asked_for_runs_by_itself_and_tells_what_the_change_does() -> None:
    simulation = asked()
    assert working.work_off() == 1
    simulation.refresh_from_db()
    assert simulation.state == State.DONE
    both = comparison_of(simulation)
    assert both is not None
    assert both.repeats == 4
    assert both.of("p90").value < 0
    told = told_of(simulation)
    assert told is not None
    assert told.lines[0].calls > 0
    assert [curve.kind for curve in told.curves[0][1].curves] == ["before", "after"]


def test_the_log_has_numbers_and_never_what_somebody_called_it() -> None:
    asked(title="不能进日志的名字")
    working.work_off()
    kinds = [one.kind for one in Entry.objects.filter(kind__startswith="simulations.")]
    assert kinds == ["simulations.asked", "simulations.done"]
    assert not Entry.objects.filter(text__contains="不能进日志").exists()


def test_stopped_and_gone_on_with_it_comes_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = asked(title="一次跑完")
    working.work_off()
    parts = asked(title="停过一次")
    seen = []

    def stop_after_two(simulation: Simulation) -> bool:
        seen.append(simulation.pk)
        if len(seen) == 3:
            actions.stop_simulation(by(), simulation)
        return still_wanted(simulation)

    still_wanted = working._still_wanted
    monkeypatch.setattr(working, "_still_wanted", stop_after_two)
    working.work_off()
    parts.refresh_from_db()
    assert (parts.state, parts.rows.count()) == (State.STOPPED, 2)
    assert told_of(parts) is not None  # what was done can be read
    monkeypatch.setattr(working, "_still_wanted", still_wanted)
    actions.go_on_with(by(), parts)
    working.work_off()
    rows = [
        list(one.rows.order_by("number").values_list("base", "other")) for one in (whole, parts)
    ]
    assert rows[0] == rows[1]


def test_a_process_that_died_is_replaced_and_nothing_runs_twice() -> None:
    simulation = asked()
    working.work_off()
    Repeat.objects.filter(number=3).delete()
    Simulation.objects.update(state=State.RUNNING, held_until=timezone.now())
    kept = set(Repeat.objects.values_list("pk", flat=True))
    working.work_off()
    assert kept < set(simulation.rows.values_list("pk", flat=True))
    assert simulation.rows.count() == 4


def test_while_another_process_works_on_it_it_is_left_alone() -> None:
    simulation = asked()
    later = timezone.now() + working.HOLDS
    Simulation.objects.filter(pk=simulation.pk).update(held_until=later, state=State.RUNNING)
    assert working.work_off() == 0
    assert not simulation.rows.exists()


def test_where_the_county_has_changed_since_it_begins_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    simulation = asked()
    working.work_off()
    before = set(Repeat.objects.values_list("pk", flat=True))
    other = county(5, a_day=40.0)
    monkeypatch.setattr(working, "_ready", None)
    monkeypatch.setattr(working, "ground_today", lambda _places: Ground(
        other, lambda _: 0, lambda _: other.county.ways, lambda _: "car"))  # fmt: skip
    Simulation.objects.update(state=State.RUNNING)
    working.work_off()
    assert not before & set(simulation.rows.values_list("pk", flat=True))


def test_what_can_t_be_simulated_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Changes.model_validate({"remove": [{"unit": "nobody"}]})
    simulation = asked(changes=gone)
    working.work_off()
    simulation.refresh_from_db()
    assert simulation.state == State.FAILED
    assert "nobody" in simulation.problem


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"changes": Changes()}, {"repeats": 1}, {"years": 50.0}]
)
def test_nothing_stays_of_one_that_is_refused(wrong: dict[str, Any]) -> None:
    by()
    before = Entry.objects.count()
    with pytest.raises(Refused):
        asked(**wrong)
    assert not Simulation.objects.exists()
    assert Entry.objects.count() == before


def test_who_sees_them_and_who_asks() -> None:
    simulation = asked()
    assert inside("supervisor").get("/simulations/").status_code == 200
    assert inside("call_taker").get("/simulations/").status_code == 403
    for path in ("new/", f"{simulation.pk}/stop/"):
        assert inside("dispatcher").post(f"/simulations/{path}").status_code == 403
    with pytest.raises(Refused):
        actions.drop_simulation(Actor.system("t"), simulation)


def test_change_by_change_it_is_put_together_and_asked_for() -> None:
    client = inside()
    first = client.post("/simulations/new/", {
        "add": "factor", "changes": "", "factor_times": "2", "factor_months": ["7", "8"],
    })  # fmt: skip
    assert "所有警情是现在的 2 倍" in first.content.decode()
    so_far = first.context["changes"]
    second = client.post("/simulations/new/", {
        "add": "close", "changes": so_far, "close_at_lat": "30.01", "close_at_lon": "122.1",
        "close_metres": "400", "close_speed": "0",
    })  # fmt: skip
    so_far = second.context["changes"]
    assert len(second.context["words"]) == 2
    third = client.post("/simulations/new/", {"take_out": "factor.0", "changes": so_far})
    assert len(third.context["words"]) == 1
    done = client.post("/simulations/new/", {
        "run": "1", "changes": so_far, "title": "旺季封路", "years": "0.5", "repeats": "10",
    })  # fmt: skip
    made = Simulation.objects.get()
    assert done["Location"] == f"/simulations/{made.pk}/"
    assert set(made.changes) == {"factor", "close"}


def test_run_cards_towns_and_pins_are_read_and_said_in_words() -> None:
    client = inside()
    first = client.post("/simulations/new/", {
        "add": "card", "changes": "", "card_category": "", "card_priority": "1", "card_more": "1",
        "card_kind_1": "car", "card_count_1": "2", "card_kind_2": "boat", "card_count_2": "1",
    })  # fmt: skip
    second = client.post("/simulations/new/", {
        "add": "factor", "changes": first.context["changes"], "factor_times": "2",
        "factor_areas": ["north"],
    })  # fmt: skip
    third = client.post("/simulations/new/", {
        "add": "add", "changes": second.context["changes"], "add_kind": "boat", "add_count": "1",
        "add_at_lat": "30.0101", "add_at_lon": "122.1001",
    })  # fmt: skip
    page = third.content.decode()
    assert "所有警情P1改派2 个警车、1 个" in page
    assert "north 所有警情是现在的 2 倍" in page
    assert "30.0101, 122.1001" in page
    assert page.count('class="simulation-pin"') == 3
    asked_ = json.loads(third.context["changes"])
    assert asked_["card"][0]["sends"] == [{"kinds": ["car"], "count": 2}, {"kinds": ["boat"]}]
    assert asked_["add"][0]["at"] == [30.0101, 122.1001]


@pytest.mark.parametrize(
    "post",
    [{"add": "move", "move_unit": "x"}, {"add": "nothing"}, {"add": "factor", "factor_times": "x"},
     {"add": "card", "card_more": "0", "card_priority": "0"}, {"run": "1", "changes": "{broken"},
     {"add": "shift", "shift_unit": "x", "shift_hours": "soon"}],
)  # fmt: skip
def test_what_is_filled_in_wrong_is_said_on_the_form(post: dict[str, str]) -> None:
    answer = inside().post("/simulations/new/", {"changes": "", **post})
    assert answer.status_code == 422
    assert answer.context["problem"]
    assert not Simulation.objects.exists()


def test_the_page_says_how_far_it_is_and_then_what_came_of_it() -> None:
    simulation = asked()
    client = inside()
    assert "跑完 0 轮，共 4 轮" in client.get(f"/simulations/{simulation.pk}/").content.decode()
    piece = client.get(f"/simulations/{simulation.pk}/progress/")
    assert "HX-Refresh" not in piece
    working.work_off()
    assert client.get(f"/simulations/{simulation.pk}/progress/")["HX-Refresh"] == "true"
    page = client.get(f"/simulations/{simulation.pk}/").content.decode()
    assert "改动以后，九成来电有人到：早" in page
    assert "<polyline" in page
    assert client.get("/simulations/999/").status_code == 404


def test_many_cost_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for nth in range(12):
        asked(title=f"第 {nth} 次")
    client = inside()
    client.get("/simulations/")
    with django_assert_max_num_queries(20):
        assert client.get("/simulations/").status_code == 200


def test_dropped_it_is_gone_with_its_repeats() -> None:
    simulation = asked()
    working.work_off()
    client = inside()
    assert client.post(f"/simulations/{simulation.pk}/drop/").status_code == 302
    assert not Repeat.objects.exists()
