"""A request as a program sends it, read field by field before anything is written."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.matters.intake import LONGEST
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.open311.services import service_named

PERSONAL = {"first_name": 60, "last_name": 60, "phone": 40, "email": 120}
"""Kept sealed, with the most characters each may have. ``device_id`` and ``account_id`` are read by
nobody here: a device is nobody's name, and we keep none."""
LONGEST_ADDRESS = 200
_ATTRIBUTE = re.compile(r"attribute\[([a-z][a-z0-9_]{0,39})\](\[\])?")
_KEY = re.compile(r"[A-Za-z0-9_-]{20,64}")


def category_of(request: HttpRequest) -> Category:
    """The service asked for. Refuses none and an unknown one."""
    code = request.POST.get("service_code", "").strip()
    if not code:
        raise Refused(_("缺少 service_code。"), code="service_code_missing")
    return service_named(code)


def words_of(request: HttpRequest, category: Category) -> str:
    """The description; the service's own name where there is none, as the specification allows."""
    words = _plain(request, "description", LONGEST) or str(category.name)
    link = _plain(request, "media_url", 1000)
    if link:
        _checked(URLValidator(schemes=["http", "https"]), link, "media_url")
        # Nobody here fetches what others point to: whoever handles it decides to look.
        words = f"{words}\n{link}"[:LONGEST]
    return words


def place_of(request: HttpRequest) -> tuple[Point | None, str]:
    """Where it is. Refuses nothing at all, half a position, and one that lies elsewhere."""
    lat, lon = (request.POST.get(name, "").strip() for name in ("lat", "long"))
    address = _plain(request, "address_string", LONGEST_ADDRESS)
    address = address or _plain(request, "address_id", LONGEST_ADDRESS)
    if not (lat or lon):
        if not address:
            raise Refused(
                _("缺少位置：请给出 lat 和 long，或者 address_string。"), code="place_missing"
            )
        return None, address
    return place_in_county(lat, lon), address


def answers_of(request: HttpRequest) -> dict[str, str]:
    """The attributes. Refuses the same one twice; what they may be, the matter's action says."""
    answers = {}
    for name, values in request.POST.lists():
        match = _ATTRIBUTE.fullmatch(name)
        if match is None:
            continue
        if len(values) != 1 or match[1] in answers:
            raise Refused(
                _("attribute[%(code)s] 只能有一个值。") % {"code": match[1]}, code="attribute"
            )
        answers[match[1]] = values[0].strip()
    return answers


def person_of(request: HttpRequest) -> dict[str, str]:
    """Whoever reported it, as far as they said; empty when they said nothing."""
    given = {name: _plain(request, name, most) for name, most in PERSONAL.items()}
    if given["email"]:
        _checked(validate_email, given["email"], "email")
    names = (given["last_name"], given["first_name"])
    told = {"name": " ".join(filter(None, names)), "phone": given["phone"], "email": given["email"]}
    return {name: text for name, text in told.items() if text}


def key_of_send(request: HttpRequest, owner: str) -> str:
    """What makes two sends of one request one matter: the header ``Idempotency-Key``, made the
    sender's own; without it every send counts."""
    given = request.headers.get("Idempotency-Key", "")
    if not given:
        return secrets.token_urlsafe(24)
    if not _KEY.fullmatch(given):
        raise Refused(
            _("Idempotency-Key 应为 20 到 64 个字母、数字、短横线或下划线。"),
            code="idempotency_key",
        )
    return hashlib.sha256(f"{owner}\n{given}".encode()).hexdigest()


def _plain(request: HttpRequest, name: str, most: int) -> str:
    text = request.POST.get(name, "").strip()
    if "\x00" in text or len(text) > most:
        raise Refused(
            _("%(name)s 最多 %(n)s 个字，不能有无法保存的字符。") % {"name": name, "n": most},
            code="too_long",
        )
    return text


def _checked(validator: Any, text: str, name: str) -> None:
    try:
        validator(text)
    except ValidationError:
        raise Refused(_("%(name)s 的写法不对。") % {"name": name}, code=name) from None
