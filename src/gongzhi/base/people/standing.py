"""Where somebody stands in the organisation, seen from a unit; and who may know of a matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from gongzhi.base.people.models import Account, Unit

Part = Literal["out", "reads", "works"]
"""Outside the circle, inside it to read and approve, or one of those who do the work."""
Circle = Callable[[Account, int], Part | None]
"""Where this account stands to the matter of this id; None where no circle is drawn around it."""
_circles: list[Circle] = []


def stands_above(account: Account, unit: Unit) -> bool:
    """Whether the account belongs to the unit, to one above it, or to a department of such a one:
    a bureau's legal department reviews what its stations do."""
    above = units_above(unit)
    if account.unit_id in above:
        return True
    own = account.unit
    return own.kind == Unit.Kind.DEPARTMENT and own.parent_id in above


def units_above(unit: Unit) -> set[int]:
    """The unit itself and those above it."""
    found: set[int] = set()
    at: Unit | None = unit
    while at is not None and at.pk not in found:
        found.add(at.pk)
        at = at.parent
    return found


def add_circle(circle: Circle) -> None:
    """Let an app that knows who is in on its matters say so, wherever their people or papers are
    opened."""
    _circles.append(circle)


def part_in(account: Account, matter: int) -> Part | None:
    """Where the account stands to the matter; None where no circle is drawn around it."""
    return next((part for one in _circles if (part := one(account, matter)) is not None), None)
