"""On an incident's page: the series that it may belong to."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.access.permissions import may
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.prevention.linking.models import Member, Series
from gongzhi.work.prevention.linking.permissions import VIEW


def linked_with(request: HttpRequest, incident: int) -> Drawn | None:
    """For whoever may see series; one query, and nothing where there is none."""
    if not may(request.user, VIEW):
        return None
    standing = [Series.State.PROPOSED, Series.State.CONFIRMED]
    rows = Member.objects.within().filter(
        matter=incident, series__topic=False, series__state__in=standing
    )
    found = [row.series for row in rows.select_related("series").order_by("-series__weight")]
    return ("linking/_piece.html", {"linked": found}) if found else None
