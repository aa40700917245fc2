"""What a phone tells late, twice, in the wrong order, by a wrong clock."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.catalogue.kinds.procedure import Element
from gongzhi.base.catalogue.words import Words
from gongzhi.base.files.actions import erase_file
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Attachment, Matter, Message
from gongzhi.base.matters.timeline import timeline
from gongzhi.work.crews.models import Receipt, ScenePhoto
from gongzhi.work.dispatch.actions import (
    assign_unit,
    clear_unit,
    go_off_duty,
    recall_unit,
    report_on_scene,
)
from gongzhi.work.dispatch.models import ResponseUnit
from tests.work.crews.county import Crew, minutes_between, photo
from tests.work.dispatch.county import SYSTEM, account, body, car, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HOUR_AGO = timedelta(hours=1, minutes=5)


def crew_sent_an_hour_ago(**more: object) -> tuple[Crew, object, object]:
    with moment(now() - HOUR_AGO):
        crew = Crew(**more)  # type: ignore[arg-type]
        matter, on = crew.sent_to()
    return crew, matter, on


def test_a_deed_of_an_hour_ago_stands_with_both_its_times() -> None:
    crew, _matter, on = crew_sent_an_hour_ago()
    assert crew.tell("set_off", on, ago=60)["state"] == "applied"
    assert crew.tell("arrive", on, ago=50)["state"] == "applied"
    on.refresh_from_db()
    assert minutes_between(on.en_route_at, now()) == pytest.approx(60, abs=0.5)
    assert minutes_between(on.on_scene_at, now()) == pytest.approx(50, abs=0.5)
    crew.unit.refresh_from_db()
    assert crew.unit.status == "on_scene"
    receipt = Receipt.objects.get(what="arrive")
    assert minutes_between(receipt.happened_at, receipt.told_at) == pytest.approx(50, abs=0.5)
    assert not receipt.uncertain
    arrived = Entry.objects.get(kind="dispatch.unit_arrived")
    assert minutes_between(arrived.at, now()) == pytest.approx(50, abs=0.5)


def test_the_same_report_twice_counts_once_and_is_answered_alike() -> None:
    crew, matter, on = crew_sent_an_hour_ago()
    note = crew.write("note", on, words="门锁被撬", ago=30)
    picture = crew.write("photo", on, photos=photo(), ago=29)
    assert [crew.send(note)["state"] for _ in range(3)] == ["applied", "already", "already"]
    assert [crew.send(picture)["state"] for _ in range(2)] == ["applied", "already"]
    assert Message.objects.filter(matter=matter, words="门锁被撬").count() == 1
    assert Attachment.objects.filter(matter=matter).count() == 1
    wrong = crew.write("clear", on, disposition="nonsense")
    answers = [crew.send(wrong) for _ in range(2)]
    assert [one["state"] for one in answers] == ["refused", "refused"]
    assert answers[0]["words"] == answers[1]["words"]


@pytest.mark.parametrize("days", [1, -1])
def test_a_clock_that_is_wrong_by_a_day_is_set_right(days: int) -> None:
    crew, _, on = crew_sent_an_hour_ago(wrong=timedelta(days=days))
    crew.tell("arrive", on, ago=20)
    on.refresh_from_db()
    assert minutes_between(on.on_scene_at, now()) == pytest.approx(20, abs=0.5)
    assert not Receipt.objects.get().uncertain


def test_a_phone_that_never_met_us_is_measured_when_it_sends() -> None:
    crew, _, on = crew_sent_an_hour_ago(wrong=timedelta(days=1), measured=False)
    crew.tell("arrive", on, ago=20)
    on.refresh_from_db()
    assert minutes_between(on.on_scene_at, now()) == pytest.approx(20, abs=0.5)


def test_a_clock_that_was_set_in_between_makes_the_time_uncertain() -> None:
    crew, _matter, on = crew_sent_an_hour_ago(wrong=timedelta(hours=3))
    told = crew.write("arrive", on, ago=20)
    crew.wrong = timedelta()
    crew.send(told)
    on.refresh_from_db()
    assert minutes_between(on.on_scene_at, now()) == pytest.approx(20, abs=0.5)
    assert Receipt.objects.get().uncertain


@pytest.mark.parametrize(("ago", "expected"), [(-600, 0), (6000, 65)])
def test_what_can_not_have_been_then_is_moved_to_what_can_and_said_to_be_uncertain(
    ago: float, expected: float
) -> None:
    crew, _, on = crew_sent_an_hour_ago()
    assert crew.tell("arrive", on, ago=ago)["state"] == "applied"
    on.refresh_from_db()
    assert minutes_between(on.on_scene_at, now()) == pytest.approx(expected, abs=0.5)
    assert Receipt.objects.get().uncertain
    desk = Client()
    desk.force_login(account("dispatcher", body("command_centre", "department")))
    shown = desk.get(f"/console/incidents/{on.matter_id}/", headers={"HX-Request": "true"})
    assert "时间存疑" in shown.content.decode()


def test_an_arrival_implies_setting_off_and_the_late_one_fills_in_its_time() -> None:
    crew, matter, on = crew_sent_an_hour_ago()
    assert crew.tell("arrive", on, ago=40)["state"] == "applied"
    assert crew.tell("set_off", on, ago=55)["state"] == "applied"
    on.refresh_from_db()
    crew.unit.refresh_from_db()
    matter.refresh_from_db()
    assert minutes_between(on.en_route_at, now()) == pytest.approx(55, abs=0.5)
    assert (crew.unit.status, matter.step) == ("on_scene", "on_scene")


def test_setting_off_that_is_told_after_the_outcome_moves_nothing_back() -> None:
    crew, matter, on = crew_sent_an_hour_ago()
    assert crew.tell("clear", on, disposition="helped", ago=10)["state"] == "applied"
    on.refresh_from_db()
    assert on.on_scene_at == on.cleared_at  # taken for granted
    assert crew.tell("set_off", on, ago=55)["state"] == "applied"
    assert crew.tell("arrive", on, ago=45)["state"] == "applied"
    assert crew.tell("arrive", on, ago=44)["state"] == "already"
    on.refresh_from_db()
    matter.refresh_from_db()
    crew.unit.refresh_from_db()
    assert minutes_between(on.en_route_at, now()) == pytest.approx(55, abs=0.5)
    assert minutes_between(on.on_scene_at, now()) == pytest.approx(45, abs=0.5)
    assert (crew.unit.status, matter.step) == ("free", "cleared")


def test_what_happened_before_a_recall_is_kept_and_changes_no_status() -> None:
    crew, matter, on = crew_sent_an_hour_ago()
    with moment(now() - timedelta(minutes=10)):
        recall_unit(SYSTEM, matter, crew.unit)
    assert crew.tell("arrive", on, ago=30)["state"] == "applied"
    assert crew.tell("photo", on, ago=29, photos=photo())["state"] == "applied"
    done = crew.tell("clear", on, ago=20, disposition="helped", words="已劝离")
    assert done["state"] == "applied"
    assert "撤回" in done["words"]
    after = crew.tell("arrive", on)
    assert after["state"] == "already"
    on.refresh_from_db()
    matter.refresh_from_db()
    assert (on.cleared_at, matter.step) == (None, "unassigned")
    assert Message.objects.filter(matter=matter, words="已劝离").exists()


def test_a_refused_one_stops_none_that_comes_after_it() -> None:
    crew, _matter, on = crew_sent_an_hour_ago()
    answers = [
        crew.tell("arrive", on, ago=30),
        crew.tell("clear", on, ago=20, disposition="nonsense"),
        crew.tell("note", on, ago=15, words="  "),
        crew.tell("note", on, ago=10, words="仍在现场"),
    ]
    assert [one["state"] for one in answers] == ["applied", "refused", "refused", "applied"]
    assert "处置结果" in answers[1]["words"]


def test_what_one_account_wrote_no_other_can_send() -> None:
    crew, _, on = crew_sent_an_hour_ago()
    told = crew.write("arrive", on)
    other = Crew("02")
    assert other.send(told)["code"] == "another_account"
    assert Receipt.objects.count() == 0
    assert crew.send(told)["state"] == "applied"


def test_what_was_told_of_a_duty_that_is_over_still_counts() -> None:
    """The last note waits on the phone while a mate ends the unit's duty."""
    crew, matter, on = crew_sent_an_hour_ago()
    note = crew.write("note", on, ago=5, words="交给急救人员")
    crew.tell("arrive", on, ago=20)
    crew.tell("clear", on, ago=2, disposition="helped")
    go_off_duty(SYSTEM, ResponseUnit.objects.get(pk=crew.unit.pk))
    assert crew.send(note)["state"] == "applied"
    assert Message.objects.filter(matter=matter, words="交给急救人员").exists()


