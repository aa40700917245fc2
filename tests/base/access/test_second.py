"""More than a password: codes, codes on paper, who loses them, and where one is signed in."""

from __future__ import annotations

import re
import time

import pyotp
import pytest
from django.test import Client

from gongzhi.base.access import actions
from gongzhi.base.access.models import CodeApp, RecoveryCode, Session
from gongzhi.base.access.sessions import LATELY, PROVED
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.actions import close_account
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from tests.base.access.conftest import PASSWORD, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
WORDS = {"username": "gull", "password": PASSWORD}


@pytest.fixture
def gull(account: Account) -> Client:
    """The dispatcher's browser, in by password."""
    client = Client(headers={"User-Agent": FIREFOX})
    assert client.post("/sign-in/", WORDS).status_code == 302
    return client


def set_up(client: Client) -> tuple[str, list[str]]:
    """Set up an app in this browser: (its secret, the codes on paper)."""
    page = client.get("/my-sign-in/code-app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]{39})</code>", page)
    assert secret
    plain = secret[1].replace(" ", "")
    told = client.post("/my-sign-in/code-app/", {"code": pyotp.TOTP(plain).now()})
    return plain, re.findall(r"<code>(\w{5}-\w{5})</code>", told.content.decode())


def next_code(secret: str) -> str:
    """The code after the one that counted last: none counts twice, and the clock may differ."""
    return pyotp.TOTP(secret).at(int(time.time()) + 30)


def entry_kinds() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("kind", flat=True))


def test_the_password_alone_opens_nothing_once_an_app_is_set(gull: Client) -> None:
    secret, codes = set_up(gull)
    assert len(codes) == 10
    stored = str(list(CodeApp.objects.values())) + str(list(RecoveryCode.objects.values()))
    assert CodeApp.objects.get().secret == secret
    assert all(one not in stored + str(list(Entry.objects.values())) for one in codes)
    other = Client()
    assert other.post("/sign-in/", WORDS)["Location"] == "/sign-in/second/"
    assert other.get("/start/").status_code == 302
    assert other.post("/sign-in/second/", {"code": "000000"}).status_code == 422
    assert other.post("/sign-in/second/", {"code": next_code(secret)}).status_code == 302
    assert other.get("/start/").status_code == 200
    again = Client()
    again.post("/sign-in/", WORDS)
    assert again.post("/sign-in/second/", {"code": next_code(secret)}).status_code == 422  # seen
    assert again.post("/sign-in/second/", {"code": codes[0].upper()}).status_code == 302
    once_more = Client()
    once_more.post("/sign-in/", WORDS)
    assert once_more.post("/sign-in/second/", {"code": codes[0]}).status_code == 422
    assert entry_kinds()[-1] == "access.sign_in_failed"


def test_codes_cannot_be_guessed(gull: Client) -> None:
    set_up(gull)
    other = Client()
    other.post("/sign-in/", WORDS)
    tries = [other.post("/sign-in/second/", {"code": f"{n:06}"}).status_code for n in range(12)]
    assert tries[-2:] == [429, 429]
    assert Client().get("/sign-in/second/").status_code == 302  # nobody without the password


def test_who_lost_the_phone_is_reset_by_an_administrator_and_told(
    gull: Client, account: Account, signed_in: SignedIn
) -> None:
    secret, _codes = set_up(gull)
    admin = signed_in("admin")
    page = admin.get(f"/accounts/{account.pk}/").content.decode()
    assert "设有第二重验证" in page
    assert admin.post(f"/accounts/{account.pk}/second/reset/").status_code == 302
    assert not CodeApp.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert gull.get("/start/").status_code == 302  # out at once
    gull.post("/sign-in/", WORDS)
    assert "重置了您的第二重验证" in gull.get("/my-sign-in/").content.decode()
    set_up(gull)
    assert "重置了您的第二重验证" not in gull.get("/my-sign-in/").content.decode()
    assert "access.second_reset" in entry_kinds()
    other = Account.objects.get(roles=["admin"])
    with pytest.raises(Refused):  # nobody resets their own, and no colleague anybody's
        actions.reset_second(Actor.account(other), other)
    with pytest.raises(Refused):
        actions.reset_second(Actor.account(account), other)
    with pytest.raises(Refused):
        actions.remove_code_app(Actor.account(other), account)
    assert secret not in str(list(Entry.objects.values()))


