"""Exhibits: taken before a second person, and from then on always in somebody's hands."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.files.photos import Photo
from gongzhi.base.files.sealed import Sealed
from gongzhi.base.log.actions import action, moment, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Account
from gongzhi.base.people.sealing import seal
from gongzhi.base.people.standing import require_not_kept
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.actions.evidence import add_exhibit_photo
from gongzhi.work.dossier.events import (
    EXHIBIT_MOVED,
    EXHIBIT_OFFERED,
    EXHIBIT_TAKEN,
    EXHIBITS_STORED,
    OFFER_WITHDRAWN,
)
from gongzhi.work.dossier.models import Custody, Exhibit, ExhibitOffer, Purpose
from gongzhi.work.dossier.permissions import KEEP, officer, part_taker, require_not_investigating

Shot = tuple[Sealed, Photo]
"""A photo of an exhibit: as it came, sealed, and what it shows, made anew."""
ENDS = {Purpose.RETURNED, Purpose.FORWARDED, Purpose.DESTROYED}
OUTWARDS = {Purpose.LEND, *ENDS}
TO_A_KEEPER = {Purpose.STORE, Purpose.FETCH}
"""Where it then stays, and no investigator may have it."""


@action
def take_exhibit(
    by: Actor, matter: Matter, *, name: str, quantity: str, found_at: str, features: str = "",
    second: Account | None = None, witness: str = "", seal_number: str = "",
    photo: Shot | None = None,
) -> Exhibit:  # fmt: skip
    """Take a thing as evidence; the day within which it goes to a keeper begins. Refuses it
    without a second officer or a witness."""
    require(by, KEEP)
    require_owner(by, matter)
    taker = part_taker(by, matter)
    if not (name.strip() and quantity.strip() and found_at.strip()):
        raise Refused(_("请写明物品名称、数量和提取地点。"), code="exhibit_untold")
    if (second is None and not witness.strip()) or second == taker:
        raise Refused(_("提取物证要有另一名民警或者见证人在场。"), code="nobody_else_there")
    Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)  # one number at a time
    exhibit = Exhibit.objects.create(
        matter=matter, count=Exhibit.objects.filter(matter=matter).count() + 1, name=name.strip(),
        quantity=quantity.strip(), features=features.strip(), found_at=found_at.strip(),
        taken_at=now(), taken_by=taker, second=second, seal_number=seal_number.strip(),
        witnessed=seal({"name": witness}) if witness.strip() else b"",
    )  # fmt: skip
    Custody.objects.create(
        exhibit=exhibit, turn=1, holder=taker, where=exhibit.found_at[:120], since=exhibit.taken_at
    )
    told = {"by": taker.pk, "second": second.pk if second else None}
    record(EXHIBIT_TAKEN, matter, exhibit=exhibit.pk, **told)
    move_clocks(matter, EXHIBIT_TAKEN.kind)
    if photo is not None:
        add_exhibit_photo(by, exhibit, *photo)
    return exhibit


@action
def offer_exhibit(
    by: Actor, exhibit: Exhibit, purpose: str, to: Account, *, where: str,
    outside: str = "", basis: str = "", seal_number: str = "", seal_intact: bool = True,
    photo: Shot | None = None,
) -> ExhibitOffer:  # fmt: skip
    """Offer it to `to`, who confirms; nothing moves before. Refuses whoever doesn't hold it."""
    held, giver = _held(exhibit), officer(by)
    _require_giver(held, giver, purpose)
    _require_taker(held, giver, to, purpose)
    if purpose in OUTWARDS and not (outside.strip() and basis.strip()):
        raise Refused(_("请写明交给哪里，以及依据的文书或者回执。"), code="no_basis")
    if held.offers.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True).exists():
        raise Refused(_("上一次交接还没有确认。"), code="offer_open", status=409)
    offer = ExhibitOffer.objects.create(
        exhibit=held, purpose=purpose, giver=giver, taker=to, where=where.strip(),
        outside=outside.strip() if purpose in OUTWARDS else "", basis=basis.strip(),
        seal_number=seal_number.strip(), seal_intact=seal_intact, offered_at=now(),
    )  # fmt: skip
    record(EXHIBIT_OFFERED, held.matter, exhibit=held.pk, to=to.pk, purpose=purpose)
    if photo is not None:
        add_exhibit_photo(by, held, *photo, offer=offer)
    return offer