def test_two_phones_of_one_crew_tell_the_same() -> None:
    crew, _, on = crew_sent_an_hour_ago()
    mate = Crew("09")
    mate.account.duties.update(unit=crew.unit)
    mate.unit = crew.unit
    assert crew.tell("arrive", on, ago=30)["state"] == "applied"
    assert mate.tell("arrive", on, ago=29)["state"] == "already"
    assert Entry.objects.filter(kind="dispatch.unit_arrived").count() == 1


def test_a_photo_keeps_when_it_was_taken_and_where_if_the_crew_says() -> None:
    crew, _matter, on = crew_sent_an_hour_ago()
    crew.tell("photo", on, ago=40, photos=photo())
    crew.tell("photo", on, ago=39, photos=photo("red"), lat="30.01", lon="122.1", accuracy="12")
    crew.tell("photo", on, ago=38, photos=photo("blue"), lat="0", lon="0")
    kept = list(ScenePhoto.objects.order_by("taken_at"))
    assert [one.point for one in kept] == [None, (30.01, 122.1), None]
    assert minutes_between(kept[0].taken_at, now()) == pytest.approx(40, abs=0.5)
    assert kept[1].accuracy == 12


def test_where_a_photo_was_taken_stands_on_the_timeline_and_goes_with_the_photo() -> None:
    crew, matter, on = crew_sent_an_hour_ago()
    crew.tell("photo", on, photos=photo(), lat="30.01", lon="122.1", accuracy="12")
    lines = [one.words for one in timeline(matter)]
    assert "30.01000, 122.10000 · 误差约 12 米" in lines
    file = ScenePhoto.objects.get().file
    Attachment.objects.filter(file=file).delete()
    erase_file(SYSTEM, file, reason="erased")
    assert not ScenePhoto.objects.exists()


