"""Care's pages: one's own, booking without being known, those who listen, what units said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.matters.models import Matter
from gongzhi.work.workforce.care.models import Pulse, Slot, Talk
from gongzhi.work.workforce.officers import duty
from gongzhi.work.workforce.officers.duty import Duty, add_duties
from tests.work.workforce.care.hands import CALLED, WORDS, answered, pulse, slot
from tests.work.workforce.officers.hands import NOW, account, asked, personnel

pytestmark = pytest.mark.django_db
CODE = re.compile(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}")


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with moment(NOW):
        yield


@pytest.fixture
def on_a_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duty, "_sources", [])
    nights = [Duty(NOW - timedelta(days=n, hours=11), NOW - timedelta(days=n)) for n in (1, 2, 3)]
    add_duties(lambda whose, start, end: nights if whose.username == "officer" else [])


def inside(name: str, role: str = "", at: str = "station_lancheng") -> Client:
    client = Client()
    client.force_login(account(name, role, at))
    return client


def said(client: Client, path: str, **sent: object) -> str:
    answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code, answer.content.decode()[-800:])
    return answer.content.decode()


def test_a_talk_from_the_offer_to_its_end(on_a_roster: None) -> None:
    listener = inside("listener", "counsellor", "personnel")
    said(listener, "/care/desk/", support="peer", starts_at="2026-12-02T15:00", where="三楼")
    mine, one = inside("officer"), Slot.objects.get()
    assert "三楼" in said(mine, "/care/book/peer/")
    page = said(mine, "/care/book/peer/", slot=one.pk, called=CALLED, words=WORDS, share="on")
    code = CODE.search(page)
    assert code is not None
    page = said(listener, "/care/desk/")
    assert CALLED in page
    assert WORDS in page
    assert "3 个夜班" in page
    assert "officer" not in page.partition("<main")[2].partition("</main>")[0]
    assert WORDS in said(mine, "/care/talk/", code=code[0])
    said(mine, "/care/talk/cancel/", code=code[0])
    assert not Talk.objects.exists()
    said(listener, f"/care/desk/{one.pk}/withdraw/", go="1")
    assert "没有可以约的时间" in said(mine, "/care/book/peer/")


def test_without_agreeing_nothing_of_the_roster_is_handed_on(on_a_roster: None) -> None:
    one = slot()
    said(inside("officer"), "/care/book/peer/", slot=one.pk, called=CALLED)
    assert "夜班" not in said(inside("listener", "counsellor", "personnel"), "/care/desk/")


def test_one_s_own_page_shows_one_s_own_nights(on_a_roster: None) -> None:
    assert "<dd>3</dd>" in said(inside("officer"), "/care/")
    assert "<dd>3</dd>" not in said(inside("mate"), "/care/")


def test_a_survey_without_names() -> None:
    records = inside("records", "personnel", "personnel")
    said(records, "/care/units/open/", form="who5", closes_on="2026-12-07")
    mine = inside("officer")
    page = said(mine, "/care/pulse/", **{f"item{n}": 2 for n in range(5)})
    assert "40 " in page
    assert "不是诊断" in page
    assert "已经答过" in said(mine, "/care/pulse/")
    one = Pulse.objects.get()
    for n in range(4):
        answered(one, f"o{n}", 2)
    assert "结束以前谁也看不到结果" in said(inside("head", "unit_leader"), "/care/units/")
    said(records, f"/care/units/{one.pk}/close/", go="1")
    assert "station_lancheng所" in said(inside("head", "unit_leader"), "/care/units/")
    assert "现在没有问卷" in said(inside("late"), "/care/pulse/")


def test_an_item_left_out_is_asked_for_again() -> None:
    pulse()
    answer = inside("officer").post("/care/pulse/", {"item0": 1})
    assert answer.status_code == 422


def test_after_a_heavy_incident_everybody_of_the_unit_is_offered_somebody() -> None:
    version = catalogue().procedures["incident"].versions[-1]
    Matter.objects.create(
        procedure="incident", version="2026-01", step=version.steps[0].code, stepped_at=NOW,
        category="self_harm", priority=1, owner_unit=account().unit, opened_at=NOW,
    )  # fmt: skip
    for path in ("/care/", "/record/"):
        assert "不轻松的警情" in said(inside("officer"), path)
        assert "不轻松的警情" not in said(inside("far", at="station_wangchao"), path)
    for days, again in ((14, False), (30, True), (40, False)):
        with moment(NOW + timedelta(days=days)):
            assert ("一个月前有过不轻松的警情" in said(inside("officer"), "/care/")) is again


def test_leave_that_waits_is_told_to_oneself() -> None:
    asked()
    assert "天在等" in said(inside("officer"), "/care/")
    assert personnel().kind == "account"
