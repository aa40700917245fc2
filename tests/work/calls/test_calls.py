"""Every call ends up with exactly one incident, and what the caller said stays out of the log."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.actions import change_priority, take_step
from gongzhi.base.matters.models import Matter, Narrative, Party
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Person, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions import (
    NewCall,
    merge_incidents,
    move_call,
    receive_call,
    split_call,
)
from gongzhi.work.calls.models import Call
from gongzhi.work.calls.selectors import call_of_key, duty_desk

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
HERE = Point(29.95, 122.25)
WORDS = "两辆轿车相撞"


@pytest.fixture(autouse=True)
def _desk() -> None:
    bureau = open_unit(SYSTEM, code="bureau", kind="bureau", name_zh="县公安局", name_en="Bureau")
    open_unit(
        SYSTEM, code="command_centre", kind="department", name_zh="指挥中心",
        name_en="Command Centre", parent=bureau,
    )  # fmt: skip


def taker() -> Actor:
    unit = Unit.objects.get(code="command_centre")
    return Actor.account(
        open_account(
            SYSTEM, username="taker", display_name="海小接", unit=unit, roles=["call_taker"]
        )
    )


def receive(by: Actor = SYSTEM, **told: Any) -> Call:
    return receive_call(by, NewCall(**{"category": "traffic_damage", "words": WORDS, **told}))


def kinds(matter: Matter) -> list[str]:
    entries = Entry.objects.filter(subject=f"matters.matter:{matter.pk}").order_by("seq")
    return list(entries.values_list("kind", flat=True))


def test_a_call_opens_an_incident_at_the_duty_desk() -> None:
    by = taker()
    call = receive(by, point=HERE, place="海平路 12 号", caller={"name": "海先生", "phone": "123"})
    matter = call.matter
    assert (matter.procedure, matter.owner_unit, matter.channel) == (
        "incident", duty_desk(), "phone",
    )  # fmt: skip
    assert matter.owner_unit.code == "command_centre"
    assert matter.number.startswith("JQ")
    assert (call.taken_by, call.joined, call.words) == (by.source, False, WORDS)
    assert kinds(matter) == ["matters.matter_opened", "calls.call_received"]
    assert verify().holds


def test_without_a_command_centre_the_bureau_is_the_desk_and_without_either_nobody() -> None:
    Unit.objects.filter(code="command_centre").delete()
    assert duty_desk().code == "bureau"
    Unit.objects.all().delete()
    with pytest.raises(Refused, match="没有单位可以接"):
        duty_desk()


def test_who_calls_and_what_they_say_is_not_on_the_log() -> None:
    call = receive(caller={"name": "海先生", "phone": "13900000000"}, place="海平路")
    assert call.party is not None
    assert call.party.role == "caller"
    assert "海先生".encode() not in bytes(Person.objects.get().sealed)
    for secret in ("海", "139", "轿车"):
        assert not Entry.objects.filter(text__contains=secret).exists()


def test_a_caller_may_stay_unnamed() -> None:
    assert receive(caller={"name": "  ", "phone": ""}).party is None
    assert not Party.objects.exists()


def test_a_second_call_joins_and_the_timeline_counts_it() -> None:
    first = receive()
    second = receive(joins=first.matter, words="我也看到了", caller={"phone": "456"})
    assert second.matter == first.matter
    assert second.joined
    assert second.party is not None
    assert second.party.matter == first.matter
    assert Matter.objects.count() == 1
    newest = timeline(first.matter)[0]
    assert (newest.title, newest.words) == ("第 2 通来电", "我也看到了")
    assert Narrative.objects.get().words == WORDS


def test_a_call_that_joins_may_say_nothing_new_but_one_that_opens_must_say_something() -> None:
    first = receive()
    assert receive(joins=first.matter, words=" ").words == ""
    with pytest.raises(Refused) as refused:
        receive(words=" ")
    assert "words" in refused.value.fields


def test_a_call_that_joins_makes_it_more_urgent_never_less() -> None:
    matter = receive(category="fight").matter
    assert matter.priority == 2
    answers = {"injured": "yes"}
    assert receive(category="fight", joins=matter, answers=answers).matter.priority == 1
    assert receive(category="noise", joins=matter).matter.priority == 1
    matter.refresh_from_db()
    assert matter.answers == answers


def test_a_further_call_does_not_undo_what_the_desk_decided() -> None:
    matter = receive(category="fight").matter
    change_priority(SYSTEM, matter, 4)
    assert receive(category="fight", joins=matter).matter.priority == 4


def test_a_call_that_joins_gives_a_place_where_there_was_none_and_moves_none() -> None:
    matter = receive().matter
    assert receive(joins=matter, point=HERE, place="海平路").matter.point == HERE
    assert receive(joins=matter, point=Point(29.96, 122.26)).matter.point == HERE
    assert Narrative.objects.get().place == "海平路"


def test_nothing_joins_a_closed_incident_or_a_request() -> None:
    matter = receive().matter
    take_step(SYSTEM, matter, "settled", elements={"settled_how": "已和解"})
    take_step(SYSTEM, matter, "closed")
    with pytest.raises(Refused, match="已经办结"):
        receive(joins=matter)
    Matter.objects.update(procedure="resident_request", closed_at=None)
    with pytest.raises(Refused, match="只能并入"):
        receive(joins=matter)
    assert Call.objects.count() == 1


def test_the_same_key_makes_one_call() -> None:
    call = receive(idempotency_key="k" * 24)
    with pytest.raises(IntegrityError), transaction.atomic():
        receive(idempotency_key="k" * 24)
    assert Matter.objects.count() == 1
    assert call_of_key("k" * 24) == call


def test_a_call_moves_with_its_caller_and_both_incidents_tell_it() -> None:
    wrong, right = receive().matter, receive().matter
    stray = receive(joins=wrong, caller={"phone": "456"}, words="另一处")
    move_call(SYSTEM, stray, right)
    stray.refresh_from_db()
    assert stray.matter == right
    assert Party.objects.get().matter == right
    assert kinds(wrong)[-1] == "calls.call_moved_away"
    assert kinds(right)[-1] == "calls.call_moved_here"
    assert timeline(right)[0].words == "另一处"


def test_an_incident_is_never_left_without_a_call() -> None:
    one, other = receive(), receive()
    with pytest.raises(Refused, match="请合并警情"):
        move_call(SYSTEM, one, other.matter)
    receive(joins=one.matter)
    with pytest.raises(Refused, match="本来就在"):
        move_call(SYSTEM, one, one.matter)


def test_merging_takes_all_calls_along() -> None:
    one, other = receive(caller={"phone": "1"}), receive()
    receive(joins=one.matter)
    target = merge_incidents(SYSTEM, one.matter, other.matter)
    assert target.calls.count() == 3
    one.matter.refresh_from_db()
    assert (one.matter.step, one.matter.merged_into) == ("merged", target)
    assert one.matter.calls.count() == 0
    assert Party.objects.get().matter == target


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": "撞\x00"},
        {"words": "撞" * 4001},
        {"category": "nonsense"},
        {"channel": "pigeon"},
        {"caller": {"phone": "1" * 41}},
        {"caller": {"name": "海\x00"}},
        {"answers": {"colour": "red"}},
    ],
)
def test_what_can_not_be_leaves_nothing(wrong: dict[str, Any]) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused):
        receive(**wrong)
    assert (Matter.objects.count(), Call.objects.count(), Entry.objects.count()) == (0, 0, before)


@pytest.mark.parametrize("words", ["😀", "𠮷𡈁村", "<script>alert(1)</script>"])
def test_rare_characters_and_markup_are_kept_as_they_are(words: str) -> None:
    assert receive(words=words).words == words


def test_a_timeline_reads_its_calls_once_however_many_there_are(
    django_assert_num_queries: Any,
) -> None:
    few, many = receive().matter, receive().matter
    receive(joins=few)
    for _ in range(29):
        receive(joins=many)
    few, many = (Matter.objects.get(pk=one.pk) for one in (few, many))
    with django_assert_num_queries(4):
        timeline(few)
    with django_assert_num_queries(4):
        timeline(many)


def test_a_call_joined_wrongly_becomes_its_own_incident_with_who_called() -> None:
    wrong = receive(point=HERE, place="海平路").matter
    stray = receive(joins=wrong, caller={"phone": "456"}, words="码头那边着火了")
    own = split_call(SYSTEM, stray, category="fire", words="码头着火", place="老渔港码头").matter
    assert own != wrong
    assert (own.category, own.point, own.narrative.words) == ("fire", None, "码头着火")
    assert Party.objects.get().matter == own
    assert kinds(wrong)[-1] == "calls.call_moved_away"
    assert kinds(own)[-1] == "calls.call_moved_here"
    assert [one.joined for one in own.calls.all()] == [False]
    assert wrong.calls.count() == 1


def test_an_own_incident_without_another_place_lies_where_the_other_does() -> None:
    wrong = receive(point=HERE, place="海平路").matter
    own = split_call(SYSTEM, receive(joins=wrong), category="fire", words="着火").matter
    assert (own.point, own.narrative.place) == (HERE, "海平路")


def test_the_only_call_opens_no_incident_of_its_own() -> None:
    with pytest.raises(Refused, match="请合并警情"):
        split_call(SYSTEM, receive(), category="fire", words="着火")
    assert Matter.objects.count() == 1


def test_no_call_is_put_to_an_imported_incident() -> None:
    far, here = receive().matter, receive().matter
    stray = receive(joins=here)
    county = County.objects.create(
        code="far", name_zh="远处", name_en="Far", south=0, west=0, north=1, east=1
    )
    Matter.objects.filter(pk=far.pk).update(county=county)
    with pytest.raises(Refused):
        move_call(SYSTEM, stray, far)
    with pytest.raises(Refused):
        receive(joins=far)
