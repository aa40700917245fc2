"""Shifts change hands: both agree, the rules are looked at, and who plans says yes to what isn't an
even exchange."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.analysis.roster import violations
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.permissions import require_self
from gongzhi.work.workforce.rosters import events
from gongzhi.work.workforce.rosters.holding import held_roster, touch
from gongzhi.work.workforce.rosters.models import Duty, Offer
from gongzhi.work.workforce.rosters.permissions import require_planner
from gongzhi.work.workforce.rosters.selectors.asked import Asked, asked_of
from gongzhi.work.workforce.rosters.selectors.grid import words_of
from gongzhi.work.workforce.rosters.states import OfferState

Lines = dict[int, tuple[int | None, ...]]


@action
def make_offer(by: Actor, duty: Duty, *, wanted: Duty | None = None) -> Offer:
    """Offer one's shift to whoever can take it, or for another one's. Refuses (409) a shift that
    is offered already or over, (422) one of another roster."""
    require_self(by, duty.account)
    if duty.day <= today() or Offer.objects.filter(
        duty=duty, state__in=[OfferState.OPEN, OfferState.TAKEN]
    ).exists():  # fmt: skip
        raise Refused(_("这个班已经在换，或者已经过了。"), code="not_now", status=409)
    if wanted is not None and (
        wanted.roster_id != duty.roster_id or wanted.account_id == duty.account_id
    ):
        raise Refused(_("只能和同一张班表里的同事换。"), code="wanted", status=422)
    made = Offer.objects.create(duty=duty, giver=duty.account, wanted=wanted, made_at=now())
    record(events.OFFER_MADE, made, unit=duty.roster.unit_id, on=duty.day.isoformat())
    return made


@action
def take_offer(by: Actor, offer: Offer, account: Account) -> Offer:
    """Take it. An even exchange that breaks nothing is done at once; a shift that is given away,
    and what who plans had decided, waits for them. Refuses (409) what would break a hard rule, and
    says which."""
    require_self(by, account)
    held = _held(offer, OfferState.OPEN)
    if held.giver_id == account.pk:
        raise Refused(_("自己的班，换给别人才行。"), code="own", status=409)
    if held.wanted is not None and held.wanted.account_id != account.pk:
        raise Refused(_("这个班是问别人换的。"), code="not_yours", status=403)
    held.taker = account
    _require_keeps(held)
    held.state = OfferState.TAKEN
    if held.wanted is not None and not _is_pinned(held):
        _exchange(held)
    held.save(update_fields=["taker", "state"])
    record(events.OFFER_TAKEN, held, unit=held.duty.roster.unit_id)
    return held


@action
def decide_offer(by: Actor, offer: Offer, *, grant: bool) -> Offer:
    """Who plans says yes or no to a shift that changes hands."""
    held = _held(offer, OfferState.TAKEN)
    require_planner(by, held.duty.roster.unit)
    held.state = OfferState.REFUSED
    if grant:
        _require_keeps(held)
        _exchange(held)
    held.save(update_fields=["state"])
    record(events.OFFER_DECIDED, held, unit=held.duty.roster.unit_id, granted=grant)
    return held


@action
def withdraw_offer(by: Actor, offer: Offer) -> Offer:
    """Not needed any more."""
    held = _held(offer, OfferState.OPEN)
    require_self(by, held.giver)
    held.state = OfferState.WITHDRAWN
    held.save(update_fields=["state"])
    record(events.OFFER_WITHDRAWN, held, unit=held.duty.roster.unit_id)
    return held


def _held(offer: Offer, state: str) -> Offer:
    rows = Offer.objects.select_for_update(of=("self",)).select_related(
        "duty__roster__unit__parent", "duty__account", "giver", "taker", "wanted__account"
    )
    found = rows.get(pk=offer.pk)
    if found.state != state or (state == OfferState.OPEN and found.duty.day < today()):
        raise Refused(_("这个换班刚变了，请刷新页面再看。"), code="moved_on", status=409)
    return found


def _is_pinned(offer: Offer) -> bool:
    """Whether one of the four days is as whoever plans decided it: a shift, or a day off."""
    wanted = offer.wanted
    days = Q(account=offer.giver, day=offer.duty.day) | Q(account=offer.taker, day=offer.duty.day)
    if wanted is not None:
        days |= Q(account=offer.giver, day=wanted.day) | Q(account=offer.taker, day=wanted.day)
    return Duty.objects.filter(days, pinned=True).exists()


def _require_keeps(offer: Offer) -> None:
    """Refuse (409) what would break a hard rule that isn't broken now."""
    asked = asked_of(offer.duty.roster)
    before = dict(asked.lines())
    if offer.taker_id not in before or offer.giver_id not in before:
        raise Refused(_("这个人不在这张班表里。"), code="person", status=422)
    after = _after(asked, before, offer)
    known = {(one.code, one.officer, one.day) for one in violations(asked.problem, before)}
    # What is pinned is asked of whoever pinned it (`_is_pinned`).
    new = [
        one for one in violations(asked.problem, after)
        if one.hard and one.code != "pinned" and (one.code, one.officer, one.day) not in known
    ]  # fmt: skip
    if new:
        first = new[0]
        words = _("换了就违反规定：%(day)s，%(rule)s。") % {
            "day": asked.day(first.day), "rule": words_of(first.code)
        }  # fmt: skip
        raise Refused(words, code="rule", status=409)


def _after(asked: Asked, before: Lines, offer: Offer) -> Lines:
    lines = {key: list(line) for key, line in before.items()}
    given = (offer.duty.day - asked.roster.month) // timedelta(days=1)
    giver, taker = offer.giver_id, offer.taker_id or 0
    if lines[taker][given] is not None and (
        offer.wanted is None or offer.wanted.day != offer.duty.day
    ):
        words = _("那天已经有班了。")
        raise Refused(words, code="taken", status=409)
    lines[giver][given] = None
    if offer.wanted is not None:
        back = (offer.wanted.day - asked.roster.month) // timedelta(days=1)
        lines[taker][back] = None
        lines[giver][back] = asked.key(offer.wanted.shift)
    lines[taker][given] = asked.key(offer.duty.shift)
    return {key: tuple(line) for key, line in lines.items()}


def _exchange(offer: Offer) -> None:
    roster = held_roster(offer.duty.roster)
    giver, taker, duty, wanted = offer.giver_id, offer.taker_id or 0, offer.duty, offer.wanted
    # The offer hangs on its shift: that row changes hands, and stays.
    there = Duty.objects.filter(account_id=taker, day=duty.day)
    (there.exclude(pk=wanted.pk) if wanted is not None else there).delete()
    if wanted is not None and wanted.day == duty.day:
        shift = wanted.shift
        Duty.objects.filter(pk=wanted.pk).update(shift=duty.shift, pinned=True)
        Duty.objects.filter(pk=duty.pk).update(shift=shift, pinned=True)
    else:
        Duty.objects.filter(pk=duty.pk).update(account_id=taker, pinned=True)
        if wanted is not None:
            Duty.objects.filter(account_id=giver, day=wanted.day).delete()
            Duty.objects.filter(pk=wanted.pk).update(account_id=giver, pinned=True)
    offer.state = OfferState.DONE
    touch(roster)
