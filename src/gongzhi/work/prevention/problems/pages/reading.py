"""What forms of these pages send, read and refused in words."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in


def choices_of_units() -> list[Unit]:
    """Stations first, then departments and the bureau; communities are many and have no desk."""
    kinds = [Unit.Kind.STATION, Unit.Kind.DEPARTMENT, Unit.Kind.BUREAU]
    found = Unit.objects.filter(kind__in=kinds)
    return sorted(found, key=lambda unit: (kinds.index(Unit.Kind(unit.kind)), unit.code))


def unit_chosen(request: HttpRequest) -> Unit:
    """The unit of the form. Refuses (422) what is none."""
    found = Unit.objects.filter(pk=id_in(request.POST.get("unit", ""))).first()
    if found is None:
        words = _("请选一个单位。")
        raise Refused(words, code="unit", status=422, fields={"unit": words})
    return found


def day_of(request: HttpRequest, name: str) -> date | None:
    """The day of a form's field; None where it is empty. Refuses (422) what is no day."""
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        words = _("请写成年-月-日，例如 2026-03-01。")
        raise Refused(words, code="day", status=422, fields={name: words}) from wrong
