"""Leading a proposal through its phases: costing, vote, decision, delivery with its promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.files.actions import keep_photo
from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import add_words, hand_over, take_step
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals import events
from gongzhi.work.proposals.actions.votes import NewVote, plan_vote
from gongzhi.work.proposals.models import Promise, Proposal, Vote
from gongzhi.work.proposals.permissions import require_official, require_runner
from gongzhi.work.proposals.texts import checked_line, checked_text

SUPPORTS_GO = ("costing", "rejected")
"""Steps with which nobody needs the marks of supporters any more."""
LONGEST_PROMISE = 120


@action
def lead_proposal(
    by: Actor, proposal: Proposal, code: str, *, elements: Mapping[str, str] | None = None
) -> Matter:
    """Take the next step; the procedure says whose it is. Delivery ends only when each promise has
    been said to be kept or not."""
    held = _held(proposal)
    require_official(by)
    if code in ("delivered", "not_delivered"):
        _require_said(held)
    matter = take_step(by, held.matter, code, elements=elements)
    if code in SUPPORTS_GO:
        held.supports.all().delete()
    return matter


@action
def ask_costing(by: Actor, proposal: Proposal, unit: Unit) -> Matter:
    """Give it to the department that works out what it costs, and that would deliver it."""
    held = _held(proposal)
    require_runner(by)
    matter = take_step(by, held.matter, "costing")
    held.supports.all().delete()
    if matter.owner_unit_id == unit.pk:
        return matter
    return hand_over(by, matter, unit, reason="better_placed", by_desk=True)


@action
def put_to_vote(by: Actor, proposal: Proposal, opens_at: datetime, closes_at: datetime) -> Vote:
    """Let residents vote on it: yes, no, abstain."""
    held = _held(proposal)
    require_runner(by)
    question = _("要不要做：%(title)s") % {"title": held.title}
    told = NewVote(
        question[:80], Vote.Kind.YES_NO, opens_at, closes_at, held.matter.narrative.words
    )
    held.vote = plan_vote(by, told)
    held.save(update_fields=["vote"])
    take_step(by, held.matter, "voting")
    return held.vote


@action
def promise(by: Actor, proposal: Proposal, words: str, due_on: date) -> Promise:
    """Promise something, and until when. Only what is adopted, by the unit that delivers it."""
    held = _delivering(by, proposal)
    if due_on < timezone.localdate(now()):
        wrong = _("这一天已经过了。")
        raise Refused(wrong, code="due_on", status=422, fields={"due_on": wrong})
    made = Promise.objects.create(
        proposal=held, words=checked_line(words, "words", LONGEST_PROMISE), due_on=due_on
    )
    record(events.PROMISED, held.matter, promise=made.pk, due=due_on.isoformat())
    return made


@action
def end_promise(by: Actor, given: Promise, *, kept: bool, told: str) -> Promise:
    """Say plainly whether it was kept, and how it went."""
    _delivering(by, given.proposal)
    one = Promise.objects.select_for_update().get(pk=given.pk)
    if one.state != Promise.State.OPEN:
        raise Refused(_("这一条已经说过结果了。"), code="over", status=409)
    one.told = checked_text(told, "told", needed=True)
    one.state = Promise.State.KEPT if kept else Promise.State.BROKEN
    one.ended_on = timezone.localdate(now())
    one.save(update_fields=["told", "state", "ended_on"])
    record(events.PROMISE_ENDED, one.proposal.matter, promise=one.pk, kept=kept)
    return one


@action
def note_missed_promises(by: Actor, keys: Sequence[int]) -> int:
    """Note, for everybody to read, that these promises' days have passed."""
    today = timezone.localdate(now())
    rows = Promise.objects.select_for_update(of=("self",)).select_related("proposal__matter")
    missed = rows.filter(
        pk__in=keys, state=Promise.State.OPEN, missed_at=None, due_on__lt=today
    ).order_by("pk")
    for one in missed:
        one.missed_at = now()
        one.save(update_fields=["missed_at"])
        record(events.PROMISE_MISSED, one.proposal.matter, promise=one.pk)
    return len(missed)


@action
def tell_progress(
    by: Actor, proposal: Proposal, words: str, photos: Sequence[Photo] = ()
) -> Message:
    """Tell in public how far it is, with photos."""
    held = _delivering(by, proposal)
    files = [keep_photo(by, one) for one in photos]
    return add_words(by, held.matter, Message.Kind.UPDATE, words, public=True, files=files)


@action
def lapse_proposal(by: Actor, proposal: Proposal) -> Matter:
    """Set aside what too few have supported in time."""
    held = _held(proposal)
    matter = take_step(by, held.matter, "lapsed")
    held.supports.all().delete()
    return matter


def _held(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("matter__owner_unit")
    return rows.get(pk=proposal.pk)


def _delivering(by: Actor, proposal: Proposal) -> Proposal:
    """The proposal, while it is delivered, for the unit that delivers it."""
    held = _held(proposal)
    require_official(by)
    require_owner(by, held.matter)
    if held.matter.step not in ("adopted", "delivering"):
        raise Refused(_("还没有采纳，或者已经办完。"), code="not_delivering", status=409)
    return held


def _require_said(proposal: Proposal) -> None:
    if proposal.promises.filter(state=Promise.State.OPEN).exists():
        raise Refused(
            _("还有答应的事没有说做到没有，请先一条一条说清楚。"), code="promises_open", status=409
        )
