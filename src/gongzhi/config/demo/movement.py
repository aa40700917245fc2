"""A vacancy that people can apply for, one that was decided, and a rotation to decide on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from gongzhi.analysis.rotation import Rules
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.movement import actions
from gongzhi.work.workforce.movement.actions import NewVacancy
from gongzhi.work.workforce.officers.models import Post
from gongzhi.work.workforce.officers.selectors.people import skills_on

DAY = timedelta(days=1)
OPEN = "三年以上一线经历；熟悉渔港、码头；会看潮汐。海岛值守每月十天，有补助。"


def load_movement(until: datetime) -> str:
    """Live through it; without a free place there is no vacancy."""
    office = Actor.account(Account.objects.select_related("unit").get(username="personnel"))
    day = timezone.localdate(until)
    begins = day + 30 * DAY
    found = _somebody_for(begins)
    if found is not None:
        post, bidder = found
        with moment(until - 2 * DAY):
            open_ = actions.open_vacancy(office, NewVacancy(post, 1, OPEN, day + 8 * DAY, begins))
            actions.bid(Actor.account(bidder), open_, words="在城关巡逻四年，想去海岛。")
    with moment(until):
        made = actions.plan_rotation(office, Rules())
    return f"{int(found is not None)} vacancy, {made.moves.count()} due to move"


def _somebody_for(day: date) -> tuple[Post, Account] | None:
    """A post with a free place, and somebody elsewhere who can do its work on that day; the demo's
    own officer first."""
    people = list(Account.objects.filter(is_active=True, holdings__until=None).distinct())
    people.sort(key=lambda one: (one.username != "officer", one.pk))
    for post in Post.objects.filter(closed_on=None).select_related("unit").order_by("pk"):
        there = set(post.holdings.filter(until=None).values_list("account", flat=True))
        if len(there) < post.places:
            for one in people:
                if one.pk not in there and set(post.skills) <= skills_on(one, day):
                    return post, one
    return None
