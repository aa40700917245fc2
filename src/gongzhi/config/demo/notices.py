"""Some who subscribed in the demo county, and what they are told as soon as it runs."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.reach.actions import ask_code, prove
from gongzhi.watch.notices.actions import change_settings, choose_duties, subscribe, subscribe_feed
from gongzhi.watch.notices.actions.duties import PURPOSE
from gongzhi.watch.notices.models import Notice, Spread, Subscriber
from gongzhi.watch.notices.readers import spread
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.wishes import Want, Wish
from gongzhi.work.prevention.warnings.selectors.standing import real

RESIDENT = Actor.resident()
PHONES = ("13800000001", "13800000002", "13800000003")
CLERK = "partner"
"""A department's account of the demo."""
MAIL = "haimouou@example.org"
STANDING = ("warnings.warning_published", "warnings.warning_updated")


def load_notices(until: datetime) -> str:
    """Subscribe, and tell of what stands now; how many notices are in line."""
    with moment(until - timedelta(minutes=20)):
        _subscribe("sms", PHONES[0], Want(About.WARNINGS))
        _subscribe(
            "email", MAIL, Want(About.WARNINGS), Want(About.TOPIC, topic="votes"), english=True
        )
        asked = Matter.objects.filter(
            procedure="resident_request", step="answered", closed_at__isnull=True, county=None
        )
        followed = asked.order_by("-stepped_at").first()
        if followed is not None:
            _subscribe("sms", PHONES[1], Want(About.MATTER, matter=followed.pk))
            _note(f"matters.matter:{followed.pk}", "matters.step_taken")
        _staff("analyst", "missed", "brief")
        _staff(CLERK, "soon", "missed", "reminded", "answered")
        subscribe_feed(RESIDENT, Wish((Want(About.WARNINGS),)))
        for warning in real().filter(state="active"):
            _note(f"warnings.warning:{warning.pk}", *STANDING)
        while spread():
            pass
    return f"{Subscriber.objects.count()} subscribers, {Notice.objects.count()} notices"


def _subscribe(kind: str, address: str, *wants: Want, english: bool = False) -> None:
    """As on the page: the code that came is typed in. They let themselves be told at any hour, so
    that whoever looks at the demo at night sees something."""
    proof = ask_code(RESIDENT, kind, address, purpose="notices")
    language = "en" if english else "zh-hans"
    proved = prove(RESIDENT, proof.key, proof.code)
    one = subscribe(RESIDENT, proved, Wish(wants, language))
    change_settings(RESIDENT, one, pace="now", quiet=None, woken=False, language=language)


def _note(subject: str, *kinds: str) -> None:
    """The last of these events, as a reader would note it."""
    entry = Entry.objects.filter(subject=subject, kind__in=kinds).order_by("-seq").first()
    if entry is not None:
        told = {"kind": entry.kind, "subject": subject, "text": entry.text, "at": entry.at}
        Spread.objects.get_or_create(entry=entry.id, defaults=told)


def _staff(username: str, *duties: str) -> None:
    """Somebody at work who wants to be told by mail, at once and at any hour, as above."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        return
    actor = Actor.account(account)
    proof = ask_code(actor, "email", f"{username}@example.org", purpose=PURPOSE)
    proved = prove(actor, proof.key, proof.code)
    wants = tuple(Want(About.DUTY, topic=code) for code in duties)
    one = choose_duties(actor, proved, Wish(wants))
    change_settings(actor, one, pace="now", quiet=None, woken=False, language="zh-hans")
