"""Receiving calls, and keeping each with the incident that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import (
    NewMatter,
    NewParty,
    change_priority,
    correct_place,
    erase_told,
    merge_into,
    open_matter,
)
from gongzhi.base.matters.intake import checked_answers, checked_words, priority_for
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.events import (
    CALL_MOVED_AWAY,
    CALL_MOVED_HERE,
    CALL_RECEIVED,
    WORDS_ERASED,
)
from gongzhi.work.calls.models import Call
from gongzhi.work.calls.selectors import duty_desk

LONGEST_NAME, LONGEST_PHONE = 80, 40
TAKE = "calls.take_call"
"""The permission of those who take calls, and put right where one belongs."""
ERASE = "calls.erase_words"


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


@action
def receive_call(by: Actor, new: NewCall) -> Call:
    """Open an incident for the call, or join the open one that it is about.

    A call that joins can make the incident more urgent, never less, and gives it a place when it
    had none. A key that was used is refused by the database (IntegrityError): `call_of_key` has
    the call that it made.
    """
    caller = _checked_caller(new.caller)
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
        taken_by=by.source if isinstance(by.source, Account) else None,
        party=party,
        words=_words(new),
        joined=new.joins is not None,
        idempotency_key=new.idempotency_key,
    )
    record(CALL_RECEIVED, matter, call=call.pk, channel=call.channel, joined=call.joined, nth=nth)
    return call


@action
def move_call(by: Actor, call: Call, to: Matter) -> Call:
    """Put a call, and who called, with another open incident.

    Refuses to take an incident its only call: the two are merged then (`merge_incidents`).
    """
    require(by, TAKE)
    locked = _locked(call.matter_id, to.pk)
    moved = Call.objects.select_related("party").get(pk=call.pk)
    _require_open(locked.get(to.pk))
    if moved.matter_id == to.pk:
        raise Refused(_("这通来电本来就在这起警情里。"), code="same_incident", status=409)
    _require_others(moved, locked)
    _move(moved, to)
    return moved


@action
def split_call(
    by: Actor, call: Call, *, category: str, words: str, place: str = "", point: Point | None = None
) -> Call:
    """Let a call that was joined wrongly open an incident of its own, with who called.

    Without another place it lies where the incident lies that it leaves. Refuses to take an
    incident its only call.
    """
    require(by, TAKE)
    locked = _locked(call.matter_id)
    moved = Call.objects.select_related("party", "matter__narrative").get(pk=call.pk)
    _require_others(moved, locked)
    left = moved.matter
    elsewhere = bool(place or point)
    own = NewMatter(
        procedure="incident",
        category=category,
        owner=duty_desk(),
        words=words,
        place=place if elsewhere else left.narrative.place,
        point=point if elsewhere else left.point,
        channel=moved.channel,
    )
    _move(moved, open_matter(by, own), joined=False)
    return moved


@action
def merge_incidents(by: Actor, matter: Matter, into: Matter) -> Matter:
    """Make one incident part of another: all its calls go along. The other one, as it is now.

    The caller has checked that this actor may do so.
    """
    target = merge_into(by, matter, into)
    for call in matter.calls.select_related("party").order_by("pk"):
        _move(call, target)
    return target


@action
def erase_incident(by: Actor, matter: Matter, *, reason: str) -> Matter:
    """Erase what was said in a closed incident, and who called; that it happened stays.

    The first caller's words stand with the call and in the narrative: both go. So does all that
    of the incidents merged into it; of a merged one, all goes with the one that it is part of.
    """
    require(by, ERASE)
    whole = _whole_of(matter)
    for one in _with_merged(whole):
        erase_told(by, one, reason=reason)
    calls = Call.objects.filter(matter__in=_with_merged(whole)).exclude(words="")
    record(WORDS_ERASED, whole, reason=reason, calls=calls.update(words="") or None)
    return whole


def _whole_of(matter: Matter) -> Matter:
    """The incident in which this one goes on."""
    return _whole_of(matter.merged_into) if matter.merged_into else matter


def _with_merged(matter: Matter) -> list[Matter]:
    parts = matter.merged.order_by("pk")
    return [matter, *(one for part in parts for one in _with_merged(part))]


def _opened(by: Actor, new: NewCall, caller: Mapping[str, str]) -> Matter:
    return open_matter(
        by,
        NewMatter(
            procedure="incident",
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
    matter = _require_open(_locked(joins.pk).get(joins.pk))
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


def _locked(*keys: int) -> dict[int, Matter]:
    """The incidents, locked in one order, so that nobody waits crosswise."""
    found = Matter.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {matter.pk: matter for matter in found if matter.procedure == "incident"}


def _require_open(matter: Matter | None) -> Matter:
    if matter is None or matter.closed_at is not None or matter.county_id is not None:
        wrong = _("只能并入还没办结的警情。这一起已经办结，请另立一起。")
        raise Refused(wrong, code="incident_closed", status=409, fields={"joins": wrong})
    return matter


def _require_others(call: Call, locked: Mapping[int, Matter]) -> None:
    if call.matter_id not in locked or not call.matter.calls.exclude(pk=call.pk).exists():
        raise Refused(
            _("这起警情只有这一通来电。如果两起是同一件事，请合并警情。"),
            code="only_call",
            status=409,
        )
    if call.matter.county_id is not None:
        raise Refused(_("这是导入的资料，不能改动。"), code="imported", status=409)


def _move(call: Call, to: Matter, *, joined: bool = True) -> None:
    source = call.matter_id
    call.matter, call.joined = to, joined
    call.save(update_fields=["matter", "joined"])
    if call.party is not None:
        call.party.matter = to
        call.party.save(update_fields=["matter"])
    record(CALL_MOVED_AWAY, f"matters.matter:{source}", call=call.pk, to=to.pk)
    record(CALL_MOVED_HERE, to, call=call.pk, source=source)


def _words(new: NewCall) -> str:
    return checked_words(new.words) if new.words.strip() else ""


def _channel(code: str) -> str:
    if code not in Call.Channel.values:
        raise Refused(_("没有这种接警方式。"), code="unknown_channel")
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
