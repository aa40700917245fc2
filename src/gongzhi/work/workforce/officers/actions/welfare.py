"""Health checks fall due and are done; somebody is commended."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers import events
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.models import Commendation, HealthCheck
from gongzhi.work.workforce.officers.permissions import KEEP, READ, require_self, require_unit

MOST_WORDS = 200


@action
def plan_check(by: Actor, account: Account, *, due_on: date) -> HealthCheck:
    """Say by when somebody's health is to be looked at; what was due before is moved."""
    require_unit(by, KEEP, account.unit)
    made, _new = HealthCheck.objects.update_or_create(
        account=account, done_on=None, defaults={"due_on": due_on}
    )
    record(events.CHECK_PLANNED, "officers.health_checks", unit=account.unit_id)
    return made


@action
def check_done(by: Actor, check: HealthCheck) -> HealthCheck:
    """“I have been.” Refuses (403) everybody else, (409) a second time."""
    rows = HealthCheck.objects.select_for_update(of=("self",)).select_related("account")
    one = rows.get(pk=check.pk)
    require_self(by, one.account)
    if one.done_on is not None:
        raise Refused(_("已经登记做过了。"), code="done", status=409)
    one.done_on = today()
    one.save(update_fields=["done_on"])
    record(events.CHECK_DONE, "officers.health_checks", unit=one.account.unit_id)
    return one


@action
def commend(by: Actor, account: Account, words: str) -> Commendation:
    """Commend somebody of one's unit. Refuses (422) one without words, (403) oneself."""
    require_unit(by, READ, account.unit)
    said = words.strip()
    if not said or len(said) > MOST_WORDS:
        wrong = _("请写为什么表扬，最多 %(n)s 个字。") % {"n": MOST_WORDS}
        raise Refused(wrong, code="words", status=422, fields={"words": wrong})
    if by.source == account:
        raise Refused(_("不能表扬自己。"), code="own", status=403)
    giver = by.source if isinstance(by.source, Account) else None
    made = Commendation.objects.create(account=account, words=said, on=today(), given_by=giver)
    record(events.COMMENDED, account, unit=account.unit_id)
    return made
