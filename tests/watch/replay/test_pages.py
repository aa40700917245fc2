"""Past shifts: who may play them, what is told of them and what never is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.replay.actions import erase_lesson, note_lesson
from gongzhi.watch.replay.models import Lesson
from gongzhi.watch.replay.readers import forget
from gongzhi.watch.replay.selectors.shift import forget_shifts
from gongzhi.work.calls.actions import NewCall, erase_incident, receive_call
from gongzhi.work.dispatch.actions import (
    assign_unit,
    clear_unit,
    move_incident,
    recall_unit,
    report_en_route,
    report_on_scene,
)
from tests.work.dispatch.county import HERE, SYSTEM, account, body, car

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 11, 3, 0, 0, tzinfo=UTC)  # 08:00 in the county
MINUTE = timedelta(minutes=1)
CALLER = {"name": "海某某", "phone": "13900000001"}
WORDS = "有人在楼下吵得很凶"


def window(**more: str) -> str:
    asked = {"from": "2026-11-03T08:00:00+08:00", "to": "2026-11-03T16:00:00+08:00", **more}
    return urlencode(asked)


@pytest.fixture
def who() -> Account:
    return account("commander", body("command_centre", "department"), "chief")


@pytest.fixture
def desk(client: Client, who: Account) -> Client:
    client.force_login(who)
    return client


def call(at: datetime) -> Matter:
    with moment(at):
        new = NewCall("dispute_neighbour", WORDS, "海平路 12 号", HERE, caller=CALLER)
        return receive_call(SYSTEM, new).matter


def worked(at: datetime, number: str = "1") -> Matter:
    """A call at `at`; a unit sent after 5 minutes, off after 6, there after 10, done after 40."""
    with moment(BEGIN - timedelta(hours=1)):
        unit = car(number)
    matter = call(at)
    for minutes, deed in {
        5: lambda: assign_unit(SYSTEM, matter, unit),
        6: lambda: report_en_route(SYSTEM, unit),
        10: lambda: report_on_scene(SYSTEM, unit),
        40: lambda: clear_unit(SYSTEM, unit, disposition="mediated"),
        45: lambda: move_incident(SYSTEM, Matter.objects.get(pk=matter.pk), "closed"),
    }.items():
        with moment(at + minutes * MINUTE):
            deed()
    return matter


def told(client: Client, name: str, **more: str) -> Any:
    answer = client.get(f"/replay/{name}/?{window(**more)}")
    assert answer.status_code == 200, answer.content[:300]
    return json.loads(answer.content)


def test_a_shift_is_told_as_it_went(desk: Client) -> None:
    matter = worked(BEGIN + 10 * MINUTE)
    outline, piece = told(desk, "outline"), told(desk, "piece/0")
    [unit], [one] = outline["units"], piece["incidents"]
    assert unit["spans"] == [
        [-3600, "free"], [900, "dispatched", matter.pk], [960, "en_route", matter.pk],
        [1200, "on_scene", matter.pk], [3000, "free"],
    ]  # fmt: skip
    assert one["spans"] == [
        [600, "waiting"], [900, "dispatched"], [960, "en_route"], [1200, "on_scene"],
        [3000, "done"], [3300, "over"],
    ]  # fmt: skip
    assert one["legs"] == [[unit["id"], 900, 960, 1200, 3000, False]]
    assert outline["scenes"] == {str(matter.pk): [HERE.lat, HERE.lon]}
    assert outline["strip"]["calls"][2] == 1
    assert outline["strip"]["working"][3:11] == [1, 1, 1, 1, 1, 1, 0, 0]


def test_what_was_called_back_waits_again_and_lies_open_until_it_is_settled(desk: Client) -> None:
    with moment(BEGIN):
        unit = car("1")
    matter = call(BEGIN + MINUTE)
    with moment(BEGIN + 3 * MINUTE):
        assign_unit(SYSTEM, matter, unit)
    with moment(BEGIN + 4 * MINUTE):
        recall_unit(SYSTEM, matter, unit)
    settled = call(BEGIN + MINUTE)
    with moment(BEGIN + 9 * MINUTE):
        move_incident(SYSTEM, settled, "settled", elements={"settled_how": "电话里说清了"})
    found = {one["id"]: one["spans"] for one in told(desk, "piece/0")["incidents"]}
    assert found[matter.pk] == [[60, "waiting"], [180, "dispatched"], [240, "waiting"]]
    assert found[settled.pk] == [[60, "waiting"], [540, "done"]]


def test_nobody_is_in_what_a_shift_tells(desk: Client, who: Account) -> None:
    """Neither who called, nor who took the call, sent the unit or rode in it; nor their words."""
    taker = account("call_taker", body("command_centre", "department"), "taker_of_calls")
    with moment(BEGIN):
        new = NewCall("dispute_neighbour", WORDS, "海平路 12 号", HERE, caller=CALLER)
        matter = receive_call(Actor.account(taker), new).matter
        assign_unit(Actor.account(who), matter, car("1"))
    for name in ("outline", "piece/0"):
        answer = desk.get(f"/replay/{name}/?{window()}").content.decode()
        for hidden in (*CALLER.values(), WORDS, "海平路", taker.username, taker.display_name,
                       who.username):  # fmt: skip
            assert hidden not in answer
    keys = {"id", "number", "title", "priority", "town", "at", "calls", "spans", "legs"}
    [incident] = told(desk, "piece/0")["incidents"]
    assert set(incident) == keys
    [unit] = told(desk, "outline")["units"]
    assert set(unit) == {"id", "name", "kind", "post", "spans"}


def test_only_those_who_may_play_it(client: Client) -> None:
    for role in ("call_taker", "officer", "partner"):
        client.force_login(account(role, body("a"), f"a_{role}"))
        assert client.get("/replay/").status_code == 403
        assert client.get(f"/replay/outline/?{window()}").status_code == 403
    client.force_login(account("supervisor", body("s"), "looks"))
    assert client.get("/replay/").status_code == 200


def test_as_many_queries_for_one_incident_as_for_many(desk: Client) -> None:
    def queries(name: str) -> int:
        told(desk, name)
        with CaptureQueriesContext(connection) as seen:
            told(desk, name)
        return len(seen)

    worked(BEGIN + MINUTE)
    call(BEGIN + MINUTE)
    few = {name: queries(name) for name in ("outline", "piece/0")}
    for number in range(12):
        worked(BEGIN + number * MINUTE, f"n{number}")
        call(BEGIN + number * MINUTE)
    assert {name: queries(name) for name in few} == few
    assert max(few.values()) <= 14


def test_what_has_not_changed_is_not_sent_again(desk: Client) -> None:
    worked(BEGIN)
    address = f"/replay/piece/0/?{window()}"
    mark = desk.get(address)["ETag"]
    assert desk.get(address, headers={"If-None-Match": mark}).status_code == 304
    call(BEGIN + MINUTE)
    forget_shifts()  # half a minute has passed
    assert desk.get(address, headers={"If-None-Match": mark}).status_code == 200


def test_an_hour_is_a_piece_and_what_was_open_before_comes_with_the_first(desk: Client) -> None:
    before, first, later = (call(BEGIN + n * MINUTE) for n in (-30, 30, 90))
    ids = [{one["id"] for one in told(desk, f"piece/{n}")["incidents"]} for n in (0, 1, 2)]
    assert ids == [{before.pk, first.pk}, {later.pk}, set()]


@pytest.mark.parametrize(
    "wrong",
    [{"to": "2026-11-05T08:00+08:00"}, {"to": "2026-11-03T07:00+08:00"}, {"from": "soon"},
     {"from": "0001-01-01T00:00"}, {"to": "9999-12-31T23:59"}],
)  # fmt: skip
def test_a_window_that_is_none_is_refused_in_words(desk: Client, wrong: dict[str, str]) -> None:
    answer = desk.get(f"/replay/shift/?{window(**wrong)}")
    assert answer.status_code == 422
    assert "从什么时候" in answer.content.decode() or "24 小时" in answer.content.decode()


def test_another_county_is_told_by_its_own_clock(desk: Client) -> None:
    there = County(code="elsewhere", name_zh="别处", time_zone="America/New_York")
    there.bounds = Bounds(40, -76, 41, -75)
    there.save()
    with moment(BEGIN):
        new = NewCall("theft", WORDS, county=there, channel="import")
        matter = receive_call(SYSTEM, new).matter
    page = desk.get("/replay/?county=elsewhere&day=2026-11-02").content.decode()
    assert "America/New_York" in page
    assert "from=2026-11-02T16%3A00%3A00-05%3A00" in page
    asked = {"from": "2026-11-02T16:00", "to": "2026-11-03T00:00", "county": "elsewhere"}
    [one] = told(desk, "piece/3", **asked)["incidents"]
    assert (one["id"], one["spans"][0]) == (matter.pk, [3 * 3600, "untold"])
    assert told(desk, "piece/0")["incidents"] == []


def test_the_pages_say_what_they_are_for(desk: Client) -> None:
    worked(BEGIN + 10 * MINUTE)
    for path in ("?day=2026-11-03", f"shift/?{window()}", f"report/?{window()}"):
        assert "不用来考核任何人" in desk.get(f"/replay/{path}").content.decode()
    report = desk.get(f"/replay/report/?{window()}").content.decode()
    assert "5:00" in report
    assert "10:00" in report


@pytest.mark.both_databases
def test_a_lesson_is_noted_at_its_moment_and_can_be_erased(desk: Client, who: Account) -> None:
    matter = worked(BEGIN)
    form = {"at": "2026-11-03T08:05:00+08:00", "matter": str(matter.pk), "words": "先派近的船",
            "from": "2026-11-03T08:00:00+08:00", "to": "2026-11-03T16:00:00+08:00"}  # fmt: skip
    answer = desk.post("/replay/lessons/", form)
    assert answer.status_code == 302
    assert "at=2026-11-03T08%3A05%3A00" in answer["Location"]
    lesson = Lesson.objects.get()
    assert (lesson.at, lesson.matter_id) == (BEGIN + 5 * MINUTE, matter.pk)
    assert "先派近的船" in desk.get(answer["Location"]).content.decode()
    entry = Entry.objects.get(kind="replay.lesson_noted")
    assert "先派" not in entry.text

    other = account("supervisor", body("s"), "other")
    with pytest.raises(Refused, match="只有写的人"):
        erase_lesson(Actor.account(other), lesson)
    erase_lesson(Actor.account(who), lesson)
    lesson.refresh_from_db()
    assert lesson.words == ""
    assert "先派近的船" not in desk.get(answer["Location"]).content.decode()


@pytest.mark.both_databases
def test_a_lesson_without_words_or_of_the_future_leaves_nothing(who: Account) -> None:
    by = Actor.account(who)
    for at, words in ((BEGIN, "  "), (BEGIN, "长" * 1001), (BEGIN + timedelta(days=9999), "好")):
        with pytest.raises(Refused):
            note_lesson(by, at, words)
    assert not Lesson.objects.exists()
    assert not Entry.objects.filter(kind="replay.lesson_noted").exists()


def test_with_an_incident_s_words_its_lessons_are_erased(who: Account) -> None:
    matter = worked(BEGIN)
    about = note_lesson(Actor.account(who), BEGIN, "楼下吵架那起应先劝开", matter=matter)
    other = note_lesson(Actor.account(who), BEGIN, "早些叫第二组")
    erase_incident(SYSTEM, Matter.objects.get(pk=matter.pk), reason="expired")
    forget(Entry.objects.get(kind="calls.words_erased"))
    assert [Lesson.objects.get(pk=one.pk).words for one in (about, other)] == ["", "早些叫第二组"]
