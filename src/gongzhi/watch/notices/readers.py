"""The log's entries become notices; each lane is sent on a thread of its own."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from threading import Thread

from django.db import connection

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.log.jobs import every
from gongzhi.base.log.limits import Limit, add_limit
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import reader
from gongzhi.base.reach.models import Proof
from gongzhi.watch.notices.actions import end_closed, give_up
from gongzhi.watch.notices.digests import due, make
from gongzhi.watch.notices.feeds import let_go
from gongzhi.watch.notices.models import Notice, Spread, Subscriber, Subscription
from gongzhi.watch.notices.queue import News, tell_address
from gongzhi.watch.notices.sending import CODE, SENDER, due_lanes, send_lane
from gongzhi.watch.notices.spreading import spread_on, tell_these
from gongzhi.watch.notices.states import State
from gongzhi.watch.notices.telling.choosing import is_told, matter_of
from gongzhi.watch.notices.telling.clocks import WARNED, tell_group
from gongzhi.watch.notices.telling.matters import MERGED, follow_merged, lapsing
from gongzhi.watch.notices.telling.visits import OFFERED, remind_of_tomorrow, tell_offer
from gongzhi.watch.notices.telling.volunteers import tell_volunteers
from gongzhi.watch.notices.telling.weeks import tell_last_week

SECONDS, MINUTES, HOUR = 1.0, 300.0, 3600.0
ROUND = 20
"""Events of one turn, so that a large one holds up no other for long."""
LONG_AGO = timedelta(hours=6)
"""What happened before is no news: a history that was imported, or read anew."""
DEAD_KEPT = timedelta(days=7)
"""How long a message that can't be sent keeps its words, to be sent again."""
GIVEN_UP = timedelta(hours=1)
"""So long an event that can't be told is tried again."""
NO_USE = timedelta(days=2)
"""After so long nobody is helped by it any more."""
MOST = 500
KEPT_AT_MOST = timedelta(days=90)
CODE_ASKED = "reach.code_asked"
_log = logging.getLogger(__name__)
_sending: dict[str, Thread] = {}


@reader("notices.codes")
def send_codes(entry: Entry) -> None:
    """Put the code that somebody waits for in line, before everything else."""
    if entry.kind != CODE_ASKED or entry.at < now() - LONG_AGO:
        return
    proof = Proof.objects.filter(pk=json.loads(entry.text)["proof"]).first()
    if proof is None or not proof.alive(now()):
        return
    minutes = str(int((proof.until - proof.asked_at).total_seconds() // 60))
    news = News(CODE, f"reach.proof:{proof.pk}", str(entry.id), {"minutes": minutes}, rank=0)
    tell_address(proof.kind, proof.address, proof.language, news)


@reader("notices.followed")
def note_news(entry: Entry) -> None:
    """Note what somebody could want to know; it is told apart, some at a time."""
    if entry.kind == MERGED:
        follow_merged(entry)
    if not is_told(entry) or entry.at < now() - LONG_AGO:
        return
    told = {"kind": entry.kind, "subject": entry.subject, "text": entry.text, "at": entry.at}
    Spread.objects.get_or_create(entry=entry.id, defaults=told)


@reader("notices.direct")
def tell_directly(entry: Entry) -> None:
    """Put in line what one address alone is told: a free time, a deadline for a work group."""
    if entry.kind not in {OFFERED, WARNED} or entry.at < now() - LONG_AGO:
        return
    if entry.kind == OFFERED:
        tell_offer(entry.id, entry.subject)
    else:
        tell_group(entry, matter_of(entry.subject))


@every(MINUTES, "notices.reminders")
def remind() -> int:
    """Remind those who come to a counter tomorrow; how many."""
    return remind_of_tomorrow()


@every(SECONDS, "notices.spread")
def spread() -> int:
    """Go on telling what there is to tell; how many subscriptions were looked at."""
    looked = 0
    for one in Spread.objects.filter(done_at=None).order_by("pk")[:ROUND]:
        try:
            looked += spread_on(one)
        except Exception:  # noqa: BLE001  (one event must not silence the others)
            _log.exception("%s could not be told", one.kind)
            if one.at < now() - GIVEN_UP:
                Spread.objects.filter(pk=one.pk).update(done_at=now())
    return looked


@every(HOUR, "notices.lapses")
def tell_lapses() -> int:
    """Say what closes by itself in some days; how many are told."""
    told = 0
    for story in lapsing():
        rows = Subscription.objects.filter(story.asked).select_related("subscriber")
        told += tell_these(story, list(rows))
    return told


@every(HOUR, "notices.weeks")
def tell_weeks() -> int:
    """Say once a week what was done around the places that people follow; how many are told."""
    return tell_last_week()


@every(MINUTES, "notices.digests")
def make_digests() -> int:
    """Put in one message what was held; how many messages."""
    return sum(make(one) is not None for one in due(now()))


@reader("notices.volunteers")
def tell_who_signed_up(entry: Entry) -> None:
    """Tell volunteers what they left their number for."""
    if entry.at >= now() - LONG_AGO:
        tell_volunteers(entry)


@every(SECONDS, "notices.send")
def send() -> None:
    """Begin to send in each lane that has something: a slow server holds up no other."""
    for name in due_lanes():
        running = _sending.get(name)
        if running is None or not running.is_alive():
            _sending[name] = Thread(target=_send, args=(name,), name="notices", daemon=True)
            _sending[name].start()


@every(HOUR, "notices.forget")
def forget() -> int:
    """Let go of the words of what couldn't be sent, and of old rows; how many rows."""
    old = Notice.objects.filter(state=State.DEAD, ended_at__lt=now() - DEAD_KEPT)
    old.exclude(address="").update(address="", facts="")
    for late in Notice.objects.filter(state=State.WAITING, made_at__lt=now() - NO_USE)[:MOST]:
        give_up(SENDER, late, "too_late")
    let_go()
    for left in Subscriber.objects.filter(account__is_active=False)[:MOST]:
        end_closed(SENDER, left)
    Spread.objects.filter(done_at__lt=now() - DEAD_KEPT).delete()
    item = catalogue().keeping.get("notices")
    before = now() - min(item.keep if item else KEPT_AT_MOST, KEPT_AT_MOST)
    return Notice.objects.filter(made_at__lt=before).delete()[0]


def _send(name: str) -> None:
    try:
        send_lane(name)
    except Exception:  # noqa: BLE001  (one lane must not silence the others)
        _log.exception("nothing could be sent by %s", name.partition(":")[0])
    finally:
        connection.close()


add_limit(
    "notices",
    Limit(lambda at: Notice.objects.filter(made_at__lt=at).count(), "notices.forget"),
)
