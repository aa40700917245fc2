"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.selectors import incident_categories
from gongzhi.work.calls.selectors.referring import departments


def offer_categories(field: forms.Field) -> None:
    """Let it choose among what can happen, by group."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in incident_categories():
        groups.setdefault(str(one.group), []).append((one.code, str(one.name)))
    field.choices = [("", _("请选择")), *groups.items()]


def offer_departments(field: forms.Field) -> None:
    """Let it choose who goes on: the police, or a department."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
    field.choices = [("", _("公安，去派警")), *((one.code, str(one)) for one in departments())]


def point_told(form: forms.Form, told: dict[str, Any]) -> Point | None:
    """The place that was filled in, when it lies in the county; what is wrong stands beside it."""
    lat, lon = told.get("lat"), told.get("lon")
    if not lat and not lon:
        return None
    try:
        return place_in_county(lat, lon)
    except Refused as wrong:
        form.add_error("place", str(wrong))
        return None
