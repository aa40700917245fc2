"""What volunteers see by their code: their parts, hours and trainings. Nobody else sees them
together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now, subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Unit
from gongzhi.base.people.purposes import Purpose
from gongzhi.base.people.selectors import Read
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import hashed
from gongzhi.work.volunteering.events import CONTACT_READ
from gongzhi.work.volunteering.models import SignUp, Thanks, Volunteer
from gongzhi.work.volunteering.states import COMING, EARLY, Part, TaskState, Words


@dataclass(frozen=True)
class OwnPart:
    """A part in a task, and what can be done about it now."""

    part: SignUp
    can_come: bool
    can_finish: bool
    can_give_up: bool
    needs: str
    """The training that nobody has written down yet."""


@dataclass(frozen=True)
class Hours:
    """What was done. ``minutes`` together."""

    parts: list[SignUp]
    minutes: int

    @property
    def hours(self) -> str:
        """``3.5``."""
        return f"{self.minutes / 60:.1f}".removesuffix(".0")


def volunteer_by(code: str) -> Volunteer:
    """Whose code it is. Refuses (422) one that is nobody's."""
    found = Volunteer.objects.filter(code_hash=hashed(code)).first()
    if found is None:
        wrong = _("没有这个志愿者码，请核对一下。")
        raise Refused(wrong, code="no_such_code", status=422, fields={"code": wrong})
    return found


def volunteer_kept(key: int) -> Volunteer | None:
    """Whom a browser remembers."""
    return Volunteer.objects.filter(pk=key).first()


def volunteer_sent(key: str) -> Volunteer | None:
    """Whom a form with this key has made already."""
    return Volunteer.objects.filter(key=key).first()


def own_parts(volunteer: Volunteer) -> list[OwnPart]:
    """What is still to come, or goes on, the next first; and what was cancelled meanwhile."""
    known = set(volunteer.trainings.values_list("training", flat=True))
    rows = volunteer.sign_ups.filter(state__in=COMING).select_related("task__unit")
    return [_own(one, known) for one in rows.order_by("task__starts_at", "pk")]


def _own(part: SignUp, known: set[str]) -> OwnPart:
    task, at = part.task, now()
    training = task.item.training if task.item else None
    stands = task.state == TaskState.OPEN
    soon = task.starts_at - EARLY <= at <= task.ends_at
    needs = str(training.name) if training and training.code not in known else ""
    return OwnPart(
        part, stands and soon and part.state == Part.SIGNED and not needs,
        part.state == Part.HERE, stands and part.state in (Part.WAITING, Part.SIGNED), needs,
    )  # fmt: skip


def hours_of(volunteer: Volunteer) -> Hours:
    """All that was done, the latest first."""
    rows = volunteer.sign_ups.filter(state=Part.DONE).select_related("task__unit")
    found = list(rows.order_by("-task__starts_at", "-pk"))
    return Hours(found, sum(one.minutes for one in found))


def trainings_of(volunteer: Volunteer) -> list[tuple[str, date]]:
    """Names of the trainings attended, with their days."""
    names = {
        one.training.code: str(one.training.name)
        for one in catalogue().tasks.values()
        if one.training
    }
    rows = volunteer.trainings.order_by("on", "pk").values_list("training", "on")
    return [(names.get(code, code), on) for code, on in rows]


def thanks_for(volunteer: Volunteer) -> list[Thanks]:
    """What residents wrote to those of the tasks that this one took part in, as far as it was
    passed on."""
    rows = Thanks.objects.filter(
        state=Words.SHOWN, task__sign_ups__volunteer=volunteer, task__sign_ups__state=Part.DONE
    )
    return list(rows.select_related("task").order_by("-at")[:20])


def looks_at(volunteer: Volunteer) -> list[Read]:
    """Who looked at the name and the phone, and what for; the latest first."""
    entries = Entry.objects.filter(subject=subject_of(volunteer), kind=CONTACT_READ.kind)
    told = [(one.at, json.loads(one.text)) for one in entries.order_by("-seq")]
    units = Unit.objects.in_bulk({fields["unit"] for _at, fields in told})
    return [
        Read(at, units.get(fields["unit"]), str(Purpose(fields["purpose"]).label))
        for at, fields in told
    ]
