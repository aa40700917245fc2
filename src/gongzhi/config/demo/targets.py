"""What the demo county wants to reach: set by the action, as the head of its bureau would."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.watch.outcomes.actions import end_target, set_target

MEETING = "县平安建设领导小组第三次会议（演示）"
WHY = {
    "arrival_in_time": "离岛多，十五分钟是一条船能到的时间；先要求五次里有四次做到。",
    "request_in_time": "答应居民的时限，十件里九件半要做到。",
    "request_solved": "居民说没解决的，一半以上是没有回头看；先到八成五。",
}
VALUES = {"arrival_in_time": 0.8, "request_in_time": 0.95, "request_solved": 0.85}
TOO_MUCH = 0.99
"""A first try, taken back after two weeks."""


def load_targets(until: datetime) -> int:
    """Set a few targets as of some weeks ago, and take one back; how many hold."""
    by = Actor.account(Account.objects.get(username="bureau_leader"))
    zone = timezone.get_default_timezone()
    with moment(until - timedelta(days=42)):
        since = timezone.localdate(until - timedelta(days=42), zone)
        tried = set_target(
            by, "request_in_time", value=TOO_MUCH, since=since, decided_by=MEETING,
            why="想一步到位。",
        )  # fmt: skip
    with moment(until - timedelta(days=28)):
        end_target(by, tried)
        since = timezone.localdate(until - timedelta(days=28), zone)
        for measure, value in VALUES.items():
            set_target(by, measure, value=value, since=since, decided_by=MEETING, why=WHY[measure])
    return len(VALUES)
