"""A member of staff says where and of what they want to be told, and takes it back."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.reach.marks import mark_of
from gongzhi.base.reach.models import Proof
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices import events
from gongzhi.watch.notices.adding import add_wants, made
from gongzhi.watch.notices.duties import offered_to
from gongzhi.watch.notices.ending import erase_subscriber
from gongzhi.watch.notices.models import Subscriber
from gongzhi.watch.notices.queue import MARKS
from gongzhi.watch.notices.states import About, Pace
from gongzhi.watch.notices.wishes import Want, Wish

PURPOSE = "staff_notices"
"""Of a proof: an address that was proved for something else is none for this."""


@action
def choose_duties(by: Actor, proof: Proof, wish: Wish) -> Subscriber:
    """Tell the acting member of staff by this proved address, once a day unless they change it.

    With another address the one before is erased; how often and when not stays as it was. Refuses
    an address that wasn't proved for this, and what their roles don't let them see.
    """
    account = _account(by)
    if proof.proved_at is None or proof.purpose != PURPOSE:
        raise Refused(_("请先填验证码。"), code="not_proved", status=409)
    chosen = _allowed(account, (one.topic for one in wish.wants))
    before = Subscriber.objects.select_for_update(of=("self",)).filter(account=account).first()
    if before is not None:
        erase_subscriber(before)
    mark = mark_of(f"{MARKS}.{account.pk}", proof.kind, proof.address)
    one = made(proof.kind, proof.address, mark, wish.language)
    one.account, one.pace = account, before.pace if before else Pace.DAILY
    if before is not None:
        one.quiet_from, one.quiet_to = before.quiet_from, before.quiet_to
    one.save()
    add_wants(one, (Want(About.DUTY, topic=code) for code in chosen))
    record(events.STAFF_CHOSE, one, channel=one.channel)
    return one


@action
def tell_own(by: Actor, duties: Iterable[str]) -> Subscriber:
    """Tell the acting member of staff of these from now on, and of no others. Refuses none at all:
    that is what ending is for."""
    account = _account(by)
    one = Subscriber.objects.select_for_update(of=("self",)).filter(account=account).first()
    if one is None:
        raise Refused(_("请先填邮箱。"), code="no_address", status=409)
    chosen = _allowed(account, duties)
    one.subscriptions.filter(about=About.DUTY).exclude(topic__in=chosen).delete()
    add_wants(one, (Want(About.DUTY, topic=code) for code in chosen))
    record(events.STAFF_CHOSE, one, channel=one.channel)
    return one


@action
def end_closed(by: Actor, subscriber: Subscriber) -> None:
    """Its account was closed: whoever left is told of nothing, and the address goes."""
    erase_subscriber(subscriber)


def _account(by: Actor) -> Account:
    if isinstance(by.source, Account):
        return by.source
    raise Refused(_("请先登录。"), code="no_account", status=403)


def _allowed(account: Account, duties: Iterable[str]) -> list[str]:
    offered = offered_to(account)
    chosen = [code for code in dict.fromkeys(duties) if code in offered]
    if not chosen:
        words = _("请至少选一项。")
        raise Refused(words, code="nothing", status=422, fields={"duties": words})
    return chosen