@action
def confirm_offer(by: Actor, offer: ExhibitOffer, *, photo: Shot | None = None) -> Exhibit:
    """Confirm it as the one it was offered to: one custody ends and the next begins at once."""
    held, open_offer = _held(offer.exhibit), _open(offer)
    if officer(by).pk != open_offer.taker_id:
        raise Refused(_("要由接收人本人确认。"), code="not_the_taker", status=403)
    require_not_kept(open_offer.taker, held.matter_id)
    if open_offer.purpose in TO_A_KEEPER:
        require_not_investigating(open_offer.taker, held)
    at = now()
    open_offer.confirmed_at = at
    open_offer.save(update_fields=["confirmed_at"])
    last = held.custodies.get(until__isnull=True)
    last.until = at
    last.save(update_fields=["until"])
    if photo is not None:
        add_exhibit_photo(by, held, *photo, offer=open_offer)
    _carry_on(held, open_offer, last, at)
    record(
        EXHIBIT_MOVED, held.matter, exhibit=held.pk, giver=open_offer.giver_id,
        taker=open_offer.taker_id, purpose=open_offer.purpose, seal_intact=open_offer.seal_intact,
    )  # fmt: skip
    _let_the_day_end(held, last)
    return held


def _let_the_day_end(held: Exhibit, last: Custody) -> None:
    """The clock until a keeper has it ends when nobody who took one still has it; otherwise it
    goes on for the one that was taken first of those."""
    if last.turn > 1:
        return
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=held.matter_id)
    left = Exhibit.objects.filter(
        matter=matter, ended_at=None, custodies__turn=1, custodies__until=None
    ).order_by("taken_at")
    record(EXHIBITS_STORED, matter, left=left.count())
    move_clocks(matter, EXHIBITS_STORED.kind)
    if (first := left.first()) is not None:
        with moment(first.taken_at):  # counted from when it was taken, not from now
            move_clocks(matter, EXHIBIT_TAKEN.kind)


def _carry_on(held: Exhibit, offer: ExhibitOffer, last: Custody, at: datetime) -> None:
    if offer.purpose in ENDS:
        held.ended_at, held.ending = at, offer.purpose
    else:
        Custody.objects.create(
            exhibit=held, turn=last.turn + 1, since=at, where=offer.where,
            holder=None if offer.outside else offer.taker, outside=offer.outside,
        )  # fmt: skip
    held.seal_number = offer.seal_number or held.seal_number
    held.save(update_fields=["ended_at", "ending", "seal_number"])


@action
def withdraw_offer(by: Actor, offer: ExhibitOffer) -> None:
    """Let nothing come of it: either of the two may, and it stays where it is."""
    held, open_offer = _held(offer.exhibit), _open(offer)
    if officer(by).pk not in (open_offer.giver_id, open_offer.taker_id):
        raise Refused(_("只有交接双方能撤回。"), code="not_of_the_two", status=403)
    open_offer.withdrawn_at = now()
    open_offer.save(update_fields=["withdrawn_at"])
    record(OFFER_WITHDRAWN, held.matter, exhibit=held.pk)


def _held(exhibit: Exhibit) -> Exhibit:
    held = Exhibit.objects.select_for_update(of=("self",)).get(pk=exhibit.pk)
    if held.ended_at is not None:
        words = _("这件物证已经%(ending)s，不能再交接。") % {"ending": held.get_ending_display()}
        raise Refused(words, code="exhibit_ended", status=409)
    return held


def _open(offer: ExhibitOffer) -> ExhibitOffer:
    found = ExhibitOffer.objects.get(pk=offer.pk)
    if found.confirmed_at or found.withdrawn_at:
        raise Refused(_("这次交接已经确认或者撤回。"), code="offer_closed", status=409)
    return found


def _require_giver(held: Exhibit, giver: Account, purpose: str) -> None:
    """Its holder gives it; what is outside is fetched by an officer of the unit in charge."""
    custody = held.custodies.get(until__isnull=True)
    outside = bool(custody.outside)
    if purpose not in Purpose.values or outside != (purpose == Purpose.FETCH):
        raise Refused(_("现在不能这样交接。"), code="not_now", status=409)
    if outside and may(giver, KEEP) and giver.unit_id == held.matter.owner_unit_id:
        return
    if custody.holder_id != giver.pk:
        raise Refused(_("物证不在您手里，不能由您交出。"), code="not_the_holder", status=403)


def _require_taker(held: Exhibit, giver: Account, to: Account, purpose: str) -> None:
    if to == giver or not to.is_active or not may(to, KEEP):
        raise Refused(_("请选另一名可以经手物证的民警。"), code="no_such_taker")
    require_not_kept(to, held.matter_id)
    if purpose in TO_A_KEEPER:
        require_not_investigating(to, held)
