"""Whoever signed up is told by text message that a task is cancelled or that a place came free; and
nobody is told anything else."""

from __future__ import annotations

import json

import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.watch.notices.models import Notice
from gongzhi.watch.notices.telling.volunteers import tell_volunteers
from gongzhi.watch.notices.texts import written
from gongzhi.work.volunteering import actions
from tests.safeguards.test_erasure import everywhere
from tests.work.volunteering.hands import NOW, PHONE, RESIDENT, by, joined, task

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told() -> list[Notice]:
    for entry in Entry.objects.order_by("seq"):
        tell_volunteers(entry)
    return list(Notice.objects.order_by("pk"))


def test_of_a_cancelled_task_all_are_told_once_and_why() -> None:
    one = task()
    joined(one, phone="13900000001")
    joined(one, phone="13900000002")
    gone, waits = joined(one, phone="13900000003"), joined(one, phone="13900000004")
    with moment(NOW):
        actions.give_up(RESIDENT, gone)
        actions.cancel_task(by(), one, reason="weather")
    assert len(told()) == len(told()) == 3
    first = told()[0]
    assert (first.template, first.channel, first.address) == (
        "task_cancelled",
        "sms",
        "13900000001",
    )
    assert waits.volunteer.phone in {one.address for one in told()}
    said = written(first.template, json.loads(first.facts), "zh-hans").short
    assert "海滩清洁" in said
    assert "天气不好" in said
    assert everywhere("13900000001") == []


def test_of_a_place_that_came_free_whoever_moved_up_is_told() -> None:
    one = task()
    first = joined(one)
    joined(one, phone="13900000002")
    joined(one, phone="13900000005")
    with moment(NOW):
        actions.give_up(RESIDENT, first)
    [notice] = told()
    assert (notice.template, notice.address) == ("task_place", "13900000005")


def test_nothing_else_is_told_and_nobody_who_was_erased() -> None:
    part = joined(task())
    with moment(NOW):
        actions.forget(RESIDENT, part.volunteer)
        actions.cancel_task(by(), part.task, reason="weather")
    assert told() == []
    assert everywhere(PHONE) == []
