"""A matter that was past when we heard of it is no other than one that we lived through."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import shapely
from django.db import IntegrityError
from django.db.models import Model
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import OutsideAction, moment, recalling
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.actions import (
    NewMatter,
    NewParty,
    add_words,
    change_priority,
    hand_over,
    open_matter,
    record_past,
    take_on,
    take_step,
)
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.past import (
    Happening,
    PastHandover,
    PastMatter,
    PastOwner,
    PastPriority,
    PastStep,
    PastWords,
)
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.sealing import unseal
from gongzhi.base.places.actions import describe_county, import_areas
from gongzhi.base.places.coordinates import Bounds, Point
from gongzhi.base.places.rows import AreaRow
from gongzhi.base.ui.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
RESIDENT = Actor.resident()
MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return MORNING + timedelta(minutes=minutes)


@pytest.fixture
def desk() -> Unit:
    return open_unit(SYSTEM, code="desk", kind="station", name_zh="指挥中心", name_en="Desk")


@pytest.fixture
def roads() -> Unit:
    return open_unit(SYSTEM, code="roads", kind="department", name_zh="交通局", name_en="Roads")


@pytest.fixture
def clerk(roads: Unit) -> Account:
    return open_account(
        SYSTEM, username="clerk", display_name="办事员", unit=roads, roles=["partner"]
    )


def photo(name: str) -> StoredFile:
    told: dict[str, Any] = {}
    for field in StoredFile._meta.concrete_fields:
        if field.primary_key or field.has_default() or field.null:
            continue
        kind = field.get_internal_type()
        told[field.name] = MORNING if "Date" in kind else 1 if "Integer" in kind else name
    return StoredFile.objects.create(**told)


def request(owner: Unit, **more: Any) -> NewMatter:
    told: dict[str, Any] = {
        "procedure": "resident_request", "category": "lamp_out", "owner": owner,
        "words": "巷口的灯不亮了", "place": "滨海路 42 号", "point": Point(29.5, 122.5),
        "accuracy": 20, "parties": [NewParty("reporter", {"name": "王小明"})],
    }  # fmt: skip
    return NewMatter(**told | more)


def a_long_way(desk: Unit, clerk: Account) -> list[Happening]:
    """There and back, with everything that can happen to a matter."""
    by = Actor.account(clerk)
    return [
        PastHandover(at(5), clerk.unit, "not_ours", SYSTEM),
        PastHandover(at(6), desk, "not_ours", by),
        PastHandover(at(7), clerk.unit, "agreed", SYSTEM),
        PastOwner(at(8), clerk, by),
        PastStep(at(9), "accepted", by),
        PastPriority(at(9), 2, SYSTEM),
        PastStep(at(10), "in_progress", by),
        PastWords(at(11), "note", "灯杆倒了", by),
        PastWords(at(12), "update", "正在换灯", by, public=True, files=[photo("b")]),
        PastStep(at(40), "answered", by, {"answer": "换好了"}),
        PastStep(at(50), "reopened", RESIDENT),
        PastStep(at(60), "in_progress", by),
        PastStep(at(70), "answered", by, {"answer": "又换了一次"}),
        PastStep(at(90), "closed", RESIDENT),
    ]


def live(past: PastMatter) -> Matter:
    """The same by the single actions, each at its moment."""
    with moment(past.opened_at):
        matter = open_matter(past.opened_by, past.new)
    for one in past.course:
        with moment(one.at):
            _act(matter, one)
    return Matter.objects.get(pk=matter.pk)


def _act(matter: Matter, one: Happening) -> None:
    match one:
        case PastStep():
            take_step(one.by, matter, one.code, elements=one.elements)
        case PastHandover():
            hand_over(one.by, matter, one.taker, reason=one.reason)
        case PastOwner():
            take_on(one.by, matter, one.account)
        case PastPriority():
            change_priority(one.by, matter, one.priority)
        case PastWords():
            add_words(one.by, matter, one.kind, one.words, public=one.public, files=list(one.files))


IDS = {"id", "person", "matter", "message", "file", "idempotency_key"}


def told(row: Model) -> dict[str, Any]:
    """A row without what two equal rows can't share."""
    fields = (field for field in row._meta.concrete_fields if field.name not in IDS)
    return {field.attname: getattr(row, field.attname) for field in fields}


def rows(matter: Matter) -> dict[str, Any]:
    """The matter and the rows of every table that points at it: also of those yet to come."""
    found: dict[str, Any] = {"matter": told(Matter.objects.get(pk=matter.pk))}
    for relation in Matter._meta.related_objects:
        name = f"{relation.related_model._meta.label}.{relation.field.name}"
        of_it = relation.related_model.objects.filter(**{relation.field.name: matter})
        found[name] = [told(row) for row in of_it.order_by("pk")]
    found["people"] = [unseal(bytes(party.person.sealed)) for party in matter.parties.all()]
    return found


