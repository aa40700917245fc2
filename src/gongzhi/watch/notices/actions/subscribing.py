"""Subscribing, changing how, ending: by whoever proved an address, or has the link of a message."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.reach.marks import mark_of
from gongzhi.base.reach.models import Proof
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices import events
from gongzhi.watch.notices.adding import add_wants, made
from gongzhi.watch.notices.browsers import checked
from gongzhi.watch.notices.ending import erase_subscriber
from gongzhi.watch.notices.models import Subscriber, Subscription
from gongzhi.watch.notices.queue import MARKS, News, tell
from gongzhi.watch.notices.states import Channel, Pace
from gongzhi.watch.notices.wishes import Wish


@action
def subscribe(by: Actor, proof: Proof, wish: Wish) -> Subscriber:
    """Tell this proved address of all that was wished for; it is written there, once.

    Refuses an address that nobody has proved, and more than anybody needs.
    """
    if proof.proved_at is None:
        raise Refused(_("请先填验证码。"), code="not_proved", status=409)
    mark = mark_of(MARKS, proof.kind, proof.address)
    found = Subscriber.objects.select_for_update().filter(mark=mark).first()
    subscriber = found or made(proof.kind, proof.address, mark, wish.language)
    added = add_wants(subscriber, wish.wants)
    if added:
        news = News("subscribed", "", f"subscribed:{proof.pk}", {}, rank=3, now=True, asked=True)
        tell(subscriber, news, {"count": str(subscriber.subscriptions.count())})
    return subscriber


@action
def subscribe_feed(by: Actor, wish: Wish) -> Subscriber:
    """A feed of what was wished for: its address is all there is to know, and nobody's."""
    subscriber = made(Channel.FEED, "", None, wish.language)
    add_wants(subscriber, wish.wants)
    return subscriber


@action
def subscribe_browser(by: Actor, given: str, wish: Wish) -> Subscriber:
    """Notifications of one browser. It gave this address itself, which is proof enough."""
    address = checked(given)
    mark = mark_of(MARKS, Channel.PUSH, address)
    found = Subscriber.objects.select_for_update().filter(mark=mark).first()
    subscriber = found or made(Channel.PUSH, address, mark, wish.language)
    add_wants(subscriber, wish.wants)
    return subscriber


@action
def change_settings(
    by: Actor,
    subscriber: Subscriber,
    *,
    pace: str,
    quiet: tuple[int, int] | None,
    woken: bool,
    language: str,
) -> Subscriber:
    """How often, when nothing may ring, whether red warnings may all the same, which language."""
    if pace not in Pace.values or any(not 0 <= hour <= 23 for hour in quiet or ()):
        raise Refused(_("请选列出来的。"), code="settings", status=422)
    held = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    held.pace, held.woken, held.language = pace, woken, language
    held.quiet_from, held.quiet_to = quiet or (None, None)
    held.save(update_fields=["pace", "woken", "language", "quiet_from", "quiet_to"])
    record(events.SETTINGS_CHANGED, held, channel=held.channel)
    return held


@action
def unsubscribe(by: Actor, subscription: Subscription) -> bool:
    """End one; whether others are left. With the last one the address is erased."""
    subscriber = Subscriber.objects.select_for_update().get(pk=subscription.subscriber_id)
    name, about = f"notices.subscription:{subscription.pk}", subscription.about
    subscription.delete()
    record(events.UNSUBSCRIBED, name, channel=subscriber.channel, about=about)
    if subscriber.subscriptions.exists():
        return True
    erase_subscriber(subscriber)
    return False


@action
def end_all(by: Actor, subscriber: Subscriber) -> None:
    """End everything, and erase the address."""
    erase_subscriber(Subscriber.objects.select_for_update().get(pk=subscriber.pk))
