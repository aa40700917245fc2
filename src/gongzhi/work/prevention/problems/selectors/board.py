"""The board: problems by stage."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.shapes import called
from gongzhi.work.prevention.problems.states import ORDER, Heard, Stage

A_COLUMN = 30
CLOSED = 10


@dataclass(frozen=True)
class Column:
    """One stage and the problems at it, each with what people call its place."""

    words: str
    problems: list[tuple[Problem, str]]


def columns() -> list[Column]:
    """Every stage; of those that are closed the last ones."""
    found = [_at(stage) for stage in ORDER]
    places = iter(called([one.cells[0] for column in found for one in column]))
    return [
        Column(str(stage.label), [(one, next(places)) for one in column])
        for stage, column in zip(ORDER, found, strict=True)
    ]


def _at(stage: Stage) -> list[Problem]:
    held = Count("contributions", filter=Q(contributions__state=Heard.HELD))
    known = Problem.objects.filter(stage=stage).select_related("unit", "owner").annotate(held=held)
    most = CLOSED if stage == Stage.CLOSED else A_COLUMN
    return list(known.order_by("-stage_at", "-pk")[:most])
