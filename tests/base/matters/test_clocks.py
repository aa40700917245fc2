"""A time limit starts, stands still and stops with the events of its matter, and says why."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.catalogue.load import Catalogue, catalogue, read, shipped
from gongzhi.base.log.actions import action, moment, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import (
    NewMatter,
    change_priority,
    hand_over,
    merge_into,
    open_matter,
    record_past,
    take_step,
)
from gongzhi.base.matters.clocks import clocks_of, move_clocks, running_clocks
from gongzhi.base.matters.clocks.sweeping import Swept, recount_provisional, sweep
from gongzhi.base.matters.events import TAKEN_ON
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.matters.past import PastMatter, PastStep
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.actions import open_unit
from gongzhi.base.people.models import Unit
from gongzhi.base.places.models import County

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def desk() -> Unit:
    return open_unit(SYSTEM, code="desk", kind="station", name_zh="指挥中心", name_en="Desk")


@pytest.fixture
def other() -> Unit:
    return open_unit(SYSTEM, code="other", kind="department", name_zh="城管局", name_en="Works")


def lamp(owner: Unit, **more: object) -> Matter:
    told = {"words": "路灯不亮", "category": "lamp_out", **more}
    return open_matter(SYSTEM, NewMatter(procedure="resident_request", owner=owner, **told))  # type: ignore[arg-type]


def fight(owner: Unit, **more: object) -> Matter:
    told = {"words": "有人打架", "category": "fight", "priority": 3, **more}
    return open_matter(SYSTEM, NewMatter(procedure="incident", owner=owner, **told))  # type: ignore[arg-type]


def running(matter: Matter) -> set[str]:
    return set(matter.clocks.filter(stopped_at=None).values_list("clock", flat=True))


def run_of(matter: Matter, clock: str) -> ClockRun:
    return matter.clocks.filter(clock=clock).latest("started_at")


def step_at(at: str, matter: Matter, *steps: str) -> Matter:
    with moment(local(at)):
        for step in steps:
            shown = {"answered": {"answer": "修好了"}, "cleared": {"disposition": "mediated"}}
            matter = take_step(SYSTEM, matter, step, elements=shown.get(step))
    return matter


def live_by(whole: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the county have changed its catalogue."""
    for module in (
        "models.matter", "models.clocks", "actions.clocks", "clocks.moving", "clocks.showing",
        "clocks.sweeping",
    ):  # fmt: skip
        monkeypatch.setattr(f"gongzhi.base.matters.{module}.catalogue", lambda: whole)


def told(kind: str) -> int:
    return Entry.objects.filter(kind=f"matters.{kind}").count()


