"""Asking for a code, telling it, and forgetting both."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.access import tries
from gongzhi.base.access.throttle import limit
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.reach import events
from gongzhi.base.reach.addresses import normal
from gongzhi.base.reach.marks import code_hash, mark_of
from gongzhi.base.reach.models import Proof
from gongzhi.base.ui.errors import Refused

LASTS = timedelta(minutes=10)
DIGITS = 6
TRIES = 5
"""How often a code may be told wrongly; then it takes another one."""
HOUR, DAY = 3600, 86400
TO_AN_ADDRESS = ((3, 600), (10, DAY))
"""Messages to one address in so many seconds: nobody's phone is flooded from here."""
OF_AN_ASKER = ((10, HOUR), (30, DAY))
"""Codes that one network address may ask for."""


@action
def ask_code(by: Actor, kind: str, address: str, *, purpose: str, asker: str = "") -> Proof:
    """Send a code to this address; whoever reads it there can `prove` that it is theirs.

    The answer is the same for every address: it says of none whether it is known. ``purpose`` is a
    code; ``asker`` is who asks (`throttle.address_of`), for the limits only. Refuses what is no
    address (422) and too many codes (429).
    """
    written = normal(kind, address)
    if asker:
        _limit("reach.asker", asker, OF_AN_ASKER)
    _limit("reach.address", mark_of("throttle", kind, written), TO_AN_ADDRESS)
    key, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    proof = Proof.objects.create(
        key=key, kind=kind, address=written, code=code, code_hash=code_hash(key, code),
        purpose=purpose, language=get_language() or "zh-hans", asked_at=now(),
        until=now() + LASTS,
    )  # fmt: skip
    record(events.CODE_ASKED, proof, proof=proof.pk)
    return proof


@action
def prove(by: Actor, key: str, code: str) -> Proof:
    """The address is theirs, if this is its code. Refuses a wrong one (422), too many wrong ones
    (429), and one whose time is over (410); a code proves once."""
    held = Proof.objects.select_for_update().filter(key=key).first()
    if held is None or not held.alive(now()):
        raise Refused(_("验证码过期了，请重新获取。"), code="code_over", status=410)
    _require_tries_left(held)
    given = "".join(code.split())
    if not constant_time_compare(code_hash(held.key, given), held.code_hash):
        words = _("验证码不对，请再看一下。")
        raise Refused(words, code="wrong_code", status=422, fields={"code": words})
    held.proved_at, held.code = now(), ""
    held.save(update_fields=["proved_at", "code"])
    record(events.ADDRESS_PROVED, held, proof=held.pk)
    return held


@action
def note_sent(by: Actor, proof: Proof) -> None:
    """The message is on its way: its code is not readable here any more."""
    Proof.objects.filter(pk=proof.pk).update(code="")
    record(events.CODE_SENT, proof, proof=proof.pk)


@action
def forget_old(by: Actor, before: datetime) -> int:
    """Erase the proofs that were asked for before then; how many."""
    gone = Proof.objects.filter(asked_at__lt=before).delete()[0]
    if gone:
        record(events.PROOFS_ERASED, "reach.proof", count=gone)
    return gone


def _limit(name: str, who: str, limits: tuple[tuple[int, int], ...]) -> None:
    for number, seconds in limits:
        limit(f"{name}.{seconds}", who, tries=number, seconds=seconds)


def _require_tries_left(proof: Proof) -> None:
    """Counted outside the transaction, which a wrong code takes back."""
    number, _left = tries.count("reach.prove", proof.key, int(LASTS.total_seconds()) * 2)
    if number > TRIES:
        words = _("试的次数太多了，请重新获取验证码。")
        raise Refused(words, code="tries_over", status=429)
