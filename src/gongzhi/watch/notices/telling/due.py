"""What is due from somebody, or of a post: a report's name and day; that a post's time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Unit
from gongzhi.watch.notices.duties import wanted_by
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.models import Spread, Subscription
from gongzhi.watch.notices.queue import News
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.telling.story import Story

REPORT, ROTATION = "integrity.report_due", "integrity.rotation_due"
KINDS: Mapping[str, str] = {REPORT: "own_due", ROTATION: "rotation"}
"""Kind of event → the duty by which it was asked for; its text is called the same."""


def is_wanted(entry: Entry) -> bool:
    """Whether any member of staff asked to be told of such a thing."""
    duty = KINDS.get(entry.kind)
    return duty is not None and Subscription.objects.filter(about=About.DUTY, topic=duty).exists()


def told(spread: Spread, fields: Mapping[str, Any]) -> Story:
    """A report to whose it is; a post to those who see to rotation. Who holds it is in no mail."""
    duty = KINDS[spread.kind]
    news = News(duty, spread.subject, str(spread.entry), {}, rank=6)
    asked = Q(about=About.DUTY, topic=duty, subscriber__account__is_active=True)
    if spread.kind == REPORT:
        asked &= Q(subscriber__account=fields["account"])
    return Story(
        news, asked, lambda: _facts(spread.kind, fields),
        lambda one: wanted_by(one.subscriber.account, duty),
    )  # fmt: skip


def _facts(kind: str, fields: Mapping[str, Any]) -> dict[str, str]:
    if kind == REPORT:
        item = catalogue().reminders.get(fields["report"])
        due = date.fromisoformat(fields["due_on"])
        return {
            "title": str(item.name) if item else "", "day": f"{due:%m-%d}",
            "link": whole(reverse("integrity:mine")),
        }  # fmt: skip
    unit = Unit.objects.filter(pk=fields["unit"]).first()
    return {"office": str(unit or ""), "link": whole(reverse("integrity:register"))}