def test_the_phone_lists_what_a_county_asks_for_at_this_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crew, matter, on = crew_sent_an_hour_ago()
    version = matter.version_item
    more = Element(code="warned", name=Words(zh="告诫书编号", en="Warning no."))
    steps = tuple(
        one.model_copy(update={"elements": (*one.elements, more)}) if one.code == "cleared" else one
        for one in version.steps
    )
    asked = version.model_copy(update={"steps": steps})
    monkeypatch.setattr(Matter, "version_item", property(lambda _matter: asked))
    assert crew.tell("arrive", on, ago=30)["state"] == "applied"
    assert "告诫书编号" in crew.client.get("/crew/").content.decode()
    missing = crew.tell("clear", on, ago=20, disposition="helped")
    assert missing["state"] == "refused"
    assert "告诫书编号" in missing["words"]
    crew.tell("element", on, ago=15, element="warned", words="2026-7")
    assert "2026-7" in crew.client.get("/crew/").content.decode()
    assert crew.tell("clear", on, ago=10, disposition="helped")["state"] == "applied"


def test_elements_are_filled_in_ahead_of_the_step() -> None:
    crew, matter, on = crew_sent_an_hour_ago()
    crew.tell("arrive", on, ago=30)
    answer = crew.tell("element", on, element="disposition", words="helped", ago=20)
    assert answer["state"] == "applied"
    assert matter.elements.get(code="disposition").text == "helped"
    assert crew.tell("element", on, element="nonsense", words="x")["state"] == "refused"


@pytest.mark.parametrize(
    "wrong",
    [{"key": ""}, {"what": "dance"}, {"assignment": "999999"}, {"unit": "0x"}, {"at": "nan"},
     {"at": "1e400"}, {"ahead": "1e300"}, {"photos": "text"}],
    ids=str,
)  # fmt: skip
def test_whatever_a_phone_sends_is_answered_in_words(wrong: dict[str, str]) -> None:
    crew, _, on = crew_sent_an_hour_ago()
    answer = crew.send({**crew.write("note", on, words="看过了"), **wrong})
    assert answer["status"] in (200, 409, 422)
    assert answer.get("state") or answer["detail"]


def test_the_log_has_no_words_and_no_place_of_it() -> None:
    crew, _, on = crew_sent_an_hour_ago()
    crew.tell("photo", on, photos=photo(), lat="30.01", lon="122.1", words="红色外套")
    for entry in Entry.objects.filter(kind__startswith="crews."):
        assert "红色外套" not in entry.text
        assert not {"lat", "lon", "words"} & set(json.loads(entry.text))


def test_a_desk_that_was_quicker_is_right() -> None:
    """The dispatcher heard it by radio and pressed for the crew; the phone's own comes later."""
    crew, _matter, on = crew_sent_an_hour_ago()
    with moment(now() - timedelta(minutes=30)):
        report_on_scene(SYSTEM, crew.unit)
    with moment(now() - timedelta(minutes=10)):
        clear_unit(SYSTEM, crew.unit, disposition="mediated")
    other = assign_unit(SYSTEM, incident(), ResponseUnit.objects.get(pk=crew.unit.pk))
    assert crew.tell("arrive", on, ago=31)["state"] == "already"
    assert crew.tell("clear", on, ago=11, disposition="helped")["state"] == "already"
    on.refresh_from_db()
    assert on.disposition == "mediated"
    other.refresh_from_db()
    assert other.active
    assert car("77").status == "free"


def test_whoever_was_signed_out_is_told_so_and_loses_nothing() -> None:
    crew, _, on = crew_sent_an_hour_ago()
    told = crew.write("arrive", on, ago=5)
    crew.client.logout()
    assert crew.send(told)["status"] == 401
    crew.client.force_login(crew.account)
    assert crew.send(told)["state"] == "applied"


def test_a_finer_status_from_an_hour_ago_counts_once_and_not_after_the_end() -> None:
    crew = Crew()
    _matter, on = crew.sent_to()
    assert crew.tell("state", on, status="hospital")["state"] == "already"  # not there yet
    report_on_scene(SYSTEM, crew.unit)
    told = crew.write("state", on, status="hospital")
    assert crew.send(told)["state"] == "applied"
    assert crew.send(told)["state"] == "already"
    assert crew.tell("state", on, status="meal")["state"] == "refused"
    crew.unit.refresh_from_db()
    assert crew.unit.sub_status == "hospital"
    assert Entry.objects.filter(kind="dispatch.unit_stated").count() == 1
    clear_unit(SYSTEM, crew.unit, disposition="helped")
    assert crew.tell("state", on, status="escort")["state"] == "already"
    crew.unit.refresh_from_db()
    assert (crew.unit.status, crew.unit.sub_status) == ("free", "")