def test_a_request_is_to_be_accepted_and_answered_in_time_and_the_sum_is_kept(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30")):
        matter = lamp(desk)
        shown = clocks_of(matter)
    assert [clock.words for clock in shown] == ["受理", "答复"]
    answer = shown[1]
    assert answer.due_at.astimezone(SHANGHAI).date() == date(2026, 11, 23)
    assert answer.basis == "本县服务承诺（参照《安阳市政务服务条例》第五十条）"
    assert "第 5 个工作日" in answer.sum
    with translation.override("en"):
        english = clocks_of(matter)[1]
    assert english.words == "Answer"
    assert "promise" in english.basis
    assert "Working day 5" in english.sum


def test_what_is_done_in_time_is_met_and_what_is_not_is_missed(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30")):
        matter = lamp(desk)
    matter = step_at("2026-11-17 10:00", matter, "accepted")
    matter = step_at("2026-11-24 10:00", matter, "in_progress", "answered")
    assert run_of(matter, "request_accept").outcome == "met"
    assert run_of(matter, "request_answer").outcome == "missed"
    assert told("clock_missed") == 1
    assert [clock.state for clock in clocks_of(matter)] == ["missed", "met"]


def test_the_last_instant_is_in_time(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30:00")):
        matter = fight(desk)
    step_at("2026-11-16 09:35:00", matter, "dispatched")
    assert run_of(matter, "incident_dispatch_p3").outcome == "met"


def test_waiting_for_the_resident_is_not_counted(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30")):
        matter = lamp(desk)
    matter = step_at("2026-11-18 09:00", matter, "accepted", "waiting_for_resident")
    held = run_of(matter, "request_answer")
    assert (held.due_at, held.warn_at) == (None, None)
    with moment(local("2026-11-30 09:00")):
        assert sweep() == Swept()
        assert [clock.paused for clock in clocks_of(matter)] == [True, False]
    matter = step_at("2026-11-20 10:00", matter, "in_progress")
    resumed = run_of(matter, "request_answer")
    assert resumed.due.day == date(2026, 11, 25)
    assert "等待居民补充" in clocks_of(matter)[0].sum


def test_a_hand_over_ends_one_unit_s_time_and_begins_the_next_one_s(
    desk: Unit, other: Unit
) -> None:
    with moment(local("2026-11-16 09:30")):
        matter = lamp(desk)
        assert "request_return" not in running(matter)
        matter = hand_over(SYSTEM, matter, other, reason="duty")
    with moment(local("2026-11-16 12:00")):
        matter = hand_over(SYSTEM, matter, desk, reason="not_ours")
    runs = matter.clocks.filter(clock="request_return").order_by("pk")
    assert [run.outcome for run in runs] == ["met", ""]
    assert runs[1].due_at == local("2026-11-17 12:00")


def test_a_more_urgent_incident_gets_the_shorter_time_from_then_on(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30:00")):
        matter = fight(desk)
        assert running(matter) == {"incident_dispatch_p3", "incident_arrival_p3"}
    with moment(local("2026-11-16 09:32:00")):
        matter = change_priority(SYSTEM, matter, 1)
    assert running(matter) == {"incident_dispatch_p1", "incident_arrival_p1"}
    assert run_of(matter, "incident_dispatch_p3").outcome == "lapsed"
    assert run_of(matter, "incident_dispatch_p1").due_at == local("2026-11-16 09:33:00")
    assert {clock.words for clock in clocks_of(matter)} == {"派警（P1）", "到场（P1）"}


def test_what_was_late_stays_late_when_the_urgency_changes(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30:00")):
        matter = fight(desk, priority=1)
    with moment(local("2026-11-16 09:32:00")):
        matter = change_priority(SYSTEM, matter, 4)
    assert run_of(matter, "incident_dispatch_p1").outcome == "missed"


def test_a_matter_that_ends_otherwise_lets_its_clocks_lapse(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30:00")):
        first, second = fight(desk), fight(desk)
        merge_into(SYSTEM, second, first)
    assert running(second) == set()
    assert set(second.clocks.values_list("outcome", flat=True)) == {"lapsed"}
    assert running(first)
    assert clocks_of(second) == []


def test_domestic_violence_carries_the_law_with_the_county_s_reading(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30:00")):
        run = run_of(fight(desk, category="domestic_violence"), "incident_domestic_violence")
    assert run.law
    assert run.basis_zh == "《中华人民共和国反家庭暴力法》第十五条"
    assert run.due_at == local("2026-11-16 09:40:00")


def test_registration_is_due_a_day_after_the_emergency(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30")):
        matter = fight(desk)
    matter = step_at("2026-11-16 10:00", matter, "dispatched", "on_scene", "cleared")
    assert running(matter) == {"incident_registration"}
    assert run_of(matter, "incident_registration").due_at == local("2026-11-17 10:00")
    step_at("2026-11-16 11:00", matter, "closed")
    assert run_of(matter, "incident_registration").outcome == "met"


def test_a_reopened_request_is_to_be_answered_again(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30")):
        matter = lamp(desk)
    matter = step_at("2026-11-17 10:00", matter, "accepted", "in_progress", "answered", "closed")
    assert running(matter) == set()
    matter = step_at("2026-11-19 11:00", matter, "reopened")
    assert running(matter) == {"request_answer_again"}


def test_the_sweep_warns_once_and_notes_what_was_missed_once(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30:00")):
        matter = fight(desk, priority=2)
    assert sweep(local("2026-11-16 09:30:30")) == Swept()
    assert sweep(local("2026-11-16 09:31:00")) == Swept(warned=1)
    assert sweep(local("2026-11-16 09:31:30")) == Swept()
    assert sweep(local("2026-11-16 09:32:00")) == Swept()
    assert sweep(local("2026-11-16 09:32:01")) == Swept(missed=1)
    assert sweep(local("2026-11-16 09:32:02")) == Swept()
    step_at("2026-11-16 09:33:00", matter, "dispatched")
    assert (told("clock_warned"), told("clock_missed")) == (1, 1)
    assert run_of(matter, "incident_dispatch_p2").outcome == "missed"
    assert [line.title for line in timeline(matter)] == [
        "已派警", "“派警（P2）”超过时限", "“派警（P2）”时限快到了", "已接警",
    ]  # fmt: skip


def test_after_a_standstill_what_was_missed_is_not_warned_of(desk: Unit) -> None:
    with moment(local("2026-11-16 09:30:00")):
        fight(desk, priority=2)
    assert sweep(local("2026-11-18 09:30:00")) == Swept(missed=2)
    assert told("clock_warned") == 0


def test_more_than_a_batch_is_swept_in_batches(desk: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongzhi.base.matters.clocks.sweeping.BATCH", 2)
    with moment(local("2026-11-16 09:30:00")):
        for _ in range(5):
            fight(desk)
    assert sweep(local("2026-11-16 10:30:00")) == Swept(missed=10)


@pytest.fixture
def new_years_notice(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The catalogue once the county has entered a notice for 2027 (made up)."""
    folder = tmp_path_factory.mktemp("county")
    (folder / "calendars").mkdir()
    text = (shipped() / "calendars" / "china.toml").read_text("utf-8")
    text += (
        '[[notices]]\nyear = 2027\ntitle = { zh = "通知", en = "Notice" }\nworkdays = []\n'
        '[[notices.holidays]]\nname = { zh = "元旦", en = "New Year" }\n'
        "first = 2026-12-30\nlast = 2027-01-03\n"
    )
    (folder / "calendars" / "china.toml").write_text(text, encoding="utf-8")
    return read(shipped(), folder)


def test_a_provisional_due_time_is_counted_anew_when_the_calendar_grows(
    desk: Unit, new_years_notice: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with moment(local("2026-12-28 09:30")):
        matter = lamp(desk)
        run = run_of(matter, "request_answer")
        assert (run.provisional, run.due.day) == (True, date(2027, 1, 4))
        assert recount_provisional() == 0
        live_by(new_years_notice, monkeypatch)
        assert recount_provisional() == 2
        assert recount_provisional() == 0
    run.refresh_from_db()
    assert (run.provisional, run.due.day) == (False, date(2027, 1, 7))
    assert told("clock_recounted") == 2
    assert timeline(matter)[0].title.startswith("放假安排已公布")


def test_a_run_keeps_what_it_was_started_with(desk: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The county may take a clock away: old matters still show theirs, and end with the matter."""
    with moment(local("2026-11-16 09:30")):
        matter = lamp(desk)
    left = {c: clock for c, clock in catalogue().clocks.items() if c != "request_answer"}
    live_by(dataclasses.replace(catalogue(), clocks=left), monkeypatch)
    assert clocks_of(matter)[1].basis.startswith("本县服务承诺")
    step_at("2026-11-17 10:00", matter, "withdrawn")
    assert running(matter) == set()


def test_a_matter_keeps_the_clocks_in_force_when_it_began(desk: Unit) -> None:
    with moment(local("2025-12-30 09:30")):
        old = fight(desk)
        assert running(old) == set()
    step_at("2026-01-02 09:30", old, "dispatched", "on_scene", "cleared")
    assert running(old) == {"incident_registration"}


def test_the_matters_of_an_imported_county_run_no_clocks(desk: Unit) -> None:
    elsewhere = County.objects.create(
        code="elsewhere", name_zh="别处", name_en="Elsewhere", south=1, west=1, north=2, east=2
    )
    assert running(fight(desk, county=elsewhere)) == set()


def test_what_was_missed_long_ago_is_noted_when_it_fell_due(desk: Unit) -> None:
    """The county's own past: its clocks stand as if the platform had been there."""
    late = PastStep(local("2026-03-02 09:36:00"), "dispatched", SYSTEM)
    new = NewMatter("incident", "fight", desk, "有人打架", priority=3)
    (matter,) = record_past(SYSTEM, [PastMatter(new, local("2026-03-02 09:30:00"), SYSTEM, [late])])
    outcomes = dict(matter.clocks.values_list("clock", "outcome"))
    assert outcomes == {"incident_dispatch_p3": "missed", "incident_arrival_p3": ""}
    said = Entry.objects.filter(kind="matters.clock_missed").order_by("seq")
    assert [(entry.at, entry.by) for entry in said] == [
        (local("2026-03-02 09:35:00"), "system:clocks"),
        (local("2026-03-02 10:00:00"), "system:clocks"),
    ]
    assert sweep() == Swept()


def test_another_app_s_action_can_offer_its_event(
    desk: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    @action
    def take_it(by: Actor, matter: Matter) -> None:
        record(TAKEN_ON, matter, account=1)
        move_clocks(matter, TAKEN_ON.kind)

    answer = catalogue().clocks["request_answer"]
    stops = answer.model_copy(update={"stops_on": (*answer.stops_on, TAKEN_ON.kind)})
    changed = dataclasses.replace(catalogue(), clocks={"request_answer": stops})
    live_by(changed, monkeypatch)
    matter = lamp(desk)
    take_it(SYSTEM, matter)
    assert run_of(matter, "request_answer").stopped_at


def test_opening_a_matter_costs_one_insert_for_all_its_clocks(desk: Unit) -> None:
    with CaptureQueriesContext(
        connection,
    ) as told_to_database:
        fight(desk)
    about = [one["sql"] for one in told_to_database if "matters_clockrun" in one["sql"]]
    assert len(about) == 1
    assert "INSERT" in about[0]  # SQLite's reads "2 times: INSERT"


@pytest.mark.parametrize("many", [1, 30])
def test_a_list_asks_once_for_all_its_clocks(
    desk: Unit, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    matters = [fight(desk) for _ in range(many)]
    quiet = fight(desk, category="theft", priority=4)
    with django_assert_num_queries(1):
        found = running_clocks([*(one.pk for one in matters), 0])
    assert found.keys() == {*(one.pk for one in matters), 0}
    assert [len(clocks) for clocks in found.values()] == [2] * many + [0]
    assert quiet.pk not in found


def test_nothing_is_stopped_before_it_started(desk: Unit) -> None:
    matter = lamp(desk)
    run = run_of(matter, "request_accept")
    run.stopped_at, run.outcome = now() - timedelta(days=1), "met"
    with pytest.raises(Exception, match="clock_stops_after_it_starts"):
        run.save()
