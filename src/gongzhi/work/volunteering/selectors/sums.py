"""What volunteers did together, for everybody: by kind of task and town, and five at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from gongzhi.analysis.disclosure import STEP
from gongzhi.work.volunteering.models import SignUp
from gongzhi.work.volunteering.selectors.tasks import kinds, names_of_towns
from gongzhi.work.volunteering.states import Part

Cell = tuple[str, str]
"""A kind and a town."""


@dataclass(frozen=True)
class Sum:
    """So many parts of one kind in one town, and their hours."""

    kind: str
    icon: str
    town: str
    parts: int
    hours: int


@dataclass(frozen=True)
class Sums:
    """All of them; ``parts`` and ``hours`` are sums of the rows."""

    rows: list[Sum]

    @property
    def parts(self) -> int:
        """Of all rows."""
        return sum(one.parts for one in self.rows)

    @property
    def hours(self) -> int:
        """Of all rows."""
        return sum(one.hours for one in self.rows)


def published() -> Sums:
    """As they are shown. Each kind in each town is counted in the order in which people were done;
    whenever five more are, five more are shown with their hours together. Kinds and towns don't
    overlap, and everything else that is shown is a sum of these: no sum or difference is of fewer
    than five. Two queries."""
    done = SignUp.objects.filter(state=Part.DONE).order_by("done_at", "pk")
    spent: dict[Cell, list[int]] = defaultdict(list)
    for kind, town, minutes in done.values_list("task__kind", "task__town", "minutes"):
        spent[kind, town].append(minutes)
    known = {one.code: one for one in kinds()}
    names = names_of_towns({town for _kind, town in spent})
    rows = [
        Sum(str(known[kind].name), known[kind].icon, names.get(town, ""), many, hours)
        for (kind, town), minutes in sorted(spent.items())
        if kind in known
        for many, hours in [in_steps(minutes)]
        if many
    ]
    return Sums(rows)


def in_steps(minutes: list[int]) -> tuple[int, int]:
    """How many are shown, and the whole hours of those."""
    many = len(minutes) // STEP * STEP
    return many, sum(minutes[:many]) // 60
