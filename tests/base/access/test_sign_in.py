"""Staff come in with a password, on record; a stranger learns nothing by trying."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gongzhi.base.catalogue.kinds.role import Role
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.people.models import Account, Unit
from tests.base.access.conftest import PASSWORD, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WRONG = "用户名或密码不对"


def enter(client: Client, username: str = "gull", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def kinds() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("kind", flat=True))


def test_a_dispatcher_signs_in_works_and_leaves(client: Client, account: Account) -> None:
    assert enter(client).status_code == 302
    assert "海小调" in client.get("/start/").content.decode()
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/start/").status_code == 302
    assert kinds() == ["access.signed_in", "access.signed_out"]
    assert {entry.by for entry in Entry.objects.all()} == {f"account:{account.pk}"}
    assert verify().holds


@pytest.mark.parametrize("way", ["unknown", "wrong", "closed"])
def test_all_that_fails_fails_alike(
    client: Client, account: Account, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same words, the same status, the same hashing: the answer tells nobody who works here."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    if way == "closed":
        Account.objects.update(is_active=False)
    username, password = ("nobody" if way == "unknown" else "gull"), PASSWORD
    answer = enter(client, username, "wrong" if way == "wrong" else password)
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()
    assert len(hashed) == 1
    assert kinds() == ["access.sign_in_failed"]


def test_the_log_holds_nothing_that_was_typed(client: Client) -> None:
    enter(client, "my-secret-by-mistake", "another-secret")
    assert "secret" not in str(list(Entry.objects.values()))


def test_guessing_at_one_account_is_stopped_wherever_it_comes_from(account: Account) -> None:
    for number in range(10):
        browser = Client(REMOTE_ADDR=f"192.0.2.{number}")
        assert enter(browser, password="guess").status_code == 422
    stopped = enter(Client(REMOTE_ADDR="192.0.2.99"))
    assert stopped.status_code == 429
    assert int(stopped["Retry-After"]) > 0


def test_guessing_from_one_address_is_stopped_whatever_it_tries(client: Client) -> None:
    answers = [enter(client, f"name{number}").status_code for number in range(31)]
    assert answers == [422] * 30 + [429]


def test_whoever_knows_the_password_is_not_counted(client: Client, account: Account) -> None:
    for _ in range(12):
        assert enter(client).status_code == 302
        client.post("/sign-out/")


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/style/?page=2", "/style/?page=2"),
        ("https://evil.example/", "/console/"),
        ("//evil.example/", "/console/"),
        ("javascript:alert(1)", "/console/"),
    ],
)
def test_one_returns_to_the_page_one_wanted_and_to_no_other_site(
    client: Client, account: Account, wanted: str, reached: str
) -> None:
    assert enter(client, next=wanted)["Location"] == reached


@pytest.mark.parametrize("role", [role for role in catalogue().roles.values() if role.start])
def test_each_role_arrives_at_work_it_may_do(signed_in: SignedIn, role: Role) -> None:
    assert signed_in(role.code).get(reverse(role.start)).status_code == 200


def test_a_session_begins_anew_with_the_sign_in(client: Client, account: Account) -> None:
    client.get("/sign-in/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    enter(client)
    assert client.session.session_key != before


def test_the_session_cookie_is_for_the_browser_alone(client: Client, account: Account) -> None:
    cookie = enter(client).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_out_needs_a_form_of_ours(signed_in: SignedIn) -> None:
    client = signed_in("dispatcher", enforce_csrf_checks=True)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 403
    assert client.get("/start/").status_code == 200


@pytest.fixture
def demo(settings: Settings, station: Unit) -> Settings:
    settings.DEMO = True
    for name in ("dispatcher", "admin", "somebody_else"):
        Account.objects.create(username=name, display_name=name, unit=station, roles=["dispatcher"])
    return settings


def test_in_the_demo_county_one_click_enters_a_role(client: Client, demo: Settings) -> None:
    page = client.get("/sign-in/").content.decode()
    assert 'value="dispatcher"' in page
    assert "调派警力" in page
    assert "somebody_else" not in page
    assert client.post("/sign-in/", {"demo": "dispatcher"}).status_code == 302
    assert client.get("/start/").status_code == 200
    assert Entry.objects.get().text == '{"way":"demo"}'


def test_anywhere_else_nobody_enters_without_a_password(client: Client, demo: Settings) -> None:
    demo.DEMO = False
    page = client.get("/sign-in/").content.decode()
    assert 'name="demo"' not in page
    assert client.post("/sign-in/", {"demo": "dispatcher"}).status_code == 403
    assert client.get("/start/").status_code == 302


@pytest.mark.parametrize("name", ["somebody_else", "nobody", ""])
def test_the_demo_opens_only_its_own_accounts(client: Client, demo: Settings, name: str) -> None:
    assert client.post("/sign-in/", {"demo": name}).status_code == 403


def test_the_overview_says_what_one_may_do(signed_in: SignedIn) -> None:
    page = signed_in("legal_reviewer", "planner").get("/start/").content.decode()
    for words in ("法制员", "勤务规划员", "查看成效指标", "城关派出所"):
        assert words in page
    assert "派警、改派" not in page


def test_somebody_without_a_role_is_told_whom_to_ask(signed_in: SignedIn) -> None:
    assert "请联系本单位管理员" in signed_in().get("/start/").content.decode()
