"""The lists: series by how alike they are, topics by how many told of them."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongzhi.base.people.models import Account
from gongzhi.work.participation.permissions import own_requests
from gongzhi.work.prevention.linking.models import Member, Series


def series_of(state: str) -> QuerySet[Series]:
    """Of incidents, in this state, the likeliest first."""
    return Series.objects.filter(topic=False, state=state).order_by("-weight", "pk")


def topics_for(account: Account) -> QuerySet[Series]:
    """Topics that still stand and in which this account's unit has an open request; of all units
    for those who watch over requests. Those of most people first."""
    standing = [Series.State.PROPOSED, Series.State.CONFIRMED]
    own = Member.objects.within().filter(
        series=OuterRef("pk"), matter__in=own_requests(account).filter(closed_at=None)
    )
    found = Series.objects.filter(Exists(own), topic=True, state__in=standing)
    still_open = Count("members", filter=Q(members__matter__merged_into=None))
    return found.annotate(open=still_open).filter(open__gte=2).order_by("-open", "-weight", "pk")
