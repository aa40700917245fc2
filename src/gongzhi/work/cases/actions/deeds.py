"""Deeds: what is done beside the steps, and begins, holds and ends the clocks of the law."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.deed import Deed
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.clocks.moving import NOBODY
from gongzhi.base.matters.models import ClockRun, Matter, Party
from gongzhi.base.matters.parties import concerned
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases.events import DEED_BEGUN, DEED_ENDED
from gongzhi.work.cases.models import Case, CaseDeed
from gongzhi.work.cases.permissions import require_worker
from gongzhi.work.cases.selectors.course import is_held


@action
def begin_deed(
    by: Actor,
    case: Case,
    code: str,
    planned_at: datetime | None = None,
    *,
    party: Party | None = None,
) -> CaseDeed:
    """Begin a deed; one without an end of its own is done with it. `planned_at` is the time of
    what is planned with it, a hearing's, say; `party` whom it is about.

    Refuses a deed that the procedure doesn't know or not at this step, one about somebody who
    isn't named or not of the case, one that lasts already, of the same person, any in a closed
    case but what still keeps a running clock, and one whose time is wanting.
    """
    matter = _held(by, case)
    item = matter.version_item.deed(code)
    if item is None:
        raise Refused(_("这类案件没有这个办案事项。"), code="unknown_deed", status=404)
    _require_fitting(matter, item)
    about = concerned(matter, item.of, party)
    if CaseDeed.objects.filter(case=case, code=code, party=about, ended_at=None).exists():
        wrong = _("“%(deed)s”还没有结束。") % {"deed": item.name}
        if about:
            wrong = _("%(who)s的“%(deed)s”还没有结束。") % {"who": about.label, "deed": item.name}
        raise Refused(wrong, code="lasts", status=409, fields={"deed": wrong})
    _require_during(case, item, about)
    facts = _told(item, planned_at)
    made = CaseDeed.objects.create(
        case=case, code=code, party=about, begun_at=now(), ended_at=None if item.lasts else now()
    )
    whose = about.pk if about else None
    record(DEED_BEGUN, matter, deed=code, number=made.pk, party=whose)
    move_clocks(matter, *item.begins, facts=facts, party=whose)
    return made


@action
def end_deed(by: Actor, case: Case, deed: CaseDeed) -> CaseDeed:
    """End what lasts: of one person, for them alone. A clock that another deed holds, too, goes
    on standing still."""
    matter = _held(by, case)
    held = CaseDeed.objects.select_for_update(of=("self",)).get(pk=deed.pk, case=case)
    item = matter.version_item.deed(held.code)
    if held.ended_at is not None or item is None:
        raise Refused(_("这个办案事项已经结束。"), code="ended", status=409)
    held.ended_at = now()
    held.save(update_fields=["ended_at"])
    record(DEED_ENDED, matter, deed=held.code, number=held.pk, party=held.party_id)
    # Of a time when nobody was named: its end ends nobody's own.
    whose = held.party_id or (NOBODY if item.of else None)
    move_clocks(matter, *_ends(case, item, held.party_id), party=whose)
    return held


def _told(item: Deed, planned_at: datetime | None) -> dict[str, object]:
    if item.planned is None:
        return {}
    if planned_at is None or planned_at <= now():
        wrong = _("请填“%(planned)s”定在什么时候。") % {"planned": item.planned}
        raise Refused(wrong, code="no_time", status=422, fields={"planned_at": wrong})
    return {"planned_at": planned_at}


def _held(by: Actor, case: Case) -> Matter:
    require_worker(by, case)
    return Matter.objects.select_for_update(of=("self",)).get(pk=case.pk)


def _require_fitting(matter: Matter, item: Deed) -> None:
    if item.at and matter.step not in item.at:
        words = _("现在是“%(now)s”，不能办理“%(deed)s”。")
        raise Refused(
            words % {"now": matter.step_item.name, "deed": item.name},
            code="deed_out_of_order", status=409,
        )  # fmt: skip
    if matter.closed_at is not None and not item.when_closed and not _keeps_a_clock(matter, item):
        raise Refused(_("案件已经办结。"), code="closed", status=409)


def _require_during(case: Case, item: Deed, about: Party | None) -> None:
    """Refuse what only goes with another deed that doesn't last, of the same person."""
    lasting = case.deeds.filter(code__in=item.during, ended_at=None)
    # One begun before anybody was named is whoever's it may be.
    if item.during and not lasting.filter(Q(party=about) | Q(party=None)).exists():
        known = [case.matter.version_item.deed(code) for code in item.during]
        first = _("、").join(str(one.name) for one in known if one)
        wrong = _("先登记“%(first)s”，才能登记“%(deed)s”。") % {"first": first, "deed": item.name}
        raise Refused(wrong, code="not_during", status=409, fields={"deed": wrong})


def _keeps_a_clock(matter: Matter, item: Deed) -> bool:
    """Whether it ends a clock that still runs: telling, after the end of a case, say."""
    kept = {move.removeprefix("done:") for move in item.begins if move.startswith("done:")}
    return ClockRun.objects.filter(matter=matter, clock__in=kept, stopped_at=None).exists()


def _ends(case: Case, item: Deed, party: int | None) -> list[str]:
    """What its end moves, but no clock that another deed still holds."""
    return [
        move for move in item.ends
        if not move.startswith("resume:") or not is_held(case, move.removeprefix("resume:"), party)
    ]  # fmt: skip
