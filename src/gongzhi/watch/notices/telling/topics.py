"""What is told of a topic: what kind of thing is new, and where it stands; no word of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.base.ui.context import address
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.models import Subscription
from gongzhi.watch.notices.places import holds_for, where_of
from gongzhi.watch.notices.queue import News
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.telling.story import Story
from gongzhi.watch.notices.topics import NEARBY, TOPICS


def told(entry: UUID, kind: str, code: str, subject: str, fields: Mapping[str, Any]) -> Story:
    """News of a topic, for whoever follows it or the place where it happens. Whoever follows both
    is told once: it is the same news."""
    news = News("topic_news", subject, str(entry), {}, rank=6)
    asked = Q(about=About.TOPIC, topic=code)
    if code in NEARBY:
        asked |= Q(about=About.NEARBY)
    return Story(news, asked, lambda: _facts(kind, code, subject, fields), _wants(code, subject))


def is_news(kind: str, fields: Mapping[str, Any]) -> bool:
    """Whether it is: a problem that is opened again in other words is none."""
    return kind != "problems.opened_to_residents" or bool(fields.get("first"))


def _wants(code: str, subject: str) -> Callable[[Subscription], bool]:
    there = holds_for(where_of(code, subject)) if code in NEARBY else None

    def wants(one: Subscription) -> bool:
        return one.about == About.TOPIC or (there is not None and there(one))

    return wants


def _facts(kind: str, code: str, subject: str, fields: Mapping[str, Any]) -> dict[str, str]:
    topic = TOPICS[code]
    key = subject.rpartition(":")[2]
    at = reverse(topic.one, args=[key]) if topic.one else address(topic.page, "/")
    due = fields.get("due")
    day = _("%(day)s 以前") % {"day": due} if due else ""
    return {"topic": str(topic.kinds[kind]), "area": "", "day": day, "link": whole(at)}
