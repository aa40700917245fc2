"""A feed as Atom (RFC 4287): what one subscriber was told lately."""

from __future__ import annotations

from datetime import timedelta

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.ui.context import county_name
from gongzhi.watch.notices.links import manage_link
from gongzhi.watch.notices.models import Notice, Subscriber
from gongzhi.watch.notices.states import Channel
from gongzhi.watch.notices.texts import written

KEPT = timedelta(days=14)
"""How long something stands in a feed."""
MOST = 50


def feed_of(subscriber: Subscriber, host: str) -> str:
    """The feed, newest first."""
    title = _("%(county)s：您关注的消息") % {"county": county_name()}
    feed = Atom1Feed(title=title, link=f"{host}/", description="", language=subscriber.language)
    rows = Notice.objects.filter(subscriber=subscriber, made_at__gt=now() - KEPT).exclude(facts="")
    for one in rows.order_by("-pk")[:MOST]:
        facts = {"stop": manage_link(subscriber), **one.told()}
        said, at = written(one.template, facts, one.language), one.made_at
        link = facts.get("link") or "/"
        feed.add_item(
            title=said.subject, link=host + link if link.startswith("/") else link,
            description=linebreaks(said.text, autoescape=True),
            unique_id=f"urn:gongzhi:notice:{one.key}", pubdate=at, updateddate=at,
        )  # fmt: skip
    return feed.writeString("utf-8")


def let_go() -> int:
    """Erase the words that no feed shows any more."""
    old = Notice.objects.filter(channel=Channel.FEED, made_at__lt=now() - KEPT)
    return old.exclude(facts="").update(facts="")
