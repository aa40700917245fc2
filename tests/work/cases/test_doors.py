"""Every address of a case, tried by everybody who has no business with it, of its unit or not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import URLPattern

from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.work.cases import actions
from gongzhi.work.cases.models import Case
from gongzhi.work.cases.urls import urlpatterns
from tests.work.cases.hands import STAFF, account, by, filed
from tests.work.cases.test_pages import browser

pytestmark = pytest.mark.django_db
OUTSIDE = ("third", "far", "far_second", "far_chief", "patrol")
READERS = ("chief", "head", "legal", "watch")
"""They read it; of what is done in it they only approve."""
APPROVALS = ("approve", "extend")
LEADS = ("hand_over", "join", "leave", "task")
"""What the head of the unit decides, too."""


def doors() -> list[URLPattern]:
    """Those of one case: its page, and what is done on it."""
    return [one for one in urlpatterns if "<int:key>" in str(one.pattern)]


def path(door: URLPattern, case: Case) -> str:
    told = str(door.pattern).replace("<slug:code>", "summons_approval")
    key = case.tasks.get().pk if door.name == "finish" else case.pk
    return "/" + told.replace("<int:key>", str(key))


def with_a_task() -> Case:
    made = filed()
    actions.give_task(by("lead"), made, "调取监控", account("lead"), now() + timedelta(days=1))
    return made


def test_there_are_doors_to_try() -> None:
    assert {"case", "step", "approve", "party", "archive"} <= {one.name for one in doors()}
    assert set(OUTSIDE) | set(READERS) | {"lead", "second"} == set(STAFF)


@pytest.mark.parametrize("who", OUTSIDE)
def test_outside_the_circle_every_door_is_closed(who: str) -> None:
    made, client = with_a_task(), browser(who)
    before = Entry.objects.count()
    for door in doors():
        here = path(door, made)
        answers = {client.get(here).status_code, client.post(here, {}).status_code}
        assert answers <= {403, 405}, f"{who} {here}: {answers}"
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", READERS)
def test_readers_read_and_do_nothing_but_approve(who: str) -> None:
    made, client = with_a_task(), browser(who)
    assert client.get(f"/cases/{made.pk}/").status_code == 200
    heads = {*APPROVALS, *LEADS} if who == "chief" else set(APPROVALS)
    for door in doors():
        if door.name not in heads | {"case"}:
            assert client.post(path(door, made), {}).status_code in {403, 422}, f"{who} {door.name}"
    assert set(Case.objects.values_list("lead__username", "second__username")) == {
        ("lead", "second")
    }
    assert not made.matter.parties.exists()
