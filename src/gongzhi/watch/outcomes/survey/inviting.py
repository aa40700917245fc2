"""Whoever follows a drawn request by message is told that it was drawn."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from gongzhi.base.log.actions import now
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.models import Subscription
from gongzhi.watch.notices.queue import News
from gongzhi.watch.notices.states import About
from gongzhi.watch.outcomes.models import Invited, Survey

TEMPLATE = "survey_asked"


def running() -> list[Survey]:
    """The surveys that are still answered."""
    return list(Survey.objects.filter(closes_at__gt=now()).order_by("pk"))


def followers(survey: Survey) -> list[Subscription]:
    """Who wants to be told of a request that was drawn. One query."""
    drawn = Invited.objects.filter(survey=survey).values("matter")
    rows = Subscription.objects.filter(about=About.MATTER, matter__in=drawn)
    return list(rows.select_related("subscriber", "matter").order_by("pk"))


def news_about(survey: Survey, one: Subscription) -> News:
    """Once to each for each survey and request. Whether somebody has answered nobody knows, so
    nobody is reminded."""
    once = f"survey:{survey.pk}:{one.matter_id}"
    return News(TEMPLATE, f"outcomes.survey:{survey.pk}", once, {}, rank=7)


def facts_of(survey: Survey, language: str) -> dict[str, str]:
    """Where to answer and until when; of which request, the page asks by its code."""
    last = timezone.localtime(survey.closes_at, timezone.get_default_timezone())
    with override(language):
        return {"day": f"{last:%Y-%m-%d}", "link": whole(reverse("outcomes:survey"))}
