"""What a browser gives to be pushed to, checked before it is kept."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.outside import LineFailed, parsed

LONGEST = 2000


def checked(text: str) -> str:
    """The browser's subscription in one form. Refuses (422) what is none: no https address, keys
    that no browser makes."""
    wrong = Refused(
        _("浏览器没有给通知的地址。请允许通知，或者换一种方式。"), code="push", status=422
    )
    try:
        told = json.loads(text[:LONGEST])
        endpoint, keys = str(told["endpoint"]), told["keys"]
        point, auth = (_opened(str(keys[name])) for name in ("p256dh", "auth"))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        scheme = parsed(endpoint).scheme
    except (ValueError, KeyError, TypeError, LineFailed) as broken:
        raise wrong from broken
    if len(auth) != 16 or (scheme == "http" and not settings.INTRANET):
        raise wrong
    kept = {"endpoint": endpoint, "keys": {name: str(keys[name]) for name in ("p256dh", "auth")}}
    return json.dumps(kept, sort_keys=True)


def service_of(address: str) -> str:
    """The host of its push service: what lies there has a lane of its own."""
    return urlsplit(json.loads(address)["endpoint"]).hostname or ""


def _opened(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
