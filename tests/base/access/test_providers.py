"""Somebody signs in with the county's identity provider: a real one, that runs beside the test."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from pytest_django import Settings

from gongzhi.base.access.models import ProviderLink, Session
from gongzhi.base.access.oidc import asking, going
from gongzhi.base.access.oidc.knowing import is_second
from gongzhi.base.access.oidc.tokens import WrongToken, claims_of
from gongzhi.base.catalogue.kinds.provider import Provider
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account, Unit
from tests.base.access.conftest import PASSWORD
from tests.base.access.providing import SECRET, provider, running_provider, there_and_back
from tests.county import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def issuer(port: int) -> Iterator[str]:
    with running_provider(port) as address:
        yield address


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGZHI_PROVIDER_COUNTY", SECRET)
    asking.forget()


@pytest.fixture
def has(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``has(provider)``: the county's catalogue has this one."""
    return lambda one: monkeypatch.setitem(catalogue().providers, one.code, one) or one


def test_somebody_new_gets_an_account_in_their_unit_with_the_roles_that_the_county_named(
    has: Any, issuer: str, station: Unit
) -> None:
    has(provider(issuer, opens_accounts=True))
    client = Client()
    arrived = client.get(there_and_back(client, "s-100"))
    account = Account.objects.get(username="haiws")
    assert (arrived.status_code, account.unit, account.roles) == (302, station, ["dispatcher"])
    assert account.display_name == "海望舒"
    assert not account.has_usable_password()
    assert ProviderLink.objects.get().subject == "s-100"
    assert Session.objects.get(account=account).way == "oidc:county"
    assert client.get("/start/").status_code == 200
    # a group that the county has not named gives nothing, and the log has neither name nor subject
    told = str(list(Entry.objects.values_list("subject", "text")))
    assert "haiws" not in told
    assert "s-100" not in told
    # out again: here at once, and there if one wants
    left = client.post("/sign-out/", follow=True).content.decode()
    assert "县统一身份" in left
    assert f"{issuer}/session/end?" in left


def test_nobody_comes_in_whose_unit_or_account_the_county_does_not_know(
    has: Any, issuer: str, account: Account
) -> None:
    has(provider(issuer, opens_accounts=True))
    client = Client()
    assert client.get(there_and_back(client, "s-200")).status_code == 403
    has(provider(issuer))
    Account.objects.update(username="haiws")  # the same name is nobody's proof
    assert client.get(there_and_back(client, "s-100")).status_code == 403
    assert not ProviderLink.objects.exists()
    assert "_auth_user_id" not in client.session


def test_one_links_one_s_own_account_and_comes_in_with_it_until_it_is_closed(
    has: Any, issuer: str, account: Account
) -> None:
    has(provider(issuer, roles_claim="", unit_claim=""))
    client = Client()
    client.post("/sign-in/", {"username": "gull", "password": PASSWORD})
    linked = client.get(there_and_back(client, "s-100", "/my-sign-in/with/county/"), follow=True)
    assert "已关联" in linked.content.decode()
    other = Client()
    assert other.get(there_and_back(other, "s-100")).status_code == 302
    assert other.get("/start/").status_code == 200
    account.refresh_from_db()
    assert account.roles == ["dispatcher"]
    Account.objects.update(is_active=False)
    assert other.get(there_and_back(other, "s-100")).status_code == 403


