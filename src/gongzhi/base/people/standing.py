"""Where somebody stands in the organisation, seen from a unit; and who may know of a matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from django.utils.translation import gettext as _

from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused

Part = Literal["out", "reads", "works"]
"""Outside the circle, inside it to read and approve, or one of those who do the work."""
Circle = Callable[[Account, int], Part | None]
"""Where this account stands to the matter of this id; None where no circle is drawn around it."""
Kept = Callable[[Account, int], bool]
"""Whether it was decided that this account has no part in the matter of this id."""
_circles: list[Circle] = []
_kept: list[Kept] = []


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


def add_kept(kept: Kept) -> None:
    """Let the app that knows of recusals say who is kept from a matter: asked wherever somebody
    decides, writes or holds something in it."""
    _kept.append(kept)


def is_kept_from(account: Account, matter: int) -> bool:
    """Whether the account is to have no part in the matter."""
    return any(kept(account, matter) for kept in _kept)


def require_not_kept(account: Account, matter: int) -> None:
    """Refuse (403) who is kept from the matter by decision."""
    if is_kept_from(account, matter):
        words = _("%(name)s 已经决定回避，不能办这个案件的事。") % {"name": account}
        raise Refused(words, code="recused", status=403)
