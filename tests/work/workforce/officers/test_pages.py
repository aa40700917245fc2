"""The pages: one's own record, a unit's people, leave, the organisation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.models import Holding, Leave, SkillHeld
from tests.work.workforce.officers.hands import (
    NOW,
    account,
    asked,
    by,
    held,
    leader,
    personnel,
    post,
    unit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with moment(NOW):
        yield


def inside(name: str, role: str = "", at: str = "station_lancheng") -> Client:
    client = Client()
    client.force_login(account(name, role, at))
    return client


def said(client: Client, path: str, **sent: object) -> str:
    answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code, answer.content.decode()[-500:])
    return answer.content.decode()


def test_leave_from_asking_to_the_answer() -> None:
    held(post())
    mine, head = inside("officer"), inside("head", "unit_leader")
    days = {"first_day": "2026-12-02", "last_day": "2026-12-03"}
    said(mine, "/record/leave/", kind="family_event", reason="妹妹结婚", **days)
    one = Leave.objects.get()
    page = said(head, "/officers/leave/")
    assert "妹妹结婚" not in page
    assert "家事" not in page
    assert "妹妹结婚" in said(head, f"/officers/leave/{one.pk}/", go="1")
    said(head, f"/officers/leave/{one.pk}/decide/", grant="yes", answer="恭喜")
    page = said(mine, "/record/")
    assert "恭喜" in page
    assert "审批请假" in page  # who looked, and what for
    said(mine, f"/record/leave/{one.pk}/withdraw/", go="1")
    assert "撤回了" in said(mine, "/record/")


def test_wrong_days_are_said_beside_the_field() -> None:
    answer = inside("officer").post(
        "/record/leave/",
        {"kind": "annual", "first_day": "2026-12-03", "last_day": "2026-12-02"},
    )
    assert answer.status_code == 422
    assert "最后一天要在第一天之后" in answer.content.decode()


def test_personnel_keeps_posts_and_skills() -> None:
    personnel()
    records = inside("records", "personnel", "personnel")
    there = f"?unit={unit().pk}"
    told = {"name_zh": "巡逻", "name_en": "Patrol", "line": "front", "places": "2"}
    said(records, f"/officers/posts/new/{there}", **told)
    one = unit().posts.get()
    account()
    said(records, f"/officers/posts/{one.pk}/take/", username="officer", share="100")
    holding = Holding.objects.get()
    key = account().pk
    page = said(records, f"/officers/{key}/", purpose="personnel")
    assert "登记技能、证书" in page
    skill = {"skill-skill": "firearms", "skill-since": "2026-01-01"}
    assert "登记好了" in said(records, f"/officers/{key}/keep/skill/", **skill)
    training = {"training-title": "急救", "training-hours": "8", "training-on": "2026-11-01"}
    said(records, f"/officers/{key}/keep/training/", **training)
    limit = {"limit-cannot": "no_nights", "limit-first_day": "2026-11-30"}
    said(records, f"/officers/{key}/keep/limit/", **limit)
    answer = records.post(f"/officers/{key}/keep/training/", {**training, "training-hours": "0"})
    assert answer.status_code == 422  # and the record is shown, with what is wrong at its field
    assert 'id="id_training-hours_error"' in answer.content.decode()
    assert SkillHeld.objects.get().until is not None
    assert "持枪" in said(records, "/officers/certificates/")
    said(records, f"/officers/posts/{one.pk}/", **told | {"places": "3"})
    said(records, f"/officers/holdings/{holding.pk}/leave/", on="2026-12-01")
    with moment(NOW.replace(month=12, day=5)):
        said(records, f"/officers/posts/{one.pk}/close/", go="1")


@pytest.mark.parametrize(
    ("name", "role", "at"),
    [("other", "unit_leader", "station_wangchao"), ("mate", "officer", "station_lancheng")],
)
def test_who_has_nothing_to_do_with_it_sees_no_record(name: str, role: str, at: str) -> None:
    one = asked(reason="说明在这里")
    client = inside(name, role, at)
    for path in (f"/officers/{account().pk}/", f"/officers/leave/{one.pk}/"):
        answer = client.post(path, {"purpose": "roster"})
        assert answer.status_code in (403, 404), path
        assert "说明在这里" not in answer.content.decode()
    assert client.get(f"/officers/?unit={unit().pk}").status_code in (403, 404)


def test_the_organisation_as_page_and_file() -> None:
    one = post()
    for n in range(5):
        held(one, f"officer{n}")
    head = inside("head", "unit_leader")
    assert "station_lancheng所" in said(head, "/officers/organisation/")
    sheet = head.get("/officers/organisation.csv")
    assert (
        sheet.content.decode("utf-8-sig")
        .splitlines()[-1]
        .startswith("station_lancheng所,2026-11,5,10,100")
    )


@pytest.mark.parametrize("many", [1, 30])
def test_lists_ask_as_often_for_one_as_for_thirty(
    many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = post(places=40)
    for n in range(many):
        held(one, f"officer{n}")
        asked(name=f"officer{n}")
        actions.record_skill(
            personnel(), account(f"officer{n}"), "firearms", since=NOW.date().replace(month=1)
        )
    leader()
    head = inside("head", "unit_leader")
    for path in (
        "/officers/",
        "/officers/leave/",
        "/officers/certificates/",
        "/officers/organisation/",
    ):
        with django_assert_max_num_queries(16):
            head.get(path)
    assert by("head").kind == "account"
