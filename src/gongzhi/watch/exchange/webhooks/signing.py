"""A message as Standard Webhooks 1.0 wants it: thin, signed with HMAC-SHA256; and a CloudEvent.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from datetime import datetime

from gongzhi.watch.exchange import cloudevents
from gongzhi.watch.exchange.cloudevents import Event
from gongzhi.watch.exchange.webhooks.models import Delivery

PREFIX, BYTES = "whsec_", 32
TRIAL = "webhooks.trial"
"""What a message is called that only tries the way."""


def new_secret() -> str:
    """256 bits, as receivers' libraries read it."""
    return PREFIX + b64encode(secrets.token_bytes(BYTES)).decode()


def event_of(told: Delivery) -> Event:
    """The message as a CloudEvent: codes, numbers and where to read the rest, with the partner's
    own key. Nobody's name, no place and no word travels in it. A trial is about nothing."""
    about, said = _about(told) if told.kind != TRIAL else (TRIAL, {})
    event = cloudevents.event_of(str(told.entry), told.kind, told.at, about, told.seq, said)
    return event | {"timestamp": event["time"]}  # as Standard Webhooks call it


def _about(told: Delivery) -> tuple[str, dict[str, object]]:
    if told.matter is not None:
        about, at = f"matters.matter:{told.matter}", "participation:requests-api:one_request"
    else:
        about, at = f"linked.linkedrequest:{told.request}", "linked:linked-api:one_request"
    number = told.matter or told.request
    url = cloudevents.link(at, number)
    return about, {"change": str(told.seq), "request": number, "url": url}


def body_of(told: Delivery) -> bytes:
    """What stands in the body, by the form that the hook asked for."""
    event = event_of(told)
    return cloudevents.written(event["data"] if told.hook.form == "binary" else event)


def headers_of(told: Delivery, body: bytes, secret: str, at: datetime) -> dict[str, str]:
    """The three headers of the signature and those of the CloudEvent; ``at`` is the moment of
    this try."""
    stamp, name = str(int(at.timestamp())), str(told.entry)
    form = {"Content-Type": cloudevents.STRUCTURED}
    if told.hook.form == "binary":
        form = {"Content-Type": cloudevents.PLAIN, **cloudevents.as_headers(event_of(told))}
    return form | {
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(secret, name, stamp, body),
    }


def signature(secret: str, name: str, stamp: str, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256 of ``name.stamp.body`` in base64."""
    key = b64decode(secret.removeprefix(PREFIX))
    told = hmac.digest(key, f"{name}.{stamp}.".encode() + body, "sha256")
    return f"v1,{b64encode(told).decode()}"
