"""What the run card wants is sent: role by role, all at once or nobody."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County, GazetteerEntry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions import (
    assign_unit,
    lower_alarm,
    merge_incident,
    move_incident,
    raise_alarm,
    recall_unit,
    report_en_route,
    send_card,
)
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.selectors import card as card_room
from gongzhi.work.dispatch.selectors import landing
from gongzhi.work.dispatch.selectors import units as units_room
from gongzhi.work.dispatch.selectors.card import level_of, standing_of
from gongzhi.work.dispatch.selectors.card_shown import card_shown
from gongzhi.work.dispatch.selectors.units import units_with_tasks
from gongzhi.work.linked.models import LinkedRequest
from tests.markup import tight
from tests.work.dispatch.county import (
    HERE,
    SYSTEM,
    account,
    body,
    car,
    dispatcher,
    incident,
    stands_at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def fight(**answers: str) -> Matter:
    return incident("fight", answers=answers)


def proposed(matter: Matter) -> list[tuple[str, ResponseUnit]]:
    """What the console would hand over when the key is pressed now."""
    card, _ = card_shown(matter, units_with_tasks(), True)
    assert card is not None
    units = {unit.pk: unit for unit in ResponseUnit.objects.all()}
    pairs = [one.partition(":") for one in card.sends]
    return [(role, units[int(unit)]) for role, _colon, unit in pairs]


def test_the_card_says_what_is_wanted_what_is_there_and_what_is_missing() -> None:
    car("01", skills=["armed"])
    car("02", skills=["first_aid"])
    matter = fight(weapon="yes", injured="yes")
    card, _ = card_shown(matter, units_with_tasks(), True)
    assert card is not None
    wants = {want.role: want for want in card.wants}
    assert list(wants) == ["武装处置组", "先到组", "急救组"]
    assert [one.name for one in wants["武装处置组"].proposed] == ["a 01"]
    assert (wants["急救组"].missing, wants["急救组"].nobody) == (1, 1)
    assert (card.missing, len(card.sends)) == (3, 2)
    send_card(SYSTEM, matter, proposed(matter))
    card, _ = card_shown(matter, units_with_tasks(), True)
    assert card is not None
    assert [(want.role, list(want.sent)) for want in card.wants] == [
        ("武装处置组", ["a 01"]), ("先到组", ["a 02"]), ("急救组", []),
    ]  # fmt: skip
    assert (card.missing, card.sends) == (1, [])


def test_one_press_sends_everybody_each_with_a_role_and_each_on_the_log() -> None:
    for number in ("01", "02", "03"):
        car(number, skills=["armed", "first_aid"])
    matter = fight(weapon="yes", injured="yes")
    send_card(dispatcher(), matter, proposed(matter))
    active = Assignment.objects.filter(ACTIVE, matter=matter)
    assert set(active.values_list("role", flat=True)) == {"armed", "first", "aid"}
    entries = Entry.objects.filter(subject=f"matters.matter:{matter.pk}")
    assert entries.filter(kind="dispatch.unit_assigned").count() == 3
    told = [(one.title, one.words) for one in timeline(matter)]
    assert ("按方案派出 3 组", "") in told
    assert {words for title, words in told if title.startswith("派出 a")} == {
        "武装处置组", "先到组", "急救组",
    }  # fmt: skip


def test_the_partners_of_the_card_are_asked_with_the_same_key_for_what_it_says() -> None:
    car("01", skills=["first_aid"])
    matter = incident("medical")
    send_card(dispatcher(), matter, proposed(matter), partners=["ambulance"])
    request = LinkedRequest.objects.get(matter=matter)
    assert (request.partner, request.offers) == ("ambulance", ["ambulance"])
    assert matter.assignments.count() == 1
    titles = [one.title for one in timeline(matter)]
    assert "请求120 急救联动：救护车" in titles


def test_a_partner_that_another_desk_has_asked_is_not_asked_twice() -> None:
    matter = incident("medical")
    send_card(dispatcher("quick"), matter, [], partners=["ambulance"])
    with pytest.raises(Refused, match="已经请求过"):
        send_card(dispatcher("slow"), matter, [], partners=["ambulance"])
    car("01", skills=["first_aid"])
    send_card(dispatcher("third"), matter, proposed(matter), partners=["ambulance"])
    assert LinkedRequest.objects.count() == 1


def test_a_partner_that_the_card_does_not_name_holds_up_everybody() -> None:
    car("01", skills=["first_aid"])
    matter = incident("medical")
    with pytest.raises(Refused, match="方案也变了"):
        send_card(dispatcher(), matter, proposed(matter), partners=["ambulance", "water"])
    assert not LinkedRequest.objects.exists()
    assert not matter.assignments.exists()


def test_the_desk_sees_whom_the_key_asks_and_may_leave_somebody_out(client: Client) -> None:
    client.force_login(account("dispatcher", body("command_centre", "department")))
    car("01", skills=["first_aid"])
    matter = incident("traffic_injury", answers={"trapped": "yes"})
    said = client.get(f"/console/incidents/{matter.pk}/", headers={"HX-Request": "true"})
    asks = re.findall(r'name="asks" value="(\w+)" checked', tight(said.content.decode()))
    assert asks[:2] == ["ambulance", "fire_rescue"]
    sends = [f"{role}:{unit.pk}" for role, unit in proposed(matter)]
    told = {"sends": sends, "asks": ["fire_rescue"]}
    client.post(f"/console/incidents/{matter.pk}/send-card/", told, headers={"HX-Request": "true"})
    assert [one.partner for one in LinkedRequest.objects.all()] == ["fire_rescue"]


def test_all_or_nobody_and_who_was_quicker_is_named() -> None:
    near, other = car("01", skills=["armed"]), car("02")
    matter = fight(weapon="yes")
    seen = proposed(matter)
    assert {unit for _, unit in seen} == {near, other}
    assign_unit(dispatcher("quick"), incident(), other)
    with pytest.raises(Refused, match="a 02刚被海小某派往"):
        send_card(dispatcher("slow"), matter, seen)
    assert not matter.assignments.exists()
    assert not Entry.objects.filter(kind="dispatch.card_sent").exists()


def test_two_desks_on_one_incident_do_not_fill_its_card_twice() -> None:
    for number in ("01", "02", "03", "04"):
        car(number, skills=["armed"])
    matter = fight(weapon="yes")
    seen = proposed(matter)
    taken = {unit.pk for _, unit in seen}
    others = list(ResponseUnit.objects.exclude(pk__in=taken))
    send_card(dispatcher("quick"), matter, seen)
    with pytest.raises(Refused, match="海小某刚派出了a 0"):
        send_card(dispatcher("slow"), matter, [("armed", others[0]), ("first", others[1])])
    assert matter.assignments.count() == 2


def test_a_card_can_not_send_a_unit_twice_or_nobody() -> None:
    unit, matter = car("01"), fight()
    for sends in ([], [("first", unit), ("second", unit)]):
        with pytest.raises(Refused, match="没有可以派的单位"):
            send_card(SYSTEM, matter, sends)


def test_a_unit_sent_alone_takes_the_first_role_that_it_fits() -> None:
    matter = fight(weapon="yes")
    plain, armed, third = car("01", skills=[]), car("02", skills=["armed"]), car("03")
    assert assign_unit(SYSTEM, matter, plain).role == "first"
    assert assign_unit(SYSTEM, matter, armed).role == "armed"
    assert assign_unit(SYSTEM, matter, third).role == ""
    recall_unit(SYSTEM, matter, plain)
    assert [one.role.code for one in standing_of(matter).open] == []  # the third one counts as it


def test_a_higher_level_wants_more_and_is_told_with_its_reason_when_it_falls() -> None:
    desk, matter = dispatcher(), fight()
    raise_alarm(desk, matter, 2)
    assert [want.code for want in standing_of(matter).plan.wants] == ["first", "more"]
    with pytest.raises(Refused, match="已经是 2 级"):
        raise_alarm(desk, matter, 2)
    with pytest.raises(Refused, match="最高是 3 级"):
        raise_alarm(desk, matter, 4)
    with pytest.raises(Refused, match="请选为什么降级"):
        lower_alarm(desk, matter, 1, why="不想")
    lower_alarm(desk, matter, 1, why="under_control")
    assert level_of(matter) == 1
    told = [(one.title, one.words) for one in timeline(matter)]
    assert ("升为 2 级响应", "") in told
    assert ("降为 1 级响应", "现场控制住了") in told
    with pytest.raises(Refused, match="现在是 1 级"):
        lower_alarm(desk, matter, 0, why="under_control")


def test_only_the_desk_raises_it_and_only_while_somebody_can_be_sent() -> None:
    matter = fight()
    from gongzhi.base.log.actor import Actor

    officer = Actor.account(account("officer", body("a")))
    with pytest.raises(Refused, match="没有“派警"):
        raise_alarm(officer, matter, 2)
    move_incident(SYSTEM, matter, "cancelled", elements={"reason": "没事"})
    with pytest.raises(Refused, match="不能再派警"):
        raise_alarm(SYSTEM, matter, 2)


def test_what_is_merged_brings_its_level_along() -> None:
    one, into = fight(), fight()
    raise_alarm(SYSTEM, one, 3)
    merge_incident(SYSTEM, one, into)
    assert level_of(into) == 3


def test_at_sea_a_boat_is_wanted_and_a_car_is_no_boat() -> None:
    matter = incident("sea_rescue", answers={"what": "overboard"})
    car("01", skills=["water_rescue"], people=3)
    boat = car("02", "w", kind="boat", skills=["water_rescue"], people=3)
    filled = standing_of(matter, units_with_tasks(), {}).roles
    assert {one.unit for one in filled} == {None}
    assert assign_unit(SYSTEM, matter, boat).role == "boat"


def test_on_land_no_boat_is_proposed_unless_the_card_asks_for_one() -> None:
    car("01", "w", kind="boat", skills=["armed", "first_aid"], people=3)
    matter = fight()
    assert proposed(matter) == []
    near = car("02")
    assert proposed(matter) == [("first", near)]


def drawn_sea(monkeypatch: pytest.MonkeyPatch) -> None:
    """North of HERE is water, and the shore is at HERE; a pier stands a little to the south."""
    for room in (card_room, landing, units_room):
        monkeypatch.setattr(
            room, "lands_of", lambda points: [1 if p.lat <= HERE.lat else None for p in points]
        )
    monkeypatch.setattr(landing, "shores_near", lambda _point, _most: [HERE])
    County.objects.create(
        code="here", name_zh="此县", south=29, west=121, north=31, east=123, own=True
    )
    pier("西码头", Point(HERE.lat - 0.01, HERE.lon))


def pier(name: str, at: Point) -> None:
    GazetteerEntry.objects.create(
        county=County.objects.get(own=True), kind="pier", code=name, name_zh=name, name_en=name,
        lat=at.lat, lon=at.lon, h7=cell_of(at, 7), h9=cell_of(at), key=name,
    )  # fmt: skip


def at_sea(**more: object) -> Matter:
    return incident("sea_rescue", Point(HERE.lat + 0.1, HERE.lon), **more)  # type: ignore[arg-type]


def test_who_is_wanted_ashore_is_proposed_and_goes_to_the_pier(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn_sea(monkeypatch)
    boat = car("01", "w", kind="boat", skills=["water_rescue"], people=3)
    near, far = car("02"), car("03")
    stands_at(far, Point(HERE.lat - 0.2, HERE.lon))
    matter = at_sea(answers={"what": "adrift"})
    assert set(proposed(matter)) == {("boat", boat), ("shore", near)}
    card, _ = card_shown(matter, units_with_tasks(), True)
    assert card is not None
    assert {want.role: want.place for want in card.wants} == {
        "救援艇": "", "岸上接应急救组": "西码头",
    }  # fmt: skip
    send_card(SYSTEM, matter, proposed(matter))
    on = matter.assignments.get(unit=near)
    trip = landing.arrival_of(on)
    assert trip is not None
    assert trip.metres < 3000  # to the pier, and not out to sea
    report_en_route(SYSTEM, near)
    on.refresh_from_db()
    assert on.expected_at is not None


def test_without_a_pier_they_wait_at_the_nearest_shore(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_sea(monkeypatch)
    GazetteerEntry.objects.all().delete()
    found = landing.landing_of(at_sea(), "pier")
    assert found == landing.Landing(HERE)
    assert landing.landing_of(incident("shore_rescue"), "shore") == landing.Landing(HERE)


def test_a_pier_that_nobody_reaches_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_sea(monkeypatch)
    monkeypatch.setattr(
        units_room, "lands_of", lambda points: [None if p.lon > HERE.lon else 1 for p in points]
    )
    pier("东岛码头", Point(HERE.lat, HERE.lon + 0.01))
    matter = at_sea()
    first = landing.landing_of(matter, "pier")
    assert first is not None
    assert first.name == "东岛码头"  # nobody is on duty yet
    car("01")
    reached = landing.landing_of(matter, "pier")
    assert reached is not None
    assert reached.name == "西码头"
