"""A message as Standard Webhooks 1.0 wants it: thin, signed with HMAC-SHA256.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from gongzhi.watch.exchange.webhooks.models import Delivery

PREFIX, BYTES = "whsec_", 32
TRIAL = "webhooks.trial"
"""What a message is called that only tries the way."""


def new_secret() -> str:
    """256 bits, as receivers' libraries read it."""
    return PREFIX + b64encode(secrets.token_bytes(BYTES)).decode()


def body_of(told: Delivery) -> bytes:
    """Codes, numbers and where to read the rest, with the partner's own key: nobody's name, no
    place and no word travels in it. A trial is about nothing."""
    if told.kind == TRIAL:
        return _written({"type": TRIAL, "timestamp": told.at.isoformat(), "data": {}})
    at = reverse("linked:linked-api:one_request", args=[told.request])
    origin = next(iter(settings.CSRF_TRUSTED_ORIGINS), "")
    return _written({
        "type": told.kind,
        "timestamp": told.at.isoformat(),
        "data": {"change": str(told.seq), "request": told.request, "url": origin + at},
    })  # fmt: skip


def _written(message: Mapping[str, object]) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode()


def headers_of(told: Delivery, body: bytes, secret: str, at: datetime) -> dict[str, str]:
    """The three headers; ``at`` is the moment of this try."""
    stamp, name = str(int(at.timestamp())), str(told.entry)
    return {
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(secret, name, stamp, body),
    }


def signature(secret: str, name: str, stamp: str, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256 of ``name.stamp.body`` in base64."""
    key = b64decode(secret.removeprefix(PREFIX))
    told = hmac.digest(key, f"{name}.{stamp}.".encode() + body, "sha256")
    return f"v1,{b64encode(told).decode()}"
