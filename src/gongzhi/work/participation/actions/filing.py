"""Reporting something, or joining a neighbour who has reported it already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.actions import keep_photo
from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.rows import insert
from gongzhi.base.matters.actions import NewMatter, NewParty, add_words, open_matter
from gongzhi.base.matters.models import Matter, Message, Party
from gongzhi.base.people.models import Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.events import REQUEST_FILED, REQUEST_JOINED
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors import unit_for

KEY_LENGTH = 20, 64
"""Characters of an idempotency key: at the least as many as make it unguessable."""
LONGEST_NAME = 80
PHONE = re.compile(r"[0-9+][0-9 ()+-]{4,29}", re.ASCII)


@action
def file_request(
    by: Actor,
    *,
    category: str,
    words: str,
    place: str,
    idempotency_key: str,
    point: Point | None = None,
    accuracy: int | None = None,
    answers: Mapping[str, str | int] | None = None,
    contact: Mapping[str, str] | None = None,
    photos: Sequence[Photo] = (),
    channel: str = "web",
    unit: Unit | None = None,
) -> Receipt:
    """Open a resident's request and make its receipt.

    `contact` may have ``name``, ``phone`` and ``email``; they are sealed. The category's own unit
    gets it, unless `unit` is given. The code is `code_for(idempotency_key)`. A key used before is
    refused by the database (IntegrityError): show the receipt that it made.
    """
    _require_key(idempotency_key)
    wanted = catalogue().categories.get(category)
    if wanted is None:
        wrong = _("没有这个类别，请重新选一个。")
        raise Refused(wrong, code="unknown_category", fields={"category": wrong})
    told = _checked_contact(contact or {})
    matter = open_matter(
        by,
        NewMatter(
            procedure="resident_request",
            category=category,
            owner=unit or unit_for(wanted, point),
            words=words,
            place=place,
            point=point,
            accuracy=accuracy,
            answers=answers or {},
            channel=channel,
            parties=[NewParty(Party.Role.REPORTER, told)] if told else [],
            files=[keep_photo(by, one) for one in photos],
            idempotency_key=idempotency_key,
        ),
    )
    receipt = _receipt(matter, idempotency_key)
    record(REQUEST_FILED, matter, receipt=receipt.pk)
    return receipt


@action
def join_request(
    by: Actor,
    matter: Matter,
    *,
    words: str,
    idempotency_key: str,
    photos: Sequence[Photo] = (),
) -> Receipt:
    """Add a neighbour's words to a request that is open, and give a receipt of their own.

    The caller has checked that it lies near. Refuses one that has ended. A key used before is
    refused by the database, as with `file_request`.
    """
    _require_key(idempotency_key)
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.closed_at is not None or held.procedure != "resident_request":
        raise Refused(
            _("这一件已经办结，不能再加入。请另外提交一件。"), code="request_closed", status=409
        )
    message = add_words(
        by, held, Message.Kind.JOINED, words, files=[keep_photo(by, one) for one in photos]
    )
    receipt = _receipt(held, idempotency_key, message)
    record(REQUEST_JOINED, held, receipt=receipt.pk)
    return receipt


def _require_key(key: str) -> None:
    if not KEY_LENGTH[0] <= len(key) <= KEY_LENGTH[1]:
        raise Refused(_("页面不完整，请刷新后再提交一次。"), code="idempotency_key")


def _receipt(matter: Matter, key: str, message: Message | None = None) -> Receipt:
    receipt = Receipt(
        matter=matter,
        code_hash=hashed(code_for(key)),
        made_at=now(),
        idempotency_key=key,
        message=message,
    )
    insert(receipt)
    return receipt


def _checked_contact(contact: Mapping[str, str]) -> dict[str, str]:
    """Name, phone and e-mail without blanks, where given. Refuses what can be none of them.

    An e-mail address comes from programs alone, which have checked how it is written.
    """
    told = {name: contact.get(name, "").strip() for name in ("name", "phone", "email")}
    if len(told["name"]) > LONGEST_NAME or "\x00" in told["name"]:
        wrong = _("称呼最多写 %(n)s 个字。") % {"n": LONGEST_NAME}
        raise Refused(wrong, code="contact", fields={"name": wrong})
    if told["phone"] and not PHONE.fullmatch(told["phone"]):
        wrong = _("这不像电话号码，请检查；不想留也可以空着。")
        raise Refused(wrong, code="contact", fields={"phone": wrong})
    return {name: text for name, text in told.items() if text}
