"""Addresses in messages: whole, so that they work in a mail client; none says who somebody is."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from django.conf import settings
from django.urls import reverse

from gongzhi.base.crypto.county import suite
from gongzhi.watch.notices.models import Subscriber

LENGTH = 32
"""Characters: 192 bits."""


def whole(path: str) -> str:
    """An address of ours with the county's host before it, as its operator named it."""
    return next(iter(settings.CSRF_TRUSTED_ORIGINS), "") + path


def code_of(key: str) -> str:
    """The code of a subscriber's link: the same in each message, not to be reckoned without the
    county's secret."""
    secret = f"notices\n{settings.SECRET_KEY}".encode()
    return urlsafe_b64encode(suite().keyed(secret, key.encode())[:24]).decode()


def hashed(code: str) -> str:
    """What is stored of a code."""
    return suite().digest(code.encode())


def manage_link(subscriber: Subscriber) -> str:
    """Where everything that a subscriber gets is shown, changed and ended."""
    return whole(reverse("notices:manage", args=[code_of(subscriber.key)]))


def stop_link(subscriber: Subscriber) -> str:
    """What a mail client posts to when somebody presses its own button (RFC 8058)."""
    return whole(reverse("notices:stop", args=[code_of(subscriber.key)]))
