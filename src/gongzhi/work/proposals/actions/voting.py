"""Voting, in two steps that nothing ties together: a ballot is signed for a proved phone, blindly;
later it is cast by whoever holds it, without phone, session or cookie."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.reach.actions import prove
from gongzhi.base.reach.models import Proof
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals import events
from gongzhi.work.proposals.ballots import BadBallot, Ballot, require_ballot
from gongzhi.work.proposals.keys import boxes_of
from gongzhi.work.proposals.models import Box, Vote
from gongzhi.work.proposals.selectors.votes import ballot_in, kept_form
from gongzhi.work.proposals.signing import require_running, sign_once

PURPOSE = "vote"
"""What a phone is proved for here."""


@action
def sign_ballot(by: Actor, vote: Vote, mark: str, blinded: bytes) -> bytes:
    """Sign what this voter's browser has blinded: once for each mark.

    Whoever sends the very same again (the answer was lost on the way) gets the very same answer.
    Refuses another one, a vote that doesn't run, and what isn't blinded.
    """
    return sign_once(require_running(vote), mark, blinded)


@action
def sign_for_phone(by: Actor, vote: Vote, *, proof: str, code: str, blinded: bytes) -> bytes:
    """Prove the phone by the code it got, and sign for it; all or nothing.

    A proof that holds already needs no second code: its answer was lost on the way.
    """
    held = Proof.objects.filter(key=proof, purpose=PURPOSE).first()
    if held is None or held.proved_at is None:
        held = prove(by, proof, code)
    return sign_ballot(by, vote, held.mark(f"vote-{vote.pk}"), blinded)


@action
def cast_ballot(by: Actor, vote: Vote, ballot: Ballot) -> Vote:
    """Put a ballot into the box. It needs the vote's signature and nothing else.

    Refuses one that was cast, one without the signature, and a vote that doesn't run.
    """
    held = require_running(vote)
    try:
        require_ballot(held.paper, bytes(held.public_key or b""), ballot)
    except BadBallot as wrong:
        raise Refused(
            _("这张选票不是这次投票签发的，没有计入。"), code="bad_ballot", status=422
        ) from wrong
    if ballot_in(held, ballot.token) is not None:
        raise Refused(_("这张选票已经投过了。"), code="cast_before", status=409)
    boxes_of(held, Box.Kind.BALLOTS).put(ballot.token, kept_form(ballot))
    record(events.BALLOT_CAST, held)
    return held
