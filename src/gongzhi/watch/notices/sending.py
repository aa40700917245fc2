"""Sending what is in line, lane by lane; waiting longer each time it fails, and giving up."""

from __future__ import annotations

from datetime import timedelta
from random import uniform

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.reach.actions import note_sent
from gongzhi.base.reach.models import Proof
from gongzhi.watch.notices.actions import end_gone, give_up
from gongzhi.watch.notices.channels.letter import Letter, Line, LineFailed, NotNow, Refuses
from gongzhi.watch.notices.channels.ways import way_for
from gongzhi.watch.notices.enclosing import enclosed_in
from gongzhi.watch.notices.links import manage_link, stop_link
from gongzhi.watch.notices.models import Lane, Notice
from gongzhi.watch.notices.states import State
from gongzhi.watch.notices.texts import written

SENDER = Actor.system("notices")
WAITS = (10, 60, 300, 1800, 7200)
"""Seconds until a message that failed is tried again; the last one from then on."""
TRIES = 8
"""After so many a message is given up."""
LEASE = timedelta(seconds=120)
"""For which one process has a lane; longer than one try can take."""
MOST = 100
"""Messages of one turn."""
CODE = "code"


def due_lanes() -> list[str]:
    """Lanes with something to send whose turn it is. None in a drill."""
    if settings.EXERCISE:
        return []
    names = set(_due().values_list("lane", flat=True).distinct())
    at = now()
    resting = Lane.objects.filter(Q(held_until__gt=at) | Q(again_at__gt=at), name__in=names)
    return sorted(names - set(resting.values_list("name", flat=True)))


def send_lane(name: str) -> int:
    """Send what waits in this lane until it fails; how many went. Of two processes one does so.

    What went in the moment in which this process dies is sent again, with the same message id.
    """
    if settings.EXERCISE or not _held(name):
        return 0
    try:
        return _send_all(name)
    except LineFailed as failed:
        _lane_failed(name, failed.code)
        return 0
    finally:
        Lane.objects.filter(name=name).update(held_until=None)


def _held(name: str) -> bool:
    Lane.objects.get_or_create(name=name)
    at = now()
    free = Q(held_until=None) | Q(held_until__lte=at)
    turn = Q(again_at=None) | Q(again_at__lte=at)
    return bool(Lane.objects.filter(free, turn, name=name).update(held_until=at + LEASE))


def _due() -> QuerySet[Notice]:
    return Notice.objects.filter(state=State.WAITING, again_at__lte=now())


def _send_all(name: str) -> int:
    waiting = list(
        _due().filter(lane=name).select_related("subscriber").order_by("rank", "pk")[:MOST]
    )
    way = way_for(name)
    if way is None:
        for notice in waiting:
            give_up(SENDER, notice, "no_channel")
        return 0
    sent = 0
    with way.open() as line:
        for notice in waiting:
            Lane.objects.filter(name=name).update(held_until=now() + LEASE)
            sent += _send(line, notice)
    Lane.objects.filter(name=name, failures__gt=0).update(failures=0, failure="", again_at=None)
    return sent


def _send(line: Line, notice: Notice) -> bool:
    """Try one; whether it went. Raises LineFailed: none can go now."""
    letter = letter_of(notice)
    if letter is None:
        _end(notice, State.DROPPED)
        return False
    Notice.objects.filter(pk=notice.pk).update(tries=F("tries") + 1)
    try:
        line.send(letter)
    except Refuses as refused:
        give_up(SENDER, notice, refused.code)
        if refused.gone and notice.subscriber is not None:
            end_gone(SENDER, notice.subscriber)
        return False
    except NotNow as later:
        _later(notice, later.code)
        return False
    except LineFailed as failed:
        _later(notice, failed.code)
        raise
    _end(notice, State.SENT)
    return True


def letter_of(notice: Notice) -> Letter | None:
    """The notice in words, for its address; None when nobody needs it any more."""
    facts = dict(notice.told())
    if notice.template == CODE:
        proof = _proof(notice)
        if proof is None or not proof.code or not proof.alive(now()):
            return None
        facts["code"] = proof.code
    stop = ""
    if notice.subscriber is not None:
        facts["stop"], stop = manage_link(notice.subscriber), stop_link(notice.subscriber)
    said = written(notice.template, facts, notice.language)
    return Letter(
        notice.key, notice.address, said.subject, said.text, said.short, notice.language, stop,
        facts.get("link", reverse("participation:home")), enclosed=enclosed_in(notice),
    )  # fmt: skip


def _end(notice: Notice, state: str) -> None:
    """It went, or nobody needs it: neither its address nor a word of it is left."""
    Notice.objects.filter(pk=notice.pk).update(
        state=state, address="", facts="", failure="", ended_at=now()
    )
    proof = _proof(notice) if notice.template == CODE and state == State.SENT else None
    if proof is not None:
        note_sent(SENDER, proof)


def _later(notice: Notice, why: str) -> None:
    tried = notice.tries + 1
    if tried >= TRIES:
        give_up(SENDER, notice, why)
        return
    wait = WAITS[min(tried, len(WAITS)) - 1]
    again = now() + timedelta(seconds=wait * uniform(1, 1.3))  # noqa: S311  (not all at once)
    Notice.objects.filter(pk=notice.pk).update(failure=why, again_at=again)


def _lane_failed(name: str, why: str) -> None:
    failures = Lane.objects.filter(name=name).values_list("failures", flat=True).first() or 0
    wait = WAITS[min(failures, 2)]
    again = now() + timedelta(seconds=wait * uniform(1, 1.3))  # noqa: S311  (as above)
    Lane.objects.filter(name=name).update(failures=F("failures") + 1, failure=why, again_at=again)


def _proof(notice: Notice) -> Proof | None:
    return Proof.objects.filter(pk=int(notice.about.rpartition(":")[2])).first()
