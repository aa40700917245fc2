"""What the desk fills in about the ways."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import shapely
from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.actions import now
from gongzhi.base.places.circles import circle
from gongzhi.base.places.models import Area
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions.conditions import NewCondition
from gongzhi.work.dispatch.models import ResponseUnit, WayCondition

ON_WHEELS = [
    kind.value
    for kind in ResponseUnit.Kind
    if kind not in (ResponseUnit.Kind.FOOT, ResponseUnit.Kind.BOAT)
]
WHOM = {
    "wheels": (_("车辆"), ON_WHEELS),
    "all": (_("车、步行和船"), []),
    "boats": (_("警艇"), [ResponseUnit.Kind.BOAT.value]),
    "ferries": (_("渡船"), []),
}
SPEEDS = {"0": _("封闭，过不去"), "25": _("很慢，平时的四分之一"), "50": _("慢一半"),
          "75": _("稍慢")}  # fmt: skip
LASTS = {"1": _("1 小时"), "3": _("3 小时"), "12": _("12 小时"), "24": _("1 天"),
         "168": _("1 周")}  # fmt: skip
RADII = {"50": _("一个路口（50 米）"), "150": _("一段路（150 米）"), "500": _("500 米以内"),
         "2000": _("2 公里以内")}  # fmt: skip
_HIDDEN = forms.HiddenInput


class ConditionForm(forms.Form):
    """Where ways are slow or closed, for whom, why and how long."""

    place = forms.CharField(
        label=_("哪里"), max_length=200, required=False,
        help_text=_("找一个地点，或者在地图上点一下；整个乡镇的在下面选。"),
    )  # fmt: skip
    lat = forms.CharField(required=False, max_length=20, widget=_HIDDEN)
    lon = forms.CharField(required=False, max_length=20, widget=_HIDDEN)
    radius = forms.ChoiceField(label=_("多大范围"), choices=list(RADII.items()), initial="50")
    town = forms.ChoiceField(label=_("或者整个乡镇"), required=False)
    speed = forms.ChoiceField(
        label=_("怎么样"), choices=list(SPEEDS.items()), initial="0", widget=forms.RadioSelect
    )
    whom = forms.ChoiceField(
        label=_("影响谁"), choices=[(code, words) for code, (words, _kinds) in WHOM.items()],
        initial="wheels", widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("原因"), choices=WayCondition.Reason.choices)
    lasts = forms.ChoiceField(label=_("多久"), choices=list(LASTS.items()), initial="3")
    note = forms.CharField(
        label=_("备注"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"placeholder": _("例如：东侧小路可绕行")}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.towns = {town.code: town for town in _towns()}
        field = self.fields["town"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [("", "—"), *((code, str(town)) for code, town in self.towns.items())]

    def clean(self) -> dict[str, Any]:
        """A place on the map, or a town."""
        told = super().clean() or {}
        town = self.towns.get(told.get("town", ""))
        try:
            told["shape"] = _whole(town) if town else _around(told)
        except Refused as refused:
            self.add_error("place", str(refused))
        told["place"] = told.get("place", "").strip() or (str(town) if town else "")
        if not told["place"] and not self.has_error("place"):
            self.add_error("place", _("请写清是哪里，别的调度员要看得懂。"))
        return told

    def new(self) -> NewCondition:
        """As the action wants it."""
        told = self.cleaned_data
        return NewCondition(
            shape=told["shape"], place=told["place"], speed=int(told["speed"]),
            reason=told["reason"], until=now() + timedelta(hours=int(told["lasts"])),
            kinds=WHOM[told["whom"]][1], ferries=told["whom"] == "ferries", note=told["note"],
        )  # fmt: skip


def _towns() -> list[Area]:
    found = Area.objects.filter(kind=Area.Kind.TOWN, valid_to__isnull=True, county__own=True)
    return list(found.order_by("code"))


def _whole(town: Area) -> shapely.Geometry:
    return shapely.from_geojson(town.geometry)


def _around(told: dict[str, Any]) -> shapely.Geometry:
    if not told.get("lat"):
        words = _("请在地图上点一个地方，或者选一个乡镇。")
        raise Refused(str(words), code="no_area", status=422)
    return circle(place_in_county(told["lat"], told.get("lon")), float(told.get("radius") or 50))