def test_a_role_that_must_show_more_sets_it_up_before_anything_else(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = catalogue().roles["dispatcher"].model_copy(update={"second_factor": True})
    monkeypatch.setitem(catalogue().roles, "dispatcher", strict)
    client = Client()
    client.post("/sign-in/", WORDS)
    assert client.get("/start/")["Location"] == "/my-sign-in/"
    assert "请先设好一种" in client.get("/my-sign-in/").content.decode()
    set_up(client)
    assert client.get("/start/").status_code == 200


def test_what_cannot_be_taken_back_asks_again_who_sits_there(
    gull: Client, account: Account
) -> None:
    secret, _codes = set_up(gull)
    session = gull.session
    session[PROVED] = time.time() - LATELY - 1
    session.save()
    asked = gull.post("/my-sign-in/codes/", headers={"Referer": "http://testserver/my-sign-in/"})
    assert asked["Location"] == "/sign-in/again/?next=%2Fmy-sign-in%2F"
    assert gull.post(asked["Location"], {"code": "123456"}).status_code == 422
    back = gull.post(asked["Location"], {"code": next_code(secret)})
    assert back["Location"] == "/my-sign-in/"
    assert len(re.findall(r"\w{5}-\w{5}", gull.post("/my-sign-in/codes/").content.decode())) >= 10
    session = gull.session
    session[PROVED] = 0
    session.save()
    CodeApp.objects.all().delete()  # without a second factor the password does
    assert gull.post("/sign-in/again/", {"password": "wrong"}).status_code == 422
    assert gull.post("/sign-in/again/", {"password": PASSWORD}).status_code == 302


def test_one_sees_where_one_is_signed_in_and_ends_it(gull: Client, account: Account) -> None:
    there = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone; …) Version/17 Safari/604.1"})
    there.post("/sign-in/", WORDS)
    page = gull.get("/my-sign-in/").content.decode()
    assert "Firefox · Linux" in page
    assert "Safari · iPhone" in page
    row = Session.objects.get(browser="Safari · iPhone")
    assert row.used_at
    assert (row.used_at.minute, row.way) == (0, "password")
    stranger = Account.objects.create(username="x", display_name="x", unit=account.unit)
    with pytest.raises(Refused):
        actions.end_sessions(Actor.account(stranger), account)
    gull.post("/my-sign-in/end/", {"session": row.session_key})
    assert there.get("/start/").status_code == 302
    assert gull.get("/start/").status_code == 200
    assert entry_kinds()[-1] == "access.sessions_ended"
    assert gull.post("/my-sign-in/end/").status_code == 409  # there is no other


def test_a_closed_account_is_signed_in_nowhere(gull: Client, account: Account) -> None:
    close_account(Actor.system("t"), account)
    assert not Session.objects.filter(account=account).exists()
    assert gull.get("/start/").status_code == 302


def test_an_administrator_ends_somebody_s_sessions(
    gull: Client, account: Account, signed_in: SignedIn
) -> None:
    admin = signed_in("admin")
    assert "现在登录着 1 处" in admin.get(f"/accounts/{account.pk}/").content.decode()
    admin.post(f"/accounts/{account.pk}/sessions/end/")
    assert gull.get("/start/").status_code == 302


def test_a_key_is_never_more_than_who_answers_for_it(station: Unit, signed_in: SignedIn) -> None:
    owner = Account.objects.create(
        username="keeper", display_name="钥", unit=station, roles=["admin"]
    )
    by = Actor.system("t")
    ask = {"name": "n", "unit": station, "owner": owner}
    with pytest.raises(Refused):  # nobody answers for what opens accounts
        actions.issue_key(by, name="n", unit=station, permissions=["people.provision_accounts"])
    with pytest.raises(Refused):  # an administrator answers no requests, nor does their program
        actions.issue_key(by, permissions=["participation.answer_request"], **ask)
    key, old = actions.issue_key(by, permissions=["people.provision_accounts"], **ask)

    def answers(secret: str) -> int:
        return (
            Client()
            .get("/scim/v2/Users", headers={"Authorization": f"Bearer {secret}"})
            .status_code
        )

    assert answers(old) == 200
    key.refresh_from_db()
    assert key.used_on
    _key, new = actions.rotate_key(Actor.account(owner), key)
    assert (answers(old), answers(new)) == (200, 200)
    type(key).objects.update(older_until="2020-01-01T00:00Z")
    assert (answers(old), answers(new)) == (401, 200)
    Account.objects.filter(pk=owner.pk).update(roles=["dispatcher"])
    assert answers(new) == 403
    Account.objects.filter(pk=owner.pk).update(roles=["admin"], is_active=False)
    assert answers(new) == 401
    Account.objects.filter(pk=owner.pk).update(is_active=True)
    type(key).objects.update(expires_at="2020-01-01T00:00Z")
    assert answers(new) == 401
    page = signed_in("admin").get("/keys/").content.decode()
    assert "2020-01-01" in page
