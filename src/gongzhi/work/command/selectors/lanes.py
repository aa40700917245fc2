"""A command lane as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.parts import Clock, Tone
from gongzhi.work.command.models import Lane, LaneIncident, PostHolder, RollAnswer, RollCall
from gongzhi.work.command.selectors.rolls import who_is_asked
from gongzhi.work.command.states import Post, Presence
from gongzhi.work.dispatch.models import Assignment
from gongzhi.work.linked.selectors.requests import LinkedRow, requests_about


@dataclass(frozen=True)
class RollRow:
    """Somebody who is asked. ``late``: the time is over, and they haven't answered."""

    id: int
    name: str
    said: str
    tone: Tone
    words: str
    at: datetime | None
    waits: bool
    late: bool


@dataclass(frozen=True)
class RollView:
    """A round: how many have answered, and each one."""

    id: int
    started_at: datetime
    clock: Clock
    going_on: bool
    here: int
    rows: Sequence[RollRow]

    @property
    def missing(self) -> Sequence[str]:
        """Who hasn't answered."""
        return [row.name for row in self.rows if row.waits]


@dataclass(frozen=True)
class PostRow:
    """A post, who holds it, and since when; nobody when ``who`` is empty."""

    post: str
    words: str
    who: str
    unit: str
    since: datetime | None


@dataclass(frozen=True)
class Went:
    """A unit of the county that was sent to one of the incidents."""

    name: str
    incident: str
    sent_at: datetime
    there_at: datetime | None
    ended_at: datetime | None


def lanes_with_titles() -> QuerySet[Lane]:
    """All lanes, the open ones first, each with its incidents."""
    rows = LaneIncident.objects.select_related("matter__narrative").order_by("pk")
    found = Lane.objects.prefetch_related(Prefetch("incidents", queryset=rows))
    return found.order_by("-closed_at", "-pk")


def lane_of(key: int) -> Lane:
    """One lane with its incidents. Refuses (404) what is none."""
    lane = lanes_with_titles().filter(pk=key).first()
    if lane is None:
        raise Refused(_("没有找到这个指挥专班。"), code="no_such_lane", status=404)
    return lane


def title_of(lane: Lane) -> str:
    """What it is about: its first incident's kind, and where that is."""
    first = next(iter(lane.incidents.all()), None)
    if first is None:
        return lane.number
    place = first.matter.narrative.place
    return f"{first.matter.title} · {place}" if place else first.matter.title


def matters_of(lane: Lane) -> list[Matter]:
    """Its incidents, the first one first."""
    return [one.matter for one in lane.incidents.all()]


def posts_of(lane: Lane) -> list[PostRow]:
    """Every post, held or not."""
    held = lane.holders.filter(ended_at=None).select_related("account__unit", "unit")
    by_post = {one.post: one for one in held}
    return [_post(code, str(words), by_post.get(code)) for code, words in Post.choices]


def _post(code: str, words: str, holder: PostHolder | None) -> PostRow:
    if holder is None:
        return PostRow(code, words, "", "", None)
    unit = str(holder.account.unit) if holder.account else ""
    return PostRow(code, words, holder.who, unit, holder.taken_at)


def went_to(lane: Lane) -> list[Went]:
    """Units that were sent to its incidents, in order."""
    keys = [one.pk for one in matters_of(lane)]
    sent = Assignment.objects.filter(matter__in=keys).select_related("unit", "matter")
    return [
        Went(
            str(one.unit), one.matter.number, one.assigned_at, one.on_scene_at,
            one.cleared_at or one.recalled_at,
        )
        for one in sent.order_by("assigned_at", "pk")
    ]  # fmt: skip


def partners_of(lane: Lane) -> list[LinkedRow]:
    """What partners were asked about its incidents."""
    return requests_about([one.pk for one in matters_of(lane)])


def roll_of(lane: Lane) -> RollView | None:
    """The round that goes on, or the last one."""
    roll = rolls_with_answers().filter(lane=lane).order_by("-started_at", "-pk").first()
    return None if roll is None else seen_roll(roll)


def rolls_with_answers() -> QuerySet[RollCall]:
    """Rounds, each with everybody who is asked in it. Two queries."""
    rows = RollAnswer.objects.select_related(
        "holder__account", "holder__unit", "crew", "partner__unit"
    )
    return RollCall.objects.prefetch_related(Prefetch("answers", queryset=rows.order_by("pk")))


def seen_roll(roll: RollCall) -> RollView:
    """A round with everybody in it, those first who haven't answered."""
    seen = [_roll_row(one, roll) for one in roll.answers.all()]
    return RollView(
        id=roll.pk,
        started_at=roll.started_at,
        clock=Clock(_("点名"), roll.due_at, roll.started_at, roll.ended_at),
        going_on=roll.ended_at is None,
        here=sum(not one.waits for one in seen),
        rows=sorted(seen, key=lambda one: not one.waits),
    )


def _roll_row(answer: RollAnswer, roll: RollCall) -> RollRow:
    waits = not answer.said
    late = waits and (roll.ended_at or timezone.now()) > roll.due_at
    said = _("没有应答") if late or (waits and roll.ended_at) else _("等应答")
    tone: Tone = "bad" if late else "warn"
    if not waits:
        said = answer.get_said_display()
        tone = "good" if answer.said == Presence.HERE else "bad"
    return RollRow(
        answer.pk, who_is_asked(answer), said, tone, answer.words, answer.answered_at, waits, late
    )


def my_answer(lane: Lane, who: Account) -> RollAnswer | None:
    """What the round asks of this person in a post."""
    asked = RollAnswer.objects.filter(
        roll__lane=lane, roll__ended_at=None, holder__isnull=False, said=""
    ).select_related("holder", "roll")
    return next(
        (
            one
            for one in asked
            if one.holder
            and (one.holder.account_id == who.pk
                 or (one.holder.account_id is None and one.holder.unit_id == who.unit_id))
        ),
        None,
    )  # fmt: skip


def staff_to_choose() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Who can hold a post, unit by unit: the unit's code and name, its people."""
    units = Unit.objects.exclude(kind=Unit.Kind.COMMUNITY).order_by("pk")
    people = Account.objects.filter(is_active=True).order_by("username")
    found = units.prefetch_related(Prefetch("accounts", queryset=people))
    return [
        (unit.code, str(unit), [(one.username, str(one)) for one in unit.accounts.all()])
        for unit in found
    ]


def incidents_to_join() -> list[tuple[int, str]]:
    """Open incidents that no lane commands, the latest first."""
    found = Matter.objects.filter(
        procedure="incident", county__isnull=True, closed_at__isnull=True
    ).exclude(lane_incidents__lane__closed_at=None, lane_incidents__isnull=False)
    rows = found.select_related("narrative").order_by("-opened_at")[:40]
    return [(one.pk, f"{one.number} {one.title} {one.narrative.place}") for one in rows]
