"""Voting: the page, and the three requests that its script sends.

`code` and `sign` know a phone and not what is voted; `cast` knows what is voted and neither phone,
session nor cookie: it is marked for programs, so that no cookie counts, and the script sends none.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.http.response import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.marks import programs, public
from gongzhi.base.access.throttle import address_of, throttled
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.reach.actions import ask_code
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals.actions import PURPOSE, cast_ballot, sign_for_phone, sign_for_right
from gongzhi.work.proposals.ballots import BadBallot, Ballot
from gongzhi.work.proposals.boxes import published
from gongzhi.work.proposals.models import Vote
from gongzhi.work.proposals.selectors.votes import (
    ballot_in,
    outcome,
    over,
    running,
    to_come,
    took_part,
    vote_of,
)

LONGEST = 4096
"""Characters of a request's body."""
SHOWN = 50
"""Votes that have ended, on the page of all."""


@public
@require_safe
def votes(request: HttpRequest) -> HttpResponse:
    """Those that run, those to come, those that were counted."""
    here = {"running": running(), "to_come": to_come(), "over": over()[:SHOWN]}
    return render(request, "proposals/votes.html", here)


@public
@never_cache
@require_safe
def vote(request: HttpRequest, key: int) -> HttpResponse:
    """One vote: how to take part, or what came out. ``?ballot=``: look for one's own."""
    one = vote_of(key)
    here = {"vote": one, "runs": one.runs(now()), "part": took_part(one), **_result(one, request)}
    if here["runs"]:
        here["public_key"] = b64encode(bytes(one.public_key or b"")).decode()
    return render(request, "proposals/vote.html", here)


def _result(one: Vote, request: HttpRequest) -> dict[str, Any]:
    if not one.counted_at or one.stopped or one.too_few:
        return {}
    ballots = published(one)
    asked = request.GET.get("ballot", "").strip().lower()[:64]
    found = next((ballot for ballot in ballots if asked and ballot.token == asked), None)
    chosen = [one.names[code] for code in found.choice.split(",")] if found else []
    return {"lines": outcome(one, ballots), "asked": asked, "chosen": chosen}


@public
@never_cache
@require_POST
@throttled("vote_code", tries=20, seconds=600)
def code(request: HttpRequest, key: int) -> HttpResponse:
    """Send a code to the phone that is told."""
    one, told = vote_of(key), _told(request)
    _require_running(one)
    proof = ask_code(
        Actor.resident(), "sms", str(told.get("phone", "")), purpose=PURPOSE,
        asker=address_of(request),
    )  # fmt: skip
    return JsonResponse({"proof": proof.key})


@public
@never_cache
@require_POST
@throttled("vote_sign", tries=40, seconds=600)
def sign(request: HttpRequest, key: int) -> HttpResponse:
    """Sign the blinded ballot of whoever has the code that their phone, or a counter, gave."""
    told, one, by = _told(request), vote_of(key), Actor.resident()
    blinded, right = _bytes(told.get("blinded")), str(told.get("right", ""))[:40]
    proof, given = str(told.get("proof", "")), str(told.get("code", ""))
    if right.strip():
        signed = sign_for_right(by, one, right=right, blinded=blinded)
    else:
        signed = sign_for_phone(by, one, proof=proof, code=given, blinded=blinded)
    return JsonResponse({"signed": b64encode(signed).decode()})


@programs
@never_cache
@require_POST
@throttled("vote_cast", tries=60, seconds=600)
def cast(request: HttpRequest, key: int) -> HttpResponse:
    """Take a ballot. The same once more, its answer lost on the way, gets the same answer."""
    one = vote_of(key)
    try:
        ballot = Ballot.read(_told(request))
    except BadBallot as wrong:
        raise _incomplete() from wrong
    if one.secret and ballot_in(one, ballot.token) == ballot:
        return JsonResponse({"cast": ballot.token})
    cast_ballot(Actor.resident(), one, ballot)
    return JsonResponse({"cast": ballot.token})


def _told(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON, an object."""
    try:
        body = request.body
        told = json.loads(body) if len(body) <= LONGEST else None
    except (ValueError, RawPostDataException) as wrong:  # a form, say
        raise _incomplete() from wrong
    if not isinstance(told, dict):
        raise _incomplete()
    return told


def _bytes(told: object) -> bytes:
    try:
        return b64decode(str(told), validate=True)
    except ValueError as wrong:
        raise _incomplete() from wrong


def _require_running(one: Vote) -> None:
    if not one.runs(now()):
        raise Refused(_("投票没有在进行。"), code="vote_over", status=409)


def _incomplete() -> Refused:
    return Refused(_("选票不完整，请刷新页面再试。"), code="incomplete", status=422)
