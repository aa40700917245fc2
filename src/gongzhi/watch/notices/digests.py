"""Digests: what was held for somebody, once a day or on Mondays, in one message."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.log.turns import in_turn
from gongzhi.watch.notices.models import Notice, Subscriber
from gongzhi.watch.notices.queue import News, tell
from gongzhi.watch.notices.states import Pace, State
from gongzhi.watch.notices.texts import written

HOUR = 8
"""From which hour of the day digests are made."""
MOST, LINES = 200, 30


def due(at: datetime) -> list[Subscriber]:
    """Those with something held, whose day it is and who had none today."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    if local.hour < HOUR:
        return []
    paces = [Pace.NOW, Pace.DAILY, *([Pace.WEEKLY] if local.weekday() == 0 else [])]
    today = local.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Subscriber.objects.filter(
        Q(digest_at=None) | Q(digest_at__lt=today), pace__in=paces, notices__state=State.HELD
    )
    return list(rows.distinct().order_by("pk")[:MOST])


def make(subscriber: Subscriber) -> Notice | None:
    """One message of all that was held; what went into it is erased apart."""
    at = now()
    with in_turn():
        held = list(Notice.objects.filter(subscriber=subscriber, state=State.HELD).order_by("pk"))
        if not held:
            return None
        lines = "\n".join(_line(one) for one in held[-LINES:])
        day = timezone.localdate(at, timezone.get_default_timezone())
        news = News("digest", "", f"digest:{day}", {}, rank=8, now=True)
        made = tell(subscriber, news, {"count": str(len(held)), "lines": lines})
        Notice.objects.filter(pk__in=[one.pk for one in held]).update(
            state=State.MERGED, address="", facts="", ended_at=at
        )
        Subscriber.objects.filter(pk=subscriber.pk).update(digest_at=at)
    return made


def _line(notice: Notice) -> str:
    facts = dict(notice.told())
    said = written(notice.template, facts, notice.language).subject
    return f"· {said}\n  {facts.get('link', '')}".rstrip()
