"""More time for a running clock: granted by whoever the law lets grant it, or spent on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.calendar.counting import Counting, Suspension
from gongzhi.base.calendar.due import reckon
from gongzhi.base.calendar.periods import Period, PeriodError
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.kinds.clock_parts import Extends
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks.moving import follow, judge_anew, next_warning
from gongzhi.base.matters.events import CLOCK_EXTENDED, JOURNEY_LEFT_OUT
from gongzhi.base.matters.models import ClockChange, ClockRun, Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import stands_above
from gongzhi.base.ui.errors import Refused

LONGEST_REASON = 500
_COUNTED = ["due_at", "opens_at", "provisional", "counting", "steps", "warn_at", "missed_at"]


@action
def extend_clock(
    by: Actor,
    matter: Matter,
    clock: str,
    reason: str,
    by_at_most: Period | None = None,
    party: int | None = None,
) -> ClockRun:
    """Lengthen a running clock once more, as its law allows: by the whole of what may be granted,
    or by less; of one person's clock, that of the `party`. The reason is kept, with the article.

    Refuses somebody of another rank, who doesn't stand above the unit or is responsible for the
    matter himself; a clock that can't be extended any more or is past its time; more than the law
    grants; and no reason.
    """
    run = _running(matter, clock, party)
    extension = _next_extension(run)
    if run.missed_at is not None or now() > (run.due_at or run.opens_at or now()):
        raise Refused(_("已经超过时限，不能再延长。"), code="too_late", status=409)
    account, words = _grantor(by, run, extension.granted_by), _reason(reason)
    counting, before = run.due.counting, run.due.at
    longer = _longer(counting, extension, by_at_most or extension.by)
    run.due = reckon(longer, catalogue().calendar)
    run.warn_at = next_warning(run.clock_item, run.due, now())
    run.save(update_fields=_COUNTED)
    _keep(run, account, words, by=longer.extended_by[-1], extension=extension)
    record(
        CLOCK_EXTENDED, run.matter,
        clock=clock, due_at=run.due.at, previous=before, times=len(longer.extended_by),
        party=run.party_id,
    )  # fmt: skip
    return run


@action
def leave_out_journey(
    by: Actor,
    matter: Matter,
    clock: str,
    since: datetime,
    until: datetime,
    reason: str,
    party: int | None = None,
) -> ClockRun:
    """Leave time spent on the way out of a running clock. The caller has checked who acts.

    Refuses it for somebody's liberty, which no journey lengthens, and where the law doesn't leave
    it out; a journey that lies outside the clock's time or isn't over; and no reason.
    """
    run, words = _running(matter, clock, party), _reason(reason)
    if not run.leaves_journeys_out:
        raise Refused(_("这个时限不扣除在途时间。"), code="no_journey", status=409)
    if not run.started_at <= since < until <= now():
        wrong = _("在途时间要在时限开始以后，并且已经结束。")
        raise Refused(wrong, code="wrong_journey", status=422, fields={"until": wrong})
    counting, before = run.due.counting, run.due_at
    spans = (*counting.suspended, Suspension(since, until, journey=True))
    run.due = reckon(replace(counting, suspended=spans), catalogue().calendar)
    judge_anew(run)
    run.save(update_fields=_COUNTED)
    _keep(run, _account(by), words, since=since, until=until)
    told = {"clock": clock, "due_at": run.due_at, "previous": before, "party": run.party_id}
    record(JOURNEY_LEFT_OUT, run.matter, **told)
    return run


def _running(matter: Matter, clock: str, party: int | None) -> ClockRun:
    rows = ClockRun.objects.select_for_update(of=("self",)).select_related("matter__owner_unit")
    rows = rows.filter(matter=matter, clock=clock, stopped_at__isnull=True)
    found = list((rows.filter(party=party) if party else rows)[:2])
    if not found:
        raise Refused(_("这个时限现在没有在计时。"), code="no_such_clock", status=404)
    if len(found) > 1:
        wrong = _("不止一个人有这个时限，请选是谁的。")
        raise Refused(wrong, code="whose", status=422, fields={"party": wrong})
    return found[0]


def _next_extension(run: ClockRun) -> Extends:
    extension = run.next_extension
    if extension is None:
        raise Refused(_("这个时限不能再延长。"), code="not_extendable", status=409)
    return extension


def _longer(counting: Counting, extension: Extends, granted: Period) -> Counting:
    """With so much more; refused where it is nothing, or more than the law grants."""
    wrong = _("一次最多延长 %(most)s。") % {"most": extension.most}
    refused = Refused(wrong, code="too_long", status=422, fields={"length": wrong})
    try:
        if _last_day(counting, granted) > _last_day(counting, extension.by):
            raise refused
    except PeriodError as unlike:
        raise refused from unlike
    return replace(counting, extended_by=(*counting.extended_by, granted))


def _last_day(counting: Counting, more: Period) -> datetime:
    """The end with so much more, before a day of rest or a suspension moves it."""
    plain = replace(
        counting, extended_by=(*counting.extended_by, more), rolls=False, suspended=()
    )  # fmt: skip
    end = reckon(plain, catalogue().calendar).at
    assert end is not None  # noqa: S101
    return end


def _grantor(by: Actor, run: ClockRun, rank: str) -> Account:
    account = by.source
    if not isinstance(account, Account) or rank not in account.roles:
        role = catalogue().roles[rank].name
        raise Refused(
            _("延长时限要由%(role)s批准。") % {"role": role}, code="not_your_rank", status=403
        )
    if not stands_above(account, run.matter.owner_unit) or account.pk == run.matter.owner_id:
        raise Refused(_("只能由承办单位的上级批准。"), code="not_your_matter", status=403)
    return account


def _account(by: Actor) -> Account:
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能办。"), code="no_officer", status=403)
    return by.source


def _reason(given: str) -> str:
    words = given.strip()
    if not words or len(words) > LONGEST_REASON or "\x00" in words:
        wrong = _("请写明理由，最多 %(n)s 个字。") % {"n": LONGEST_REASON}
        raise Refused(wrong, code="no_reason", status=422, fields={"reason": wrong})
    return words


def _keep(
    run: ClockRun,
    account: Account,
    reason: str,
    *,
    by: Period | None = None,
    extension: Extends | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Keep who, why and by which article; and let the notices before its end follow."""
    clock: Clock | None = run.clock_item
    article = clock.article_of(extension) if clock and extension else None
    ClockChange.objects.create(
        run=run, account=account, at=now(), reason=reason, by=str(by or ""),
        since=since, until=until,
        basis_zh=article.said_in("zh-hans") if article else "",
        basis_en=article.said_in("en") if article else "",
    )  # fmt: skip
    rows = ClockRun.objects.filter(matter=run.matter, stopped_at__isnull=True)
    moved = follow([run, *rows.exclude(pk=run.pk)])
    ClockRun.objects.bulk_update(moved, _COUNTED)
