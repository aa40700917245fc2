"""Reporting something, or joining a neighbour who has reported it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.actions import keep_photo
from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, NewParty, add_words, open_matter
from gongzhi.base.matters.models import Matter, Message, Party
from gongzhi.base.people.models import Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.events import REQUEST_FILED, REQUEST_JOINED
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.receiving import checked_contact, new_receipt, require_key
from gongzhi.work.participation.selectors import unit_for


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
    require_key(idempotency_key)
    wanted = catalogue().categories.get(category)
    if wanted is None:
        wrong = _("没有这个类别，请重新选一个。")
        raise Refused(wrong, code="unknown_category", fields={"category": wrong})
    told = checked_contact(contact or {})
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
    receipt = new_receipt(matter, idempotency_key)
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
    require_key(idempotency_key)
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.closed_at is not None or held.procedure != "resident_request":
        raise Refused(
            _("这一件已经办结，不能再加入。请另外提交一件。"), code="request_closed", status=409
        )
    message = add_words(
        by, held, Message.Kind.JOINED, words, files=[keep_photo(by, one) for one in photos]
    )
    receipt = new_receipt(held, idempotency_key, message)
    record(REQUEST_JOINED, held, receipt=receipt.pk)
    return receipt
