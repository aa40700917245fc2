"""Weixin's token: got once, held while it lasts, got anew when it is over; a stand-in answers."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from pydantic import ValidationError
from pytest_django import Settings

from gongzhi.base.catalogue.kinds.channel import Channel
from gongzhi.watch.notices.channels import weixin
from gongzhi.watch.notices.channels.gateway import Gateway
from gongzhi.watch.notices.channels.letter import Letter, LineFailed, Refuses
from tests.watch.notices.servers import Gate, http_server

LETTER = Letter("n1", "openid-1", "题", "长的", "短的", "zh-hans", link="https://county.example/x/")
TOKEN, SEND = "/cgi-bin/stable_token", "/cgi-bin/message/template/send"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Gate]:
    monkeypatch.setenv("GONGZHI_SECRET_WEIXIN_APP", "s3cret")
    settings.INTRANET = (ip_network("127.0.0.0/8"),)
    weixin.forget_tokens()
    with http_server() as running:
        yield running
    weixin.forget_tokens()


def account(gate: Gate) -> Gateway:
    return Gateway(Channel(
        code="weixin", name={"zh": "微信", "en": "Weixin"}, form="weixin", carries="weixin",
        url=f"{gate.url}{SEND}?access_token={{token}}", token_url=f"{gate.url}{TOKEN}",
        app="wx1", secret="weixin_app", body={"template_id": "t1"},
    ))  # fmt: skip


def given(text: str, lasts: int = 7200) -> dict[str, object]:
    return {"access_token": text, "expires_in": lasts}


def asked(gate: Gate) -> list[str]:
    return [path for path, _headers, _body in gate.posts]


def test_a_token_is_got_once_and_used_while_it_lasts(gate: Gate) -> None:
    gate.says = {TOKEN: [given("one")]}
    for _time in range(3):
        account(gate).send(LETTER)
    assert asked(gate) == [TOKEN, *[f"{SEND}?access_token=one"] * 3]
    assert gate.bodies[0] == {
        "grant_type": "client_credential", "appid": "wx1", "secret": "s3cret",
        "force_refresh": False,
    }  # fmt: skip
    assert gate.bodies[1]["touser"] == "openid-1"


def test_shortly_before_its_end_another_one_is_got(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.says = {TOKEN: [given("one"), given("two")]}
    account(gate).send(LETTER)
    at = weixin.monotonic()
    monkeypatch.setattr(weixin, "monotonic", lambda: at + 7000)
    account(gate).send(LETTER)
    assert asked(gate)[-1] == f"{SEND}?access_token=two"


@pytest.mark.parametrize("code", sorted(weixin.OVER))
def test_one_that_is_over_is_got_anew_with_force_and_the_message_goes_once(
    gate: Gate, code: int
) -> None:
    gate.says = {TOKEN: [given("one"), given("two")], SEND: [{"errcode": code}, {"errcode": 0}]}
    account(gate).send(LETTER)
    assert asked(gate) == [TOKEN, f"{SEND}?access_token=one", TOKEN, f"{SEND}?access_token=two"]
    assert gate.bodies[2]["force_refresh"] is True


def test_a_secret_that_is_not_taken_stops_the_lane_and_not_one_message(gate: Gate) -> None:
    gate.says = {TOKEN: [{"errcode": 40125, "errmsg": "invalid appsecret"}]}
    with pytest.raises(LineFailed, match="not_let_in"):
        account(gate).send(LETTER)
    gate.says = {TOKEN: [given("one")], SEND: [{"errcode": 40001}]}
    with pytest.raises(LineFailed, match="not_let_in"):
        account(gate).send(LETTER)


def test_a_message_that_is_refused_is_no_matter_of_the_token(gate: Gate) -> None:
    gate.says = {TOKEN: [given("one")], SEND: [{"errcode": 43004}]}
    with pytest.raises(Refuses):
        account(gate).send(LETTER)
    assert asked(gate).count(TOKEN) == 1


def test_a_channel_that_could_get_no_token_is_refused_by_the_catalogue() -> None:
    told = {"code": "weixin", "name": {"zh": "微信", "en": "Weixin"}, "form": "weixin",
            "carries": "weixin", "url": "https://api.example/send?t={token}"}  # fmt: skip
    with pytest.raises(ValidationError, match="token_url"):
        Channel(**told)
    with pytest.raises(ValidationError, match="an app and a secret"):
        Channel(**told, token_url="https://api.example/token")