def entries(matter: Matter) -> list[tuple[Any, ...]]:
    said = Entry.objects.filter(subject=f"matters.matter:{matter.pk}").order_by("seq")
    return [(e.at, e.by, e.kind, {**json.loads(e.text), "message": None}) for e in said]


def test_recalled_or_lived_through_the_rows_and_the_log_are_the_same(
    desk: Unit, clerk: Account
) -> None:
    box = Bounds(29, 122, 30, 123)
    own = describe_county(SYSTEM, code="own", name_zh="本县", name_en="Ours", bounds=box, own=True)
    import_areas(SYSTEM, own, [AreaRow("town", "t1", "一镇", shapely.box(122, 29, 123, 30))])
    past = PastMatter(request(desk, files=[photo("a")]), at(0), RESIDENT, a_long_way(desk, clerk))
    lived = live(past)
    again = PastMatter(request(desk, files=[photo("c")]), at(0), RESIDENT, a_long_way(desk, clerk))
    (recalled,) = record_past(SYSTEM, [again])
    assert lived.town == "t1"
    assert rows(recalled) == rows(lived)
    assert entries(recalled) == entries(lived)
    assert len(entries(recalled)) == 15
    assert (recalled.bounces, recalled.closed_at) == (2, at(90))
    assert verify().holds


def test_many_are_recalled_in_the_order_of_time(desk: Unit) -> None:
    first = PastMatter(request(desk), at(0), RESIDENT, [PastStep(at(30), "accepted", SYSTEM)])
    second = PastMatter(request(desk), at(10), RESIDENT)
    made = record_past(SYSTEM, [first, second])
    happened = ["matters.matter_opened", "matters.step_taken"]
    said = Entry.objects.filter(kind__in=happened).order_by("seq")
    assert [(e.at, e.subject) for e in said] == [
        (at(0), f"matters.matter:{made[0].pk}"),
        (at(10), f"matters.matter:{made[1].pk}"),
        (at(30), f"matters.matter:{made[0].pk}"),
    ]


ACCEPTED, GOES_ON = PastStep(at(5), "accepted", SYSTEM), PastStep(at(6), "in_progress", SYSTEM)
LATER = datetime(2999, 1, 1, tzinfo=UTC)
IMPOSSIBLE: list[tuple[list[Happening], str]] = [
    ([PastStep(at(5), "closed", SYSTEM)], "step_out_of_order"),
    ([PastStep(at(5), "nonsense", SYSTEM)], "unknown_step"),
    ([PastStep(at(5), "accepted", RESIDENT)], "not_your_step"),
    ([ACCEPTED, PastStep(at(4), "in_progress", SYSTEM)], "course_backwards"),
    ([PastStep(at(-1), "accepted", SYSTEM)], "course_backwards"),
    ([PastStep(LATER, "accepted", SYSTEM)], "not_past"),
    ([PastPriority(at(5), 5, SYSTEM)], "unknown_priority"),
    ([PastWords(at(5), "note", " ", SYSTEM)], "words"),
    ([ACCEPTED, GOES_ON, PastStep(at(7), "answered", SYSTEM)], "element_missing"),
]


@pytest.mark.parametrize(("course", "code"), IMPOSSIBLE)
def test_what_could_not_have_happened_is_refused_and_nothing_is_left(
    desk: Unit, course: list[Happening], code: str
) -> None:
    good = PastMatter(request(desk), at(0), RESIDENT)
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        record_past(SYSTEM, [good, PastMatter(request(desk), at(0), RESIDENT, course)])
    assert refused.value.code == code
    assert (Matter.objects.count(), Entry.objects.count()) == (0, before)


def test_only_who_might_have_acted_then(desk: Unit, clerk: Account) -> None:
    theirs = PastHandover(at(5), clerk.unit, "not_ours", Actor.account(clerk))
    with pytest.raises(Refused) as refused:
        record_past(SYSTEM, [PastMatter(request(desk), at(0), RESIDENT, [theirs])])
    assert refused.value.code == "not_your_matter"


def test_the_same_key_is_not_recalled_twice(desk: Unit) -> None:
    once = PastMatter(request(desk, idempotency_key="k"), at(0), RESIDENT)
    record_past(SYSTEM, [once])
    with pytest.raises(IntegrityError):
        record_past(SYSTEM, [once])


def test_recalling_lets_nobody_write_outside_an_action() -> None:
    with pytest.raises(OutsideAction), recalling(RESIDENT, MORNING):
        pass


@pytest.mark.parametrize("many", [1, 30])
def test_thirty_take_no_more_statements_than_one(
    desk: Unit, clerk: Account, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    past = [
        PastMatter(request(desk), at(0), RESIDENT, a_long_way(desk, clerk)) for _ in range(many)
    ]
    record_past(SYSTEM, [PastMatter(request(desk), at(0), RESIDENT)])  # reads the areas
    with django_assert_max_num_queries(24):
        record_past(SYSTEM, past)
