"""A department asks, and may take it back while nobody has decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements import events
from gongzhi.watch.exchange.agreements.holding import held
from gongzhi.watch.exchange.agreements.models import Agreement
from gongzhi.watch.exchange.agreements.permissions import ASK, owners_of
from gongzhi.watch.exchange.agreements.states import State

LONGEST = timedelta(days=366)
LEAST = 10
"""Letters of a purpose: “工作需要” says nothing."""


@action
def ask_sharing(
    by: Actor, *, purpose: str, basis: str, until: date, offer: str = "",
    fields: Sequence[str] = (), questions: Sequence[str] = (),
) -> Agreement:  # fmt: skip
    """Ask for fields of one offer, or for answers to questions, on behalf of one's own unit.

    Refuses what is not offered, a field that is sealed, an empty purpose, a day that is past or
    more than a year ahead, and one's own data.
    """
    require(by, ASK)
    account: Account = by.source
    _require_offered(offer, fields, questions)
    _require_foreign(account.unit, offer, questions)
    _require_said(purpose, basis, until)
    made = Agreement.objects.create(
        unit=account.unit, offer=offer, fields=sorted(set(fields)),
        questions=sorted(set(questions)), purpose=purpose.strip(), basis=basis.strip(),
        until=until, asked_by=account, asked_at=now(),
    )  # fmt: skip
    record(
        events.SHARING_ASKED, made, agreement=made.pk, unit=made.unit_id, offer=offer or "none",
        fields=made.fields, questions=made.questions, until=until.isoformat(),
    )  # fmt: skip
    return made


@action
def withdraw_sharing(by: Actor, agreement: Agreement) -> Agreement:
    """Take back what one's own unit has asked for."""
    require(by, ASK)
    kept = held(agreement)
    if by.source.unit_id != kept.unit_id:
        raise Refused(_("这不是本单位的申请。"), code="not_yours", status=403)
    if kept.state != State.WAITING:
        raise Refused(_("已经有了结果，不能撤回。"), code="decided", status=409)
    kept.state, kept.ended_at = State.WITHDRAWN, now()
    kept.save(update_fields=["state", "ended_at"])
    record(events.SHARING_WITHDRAWN, kept, agreement=kept.pk, unit=kept.unit_id)
    return kept


def _require_offered(offer: str, fields: Sequence[str], questions: Sequence[str]) -> None:
    if bool(offer) == bool(questions):
        raise _wrong("questions", _("一份约定要么给一类数据的字段，要么答几个问题。"))
    if offer:
        known = catalogue().offers.get(offer)
        if known is None:
            raise _wrong("offer", _("这类数据不能共享。"))
        if not fields:
            raise _wrong("fields", _("请勾选要用的字段，用不到的不要选。"))
        if lost := [name for name in fields if known.field(name) is None]:
            raise _wrong("fields", _("“%(name)s”不能共享。") % {"name": lost[0][:40]})
    elif fields:
        raise _wrong("fields", _("只问问题，不给字段。"))
    if lost := [code for code in questions if code not in catalogue().questions]:
        raise _wrong("questions", _("没有“%(name)s”这个问题。") % {"name": lost[0][:40]})


def _require_foreign(unit: Unit, offer: str, questions: Sequence[str]) -> None:
    owners = owners_of(offer, list(questions))
    there = set(Unit.objects.filter(code__in=owners).values_list("code", flat=True))
    if owners - there:
        raise Refused(_("这类数据在本县没有归口单位，暂时不能申请。"), code="no_owner", status=409)
    if owners <= {unit.code}:
        raise Refused(_("这是本单位自己的数据，不用申请。"), code="own", status=409)


def _require_said(purpose: str, basis: str, until: date) -> None:
    if len(purpose.strip()) < LEAST:
        raise _wrong("purpose", _("请说清楚拿去做什么，至少十个字。"))
    if len(basis.strip()) < 4:
        raise _wrong("basis", _("请写明依据：哪部法律、哪一条，或者哪份文件。"))
    today = timezone.localdate(now())
    if not today < until <= today + LONGEST:
        raise _wrong("until", _("请选今天以后、一年以内的日子，到期可以再申请。"))


def _wrong(name: str, words: str) -> Refused:
    return Refused(words, code=name, status=422, fields={name: words})
