"""Which requests a member of staff may open."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused


def oversees(account: Account) -> bool:
    """Whoever watches over requests without answering any sees those of all units."""
    return may(account, "participation.view_requests") and not may(
        account, "participation.answer_request"
    )


def own_requests(account: Account) -> QuerySet[Matter]:
    """The requests that this account's inbox is about: its unit's, or all."""
    requests = Matter.objects.filter(procedure="resident_request", county__isnull=True)
    return requests if oversees(account) else requests.filter(owner_unit=account.unit)


def may_open(account: Account, matter: Matter) -> bool:
    """Its unit owns the request or once did, or the account watches over all."""
    if not may(account, "participation.view_requests") or matter.procedure != "resident_request":
        return False
    return (
        matter.owner_unit_id == account.unit_id
        or oversees(account)
        or matter.handovers.filter(Q(giver=account.unit) | Q(taker=account.unit)).exists()
    )


def require_open(account: Account, matter: Matter) -> None:
    """Refuse (403) whoever may not open this request."""
    if not may_open(account, matter):
        raise Refused(
            _("这件诉求由%(unit)s办理，您所在的单位不能查看。") % {"unit": matter.owner_unit},
            code="not_your_matter",
            status=403,
        )
