"""Which unit looks into a complaint: never one that is complained of."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.complaints.permissions import HANDLE, is_kept_from


def handlers_for(units: Collection[int], mark: str, but: Collection[int] = ()) -> list[Account]:
    """Who could look into a complaint sealed from these units and this number, without those of
    `but`: the inspectorate first, the leadership of the bureau last."""
    accounts = Account.objects.filter(is_active=True).exclude(pk__in=but)
    able = [
        one
        for one in accounts.select_related("unit__parent")
        if may(one, HANDLE) and not is_kept_from(one, units, mark)
    ]
    return sorted(able, key=lambda one: (one.unit.kind == Unit.Kind.BUREAU, one.unit_id, one.pk))


def unit_to_handle(units: Collection[int], mark: str) -> Unit:
    """The unit that gets it; the bureau, whose leadership is named later, where nobody can."""
    able = handlers_for(units, mark)
    if able:
        return able[0].unit
    bureau = Unit.objects.filter(kind=Unit.Kind.BUREAU).order_by("pk").first()
    if bureau is None:
        raise Refused(_("本县还没有设立督察部门，请拨打 12389 投诉。"), code="no_unit", status=409)
    return bureau


def police_units() -> list[Unit]:
    """What can be complained of: stations and departments of the bureau, in order. Who complains
    of the bureau as a whole goes to the one above it."""
    of_bureau = Q(kind=Unit.Kind.DEPARTMENT, parent__isnull=False)
    return list(Unit.objects.filter(Q(kind=Unit.Kind.STATION) | of_bureau).order_by("pk"))


def units_that_had(about: Matter | None) -> set[int]:
    """Those that have or had the matter in which it happened; not the bureau as a whole, for then
    nobody could look into it."""
    if about is None:
        return set()
    had = Q(pk=about.owner_unit_id) | Q(pk__in=about.handovers.values("giver"))
    return set(Unit.objects.filter(had).exclude(kind=Unit.Kind.BUREAU).values_list("pk", flat=True))
