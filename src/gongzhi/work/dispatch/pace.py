"""How long units really take, learnt from what was expected of them and when they arrived.

Of each way only three numbers are asked: what the map expected, what it took, and when; not who
went, nor with which unit. Below some sixty ways nothing is learnt, and the map is believed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from django.utils import timezone

from gongzhi.analysis.travel.pace import Made, Pace, lately, learn
from gongzhi.base.log.actions import now
from gongzhi.work.dispatch.models import Assignment

LEARNT_FROM = timedelta(days=120)
MOST = 5000
"""Ways, the newest ones."""
RECENT = timedelta(hours=3)
LEARN_AGAIN, LOOK_AGAIN = 3600.0, 60.0
"""Seconds until the usual, and until the last hours, are looked at again."""
_lock = Lock()
_usual: tuple[float, Pace] | None = None
_now: tuple[float, Pace] | None = None


def pace() -> Pace:
    """As things are now. Two queries a minute at most, in each process."""
    global _usual, _now  # noqa: PLW0603  (one for the process, as the network is)
    with _lock:
        if _usual is None or monotonic() - _usual[0] > LEARN_AGAIN:
            _usual, _now = (monotonic(), learn(_made(now() - LEARNT_FROM))), None
        if _now is None or monotonic() - _now[0] > LOOK_AGAIN:
            recent = _made(now() - RECENT)
            _now = monotonic(), lately(_usual[1], recent, now=now().timestamp())
        return _now[1]


def there_in(seconds: float, priority: int) -> int:
    """Seconds until somebody is there for whom the map expects `seconds` from now."""
    hour = timezone.localtime().hour
    return round(pace().seconds(seconds, hour=hour, priority=priority))


def forget_pace() -> None:
    """Learn again at the next question."""
    global _usual, _now  # noqa: PLW0603
    with _lock:
        _usual = _now = None


def _made(since: datetime) -> list[Made]:
    rows = Assignment.objects.filter(
        unit__county__isnull=True, expected_at__isnull=False, en_route_at__isnull=False,
        on_scene_at__gte=since,
    ).order_by("-on_scene_at")  # fmt: skip
    told = rows.values_list("en_route_at", "expected_at", "on_scene_at", "matter__priority")
    return [
        Made(
            expected=(expected - left).total_seconds(),
            took=(arrived - left).total_seconds(),
            hour=timezone.localtime(left).hour,
            priority=priority,
            at=arrived.timestamp(),
        )
        for left, expected, arrived, priority in told[:MOST]
        if left and expected and arrived
    ]
