"""What colleagues said, as far as it may be told, and whom somebody can still be asked about."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from gongzhi.base.people.models import Account
from gongzhi.work.workforce.appraisal.models import Colleagues, Round, Sheet

LEAST_COLLEAGUES = 5
"""Of fewer answers nothing is shown: they could be told apart."""


def colleague_mark(account: Account, sheet: Sheet) -> str:
    """A keyed hash that tells that somebody has answered about this sheet, and nothing else."""
    return salted_hmac(f"gongzhi appraisal colleague {sheet.pk}", str(account.pk)).hexdigest()


def has_answered(account: Account, sheet: Sheet) -> bool:
    """Whether this colleague's answers are among the sums."""
    return colleague_mark(account, sheet) in Colleagues.objects.get(sheet=sheet).marks


def said_by_colleagues(sheet: Sheet) -> list[tuple[str, int, int]] | None:
    """Question, yes, no; None while fewer than five have answered."""
    formula, sums = sheet.round.item, sheet.colleagues.sums
    if formula is None or not sums or min(sum(one) for one in sums.values()) < LEAST_COLLEAGUES:
        return None
    return [(str(one.asks), *sums[one.code]) for one in formula.questions if one.code in sums]


def colleagues_to_answer(account: Account, held: Round) -> QuerySet[Sheet]:
    """The sheets of one's unit but one's own."""
    rows = held.sheets.filter(unit_id=account.unit_id).exclude(account=account)
    return rows.select_related("account", "round").order_by("account__display_name")
