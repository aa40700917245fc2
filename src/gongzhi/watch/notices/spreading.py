"""Telling an event to all who asked: some at a time, so that nobody who writes waits for it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import override

from gongzhi.base.log.actions import now
from gongzhi.base.log.turns import in_turn
from gongzhi.watch.notices.models import Spread, Subscription
from gongzhi.watch.notices.queue import tell
from gongzhi.watch.notices.telling.choosing import story_of
from gongzhi.watch.notices.telling.story import Story

AT_ONCE = 200
"""Subscriptions of one transaction."""


def spread_on(spread: Spread) -> int:
    """Tell the next ones; how many were looked at. Where it is begun again after a crash, those who
    were told are not told twice."""
    story = story_of(spread)
    with in_turn():
        held = Spread.objects.select_for_update().get(pk=spread.pk)
        found = _next(story, held.reached) if story else []
        if story:
            tell_these(story, found)
        held.reached = found[-1].pk if found else held.reached
        held.done_at = now() if len(found) < AT_ONCE else None
        held.save(update_fields=["reached", "done_at"])
    return len(found)


def tell_these(story: Story, subscriptions: list[Subscription]) -> int:
    """Put it in line for those of them who want it; how many are new."""
    facts: dict[str, Mapping[str, str]] = {}
    told = 0
    for one in subscriptions:
        if not story.wants(one):
            continue
        language = one.subscriber.language
        if language not in facts:
            with override(language):
                facts[language] = story.facts()
        told += tell(one.subscriber, story.news, facts[language]) is not None
    return told


def _next(story: Story, after: int) -> list[Subscription]:
    rows = Subscription.objects.filter(story.asked, pk__gt=after).select_related(
        "subscriber__account"
    )
    return list(rows.order_by("pk")[:AT_ONCE])
