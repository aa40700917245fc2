"""Notifications that a browser shows: Web Push (RFC 8030), encrypted for the one browser (RFC 8291,
RFC 8188), with the county's name on it (VAPID, RFC 8292)."""

from __future__ import annotations

import json
import os
import struct
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from gongzhi.watch.exchange.outside import line_to, parsed
from gongzhi.watch.notices.channels.letter import Letter, LineFailed, NotNow, Refuses

KEY_NAME = "web-push"
CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RECORD, LONGEST = 4096, 600
"""Bytes of the one record; characters of the words, so that they fit in whatever they are."""
TTL = 24 * 3600
"""Seconds for which a push service keeps it for a phone that is off."""
SIGNED_FOR = 12 * 3600


@dataclass(frozen=True)
class WebPush:
    """The push services that browsers named: any address of the open net, and no inner one."""

    @contextmanager
    def open(self) -> Iterator[WebPush]:
        """Each message has a connection of its own."""
        yield self

    def send(self, letter: Letter) -> None:
        """Hand one notification to the browser's push service."""
        told = json.loads(letter.address)
        parts = parsed(told["endpoint"])
        shown = {"title": letter.subject, "body": letter.short[:LONGEST], "url": letter.link,
                 "lang": letter.language, "tag": letter.name}  # fmt: skip
        body = encrypted(json.dumps(shown, ensure_ascii=False).encode(), told["keys"])
        headers = {
            "Content-Type": "application/octet-stream", "Content-Encoding": "aes128gcm",
            "TTL": str(TTL), "Urgency": "normal", "Topic": letter.name[:32],
            "Authorization": authorization(f"{parts.scheme}://{parts.netloc}"),
        }  # fmt: skip
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        within = parts.scheme == "http"  # in the clear only inside
        with line_to(parts, intranet=settings.INTRANET, within=within) as line:
            line.request("POST", target, body=body, headers=headers)
            _require_taken(line.getresponse().status)


def _require_taken(status: int) -> None:
    if status in {404, 410}:
        raise Refuses(f"http_{status}", gone=True)
    if status in {408, 425, 429}:
        raise NotNow(f"http_{status}")
    if status in {401, 403} or status >= 500:
        raise LineFailed(f"http_{status}")
    if not 200 <= status < 300:
        raise Refuses(f"http_{status}")


def encrypted(
    text: bytes, keys: Mapping[str, str], *, sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:  # fmt: skip
    """One record that this browser alone opens. ``sender`` and ``salt``: for tests."""
    own, salt = sender or ec.generate_private_key(CURVE), salt or os.urandom(16)
    theirs, mine = _opened(keys["p256dh"]), _point(own.public_key())
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    secret = _derived(shared, _opened(keys["auth"]), b"WebPush: info\0" + theirs + mine, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + struct.pack("!IB", RECORD, len(mine)) + mine
    return head + AESGCM(key).encrypt(nonce, text + b"\x02", None)


def authorization(audience: str) -> str:
    """Who sends it, signed with the county's own key."""
    mail = parseaddr(settings.MAIL_FROM)[1]
    claims = {"aud": audience, "exp": int(time.time()) + SIGNED_FOR, "sub": f"mailto:{mail}"}
    signed = ".".join(_closed(json.dumps(one).encode()) for one in (_HEAD, claims))
    r, s = decode_dss_signature(_own_key().sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = _closed(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={public_key()}"


_HEAD = {"typ": "JWT", "alg": "ES256"}


def public_key() -> str:
    """What a browser is told when it subscribes."""
    return _closed(_point(_own_key().public_key()))


def _own_key() -> ec.EllipticCurvePrivateKey:
    return _key_of(settings.HOME.secret(KEY_NAME))


@lru_cache(maxsize=4)
def _key_of(secret: str) -> ec.EllipticCurvePrivateKey:
    """Made from the home's secret ``web-push``: the same for ever, or all browsers ask anew."""
    number = int.from_bytes(_derived(secret.encode(), b"", b"gongzhi web push 1", 48), "big")
    return ec.derive_private_key(number % (_ORDER - 1) + 1, CURVE)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _opened(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _closed(given: bytes) -> str:
    return urlsafe_b64encode(given).rstrip(b"=").decode()
