"""Reporting, and judging the outcome."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter, take_step
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.events import OUTCOME_JUDGED, REQUEST_FILED
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors import unit_for

KEY_LENGTH = 20, 64
"""Characters of an idempotency key: at the least as many as make it unguessable."""


@action
def file_request(
    by: Actor, *, category: str, words: str, place: str, idempotency_key: str
) -> Receipt:
    """Open a resident's request and make its receipt.

    The code is `code_for(idempotency_key)`. A key used before is refused by the database
    (IntegrityError): show the receipt that it made.
    """
    if not KEY_LENGTH[0] <= len(idempotency_key) <= KEY_LENGTH[1]:
        raise Refused(_("页面不完整，请刷新后再提交一次。"), code="idempotency_key")
    wanted = catalogue().categories.get(category)
    if wanted is None:
        wrong = _("没有这个类别，请重新选一个。")
        raise Refused(wrong, code="unknown_category", fields={"category": wrong})
    matter = open_matter(
        by,
        NewMatter(
            procedure="resident_request",
            category=category,
            owner=unit_for(wanted),
            words=words,
            place=place,
            idempotency_key=idempotency_key,
        ),
    )
    receipt = Receipt.objects.create(
        matter=matter, code_hash=hashed(code_for(idempotency_key)), made_at=now()
    )
    record(REQUEST_FILED, matter, receipt=receipt.pk)
    return receipt


@action
def judge_outcome(by: Actor, receipt: Receipt, *, solved: bool) -> Receipt:
    """Say whether an answered matter is solved: it is closed then, or opened again."""
    take_step(by, receipt.matter, "closed" if solved else "reopened")
    record(OUTCOME_JUDGED, receipt.matter, receipt=receipt.pk, solved=solved)
    return receipt
