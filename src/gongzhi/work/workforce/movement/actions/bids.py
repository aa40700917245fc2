"""Somebody applies for a vacancy, or takes it back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.movement.actions.vacancies import MOST_WORDS
from gongzhi.work.workforce.movement.events import BID_MADE, BID_TAKEN_BACK
from gongzhi.work.workforce.movement.held import held_vacancy
from gongzhi.work.workforce.movement.models import Bid, Vacancy
from gongzhi.work.workforce.movement.permissions import person
from gongzhi.work.workforce.movement.states import BidState
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.selectors.people import posts_of, skills_on


@action
def bid(by: Actor, vacancy: Vacancy, *, words: str) -> Bid:
    """Apply, or apply anew after taking it back. Refuses after the last day, whoever holds the
    post already, and whoever lacks a skill that it needs: which, is said."""
    account = person(by)
    held = held_vacancy(vacancy)
    if held.closes_on < today():
        raise Refused(_("报名截止了。"), code="too_late", status=409)
    if any(one.post_id == held.post_id for one in posts_of(account, today())):
        raise Refused(_("您已经在这个岗位上。"), code="there", status=409)
    if lacks := set(held.post.skills) - skills_on(account, held.begins_on):
        words_ = _("这个岗位要有：%(skills)s。到岗那天要有效。") % {"skills": _names(lacks)}
        raise Refused(words_, code="lacks_skill", status=409)
    made, new = Bid.objects.get_or_create(vacancy=held, account=account, defaults={"at": now()})
    if not new and made.state != BidState.TAKEN_BACK:
        raise Refused(_("您已经报名了。"), code="made_already", status=409)
    made.state, made.words, made.at = BidState.MADE, words.strip()[:MOST_WORDS], now()
    made.save(update_fields=["state", "words", "at"])
    record(BID_MADE, held)
    return made


@action
def take_back(by: Actor, one: Bid) -> Bid:
    """As long as nothing was decided."""
    account = person(by)
    held = Bid.objects.select_for_update(of=("self",)).select_related("vacancy").get(pk=one.pk)
    if held.account_id != account.pk:
        raise Refused(_("没有这个报名。"), code="no_bid", status=404)
    if held.state != BidState.MADE:
        raise Refused(_("已经定了，或者撤回过了。"), code="over", status=409)
    held.state = BidState.TAKEN_BACK
    held.save(update_fields=["state"])
    record(BID_TAKEN_BACK, held.vacancy)
    return held


def _names(codes: set[str]) -> str:
    from gongzhi.base.catalogue.load import catalogue

    known = catalogue().skills
    return _("、").join(str(known[one].name) if one in known else one for one in sorted(codes))
