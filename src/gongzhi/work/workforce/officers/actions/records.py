"""What is written into somebody's record: grades, skills, trainings, limits."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers import events
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.models import (
    GradeHeld,
    Limit,
    Service,
    SkillHeld,
    Training,
)
from gongzhi.work.workforce.officers.permissions import KEEP, require_unit
from gongzhi.work.workforce.officers.states import Cannot, Grade


@action
def give_grade(by: Actor, account: Account, grade: str, *, since: date) -> GradeHeld:
    """Write down a grade. Refuses (422) one that the law doesn't know, (409) two on one day."""
    require_unit(by, KEEP, account.unit)
    if grade not in Grade.values:
        raise _wrong("grade", _("没有这种警衔。"))
    if GradeHeld.objects.filter(account=account, since=since).exists():
        raise Refused(_("那天已经登记过警衔了。"), code="twice", status=409)
    made = GradeHeld.objects.create(account=account, grade=grade, since=since)
    record(events.GRADE_GIVEN, account, since=str(since))
    return made


@action
def tell_service(by: Actor, account: Account, *, since: date) -> Service:
    """Write down since when somebody works. Refuses (422) a day to come."""
    require_unit(by, KEEP, account.unit)
    if since > today():
        raise _wrong("since", _("参加工作的时间不能在今天以后。"))
    made, _new = Service.objects.update_or_create(account=account, defaults={"since": since})
    record(events.SERVICE_TOLD, account)
    return made


@action
def record_skill(
    by: Actor, account: Account, skill: str, *,
    since: date, until: date | None = None, number: str = "",
) -> SkillHeld:  # fmt: skip
    """Write down a skill or its certificate, through ``until``: by default as long as the
    catalogue says. Refuses (422) an unknown skill and an end before its start, (409) one that is
    there."""
    require_unit(by, KEEP, account.unit)
    item = catalogue().skills.get(skill)
    if item is None:
        raise _wrong("skill", _("没有这项技能。"))
    ends = until or (_after(since, item.months) if item.months else None)
    if ends is not None and ends < since:
        raise _wrong("until", _("到期日要在发证日之后。"))
    if SkillHeld.objects.filter(account=account, skill=skill, since=since).exists():
        raise Refused(_("这一天的这项技能已经登记过了。"), code="twice", status=409)
    made = SkillHeld.objects.create(
        account=account, skill=skill, since=since, until=ends, number=number.strip()[:60]
    )
    record(events.SKILL_RECORDED, account, skill=skill, until=str(ends) if ends else None)
    return made


@action
def end_skill(by: Actor, held: SkillHeld) -> SkillHeld:
    """It counts no more, from today: taken back, or written down by mistake."""
    rows = SkillHeld.objects.select_for_update(of=("self",)).select_related("account__unit")
    one, last = rows.get(pk=held.pk), today() - timedelta(days=1)
    require_unit(by, KEEP, one.account.unit)
    if one.until is not None and one.until <= last:
        raise Refused(_("它已经到期了。"), code="over", status=409)
    if one.since > last:
        one.delete()
    else:
        one.until = last
        one.save(update_fields=["until"])
    record(events.SKILL_ENDED, one.account, skill=one.skill)
    return one


@action
def record_training(
    by: Actor, account: Account, title: str, *, hours: int, on: date, skill: str = ""
) -> Training:
    """Write down that a training was attended. Refuses (422) one without a title or hours."""
    require_unit(by, KEEP, account.unit)
    if not title.strip():
        raise _wrong("title", _("请写是什么培训。"))
    if not 1 <= hours <= 2000:
        raise _wrong("hours", _("请写几个学时，1–2000。"))
    if skill and skill not in catalogue().skills:
        raise _wrong("skill", _("没有这项技能。"))
    made = Training.objects.create(
        account=account, title=title.strip()[:120], skill=skill, hours=hours, on=on
    )
    record(events.TRAINING_RECORDED, account, skill=skill or None, hours=hours)
    return made


@action
def tell_limit(
    by: Actor, account: Account, cannot: str, *,
    first_day: date, last_day: date | None = None, reason: str = "",
) -> Limit:  # fmt: skip
    """Write down what somebody can't do for a time. Refuses (422) what is no limit."""
    require_unit(by, KEEP, account.unit)
    if cannot not in Cannot.values:
        raise _wrong("cannot", _("请选限制是什么。"))
    if last_day is not None and last_day < first_day:
        raise _wrong("last_day", _("最后一天要在第一天之后。"))
    made = Limit.objects.create(
        account=account, cannot=cannot, first_day=first_day, last_day=last_day,
        reason=reason.strip()[:500],
    )  # fmt: skip
    record(events.LIMIT_TOLD, made, unit=account.unit_id)
    return made


@action
def end_limit(by: Actor, limit: Limit) -> Limit:
    """It holds no more from today on, and why it did goes. Refuses (409) a second time."""
    rows = Limit.objects.select_for_update(of=("self",)).select_related("account__unit")
    one, last = rows.get(pk=limit.pk), today() - timedelta(days=1)
    require_unit(by, KEEP, one.account.unit)
    if one.last_day is not None and one.last_day <= last:
        raise Refused(_("限制已经解除了。"), code="over", status=409)
    record(events.LIMIT_ENDED, one, unit=one.account.unit_id)
    if one.first_day > last:
        one.delete()
        return one
    one.last_day, one.reason = last, ""
    one.save(update_fields=["last_day", "reason"])
    return one


def _after(day: date, months: int) -> date:
    """The last day of so many months from this day on: of one from 1 March, 31 March."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = min(day.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, last) - timedelta(days=1)


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
