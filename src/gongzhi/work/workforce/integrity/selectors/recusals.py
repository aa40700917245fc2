"""Who is kept from which matter."""

from __future__ import annotations

from gongzhi.base.people.models import Account
from gongzhi.work.workforce.integrity.models import Recusal
from gongzhi.work.workforce.integrity.states import State


def is_recused(account: Account, matter: int) -> bool:
    """Whether it was decided that this account has no part in the matter. One query."""
    rows = Recusal.objects.filter(account=account, matter=matter, state=State.GRANTED)
    return rows.exists()


def of_matter(matter: int) -> list[Recusal]:
    """All of a matter, the first first. One query."""
    rows = Recusal.objects.filter(matter=matter).select_related("account", "decided_by")
    return list(rows.order_by("pk"))
