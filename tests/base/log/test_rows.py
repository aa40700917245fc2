"""A row inserted the quick way is the same row that Django's own way makes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import now
from gongzhi.base.log.rows import insert, insert_many
from gongzhi.base.people.models import Account, Person, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def unit(code: str, parent: Unit | None = None) -> Unit:
    return Unit(code=code, kind="station", name_zh="所", name_en="S", parent=parent)


def test_it_reads_back_as_a_saved_row_does() -> None:
    quick, slow = unit("a"), unit("b")
    insert(quick)
    slow.save(force_insert=True)
    assert quick.pk
    same = model_to_dict(Unit.objects.get(code="a"), exclude=["id", "code"])
    assert same == model_to_dict(Unit.objects.get(code="b"), exclude=["id", "code"])


def test_json_bytes_and_times_survive() -> None:
    insert(home := unit("a"))
    account = Account(username="x", display_name="某", unit=home, roles=["officer", "admin"])
    insert(account)
    person = Person(sealed=b"\x00\xff", made_at=now())
    insert(person)
    assert Account.objects.get().roles == ["officer", "admin"]
    found = Person.objects.get()
    assert (bytes(found.sealed), found.made_at) == (b"\x00\xff", person.made_at)


def test_a_row_made_before_the_one_it_points_to_has_a_key_finds_it() -> None:
    parent = unit("a")
    child = unit("b", parent)
    insert(parent)
    insert(child)
    assert Unit.objects.get(code="b").parent_id == parent.pk


def test_it_can_be_changed_and_saved_afterwards() -> None:
    insert(made := unit("a"))
    made.name_zh = "新所"
    made.save()
    assert Unit.objects.get().name_zh == "新所"


def test_the_database_still_refuses_what_it_must() -> None:
    insert(unit("a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(unit("a"))
    assert Unit.objects.count() == 1


def test_many_get_their_keys_and_stay_what_they_pointed_to(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    insert(unit("before"))
    parents = [unit(f"p{n}") for n in range(30)]
    children = [unit(f"c{n}", parent) for n, parent in enumerate(parents)]
    with transaction.atomic():
        insert_many(parents)
        insert_many(children)
    with django_assert_num_queries(0):
        assert [child.parent for child in children] == parents
    insert(after := unit("after"))
    assert len({row.pk for row in [*parents, *children, after]}) == 61
    stored = dict(Unit.objects.filter(parent__isnull=False).values_list("code", "parent__code"))
    assert stored == {f"c{n}": f"p{n}" for n in range(30)}


def test_many_read_back_as_saved_rows_do() -> None:
    insert_many([home := unit("a")])
    quick = Account(username="x", display_name="某", unit=home, roles=["officer"])
    slow = Account(username="y", display_name="某", unit=home, roles=["officer"])
    insert_many([quick])
    slow.save(force_insert=True)
    drawn = ["id", "username", "session_mark"]  # each account has its own
    same = model_to_dict(Account.objects.get(username="x"), exclude=drawn)
    assert same == model_to_dict(Account.objects.get(username="y"), exclude=drawn)
    insert_many([person := Person(sealed=b"\x00\xff", made_at=now())])
    found = Person.objects.get()
    assert (bytes(found.sealed), found.made_at) == (b"\x00\xff", person.made_at)
