"""Tasks as everybody sees them, and as the unit does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.volunteer_task import VolunteerTask
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.base.places.cells import as_text, outline_of
from gongzhi.base.places.models import Area
from gongzhi.base.ui.errors import Refused
from gongzhi.work.volunteering.models import SignUp, Task, Thanks
from gongzhi.work.volunteering.states import TAKEN, Part, TaskState, Words

MOST, MOST_PAST = 100, 6
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class ShownTask:
    """A task, the name of its town, and how many come."""

    task: Task
    town: str
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        """Free places."""
        return max(0, self.task.places - self.taken)

    @property
    def together(self) -> int:
        """How many there have to be at least."""
        return self.task.item.together if self.task.item else 2

    @property
    def can_join(self) -> bool:
        """Whether one can still sign up, or wait for a place."""
        return self.task.state == TaskState.OPEN and self.task.ends_at > now()

    @property
    def has_begun(self) -> bool:
        """Whether it goes on or is over."""
        return self.task.starts_at <= now()


def task_of(key: int) -> Task:
    """The task. Refuses (404) what is none."""
    found = _counted().filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个志愿任务。"), code="no_such_task", status=404)
    return found


def shown(tasks: Iterable[Task]) -> list[ShownTask]:
    """With the names of their towns. One query for all."""
    found = list(tasks)
    names = names_of_towns({one.town for one in found})
    return [
        ShownTask(one, names.get(one.town, ""), *_parts(one))
        for one in found
    ]  # fmt: skip


def to_come(*, kind: str = "", town: str = "") -> list[ShownTask]:
    """What one can sign up for, the next one first."""
    rows = _counted().filter(state=TaskState.OPEN, ends_at__gt=now())
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(town=town) if town else rows
    return shown(rows.order_by("starts_at", "pk")[:MOST])


def thanked_lately() -> list[ShownTask]:
    """What was done lately, with the unit's thanks."""
    rows = _counted().filter(thanked_at__gt=now() - LATELY).exclude(thanks="")
    return shown(rows.order_by("-thanked_at", "pk")[:MOST_PAST])


def hanging_on(origin: str) -> list[ShownTask]:
    """Tasks that hang on a problem, a proposal or a consultation: to come, and of the last month,
    the next first."""
    rows = _counted().filter(origin=origin, ends_at__gt=now() - LATELY)
    return shown(rows.exclude(state=TaskState.CANCELLED).order_by("starts_at", "pk")[:MOST])


def towns_with_tasks() -> list[tuple[str, str]]:
    """Code and name of the towns where something is to come."""
    rows = Task.objects.filter(state=TaskState.OPEN, ends_at__gt=now()).exclude(town="")
    names = names_of_towns(set(rows.values_list("town", flat=True)))
    return sorted(names.items())


def kinds() -> list[VolunteerTask]:
    """All kinds, in the catalogue's order."""
    return list(catalogue().tasks.values())


def names_of_towns(codes: set[str]) -> dict[str, str]:
    """Their names in the active language."""
    rows = Area.objects.filter(kind="town", valid_to__isnull=True, code__in=codes - {""})
    return {one.code: str(one) for one in rows}


def shapes_of(tasks: Sequence[ShownTask]) -> dict[str, Any]:
    """GeoJSON of the blocks where one meets, for the map."""
    cells = sorted({one.task.h9 for one in tasks})
    area = {"type": "MultiPolygon", "coordinates": [[outline_of(one)] for one in cells]}
    told = {"level": "Moderate", "cells": [as_text(one) for one in cells]}
    feature = {"type": "Feature", "properties": told, "geometry": area}
    return {"type": "FeatureCollection", "features": [feature] if cells else []}


def of_unit(account: Account, *, past: bool = False) -> list[ShownTask]:
    """The tasks of one's own unit: to come, the next first; or past, the latest first."""
    rows = _counted().filter(unit=account.unit_id)
    if past:
        over = rows.filter(Q(ends_at__lte=now()) | ~Q(state=TaskState.OPEN))
        return shown(over.order_by("-starts_at", "pk")[:MOST])
    coming = rows.filter(state=TaskState.OPEN, ends_at__gt=now())
    return shown(coming.order_by("starts_at", "pk")[:MOST])


def parts_of(task: Task) -> list[SignUp]:
    """Who takes part, those who wait last; without their names, which nobody has opened."""
    rows = task.sign_ups.exclude(state=Part.CANCELLED).select_related("volunteer")
    found = list(rows.prefetch_related("volunteer__trainings").order_by("made_at", "pk"))
    return sorted(found, key=lambda one: one.state == Part.WAITING)


def part_of(key: int) -> SignUp:
    """Somebody's part. Refuses (404) what is none."""
    found = SignUp.objects.select_related("task__unit", "volunteer").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个报名。"), code="no_such_sign_up", status=404)
    return found


def held_thanks(account: Account) -> list[Thanks]:
    """Thanks that wait for somebody of this unit to read them."""
    rows = Thanks.objects.filter(state=Words.HELD, task__unit=account.unit_id)
    return list(rows.select_related("task").order_by("pk")[:MOST])


def _counted() -> QuerySet[Task]:
    return Task.objects.select_related("unit").annotate(
        n_taken=Count("sign_ups", filter=Q(sign_ups__state__in=TAKEN)),
        n_waiting=Count("sign_ups", filter=Q(sign_ups__state=Part.WAITING)),
    )


def _parts(task: Any) -> tuple[int, int]:
    return task.n_taken, task.n_waiting
