"""Who plays in these tests: somebody who leads residents' part, voters, and their ballots."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.reach.marks import mark_of
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.actions import NewVote
from gongzhi.work.proposals.ballots import Ballot
from gongzhi.work.proposals.models import Vote
from gongzhi.work.proposals.voter import Drawn, draw

SYSTEM, RESIDENT = Actor.system("test"), Actor.resident()


def unit(code: str = "civil_affairs") -> Unit:
    """The unit of this code, opened when it isn't there."""
    found = Unit.objects.filter(code=code).first()
    return found or open_unit(SYSTEM, code=code, kind="department", name_zh=code, name_en=code)


def account(role: str = "participation_officer", of: str = "civil_affairs") -> Account:
    """Somebody with this role."""
    found = Account.objects.filter(username=f"{role}.{of}").first()
    return found or open_account(
        SYSTEM, username=f"{role}.{of}", display_name="海小议", unit=unit(of), roles=[role]
    )


def officer(of: str = "civil_affairs") -> Actor:
    """Whoever leads residents' part, as the actor of an action."""
    return Actor.account(account(of=of))


def new_vote(**more: Any) -> NewVote:
    """Lights at the school gate, for a week from now on."""
    told: dict[str, Any] = {
        "question": "学校门口先做哪一样？", "kind": "several", "most": 2,
        "options": ["红绿灯", "斑马线", "护学岗"], "opens_at": now(),
        "closes_at": now() + timedelta(days=7),
    }  # fmt: skip
    return NewVote(**{**told, **more})


def opened(**more: Any) -> Vote:
    """A vote that runs."""
    return actions.open_vote(SYSTEM, actions.plan_vote(officer(), new_vote(**more)))


def mark(vote: Vote, phone: str) -> str:
    """What stands for this phone in this vote."""
    return mark_of(vote.paper.ref, "sms", phone)


def drawn(vote: Vote, choice: str = "a") -> Drawn:
    """A ballot, blinded."""
    return draw(vote.paper, bytes(vote.public_key or b""), choice)


def signed(vote: Vote, phone: str, one: Drawn) -> Ballot:
    """It is signed for this phone."""
    return one.signed(actions.sign_ballot(RESIDENT, vote, mark(vote, phone), one.blinded.sent))


def voted(vote: Vote, phone: str, choice: str = "a") -> Ballot:
    """Somebody votes; what they keep."""
    ballot = signed(vote, phone, drawn(vote, choice))
    actions.cast_ballot(RESIDENT, vote, ballot)
    return ballot


def ended(vote: Vote) -> datetime:
    """A moment after its end."""
    return vote.closes_at + timedelta(seconds=1)
