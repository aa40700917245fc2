"""The agreement itself, held until the transaction ends: nobody else decides meanwhile."""

from __future__ import annotations

from gongzhi.watch.exchange.agreements.models import Agreement


def held(agreement: Agreement) -> Agreement:
    """The row as it stands now, locked."""
    found = Agreement.objects.select_for_update(of=("self",)).select_related("unit", "asked_by")
    return found.get(pk=agreement.pk)