def test_whoever_is_asked_again_has_signed_in_there_just_now(
    has: Any, issuer: str, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A provider that answers from the morning's session has asked nobody."""
    has(provider(issuer, roles_claim="", unit_claim=""))
    client = Client()
    client.post("/sign-in/", {"username": "gull", "password": PASSWORD})
    client.get(there_and_back(client, "s-100", "/my-sign-in/with/county/"))
    again = "/sign-in/with/county/?again"
    assert client.get(there_and_back(client, "s-100", again)).status_code == 302
    asked = going.claims_of

    def of_this_morning(*told: Any) -> dict[str, Any]:
        return asked(*told) | {"auth_time": time.time() - 4 * 3600}

    monkeypatch.setattr(going, "claims_of", of_this_morning)
    assert client.get(there_and_back(client, "s-100", again)).status_code == 422


def test_an_answer_counts_once_for_the_browser_that_asked(
    has: Any, issuer: str, station: Unit
) -> None:
    has(provider(issuer, opens_accounts=True))
    victim, attacker = Client(), Client()
    answer = there_and_back(attacker, "s-100")
    assert victim.get(answer).status_code == 422  # it never asked
    victim.get("/sign-in/with/county/")
    assert victim.get(answer).status_code == 422  # it asked for something else
    assert attacker.get(answer).status_code == 302
    assert attacker.get(answer).status_code != 302 or "_auth_user_id" in attacker.session
    assert Client().get("/sign-in/back/?error=access_denied").status_code == 422


def test_the_provider_may_change_its_keys(
    has: Any, station: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PAUSE", 0.0)
    port = free_port()
    for _start in range(2):
        with running_provider(port) as issuer:
            has(provider(issuer, opens_accounts=True))
            client = Client()
            assert client.get(there_and_back(client, "s-100")).status_code == 302


def test_without_the_provider_those_allowed_sign_in_by_password(has: Any, account: Account) -> None:
    """It is down: the page says so, and what the county kept open stays open."""
    down = has(provider(f"http://127.0.0.1:{free_port()}", local_roles=("supervisor",)))
    answered = Client().get("/sign-in/with/county/")
    assert answered.status_code == 503
    assert "连不上" in answered.content.decode()
    told = {"username": "gull", "password": PASSWORD}
    assert Client().post("/sign-in/", told).status_code == 302  # not linked: only here
    ProviderLink.objects.create(
        account=account, provider="county", issuer=down.issuer, subject="x", made_at=now()
    )
    refused = Client().post("/sign-in/", told)
    assert refused.status_code == 422
    assert "请用统一身份登录" in refused.content.decode()
    account.roles = ["supervisor"]
    account.save()
    assert Client().post("/sign-in/", told).status_code == 302


KEY = RSAKey.generate_key(2048, {"kid": "k", "use": "sig"})


@pytest.fixture
def known(settings: Settings) -> Provider:
    """A provider whose description and key are remembered."""
    one = provider("https://id.example")
    base = {
        "issuer": one.issuer, "authorization_endpoint": "https://id.example/a",
        "token_endpoint": "https://id.example/t", "jwks_uri": "https://id.example/k",
    }  # fmt: skip
    keys = KeySet([KEY]).as_dict(private=False)
    at = time.monotonic()
    asking._told[f"{one.issuer}/.well-known/openid-configuration"] = (at, base)
    asking._told["https://id.example/k"] = (at, keys)
    return one


def token(alg: str = "RS256", key: Any = KEY, **other: Any) -> str:
    now = int(time.time())
    told = {
        "iss": "https://id.example", "aud": "gongzhi", "sub": "s", "nonce": "n",
        "iat": now, "exp": now + 300,
    } | other  # fmt: skip
    return jwt.encode({"alg": alg, "kid": "k"}, told, key, algorithms=[alg])


def test_clocks_may_differ_a_little(known: Provider) -> None:
    now = int(time.time())
    assert claims_of(known, token(iat=now + 40, exp=now + 340), "n")["sub"] == "s"
    assert claims_of(known, token(exp=now - 40), "n")["sub"] == "s"
    assert claims_of(known, token(aud=["gongzhi", "other"], azp="gongzhi"), "n")


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"}, {"aud": "other"}, {"iss": "https://evil.example"}, {"exp": 1},
        {"iat": int(time.time()) + 9000}, {"azp": "other"}, {"aud": ["gongzhi", "other"]},
        {"sub": None}, {"key": RSAKey.generate_key(2048, {"kid": "k"})},
    ],
    ids=lambda one: next(iter(one)),
)  # fmt: skip
def test_a_token_that_is_not_for_us_now_is_refused(known: Provider, wrong: Any) -> None:
    with pytest.raises(WrongToken):
        claims_of(known, token(**wrong), "n")


def test_a_token_signed_with_what_we_both_know_is_refused(known: Provider) -> None:
    """Nor one that is signed with nothing, or was changed."""
    with pytest.raises(WrongToken):
        claims_of(known, token("HS256", OctKey.import_key(SECRET)), "n")
    head, body, _sign = token().split(".")
    with pytest.raises(WrongToken):
        claims_of(known, f"eyJhbGciOiJub25lIn0.{body}.", "n")
    with pytest.raises(WrongToken):
        claims_of(known, f"{head}.{body[:-2]}AA.{_sign}", "n")


def test_only_a_second_factor_that_the_county_trusts_counts(known: Provider) -> None:
    trusting = known.model_copy(update={"second_factors": ("mfa",)})
    assert is_second(trusting, {"amr": ["pwd", "mfa"]})
    assert not is_second(trusting, {"amr": ["pwd"]})
    assert not is_second(trusting, {"amr": "mfa"})
    assert not is_second(known, {"amr": ["mfa"]})
