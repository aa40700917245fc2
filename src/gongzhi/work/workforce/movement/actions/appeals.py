"""Whoever wasn't chosen may appeal once; somebody who didn't decide answers."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.movement.actions.vacancies import MOST_WORDS
from gongzhi.work.workforce.movement.events import APPEAL_ANSWERED, APPEALED
from gongzhi.work.workforce.movement.models import Bid
from gongzhi.work.workforce.movement.permissions import RUN, person
from gongzhi.work.workforce.movement.states import BidState

MAY_APPEAL = timedelta(days=14)
ANSWERED_IN = timedelta(days=14)


@action
def appeal(by: Actor, one: Bid, *, words: str) -> Bid:
    """Say why the decision is wrong, once, within a fortnight."""
    account = person(by)
    held = _held(one)
    if held.account_id != account.pk:
        raise Refused(_("没有这个报名。"), code="no_bid", status=404)
    decided = held.vacancy.decided_at
    if held.state != BidState.NOT_CHOSEN or decided is None:
        raise Refused(_("没有可以申诉的决定。"), code="nothing_decided", status=409)
    if held.appealed_at is not None or now() > decided + MAY_APPEAL:
        raise Refused(_("申诉一次，在决定后两周内。"), code="no_appeal", status=409)
    if not words.strip():
        raise _wrong("words", _("请写哪里不对。"))
    held.appeal, held.appealed_at = words.strip()[:MOST_WORDS], now()
    held.appeal_due_at = now() + ANSWERED_IN
    held.save(update_fields=["appeal", "appealed_at", "appeal_due_at"])
    record(APPEALED, held.vacancy)
    return held


@action
def answer_appeal(by: Actor, one: Bid, *, upheld: bool, answer: str) -> Bid:
    """Answer in words. Upheld, the answer says what is done; who holds the post isn't undone by
    itself. Whoever decided or applied doesn't answer."""
    account = person(by, RUN)
    held = _held(one)
    if account.pk == held.vacancy.decided_by_id:
        raise Refused(_("作决定的人不答复申诉。"), code="same_person", status=403)
    if held.vacancy.bids.filter(account=account).exists():
        raise Refused(_("报了名的人不参加决定。"), code="own_bid", status=403)
    if held.appealed_at is None or held.answered_at is not None:
        raise Refused(_("没有等答复的申诉。"), code="no_appeal", status=409)
    if not answer.strip():
        raise _wrong("answer", _("请写答复，本人会看到。"))
    held.answer, held.upheld = answer.strip()[:MOST_WORDS], upheld
    held.answered_by, held.answered_at = account, now()
    held.save(update_fields=["answer", "upheld", "answered_by", "answered_at"])
    record(APPEAL_ANSWERED, held.vacancy, upheld=upheld)
    return held


def _held(one: Bid) -> Bid:
    rows = Bid.objects.select_for_update(of=("self",)).select_related("vacancy", "account")
    return rows.get(pk=one.pk)


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
