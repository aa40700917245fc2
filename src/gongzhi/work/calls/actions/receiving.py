"""Receiving calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import (
    NewMatter,
    NewParty,
    change_priority,
    correct_place,
    open_matter,
    take_step,
)
from gongzhi.base.matters.intake import checked_answers, checked_words, priority_for
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions.referring import refer_incident
from gongzhi.work.calls.actions.ringing import take_ring
from gongzhi.work.calls.events import CALL_RECEIVED
from gongzhi.work.calls.models import Call, HereLink, Manner, Ring
from gongzhi.work.calls.rows import locked_incidents, require_open
from gongzhi.work.calls.selectors import duty_desk

LONGEST_NAME, LONGEST_PHONE = 80, 40
PROCEDURES = {"": "incident", "drill": "drill", "test": "line_test"}
"""What a call opens: an incident; or, to be kept apart from all that is real, a drill or a test of
the line. Whatever counts, lists or learns from incidents asks for ``incident``."""


@dataclass(frozen=True)
class NewCall:
    """What is known of a call. With ``joins`` it is about that open incident."""

    category: str
    words: str = ""
    """Needed to open an incident; a call that joins one may add nothing new."""
    place: str = ""
    point: Point | None = None
    """WGS 84; the edge that took it in has checked that it lies where it may."""
    accuracy: int | None = None
    answers: Mapping[str, str | int] = field(default_factory=dict)
    priority: int | None = None
    """The category's own, raised by the answers, when None."""
    channel: str = Call.Channel.PHONE
    caller: Mapping[str, str] = field(default_factory=dict)
    """``name``, ``phone``; sealed."""
    joins: Matter | None = None
    received_at: datetime | None = None
    """When it rang; the moment of the action when None."""
    answered_at: datetime | None = None
    owner: Unit | None = None
    """The command centre when None."""
    county: County | None = None
    idempotency_key: str | None = None
    manner: str = Manner.SPOKEN
    trial: str = ""
    """``drill`` or ``test``: not real, and counted nowhere."""
    refer_to: Unit | None = None
    """The department that goes on with it, when it is nothing for the police."""
    ring: Ring | None = None
    """The ring that this call-taker claimed."""


@action
def receive_call(by: Actor, new: NewCall) -> Call:
    """Open an incident for the call, or join the open one that it is about.

    A call that joins can make the incident more urgent, never less, and gives it a place when it
    had none. A key that was used is refused by the database (IntegrityError): `call_of_key` has
    the call that it made.
    """
    caller = _checked_caller(new.caller)
    _require_real(new)
    if new.joins is None:
        matter = _opened(by, new, caller)
        party = matter.parties.first()
    else:
        matter = _joined(by, new, new.joins)
        party = _party(matter, caller)
    nth = matter.calls.count() + 1
    call = Call.objects.create(
        matter=matter,
        received_at=new.received_at or now(),
        answered_at=new.answered_at,
        channel=_channel(new.channel),
        manner=_manner(new.manner),
        taken_by=by.source if isinstance(by.source, Account) else None,
        party=party,
        words=_words(new),
        joined=new.joins is not None,
        idempotency_key=new.idempotency_key,
    )
    manner = None if call.manner == Manner.SPOKEN else str(call.manner)
    record(
        CALL_RECEIVED, matter, call=call.pk, channel=call.channel, joined=call.joined, nth=nth,
        manner=manner,
    )  # fmt: skip
    _go_on(by, new, call)
    return call


def _go_on(by: Actor, new: NewCall, call: Call) -> None:
    """What becomes of the ring, and of the incident where it is nothing for the police."""
    if new.ring is not None:
        take_ring(by, new.ring, call)
    if new.idempotency_key and call.taken_by is not None:  # a link that was sent to this caller
        here = HereLink.objects.filter(draft=new.idempotency_key, made_by=call.taken_by)
        here.update(matter=call.matter, draft="")
    if new.refer_to is not None:
        refer_incident(by, call.matter, new.refer_to)
    if new.trial == "test":
        take_step(by, call.matter, "closed")


def _require_real(new: NewCall) -> None:
    if new.trial not in PROCEDURES:
        raise Refused(_("只有真实、演练、测试三种来电。"), code="unknown_trial")
    if new.trial and (new.joins is not None or new.refer_to is not None):
        wrong = _("演练和测试不能并入真实警情，也不能转交部门。")
        raise Refused(wrong, code="trial_apart", status=409, fields={"trial": wrong})


def _opened(by: Actor, new: NewCall, caller: Mapping[str, str]) -> Matter:
    return open_matter(
        by,
        NewMatter(
            procedure=PROCEDURES[new.trial],
            category=new.category,
            owner=new.owner or duty_desk(),
            words=new.words,
            place=new.place,
            point=new.point,
            accuracy=new.accuracy,
            answers=new.answers,
            priority=new.priority,
            channel=_channel(new.channel),
            county=new.county,
            parties=[NewParty(Party.Role.CALLER, caller)] if caller else [],
        ),
    )


def _joined(by: Actor, new: NewCall, joins: Matter) -> Matter:
    matter = require_open(locked_incidents(joins.pk).get(joins.pk))
    if new.point and matter.point is None:
        matter = correct_place(by, matter, new.point, place=new.place, accuracy=new.accuracy)
    category = catalogue().categories.get(new.category)
    if category is None:
        return matter
    answers = checked_answers(category, new.answers)
    if matter.category == category.code and answers:
        matter.answers |= answers
        matter.save(update_fields=["answers"])
    wanted = new.priority or _asked_for(matter, category, answers)
    return change_priority(by, matter, wanted) if wanted < matter.priority else matter


def _asked_for(matter: Matter, category: Category, answers: Mapping[str, str | int]) -> int:
    """How urgent this call makes it. A category that is known already adds nothing by itself:
    whoever lowered the priority since had a reason."""
    wanted = priority_for(category, answers)
    nothing_new = category.code == matter.category and wanted == category.priority
    return matter.priority if nothing_new else wanted


def _words(new: NewCall) -> str:
    return checked_words(new.words) if new.words.strip() else ""


def _channel(code: str) -> str:
    if code not in Call.Channel.values:
        raise Refused(_("没有这种接警方式。"), code="unknown_channel")
    return code


def _manner(code: str) -> str:
    if code not in Manner.values:
        raise Refused(_("没有这种来电情形。"), code="unknown_manner")
    return code


def _checked_caller(caller: Mapping[str, str]) -> dict[str, str]:
    """What was said of the caller, without blanks. Refuses NUL and what is too long."""
    told = {name: text.strip() for name, text in caller.items() if text.strip()}
    for name, text in told.items():
        longest = LONGEST_PHONE if name == "phone" else LONGEST_NAME
        if "\x00" in text or len(text) > longest:
            wrong = _("最多写 %(n)s 个字，请精简一些。") % {"n": longest}
            raise Refused(wrong, code="caller", fields={f"caller_{name}": wrong})
    return told


def _party(matter: Matter, caller: Mapping[str, str]) -> Party | None:
    if not caller:
        return None
    person = Person.keep(caller, now())
    return Party.objects.create(matter=matter, person=person, role=Party.Role.CALLER)
