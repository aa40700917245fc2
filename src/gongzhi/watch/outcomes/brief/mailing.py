"""The brief goes by mail to those who chose it and may see measures: once a week to each."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from gongzhi.watch.notices.channels.letter import Enclosure
from gongzhi.watch.notices.duties import wanted_by
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.models import Notice, Subscriber, Subscription
from gongzhi.watch.notices.queue import News
from gongzhi.watch.notices.states import About
from gongzhi.watch.outcomes.brief.making import brief_of
from gongzhi.watch.outcomes.brief.paper import as_pdf
from gongzhi.watch.outcomes.brief.writing import mail_of
from gongzhi.watch.outcomes.selectors.weeks import name_of, week_named

DUTY, TEMPLATE = "brief", "brief"


def subject_of(week: date) -> str:
    """How the log and the delivery log name a week's brief."""
    return f"outcomes.brief:{name_of(week)}"


def still_to_tell(week: date) -> list[Subscriber]:
    """Those who want the briefs, may see them, and have not had this week's. Two queries."""
    had = Notice.objects.filter(template=TEMPLATE, about=subject_of(week))
    marks = set(had.values_list("mark", flat=True))
    asked = Q(about=About.DUTY, topic=DUTY, subscriber__account__is_active=True)
    rows = Subscription.objects.filter(asked).select_related("subscriber__account")
    return [
        one.subscriber for one in rows.order_by("pk")
        if one.subscriber.mark not in marks and wanted_by(one.subscriber.account, DUTY)
    ]  # fmt: skip


def news_of(week: date, language: str) -> tuple[News, dict[str, str]]:
    """What is told of a week, in a language. Rings after the quiet hours, and in no digest."""
    link = whole(reverse("outcomes:brief", args=[name_of(week)]))
    with override(language):
        brief = brief_of(week)
        facts = {
            "title": brief.title, "summary": brief.summary, "body": mail_of(brief).text.strip(),
            "link": link,
        }  # fmt: skip
    news = News(TEMPLATE, subject_of(week), f"brief:{name_of(week)}", {}, rank=7, now=True)
    return news, facts


def paper_of(notice: Notice) -> tuple[Enclosure, ...]:
    """The same on paper, as it goes with the mail."""
    named = notice.about.rpartition(":")[2]
    week = week_named(named)
    if week is None:
        return ()
    with override(notice.language):
        return (Enclosure(f"brief-{named}.pdf", "application/pdf", as_pdf(brief_of(week))),)
