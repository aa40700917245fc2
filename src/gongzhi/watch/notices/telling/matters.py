"""What is told to those who follow a matter: no word of it, only that there is news."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.models import Subscription
from gongzhi.watch.notices.queue import News
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.telling.story import Story
from gongzhi.work.participation.selectors.silence import lapses_on

STEP_TAKEN, MERGED = "matters.step_taken", "matters.matter_merged"
TOLD = {
    "accepted": "matter_accepted", "waiting_for_resident": "matter_question",
    "answered": "matter_answered", "reopened": "matter_reopened", "closed": "matter_closed",
    "lapsed": "matter_closed",
}  # fmt: skip
"""Step → what is told of it."""
AHEAD = timedelta(days=3)
"""So long before a matter closes by itself it is said."""
PROCEDURE = "resident_request"


def step_taken(entry: UUID, matter: Matter, data: Mapping[str, Any]) -> Story | None:
    """A step that followers are told of."""
    template = TOLD.get(str(data.get("step")))
    return story(matter, template, str(entry)) if template else None


def is_followed(subject: str) -> bool:
    """Whether anybody wants to be told of this matter."""
    number = subject.rpartition(":")[2]
    return number.isdecimal() and Subscription.objects.filter(matter=int(number)).exists()


def story(matter: Matter, template: str, once: str) -> Story:
    """That there is something to read about a matter."""
    asked = Q(about=About.MATTER, matter=matter)
    news = News(template, f"matters.matter:{matter.pk}", once, {})
    return Story(news, asked, lambda: _facts(matter))


def lapsing() -> list[Story]:
    """Matters that are followed and close by themselves in some days."""
    followed = Subscription.objects.filter(about=About.MATTER).values("matter")
    open_ones = Matter.objects.filter(
        pk__in=followed, step="answered", procedure=PROCEDURE, closed_at__isnull=True
    )
    today, found = timezone.localdate(now()), []
    for one in open_ones.order_by("pk"):
        last = lapses_on(one)
        if last is not None and today >= last - AHEAD:
            found.append(story(one, "matter_lapses", f"lapses:{one.pk}:{last}"))
    return found


def follow_merged(entry: Entry) -> None:
    """Whoever follows a matter that became part of another one follows that."""
    into = json.loads(entry.text)["into"]
    rows = Subscription.objects.filter(matter=int(entry.subject.rpartition(":")[2]))
    there = Subscription.objects.filter(matter=into).values("subscriber")
    rows.filter(subscriber__in=list(there.values_list("subscriber", flat=True))).delete()
    rows.update(matter=into)


def _facts(matter: Matter) -> dict[str, str]:
    last = lapses_on(matter)
    return {
        "number": matter.number,
        "day": f"{last:%Y-%m-%d}" if last else "",
        # Without the code: whoever reads the message has to know it.
        "link": whole(reverse("participation:follow")),
    }
