"""Declaring, settling, recusing, reporting."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import part_in, stands_above
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.integrity import events
from gongzhi.work.workforce.integrity.models import Declaration, Recusal, Reminded, ReportMade
from gongzhi.work.workforce.integrity.permissions import DECIDE, OVERSEE, require_other
from gongzhi.work.workforce.integrity.states import MAY_FOLLOW, Ground, Kind, Outcome, State
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.models import Holding

MOST_WORDS = 1000


@action
def declare(
    by: Actor, account: Account, kind: str, words: str, *, yuan: int | None = None
) -> Declaration:
    """Tell of a gift or an interest of one's own. Refuses (422) one without words."""
    if by.source != account:
        raise Refused(_("只能申报自己的。"), code="not_yours", status=403)
    if kind not in Kind.values:
        raise _wrong("kind", _("请选申报什么。"))
    if not words.strip() or len(words) > MOST_WORDS:
        raise _wrong("words", _("请写清楚是什么、谁给的，最多 %(n)s 个字。") % {"n": MOST_WORDS})
    made = Declaration.objects.create(
        account=account, kind=kind, words=words.strip(), yuan=yuan, told_at=now()
    )
    record(events.DECLARED, made, unit=account.unit_id)
    return made


@action
def settle(by: Actor, declaration: Declaration, outcome: str) -> Declaration:
    """Say what becomes of it. Refuses (403) one's own, (409) a second time."""
    rows = Declaration.objects.select_for_update(of=("self",)).select_related("account")
    held = rows.get(pk=declaration.pk)
    who = require_other(by, OVERSEE, held.account)
    if outcome not in Outcome.values:
        raise _wrong("outcome", _("请选怎么处理。"))
    if held.outcome:
        raise Refused(_("已经处理过了。"), code="settled", status=409)
    held.outcome, held.settled_by, held.settled_at = outcome, who, now()
    held.save(update_fields=["outcome", "settled_by", "settled_at"])
    record(events.SETTLED, held, outcome=outcome)
    return held


@action
def open_register(by: Actor) -> list[Declaration]:
    """All declarations, the unsettled first: reading them is on the log."""
    who = by.source
    require_other(by, OVERSEE, Account(pk=0))
    record(events.REGISTER_READ, "integrity.register")
    rows = Declaration.objects.select_related("account__unit", "settled_by")
    own = rows.exclude(account=who) if isinstance(who, Account) else rows
    return sorted(own.order_by("-pk")[:200], key=lambda one: bool(one.outcome))


@action
def ask_recusal(
    by: Actor, matter: Matter, account: Account, ground: str, words: str = ""
) -> Recusal:
    """Ask that somebody, often oneself, is kept from a matter. Refuses (403) who isn't in on it,
    (409) a second request."""
    asker = by.source
    if isinstance(asker, Account) and part_in(asker, matter.pk) not in ("reads", "works"):
        raise Refused(_("只有办理、审批这个案件的人才能提。"), code="not_your_case", status=403)
    if ground not in Ground.values:
        raise _wrong("ground", _("请选为什么要回避。"))
    open_ones = Recusal.objects.filter(account=account, matter=matter)
    if open_ones.exclude(state=State.REFUSED).exists():
        raise Refused(_("已经提过了。"), code="asked", status=409)
    made = Recusal.objects.create(
        account=account, matter=matter, ground=ground, words=words.strip()[:MOST_WORDS],
        asked_at=now(),
    )  # fmt: skip
    record(events.RECUSAL_ASKED, made, matter=matter.pk, unit=account.unit_id)
    return made


@action
def decide_recusal(by: Actor, recusal: Recusal, *, grant: bool) -> Recusal:
    """Keep somebody from the matter, or not. Refuses (403) oneself and other units' heads."""
    rows = Recusal.objects.select_for_update(of=("self",)).select_related("account__unit")
    held = rows.get(pk=recusal.pk)
    who = require_other(by, DECIDE, held.account)
    if who is not None and not stands_above(who, held.account.unit):
        raise Refused(_("由本单位或者上级负责人决定。"), code="not_your_unit", status=403)
    state = State.GRANTED if grant else State.REFUSED
    if held.state not in MAY_FOLLOW[state]:
        raise Refused(_("已经决定过了。"), code="decided", status=409)
    held.state, held.decided_by, held.decided_at = state, who, now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    record(events.RECUSAL_DECIDED, held, matter=held.matter_id, granted=grant)
    return held


@action
def report_made(by: Actor, account: Account, report: str) -> ReportMade:
    """“I have reported”, this year. Refuses (409) a second time."""
    if by.source != account:
        raise Refused(_("只能登记自己的。"), code="not_yours", status=403)
    item = catalogue().reminders.get(report)
    if item is None or item.month is None:
        raise _wrong("report", _("没有这种报告。"))
    year = today().year
    if ReportMade.objects.filter(account=account, report=report, year=year).exists():
        raise Refused(_("今年已经登记过了。"), code="twice", status=409)
    made = ReportMade.objects.create(account=account, report=report, year=year, told_at=now())
    record(events.REPORTED, made, report=report, year=year)
    return made


@action
def remind_of_report(by: Actor, account: Account, report: str, *, due_on: date) -> Reminded:
    """Note that somebody is told of their report: who asked for such news gets a mail."""
    made = Reminded.objects.create(reminder=report, account=account, about=str(due_on.year))
    record(events.REPORT_DUE, made, account=account.pk, report=report, due_on=str(due_on))
    return made


@action
def remind_of_rotation(by: Actor, held: Holding, reminder: str) -> Reminded:
    """Note that a sensitive post is to be rotated: who oversees that is told, not who holds it."""
    made = Reminded.objects.create(reminder=reminder, account=held.account, about=f"held:{held.pk}")
    record(events.ROTATION_DUE, made, post=held.post_id, unit=held.post.unit_id)
    return made


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
