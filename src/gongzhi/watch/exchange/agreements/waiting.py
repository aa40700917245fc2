"""What waits for somebody: requests to decide, and agreements that end soon."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.base.ui.waiting import Waiting
from gongzhi.watch.exchange.agreements.models import Agreement
from gongzhi.watch.exchange.agreements.permissions import CONSENT, DECIDE, VIEW, seen_by
from gongzhi.watch.exchange.agreements.selectors import SOON, lacking
from gongzhi.watch.exchange.agreements.states import Part, State


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """For the owners of the data, its steward, and whoever gets it."""
    account = request.user
    if not may(account, VIEW) or not isinstance(account, Account):
        return
    where = reverse("agreements:agreements")
    many = sum(waits_for(account, one) for one in seen_by(account).filter(state=State.WAITING))
    if many:
        words = ngettext("%(n)s 份共享申请等决定", "%(n)s 份共享申请等决定", many) % {"n": many}
        yield Waiting("sharing", many, words, where)
    today = timezone.localdate(now())
    near = Agreement.objects.filter(
        unit=account.unit_id, state=State.IN_FORCE, until__gte=today, until__lte=today + SOON
    ).count()
    if near:
        words = ngettext("%(n)s 份共享约定快到期", "%(n)s 份共享约定快到期", near) % {"n": near}
        yield Waiting("sharing_ends", near, words, where)


def waits_for(account: Account, agreement: Agreement) -> bool:
    """Whether this very person may decide on it now."""
    return bool(parts_for(account, agreement))


def parts_for(account: Account, agreement: Agreement) -> list[Part]:
    """As what this person may say yes or no now."""
    if agreement.asked_by_id == account.pk or agreement.consents.filter(by=account).exists():
        return []
    found = []
    for one in lacking(agreement):
        steward = one.part == Part.STEWARD and may(account, DECIDE)
        if steward and account.unit_id != agreement.unit_id:
            found.append(one.part)
        if one.unit and one.unit.pk == account.unit_id and may(account, CONSENT):
            found.append(one.part)
    return found
