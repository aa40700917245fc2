"""Filing what a program sent, once."""

from __future__ import annotations

from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import require
from gongzhi.base.files.photos import Photo, make_anew
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.open311.posting import (
    answers_of,
    category_of,
    key_of_send,
    person_of,
    place_of,
    words_of,
)
from gongzhi.work.participation.actions import file_request
from gongzhi.work.participation.models import Receipt

MOST_PHOTOS = 4


def file_from(request: HttpRequest, key: ApiKey) -> tuple[Receipt, str]:
    """The receipt of the request, and what its follow-up code is made from.

    The same ``Idempotency-Key`` again gives the receipt that it made. Refuses a key that may not,
    and whatever `posting` and the action refuse; nothing is written then.
    """
    by = Actor.key(key)
    require(by, "participation.file_request")
    category = category_of(request)
    point, place = place_of(request)
    send = key_of_send(request, str(key.pk))
    if (known := _made_by(send)) is not None:
        return known, send
    photos = _photos(request)
    try:
        receipt = file_request(
            by,
            category=category.code,
            words=words_of(request, category),
            place=place,
            point=point,
            answers=answers_of(request),
            contact=person_of(request),
            photos=photos,
            channel="open311",
            idempotency_key=send,
        )
    except IntegrityError:  # sent twice at the same moment: the first one stands
        if (known := _made_by(send)) is None:
            raise
        return known, send
    return receipt, send


def _made_by(send: str) -> Receipt | None:
    found = Receipt.objects.select_related("matter").filter(matter__idempotency_key=send)
    return found.filter(message__isnull=True).first()


def _photos(request: HttpRequest) -> list[Photo]:
    uploads = request.FILES.getlist("media")
    if len(uploads) > MOST_PHOTOS:
        raise Refused(
            _("一次最多 %(n)s 张照片。") % {"n": MOST_PHOTOS}, code="too_many_photos", status=413
        )
    return [make_anew(upload) for upload in uploads]
