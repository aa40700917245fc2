"""A unit's posts and people as its leader sees them: who holds what, and who is there today."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.standing import stands_above, units_above
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers.days import held_on, today
from gongzhi.work.workforce.officers.models import Holding, Leave, Post
from gongzhi.work.workforce.officers.permissions import KEEP, looks_after
from gongzhi.work.workforce.officers.selectors.away import absences
from gongzhi.work.workforce.officers.states import LeaveState


@dataclass(frozen=True)
class Seat:
    """Somebody in a post, and whether they are away today."""

    holding: Holding
    away: bool


@dataclass(frozen=True)
class ShownPost:
    """A post and who holds it today."""

    post: Post
    seats: list[Seat]

    @property
    def free(self) -> int:
        """Places that nobody has."""
        return max(0, self.post.places - len(self.seats))


def units_for(account: Account) -> list[Unit]:
    """The police units whose people this account looks after, its own first. Two queries."""
    police = [Unit.Kind.BUREAU, Unit.Kind.STATION]
    rows = Unit.objects.filter(
        Q(kind__in=police) | Q(kind=Unit.Kind.DEPARTMENT, parent__kind__in=police)
    ).select_related("parent__parent")
    own = account.unit_id
    found = [
        one for one in rows
        if own in units_above(one) or (may(account, KEEP) and stands_above(account, one))
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.pk != own, one.pk))


def unit_for(account: Account, key: str) -> Unit:
    """The unit of this id, or one's own. Refuses (404) one that isn't there or isn't theirs."""
    if not key:
        return account.unit
    found = Unit.objects.filter(pk=int(key)).first() if key.isdecimal() else None
    if found is None or not looks_after(account, found):
        raise Refused(_("没有这个单位，或者不归您管。"), code="no_such_unit", status=404)
    return found


def posts_of_unit(unit: Unit) -> list[ShownPost]:
    """The unit's posts with who holds them today, the front line first. Four queries."""
    day = today()
    posts = list(
        Post.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), unit=unit)
        .order_by("line", "pk")
    )  # fmt: skip
    rows = Holding.objects.filter(held_on(day), post__in=posts, account__is_active=True)
    held = list(rows.select_related("account").order_by("pk"))
    gone = absences([one.account for one in held], day, day)
    seats: dict[int, list[Seat]] = {one.pk: [] for one in posts}
    for one in held:
        seats[one.post_id].append(Seat(one, bool(gone[one.account_id])))
    return [ShownPost(one, seats[one.pk]) for one in posts]


def without_post(unit: Unit) -> list[Account]:
    """Accounts of the unit that hold no post anywhere today."""
    held = Holding.objects.filter(held_on(today())).values("account")
    rows = Account.objects.filter(unit=unit, is_active=True).exclude(pk__in=held)
    return list(rows.order_by("pk"))


def asked_of(units: list[Unit]) -> list[Leave]:
    """Requests for leave of these units that wait, the first day first. One query."""
    rows = Leave.objects.filter(unit__in=units, state=LeaveState.ASKED)
    return list(rows.select_related("account", "unit").order_by("first_day", "pk")[:100])


def account_for(account: Account, key: int) -> Account:
    """Somebody whose record this account may open. Refuses (404) everybody else."""
    found = Account.objects.select_related("unit__parent__parent").filter(pk=key).first()
    if found is None or not looks_after(account, found.unit):
        raise Refused(_("没有这个人，或者不归您管。"), code="no_such_officer", status=404)
    return found


def leave_of(key: int) -> Leave:
    """Somebody's request. Refuses (404) what is none."""
    found = Leave.objects.select_related("account", "unit").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个请假申请。"), code="no_such_leave", status=404)
    return found
