"""The pages as they are asked for, without a script: from the list to the certificate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment
from gongzhi.work.volunteering import actions
from gongzhi.work.volunteering.models import SignUp, Task, Volunteer
from tests.work.volunteering import hands
from tests.work.volunteering.hands import AT, NAME, NOW, PHONE, RESIDENT, account, by, joined, task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with moment(NOW):
        account()
        yield


def inside(name: str = "officer", at: str = "station_lancheng") -> Client:
    client = Client()
    client.force_login(account(name, at=at))
    return client


def said(client: Client, path: str, **sent: object) -> str:
    answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def filled(**more: str) -> dict[str, str]:
    told = {"name": NAME, "phone": PHONE, "age": "18", "agreed": "on", "key": hands.key()}
    return told | more


def test_somebody_signs_up_comes_and_prints_their_hours(client: Client) -> None:
    one = task()
    assert f"/volunteer/{one.pk}/" in said(client, "/volunteer/")
    assert "海滩清洁" in said(client, f"/volunteer/{one.pk}/")
    page = said(client, f"/volunteer/{one.pk}/join/", **filled())
    part = SignUp.objects.get()
    assert "志愿者码" in page
    with moment(AT):
        assert "您到了" in said(client, f"/volunteer/mine/{part.pk}/come/", go="1")
    with moment(AT + timedelta(hours=1)):
        assert "60 分钟" in said(client, f"/volunteer/mine/{part.pk}/finish/", go="1")
        answer = client.get("/volunteer/mine/hours.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_same_form_sent_twice_is_one(client: Client) -> None:
    one, told = task(), filled()
    said(client, f"/volunteer/{one.pk}/join/", **told)
    said(Client(), f"/volunteer/{one.pk}/join/", **told)
    assert Volunteer.objects.count() == SignUp.objects.count() == 1


def test_whoever_has_a_code_signs_up_with_a_tick(client: Client) -> None:
    first = task()
    page = said(client, f"/volunteer/{first.pk}/join/", **filled())
    code = page.partition('id="code"')[2].partition(">")[2].partition("<")[0].strip()
    later = task(starts_at=AT + timedelta(days=1), ends_at=AT + timedelta(days=1, hours=1))
    other = Client()
    assert "没有这个志愿者码" in other.post("/volunteer/open/", {"code": "2222"}).content.decode()
    said(other, "/volunteer/open/", code=code)
    assert "电话" not in said(other, f"/volunteer/{later.pk}/join/").partition("<form")[2]
    said(other, f"/volunteer/{later.pk}/join/", agreed="on")
    assert Volunteer.objects.count() == 1
    assert SignUp.objects.count() == 2


def test_what_is_wrong_stands_beside_its_field(client: Client) -> None:
    one = task()
    answer = client.post(f"/volunteer/{one.pk}/join/", filled(phone="abc", agreed=""))
    assert answer.status_code == 422
    page = client.post(f"/volunteer/{one.pk}/join/", filled(age="14")).content.decode()
    assert "监护人" in page or "称呼" in page
    assert not Volunteer.objects.exists()


def test_nobody_touches_another_s_part(client: Client) -> None:
    part = joined(task())
    other = task(starts_at=AT + timedelta(days=1), ends_at=AT + timedelta(days=1, hours=1))
    said(client, f"/volunteer/{other.pk}/join/", **filled())
    assert client.post(f"/volunteer/mine/{part.pk}/give-up/").status_code == 404
    assert Client().post(f"/volunteer/mine/{part.pk}/give-up/").status_code == 404


def test_the_unit_opens_a_task_and_sees_who_comes_without_names() -> None:
    client = inside()
    day = (AT + timedelta(days=3)).date().isoformat()
    told = {
        "kind": "beach_clean", "place": "望潮海滩", "lat": "30.0", "lon": "122.2", "day": day,
        "starts": "09:00", "ends": "11:00", "places": "3",
    }  # fmt: skip
    assert "发布了" in said(client, "/tasks/new/", **told)
    one = Task.objects.get()
    part = joined(one)
    page = said(client, f"/tasks/{one.pk}/")
    assert NAME not in page
    opened = client.post(f"/tasks/parts/{part.pk}/contact/", {"purpose": "handle"})
    assert NAME in opened.content.decode()
    assert "看过您的信息 1 次" in _own_page(part)
    assert "海滩清洁" in said(client, "/tasks/")
    assert "天气不好" in said(client, f"/tasks/{one.pk}/cancel/", reason="weather")


def _own_page(part: SignUp) -> str:
    from gongzhi.work.participation.codes import code_for

    client = Client()
    return said(client, "/volunteer/open/", code=code_for(part.volunteer.key))


def test_other_units_see_no_list_of_who_signed_up() -> None:
    one = task()
    part = joined(one)
    other = inside("other", "station_wangchao")
    assert "第 1 位" not in said(other, f"/tasks/{one.pk}/")
    denied = other.post(f"/tasks/parts/{part.pk}/contact/", {"purpose": "handle"})
    assert denied.status_code == 403
    assert Client().get("/tasks/").status_code in (302, 403)


@pytest.mark.parametrize("many", [1, 30])
def test_lists_ask_as_often_for_one_as_for_thirty(
    client: Client, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = task(places=40)
    for n in range(many):
        joined(one)
        task(starts_at=AT + timedelta(days=n), ends_at=AT + timedelta(days=n, hours=1))
    with django_assert_max_num_queries(12):
        client.get("/volunteer/")
    staff = inside()
    for path in ("/tasks/", f"/tasks/{one.pk}/"):
        with django_assert_max_num_queries(14):
            staff.get(path)


def test_a_hundred_hours_take_no_more_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = task()
    part = joined(one)
    for n in range(1, 20):
        more = task(starts_at=AT + timedelta(days=n), ends_at=AT + timedelta(days=n, hours=1))
        hands.signed(more, part.volunteer)
        with moment(AT + timedelta(days=n)):
            actions.come(RESIDENT, SignUp.objects.get(task=more))
        with moment(AT + timedelta(days=n, hours=1)):
            actions.finish(RESIDENT, SignUp.objects.get(task=more))
    _own_page(part)
    from gongzhi.work.participation.codes import code_for

    client.post("/volunteer/open/", {"code": code_for(part.volunteer.key)})
    with django_assert_max_num_queries(10):
        assert "19 小时" in said(client, "/volunteer/mine/").replace(
            "<b>19</b>\n          小时", "19 小时"
        )


def test_a_resident_s_thanks_wait_for_the_unit(client: Client) -> None:
    one = task()
    assert "想对他们说" not in said(client, f"/volunteer/{one.pk}/")
    with moment(AT + timedelta(hours=3)):
        assert "想对他们说" in said(client, f"/volunteer/{one.pk}/")
        told = {"words": "辛苦各位", "key": hands.key()}
        assert "看过以后" in said(client, f"/volunteer/{one.pk}/thanks/", **told)
        staff = inside()
        assert "辛苦各位" in said(staff, "/tasks/")
        from gongzhi.work.volunteering.models import Thanks

        said(staff, f"/tasks/thanks/{Thanks.objects.get().pk}/", show="yes")
        assert "辛苦各位" not in said(staff, "/tasks/")
    assert by().kind == "account"
