"""What is told of a place once a week: how many reports there were seen to, counted by town.

No request is told of, only fives of them: where fewer than five of a town were done, nothing is
said. The count is a town's whatever was followed in it, so two places that overlap tell no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from gongzhi.analysis.disclosure import STEP
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter, ShownElement
from gongzhi.base.places.models import Area
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.models import Subscription
from gongzhi.watch.notices.places import town_of
from gongzhi.watch.notices.queue import News, tell
from gongzhi.watch.notices.states import About

FROM_HOUR, WEEK = 8, timedelta(days=7)
REQUEST, ENDED = "resident_request", ("closed", "lapsed")
MOST = 500
"""Subscriptions of one transaction."""
Counts = Counter[str]


def week_to_tell(at: datetime) -> date | None:
    """The Monday of the week that is over; None on a Monday before eight."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    if local.weekday() == 0 and local.hour < FROM_HOUR:
        return None
    return local.date() - timedelta(days=local.weekday()) - WEEK


def tell_week(monday: date) -> int:
    """Tell whoever follows a place of this week, once; how many are told."""
    done, planned = _done(monday), _planned(monday)
    told, names = 0, {one.code: one for one in Area.objects.filter(kind="town", valid_to=None)}
    rows = Subscription.objects.filter(about=About.NEARBY).select_related("subscriber")
    for one in rows.order_by("pk").iterator(MOST):
        town = town_of(one)
        if one.pin and not town:
            continue
        counts = _thinned(done, town), _thinned(planned, town)
        if any(counts):
            told += _tell(one, monday, names.get(town), counts)
    return told


def _tell(one: Subscription, monday: date, town: Area | None, counts: tuple[int, int]) -> bool:
    with override(one.subscriber.language):
        facts = {
            "place": str(town) if town else _("全县"), "done": f"{counts[0]}",
            "planned": f"{counts[1]}", "day": f"{monday:%Y-%m-%d}",
            "link": whole(reverse("participation:around")),
        }  # fmt: skip
    # Of one town once, whichever of its places somebody follows.
    once = f"week:{monday}:{town.code if town else ''}"
    news = News("place_week", "notices.week", once, {}, rank=8)
    return tell(one.subscriber, news, facts) is not None


def _done(monday: date) -> Counts:
    since, until = _moment(monday), _moment(monday + WEEK)
    ended = _own().filter(step__in=ENDED, closed_at__gte=since, closed_at__lt=until)
    return Counter(ended.values_list("town", flat=True))


def _planned(monday: date) -> Counts:
    """Reports for which a day was named in that week, when it will be done."""
    since, until = _moment(monday), _moment(monday + WEEK)
    shown = ShownElement.objects.filter(
        code="plan", shown_at__gte=since, shown_at__lt=until, matter__in=_own()
    )
    return _by_town(shown.values_list("matter", "matter__town"))


def _by_town(rows: Iterable[tuple[int, str]]) -> Counts:
    return Counter(dict(rows).values())


def _own() -> QuerySet[Matter]:
    return Matter.objects.filter(procedure=REQUEST, county=None, merged_into=None)


def _thinned(counts: Counts, town: str) -> int:
    """In fives, of each town by itself: the county's is the sum of what the towns tell."""
    if town:
        return counts[town] // STEP * STEP
    return sum(many // STEP * STEP for many in counts.values())


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())


def tell_last_week() -> int:
    """Tell of the week that is over whoever has not been told of it; how many."""
    monday = week_to_tell(now())
    return tell_week(monday) if monday else 0
