"""What leaves the county says itself what it is: CloudEvents 1.0.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md and its JSON format.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse

STRUCTURED = "application/cloudevents+json"
PLAIN = "application/json"
Event = dict[str, Any]


def origin() -> str:
    """``https://county.example``, without a slash; "" where the operator has not said it."""
    return str(next(iter(settings.CSRF_TRUSTED_ORIGINS), ""))


@cache
def source() -> str:
    """Who says so: the county's own address, or a name where it has none."""
    return origin() + "/" if origin() else "urn:gongzhi:county"


def event_of(
    name: str, kind: str, at: datetime, about: str, seq: int, said: Mapping[str, Any]
) -> Event:
    """An event in structured form. ``id`` is the log entry's, so that who has seen it knows it
    again; ``sequence`` grows with the order of commits, also as text."""
    return {
        "specversion": "1.0",
        "id": name,
        "source": source(),
        "type": kind,
        "subject": about,
        "time": at.isoformat(),
        "datacontenttype": PLAIN,
        "sequence": f"{seq:020}",
        "data": said,
    }


def written(told: Mapping[str, Any]) -> bytes:
    """As it goes over the line."""
    return json.dumps(told, separators=(",", ":")).encode()


def as_headers(event: Event) -> dict[str, str]:
    """The attributes as HTTP headers, for the binary form: the body is ``data`` alone."""
    told = {k: v for k, v in event.items() if k not in {"data", "datacontenttype"}}
    return {f"ce-{name}": str(value) for name, value in told.items()}


def link(view: str, *arguments: object) -> str:
    """The address at which a partner reads more, with its own key."""
    return origin() + reverse(view, args=arguments)
