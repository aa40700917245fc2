"""A browser's notification: for that browser alone, with the county's name, in both languages."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from pytest_django import Settings

from gongzhi.base.access import tries
from gongzhi.base.log.actions import now
from gongzhi.base.log.readers import catch_up
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices.browsers import checked
from gongzhi.watch.notices.channels.web_push import encrypted, public_key
from gongzhi.watch.notices.models import Notice, Subscriber
from gongzhi.watch.notices.readers import spread
from gongzhi.watch.notices.sending import due_lanes, send_lane
from tests.watch.notices.servers import Gate, http_server
from tests.work.prevention.warnings import hands

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
AUTH = b"0123456789abcdef"


def opened(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def closed(given: bytes) -> str:
    return urlsafe_b64encode(given).rstrip(b"=").decode()


class Browser:
    """Makes its keys and opens what is for it."""

    def __init__(self, endpoint: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.point = self.key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        keys = {"p256dh": closed(self.point), "auth": closed(AUTH)}
        self.given = json.dumps({"endpoint": endpoint, "expirationTime": None, "keys": keys})

    def reads(self, body: bytes) -> bytes:
        salt, theirs, sealed = body[:16], body[21:86], body[86:]
        curve = ec.SECP256R1()
        other = ec.EllipticCurvePublicKey.from_encoded_point(curve, theirs)
        shared = self.key.exchange(ec.ECDH(), other)
        secret = derived(shared, AUTH, b"WebPush: info\0" + self.point + theirs, 32)
        key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x02")


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


@pytest.fixture
def gate(settings: Settings) -> Iterator[Gate]:
    tries.forget_all()
    settings.INTRANET = (ip_network("127.0.0.0/8"),)
    with http_server() as running:
        running.status = 201
        yield running


def test_as_the_standard_s_own_example_has_it() -> None:
    """RFC 8291, section 5."""
    number = int.from_bytes(opened("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    keys = {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6S"
        "RpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    }
    body = encrypted(
        b"When I grow up, I want to be a watermelon", keys,
        sender=ec.derive_private_key(number, ec.SECP256R1()), salt=opened("DGv6ra1nlYgDCS1FRnbzlw"),
    )  # fmt: skip
    assert closed(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWA"
        "mS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxs"
        "j_Qulcy4a-fN"
    )


def subscribe(client: Client, browser: Browser, language: str = "zh-hans") -> None:
    client.cookies["django_language"] = language
    form = {"area": "county", "gravity": "0", "channel": "push", "push": browser.given}
    assert client.post("/subscribe/", form).status_code == 302


def test_a_warning_reaches_the_browser_in_its_language(gate: Gate, client: Client) -> None:
    hands.county()
    chinese, english = Browser(f"{gate.url}/zh"), Browser(f"{gate.url}/en")
    subscribe(client, chinese)
    subscribe(client, english, "en")
    hands.published()
    catch_up("notices.followed")
    spread()
    Notice.objects.update(again_at=now())
    assert due_lanes() == ["push:127.0.0.1"]
    assert send_lane("push:127.0.0.1") == 2
    shown = {
        path: json.loads({"/zh": chinese, "/en": english}[path].reads(body))
        for path, _headers, body in gate.posts
    }
    assert "滨海路" in shown["/zh"]["title"]
    assert "Coast Road" in shown["/en"]["title"]
    assert shown["/zh"]["lang"] == "zh-hans"
    assert shown["/zh"]["url"].startswith("/warnings/")


def test_the_county_signs_what_it_sends(gate: Gate, client: Client) -> None:
    hands.county()
    subscribe(client, Browser(f"{gate.url}/zh"))
    hands.published()
    catch_up("notices.followed")
    spread()
    Notice.objects.update(again_at=now())
    send_lane("push:127.0.0.1")
    signed, key = gate.posts[0][1]["Authorization"].removeprefix("vapid t=").split(", k=")
    head, claims, signature = signed.split(".")
    assert key == public_key()
    assert json.loads(opened(claims))["aud"] == gate.url
    raw = opened(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), opened(key))
    point.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


def test_a_browser_that_is_gone_is_forgotten(gate: Gate, client: Client) -> None:
    hands.county()
    subscribe(client, Browser(f"{gate.url}/zh"))
    hands.published()
    catch_up("notices.followed")
    spread()
    Notice.objects.update(again_at=now())
    gate.status = 410
    send_lane("push:127.0.0.1")
    assert not Subscriber.objects.exists()
    assert set(Notice.objects.values_list("address", "mark")) == {("", "")}


@pytest.mark.parametrize(
    "given",
    ["", "none", "[]", "{}", '{"endpoint": "https://push.example/x", "keys": {}}',
     '{"endpoint": "ftp://x", "keys": {"p256dh": "AA", "auth": "AA"}}'],
)  # fmt: skip
def test_what_no_browser_gives_is_refused_in_words(given: str, client: Client) -> None:
    with pytest.raises(Refused, match="浏览器"):
        checked(given)
    tries.forget_all()
    form = {"area": "county", "gravity": "0", "channel": "push", "push": given}
    assert client.post("/subscribe/", form).status_code == 422
