"""What a receipt opens."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import hashed
from gongzhi.work.participation.models import Receipt

_FARTHEST = 8
"""Mergers in a row; nobody merges so often, but no loop may run for ever."""


def receipt_with(key: int | None) -> Receipt | None:
    """The receipt that this browser has opened, if any."""
    return _receipts().filter(pk=key).first() if key else None


def receipt_of(code: str) -> Receipt:
    """The receipt that a code opens. Refuses an unknown one without saying what was wrong."""
    receipt = _receipts().filter(code_hash=hashed(code)).first()
    if receipt is None:
        wrong = _("没有找到这个查询码。请照回执核对，字母不分大小写。")
        raise Refused(wrong, code="unknown_code", status=404, fields={"code": wrong})
    return receipt


def matter_followed(receipt: Receipt) -> Matter:
    """The matter in which the receipt's own goes on: itself, or the one it was merged into."""
    matter = receipt.matter
    for _once in range(_FARTHEST):
        if matter.merged_into is None:
            break
        matter = matter.merged_into
    return matter


def followers_of(matter: Matter) -> int:
    """How many residents wait for its outcome: a number, and nobody in particular."""
    of_it = Q(matter=matter) | Q(matter__merged_into=matter)
    return Receipt.objects.filter(of_it).count()


def _receipts() -> QuerySet[Receipt]:
    return Receipt.objects.select_related(
        "matter__owner_unit", "matter__narrative", "matter__merged_into__owner_unit", "message"
    )
