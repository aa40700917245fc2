"""No page opens by accident: who is not let in gets an answer that fits how they asked."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from ninja import NinjaAPI

from gongzhi.base.access.marks import Mark, mark_of, programs, public, staff
from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from tests.base.access.conftest import SignedIn

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases,
    pytest.mark.urls(__name__),
]


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@public
def for_all(request: HttpRequest) -> HttpResponse:
    return answer(request)


@staff()
def for_staff(request: HttpRequest) -> HttpResponse:
    return answer(request)


@staff("dispatch.view_console")
def console(request: HttpRequest) -> HttpResponse:
    return answer(request)


@programs
def machine(request: HttpRequest) -> HttpResponse:
    return answer(request)


api = NinjaAPI(urls_namespace="test-marks", docs_url=None, openapi_url=None)


@api.get("/things")
@public
def things(request: HttpRequest) -> dict[str, str]:
    return {"things": "inside"}


@api.post("/things")
@staff("dispatch.assign_unit")
def new_thing(request: HttpRequest) -> dict[str, str]:
    return {"things": "made"}


@api.get("/forgotten")
def forgotten(request: HttpRequest) -> dict[str, str]:
    return {"things": "inside"}


urlpatterns = [
    path("unmarked/", answer),
    path("for-all/", for_all),
    path("for-staff/", for_staff),
    path("console/", console),
    path("machine/", machine),
    path("api/", api.urls),
    path("", include("gongzhi.config.urls")),
]


def test_a_page_that_nobody_marked_opens_for_nobody(signed_in: SignedIn) -> None:
    everything = signed_in("admin", "dispatcher", "supervisor")
    for path_ in ("/unmarked/", "/api/forgotten"):
        assert Client().get(path_).status_code == 403
        assert everything.get(path_).status_code == 403


def test_a_stranger_is_led_to_the_sign_in_and_back() -> None:
    answered = Client().get("/console/?beat=7")
    assert answered.status_code == 302
    assert answered["Location"].endswith("?next=%2Fconsole%2F%3Fbeat%3D7")


def test_a_stranger_s_form_comes_back_to_the_page_it_stood_on() -> None:
    answered = Client().post("/for-staff/", headers={"Referer": "http://testserver/console/"})
    assert answered["Location"].endswith("?next=%2Fconsole%2F")


def test_a_fragment_moves_the_whole_page_to_the_sign_in() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/console/"}
    answered = Client().get("/for-staff/", headers=headers)
    assert answered.status_code == 401
    assert answered["HX-Redirect"].endswith("?next=%2Fconsole%2F")


@pytest.mark.parametrize("kind", ["application/json", "text/event-stream"])
def test_a_program_or_stream_is_told_to_sign_in(kind: str) -> None:
    answered = Client().get("/console/", headers={"Accept": kind})
    assert (answered.status_code, "请先登录" in answered.content.decode()) == (401, True)


def test_a_role_without_the_permission_is_told_which_one_it_lacks(signed_in: SignedIn) -> None:
    answered = signed_in("partner").get("/console/")
    assert answered.status_code == 403
    assert "查看调度台" in answered.content.decode()
    assert signed_in("dispatcher").get("/console/").content == b"inside"


def test_a_fragment_without_permission_becomes_a_toast(signed_in: SignedIn) -> None:
    answered = signed_in("partner").get("/console/", headers={"HX-Request": "true"})
    assert (answered.status_code, answered["HX-Retarget"]) == (403, "#toasts")


def test_any_staff_may_open_what_needs_no_permission(signed_in: SignedIn) -> None:
    assert signed_in().get("/for-staff/").content == b"inside"


def test_programs_need_no_form_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/machine/").content == b"inside"
    assert strict.post("/for-all/").status_code == 403


def test_one_address_may_be_open_to_read_and_closed_to_write(signed_in: SignedIn) -> None:
    assert Client().get("/api/things").json() == {"things": "inside"}
    assert Client().post("/api/things").status_code == 401
    assert signed_in("call_taker").post("/api/things").status_code == 403
    assert signed_in("dispatcher").post("/api/things").status_code == 200
    assert Client().delete("/api/things").status_code == 405


def test_staff_need_a_form_token_in_an_api_too(signed_in: SignedIn) -> None:
    strict = signed_in("dispatcher", enforce_csrf_checks=True)
    assert strict.post("/api/things").status_code == 403
    strict.cookies["csrftoken"] = token = "x" * 32
    assert strict.post("/api/things", headers={"X-CSRFToken": token}).status_code == 200


def test_a_deactivated_account_is_outside_at_once(signed_in: SignedIn) -> None:
    client = signed_in("dispatcher")
    Account.objects.update(is_active=False)
    assert client.get("/console/").status_code == 302


def test_a_decorator_outside_the_mark_keeps_it() -> None:
    assert mark_of(console) == Mark("staff", "dispatch.view_console")


def test_an_action_refuses_whoever_lacks_the_permission() -> None:
    dispatcher = Account(pk=1, roles=["dispatcher"])
    require(Actor.account(dispatcher), "dispatch.assign_unit")
    require(Actor.system("import"), "dispatch.assign_unit")
    for other in (Actor.resident(), Actor.account(Account(pk=2, roles=["partner"]))):
        with pytest.raises(Refused) as refused:
            require(other, "dispatch.assign_unit")
        assert refused.value.status == 403


def test_a_role_that_the_catalogue_lost_may_nothing() -> None:
    assert not may(Account(roles=["gone"]), "dispatch.view_console")
    assert not may(None, "dispatch.view_console")
