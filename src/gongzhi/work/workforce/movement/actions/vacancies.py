"""A vacancy is published with what it asks for, and decided with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.movement.events import (
    VACANCY_DECIDED,
    VACANCY_OPENED,
    VACANCY_WITHDRAWN,
)
from gongzhi.work.workforce.movement.held import held_vacancy
from gongzhi.work.workforce.movement.models import Bid, Vacancy
from gongzhi.work.workforce.movement.moving import move_all
from gongzhi.work.workforce.movement.permissions import DECIDE, RUN, person
from gongzhi.work.workforce.movement.states import BidState, VacancyState
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.models import Post

LEAST_OPEN = timedelta(days=5)
"""So long everybody has to read it: nobody's place is filled overnight."""
MOST_WORDS = 4000


@dataclass(frozen=True)
class NewVacancy:
    """What is published."""

    post: Post
    places: int
    criteria: str
    closes_on: date
    begins_on: date


@action
def open_vacancy(by: Actor, new: NewVacancy) -> Vacancy:
    """Publish it. Refuses one without criteria, one that closes in less than five days, more places
    than the post has, and a second one for the same post."""
    account = person(by, RUN)
    if not new.criteria.strip():
        raise _wrong("criteria", _("请写条件：公布了条件再报名。"))
    if new.closes_on < today() + LEAST_OPEN:
        raise _wrong("closes_on", _("至少公布五天。"))
    if new.begins_on <= new.closes_on:
        raise _wrong("begins_on", _("到岗要在报名截止以后。"))
    if not 1 <= new.places <= new.post.places:
        raise _wrong("places", _("这个岗位一共 %(n)s 个位置。") % {"n": new.post.places})
    if Vacancy.objects.filter(post=new.post, state=VacancyState.OPEN).exists():
        raise Refused(_("这个岗位已经在公布了。"), code="open_already", status=409)
    made = Vacancy.objects.create(
        post=new.post, places=new.places, criteria=new.criteria.strip()[:MOST_WORDS],
        closes_on=new.closes_on, begins_on=new.begins_on, opened_by=account, opened_at=now(),
    )  # fmt: skip
    record(
        VACANCY_OPENED, made, post=new.post.pk, unit=new.post.unit_id, places=new.places,
        until=new.closes_on.isoformat(),
    )  # fmt: skip
    return made


@action
def withdraw_vacancy(by: Actor, vacancy: Vacancy, *, why: str) -> Vacancy:
    """It isn't filled; everybody reads why."""
    person(by, RUN)
    held = held_vacancy(vacancy)
    if not why.strip():
        raise _wrong("why", _("请写为什么撤回，大家会看到。"))
    held.state, held.why = VacancyState.WITHDRAWN, why.strip()[:MOST_WORDS]
    held.save(update_fields=["state", "why"])
    record(VACANCY_WITHDRAWN, held, post=held.post_id, unit=held.post.unit_id)
    return held


@action
def decide_vacancy(
    by: Actor, vacancy: Vacancy, *, chosen: Mapping[int, str], others: Mapping[int, str], why: str
) -> Vacancy:
    """Choose by bid, each with its reason, also those who aren't chosen; they move on the day that
    was published. Refuses before the last day is over, whoever applied themselves, more than there
    are places, and a bid without a reason."""
    account = person(by, DECIDE)
    held = held_vacancy(vacancy)
    bids = {one.pk: one for one in held.bids.filter(state=BidState.MADE).select_related("account")}
    if held.closes_on >= today():
        raise Refused(_("报名还没有截止。"), code="too_early", status=409)
    if any(one.account_id == account.pk for one in bids.values()):
        raise Refused(_("报了名的人不参加决定。"), code="own_bid", status=403)
    if len(chosen) > held.places:
        raise _wrong("chosen", _("只有 %(n)s 个位置。") % {"n": held.places})
    if set(chosen) | set(others) != set(bids) or set(chosen) & set(others):
        raise Refused(_("报名有了变化，请刷新再定。"), code="bids_changed", status=409)
    reasons = {**chosen, **others}
    if not why.strip() or any(not one.strip() for one in reasons.values()):
        raise _wrong("why", _("每个人的理由都要写，还要写一句大家看得到的。"))
    for key, one in bids.items():
        _decide(one, reasons[key], chosen=key in chosen)
    move_all([(bids[key].account, held.post) for key in chosen], held.begins_on)
    held.state, held.why = VacancyState.DECIDED, why.strip()[:MOST_WORDS]
    held.decided_by, held.decided_at = account, now()
    held.save(update_fields=["state", "why", "decided_by", "decided_at"])
    told = {"chosen": len(chosen), "bids": len(bids)}
    record(VACANCY_DECIDED, held, post=held.post_id, unit=held.post.unit_id, **told)
    return held


def _decide(one: Bid, reason: str, *, chosen: bool) -> None:
    one.state = BidState.CHOSEN if chosen else BidState.NOT_CHOSEN
    one.reason = reason.strip()[:MOST_WORDS]
    one.save(update_fields=["state", "reason"])


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
