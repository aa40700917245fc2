"""Places, parties, words and merging: what belongs to a matter stays with it, and off the log."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import (
    NewMatter,
    NewParty,
    add_words,
    change_priority,
    correct_place,
    hand_over,
    merge_into,
    open_matter,
    take_step,
)
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.actions import open_unit
from gongzhi.base.people.models import Unit
from gongzhi.base.people.sealing import BrokenSeal, seal, unseal
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
PIER = Point(29.9, 122.3)


@pytest.fixture
def desk() -> Unit:
    return open_unit(SYSTEM, code="desk", kind="station", name_zh="指挥中心", name_en="Desk")


def incident(desk: Unit, **more: object) -> Matter:
    told = {"words": "两车相撞", "category": "traffic_damage", **more}
    return open_matter(SYSTEM, NewMatter(procedure="incident", owner=desk, **told))  # type: ignore[arg-type]


def test_a_party_is_sealed_and_the_log_only_counts_it(desk: Unit) -> None:
    caller = NewParty("caller", {"name": "王小明", "phone": "13800138000", "note": " "})
    matter = incident(desk, parties=[caller])
    person = Party.objects.get(matter=matter).person
    assert unseal(bytes(person.sealed)) == {"name": "王小明", "phone": "13800138000"}
    assert "王小明".encode() not in bytes(person.sealed)
    opened = Entry.objects.get(kind="matters.matter_opened")
    assert '"parties":1' in opened.text
    assert "138" not in opened.text


def test_a_changed_seal_is_noticed() -> None:
    sealed = bytearray(seal({"name": "王小明"}))
    sealed[-1] ^= 1
    with pytest.raises(BrokenSeal):
        unseal(bytes(sealed))


def test_a_place_fills_every_column_and_can_be_corrected(desk: Unit) -> None:
    matter = incident(desk, point=PIER, accuracy=30)
    assert (matter.point, matter.accuracy) == (PIER, 30)
    assert matter.h7
    assert matter.h9
    moved = correct_place(SYSTEM, matter, Point(29.95, 122.35), place="码头东侧")
    assert moved.h9 != matter.h9
    assert moved.accuracy is None
    moved.narrative.refresh_from_db()
    assert moved.narrative.place == "码头东侧"


@pytest.mark.parametrize(
    "answers", [{"nonsense": "yes"}, {"injured": "perhaps"}], ids=["question", "answer"]
)
def test_answers_must_be_the_category_s(desk: Unit, answers: dict[str, str]) -> None:
    with pytest.raises(Refused):
        incident(desk, answers=answers)
    assert not Matter.objects.exists()


def test_answers_raise_the_priority(desk: Unit) -> None:
    quiet = incident(desk, category="theft_scooter")
    seen = incident(desk, category="theft_scooter", answers={"saw": "yes", "taken": ""})
    assert (quiet.priority, seen.priority) == (3, 2)
    assert seen.answers == {"saw": "yes"}


def test_priority_changes_are_on_the_timeline(desk: Unit) -> None:
    matter = change_priority(SYSTEM, incident(desk), 1)
    assert timeline(matter)[0].title == "升级为 P1"
    with pytest.raises(Refused, match="已经是 P1"):
        change_priority(SYSTEM, matter, 1)


def test_a_merged_incident_is_closed_and_points_to_the_other(desk: Unit) -> None:
    first, second = incident(desk), incident(desk)
    merge_into(SYSTEM, second, first)
    second.refresh_from_db()
    assert (second.step, second.merged_into) == ("merged", first)
    assert second.closed_at
    with pytest.raises(Refused, match="还没办结"):
        merge_into(SYSTEM, first, second)
    with pytest.raises(Refused, match="还没办结"):
        merge_into(SYSTEM, first, first)


def test_a_choice_is_on_the_log_and_a_wrong_one_refused(desk: Unit) -> None:
    matter = incident(desk)
    for step in ("dispatched", "on_scene"):
        take_step(SYSTEM, matter, step)
    with pytest.raises(Refused, match="选一个"):
        take_step(SYSTEM, matter, "cleared", elements={"disposition": "whatever"})
    take_step(SYSTEM, matter, "cleared", elements={"disposition": "mediated"})
    assert "disposition:mediated" in Entry.objects.filter(kind="matters.step_taken").last().text  # type: ignore[union-attr]
    assert timeline(matter)[0].words == "调解达成一致"


def test_residents_read_what_is_meant_for_them(desk: Unit) -> None:
    matter = incident(desk)
    add_words(SYSTEM, matter, "note", "内部记录")
    add_words(SYSTEM, matter, "update", "正在安排", public=True)
    take_step(SYSTEM, matter, "dispatched")
    told = [happening.words or happening.title for happening in timeline(matter, public=True)]
    assert told == ["已派警", "正在安排", "已接警"]
    assert "内部记录" in {happening.words for happening in timeline(matter)}
    assert not Entry.objects.filter(text__contains="内部").exists()


@pytest.mark.parametrize("many", [1, 30])
def test_a_long_timeline_takes_no_more_queries(
    desk: Unit, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    other = open_unit(SYSTEM, code="other", kind="station", name_zh="别处", name_en="Other")
    matter = incident(desk)
    for _ in range(many):
        add_words(SYSTEM, matter, "note", "记一笔")
        matter = hand_over(SYSTEM, matter, other, reason="near")
        matter = hand_over(SYSTEM, matter, desk, reason="near")
    with django_assert_num_queries(6):
        assert len(timeline(Matter.objects.get(pk=matter.pk))) == 1 + 3 * many
