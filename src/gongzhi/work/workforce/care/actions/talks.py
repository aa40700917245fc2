"""Times are offered, booked in confidence, given up, and forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.care.events import KEPT
from gongzhi.work.workforce.care.models import Slot, Talk
from gongzhi.work.workforce.care.permissions import require_host, require_unnamed
from gongzhi.work.workforce.care.sealing import hashed, host_of, new_code, seal

LONGEST_NAME, MOST_WORDS = 40, 1000


@action
def offer_slot(by: Actor, host: Account, support: str, *, starts_at: datetime, where: str) -> Slot:
    """Let others book a talk with one at that time. Refuses (422) what can't be booked, (409) a
    second talk at once."""
    require_unnamed(by)
    require_host(host)
    item = catalogue().supports.get(support)
    if item is None or item.phone:
        raise _wrong("support", _("请选是哪一种谈话。"))
    if starts_at <= now():
        raise _wrong("starts_at", _("请选以后的时间。"))
    if not where.strip():
        raise _wrong("where", _("请写在哪里谈，或者怎么通话。"))
    if Slot.objects.filter(host=host_of(host.pk), starts_at=starts_at).exists():
        raise Refused(_("这个时间已经放出来了。"), code="twice", status=409)
    made = Slot.objects.create(
        support=support, host=host_of(host.pk), starts_at=starts_at, where=where.strip()[:120]
    )
    record(KEPT, "care")
    return made


@action
def withdraw_slot(by: Actor, host: Account, slot: Slot) -> None:
    """Take one's own time back. Refuses (409) one that is booked: talk to whoever did."""
    require_unnamed(by)
    held = _held(slot)
    if held.host != host_of(host.pk):
        raise Refused(_("没有这个时间。"), code="no_such_slot", status=404)
    if Talk.objects.filter(slot=held).exists():
        raise Refused(_("已经有人约了，收不回来。"), code="booked", status=409)
    held.delete()
    record(KEPT, "care")


@action
def book(by: Actor, slot: Slot, *, called: str, words: str, tired: str = "") -> str:
    """Book a talk; the code, told once. ``called`` is how one wants to be called, any name;
    ``tired``: what the roster says, where one agreed to hand it on. Refuses (409) a time that is
    gone."""
    require_unnamed(by)
    if not called.strip() or len(called) > LONGEST_NAME:
        raise _wrong("called", _("请写怎么称呼您，什么名字都可以。"))
    if len(words) > MOST_WORDS:
        raise _wrong("words", _("最多 %(n)s 个字。") % {"n": MOST_WORDS})
    held = _held(slot)
    if held.starts_at <= now() or Talk.objects.filter(slot=held).exists():
        raise Refused(_("这个时间刚刚没有了，请换一个。"), code="gone", status=409)
    code = new_code()
    told = {"called": called.strip(), "words": words.strip(), "tired": tired}
    Talk.objects.create(slot=held, code_hash=hashed(code), sealed=seal(told))
    record(KEPT, "care")
    return code


@action
def cancel(by: Actor, talk: Talk) -> None:
    """Give it up: the row goes, and the time is free again."""
    require_unnamed(by)
    Talk.objects.filter(pk=talk.pk).delete()
    record(KEPT, "care")


@action
def forget_over(by: Actor, slots: Sequence[Slot]) -> int:
    """Delete times that are long past, with what was booked; how many."""
    require_unnamed(by)
    many = len(slots)
    Slot.objects.filter(pk__in=[one.pk for one in slots]).delete()
    record(KEPT, "care")
    return many


def _held(slot: Slot) -> Slot:
    held = Slot.objects.select_for_update().filter(pk=slot.pk).first()
    if held is None:
        raise Refused(_("这个时间刚刚没有了，请换一个。"), code="gone", status=409)
    return held


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
