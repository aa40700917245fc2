"""What must go by its time is gone then, what the law holds stays, and the page proves both."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.catalogue.kinds.dataset import Sensitivity
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import registered
from gongzhi.base.log.limits import limits as watched
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.people.models import Person
from gongzhi.watch.retention.selectors import limits, without_limit
from gongzhi.work.dossier.actions.holding import lift_hold, set_hold
from gongzhi.work.participation.models import Receipt
from gongzhi.work.personal.readers import let_contacts_go
from gongzhi.work.personal.selectors.held import held
from tests.work.cases.test_following import with_people
from tests.work.personal.hands import PHONE, closed, reported, steward

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


def gone(receipt: Receipt) -> bool:
    person = receipt.matter.parties.get().person
    return person.erased_at is not None and not person.sealed


def overdue(code: str) -> int | None:
    return next(one.overdue for one in limits() if one.keeping.code == code)


def test_a_year_after_the_end_the_person_is_gone_by_itself_and_who_is_held_stays() -> None:
    done, kept = closed(reported("a" * 24)), closed(reported("b" * 24))
    still_open = reported("c" * 24)
    case, _code = with_people()
    hold = set_hold(Actor.account(steward()), kept.matter, reason="法院调取，（2026）1 号")
    assert let_contacts_go() == 0
    with moment(now() + YEAR):
        assert overdue("contacts") == 1  # seen in the rows before any job has run
        assert let_contacts_go() == 1
        assert (gone(done), gone(kept), gone(still_open)) == (True, False, False)
        assert not Person.objects.filter(
            party__matter=case.matter, erased_at__isnull=False
        ).exists()
        assert overdue("contacts") == 0
        assert let_contacts_go() == 0
        told = json.loads(Entry.objects.filter(kind="personal.contacts_let_go").last().text)
        assert told == {"held": 1, "rows": 1}
        assert PHONE not in repr(held(done, done.matter.parties.get().person))
        lift_hold(Actor.account(steward()), hold)
        assert let_contacts_go() == 1
        assert gone(kept)
    assert verify().holds


def test_a_merged_request_waits_for_the_end_of_the_one_it_goes_on_in() -> None:
    own, other = closed(reported("a" * 24)), reported("b" * 24)
    own.matter.merged_into = other.matter
    own.matter.save(update_fields=["merged_into"])
    with moment(now() + YEAR):
        assert let_contacts_go() == 0


def test_every_limit_of_the_catalogue_is_watched_and_has_its_job_and_events() -> None:
    assert set(watched()) == set(catalogue().keeping)
    jobs = set(registered())
    from gongzhi.base.log.events import declared_events

    assert {one.job for one in watched().values()} <= jobs
    assert {kind for one in watched().values() for kind in one.kinds} <= set(declared_events())
    for one in watched().values():
        assert one.overdue(now()) == 0  # each question can be asked of the database


def test_all_personal_data_goes_by_time_or_says_when_else() -> None:
    words = ("清除", "删除", "销毁", "由县里定", "里面没有居民", "保存期", "核对工时")
    silent = [one.code for one in without_limit() if not any(w in one.keep.zh for w in words)]
    assert silent == []


def test_the_page_shows_what_is_overdue_what_went_and_what_is_held() -> None:
    held_one = closed(reported("a" * 24))
    closed(reported("b" * 24))
    set_hold(Actor.account(steward()), held_one.matter, reason="法院调取，（2026）1 号")
    desk = Client()
    desk.force_login(steward())
    with moment(now() + YEAR):
        before = desk.get("/personal/kept/").content.decode()
        assert "有过期没清除的" in before
        let_contacts_go()
        after = desk.get("/personal/kept/").content.decode()
    assert "现在没有过了期还留着的。" in after
    assert "法院调取，（2026）1 号" in after
    assert str(held_one.matter) in after


def test_the_record_of_processing_is_whole_and_the_same_as_the_catalogue() -> None:
    desk = Client()
    desk.force_login(steward())
    page = desk.get("/personal/processing/").content.decode()
    body = desk.get("/personal/processing/record.csv").content.decode("utf-8-sig")
    rows = {row[0]: row for row in csv.reader(io.StringIO(body))}
    for one in catalogue().datasets.values():
        personal = one.sensitivity in (Sensitivity.PERSONAL, Sensitivity.SENSITIVE)
        assert (str(one.name) in rows) == personal
        if personal:
            assert str(one.purpose) in page
            assert rows[str(one.name)][2] == str(one.purpose)
            assert all(rows[str(one.name)][at] for at in (3, 4, 5, 8, 9, 10))
