"""What is filled in about a warning."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import EMPTY_VALUES
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.base.places.coordinates import checked
from gongzhi.base.places.models import Area
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.warnings.cap.message import Circle
from gongzhi.work.prevention.warnings.content import WORDS, Content, copy_of
from gongzhi.work.prevention.warnings.models import LEVELS, Draft
from gongzhi.work.prevention.warnings.shapes import (
    WIDEST_KM,
    Place,
    outline_from,
    outline_text,
)
from gongzhi.work.prevention.warnings.words import CERTAINTIES, URGENCIES

LOCAL = "%Y-%m-%dT%H:%M"
PLACE = ("areas", "lat", "lon", "km", "outline")
PLAIN = {  # of each severity, what it means to somebody who has to choose
    "Extreme": _("红色：危及很多人的生命"),
    "Severe": _("橙色：可能有人伤亡"),
    "Moderate": _("黄色：要改变安排"),
    "Minor": _("蓝色：留意就好"),
}


class Later:
    """A field that publishing needs, and saving doesn't: `content.lacking` asks for it."""

    def validate(self, value: Any) -> None:
        """Nothing yet is fine."""
        if value not in EMPTY_VALUES:
            super().validate(value)  # type: ignore[misc]  # the field's own


class Words(Later, forms.CharField):
    """A sentence."""


class When(Later, forms.DateTimeField):
    """A time."""


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _when() -> forms.DateTimeInput:
    return forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"})


class DraftForm(forms.Form):
    """A draft's content. What is not whole may be kept; only publishing asks for all of it."""

    headline_zh = Words(label=_("标题"), max_length=120)
    headline_en = Words(label=_("标题（英文）"), max_length=200)
    instruction_zh = Words(label=_("先做什么"), max_length=1500, widget=_long(4))
    instruction_en = Words(label=_("先做什么（英文）"), max_length=2500, widget=_long(4))
    description_zh = Words(label=_("发生了什么"), max_length=1500, widget=_long(3))
    description_en = Words(label=_("发生了什么（英文）"), max_length=2500, widget=_long(3))
    place_zh = Words(
        label=_("地点怎么说"), max_length=200,
        help_text=_("例如：澜城街道、望潮镇沿海"),
    )  # fmt: skip
    place_en = Words(label=_("地点怎么说（英文）"), max_length=300)
    severity = forms.ChoiceField(
        label=_("等级"), choices=list(PLAIN.items()), widget=forms.RadioSelect
    )
    urgency = forms.ChoiceField(label=_("多急"), choices=list(URGENCIES.items()))
    certainty = forms.ChoiceField(label=_("有多确定"), choices=list(CERTAINTIES.items()))
    onset = forms.DateTimeField(
        label=_("从什么时候开始"), required=False, widget=_when(), input_formats=[LOCAL],
        help_text=_("现在就开始的不用填"),
    )  # fmt: skip
    expires = When(
        label=_("到什么时候为止"), widget=_when(), input_formats=[LOCAL],
        help_text=_("到时间自己结束；没结束就在那以前更新"),
    )  # fmt: skip
    areas = forms.MultipleChoiceField(
        label=_("乡镇街道"), required=False, widget=forms.CheckboxSelectMultiple
    )
    lat = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    lon = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    km = forms.FloatField(
        label=_("圆圈半径（公里）"), required=False, min_value=0.05, max_value=WIDEST_KM,
        widget=forms.NumberInput(attrs={"step": "0.05", "inputmode": "decimal"}),
    )  # fmt: skip
    outline = forms.CharField(
        label=_("边界的点"), required=False, max_length=16000, widget=_long(4),
        help_text=_("每行一个：纬度, 经度。也可以在地图上加点。"),
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        self.before = copy_of(draft)
        kwargs["initial"] = _first(self.before)
        super().__init__(*args, **kwargs)
        towns = Area.objects.filter(
            kind=Area.Kind.TOWN, valid_to__isnull=True, county__own=True
        ).order_by("code")
        field = self.fields["areas"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(town.code, str(town)) for town in towns]
        if draft.severity not in PLAIN:
            severity = self.fields["severity"]
            assert isinstance(severity, forms.ChoiceField)  # noqa: S101  (for the type checker)
            severity.choices = [*PLAIN.items(), ("Unknown", LEVELS["Unknown"])]
        self.over = draft.msg_type == "Cancel"

    def clean_outline(self) -> tuple[tuple[float, float], ...]:
        """The ring; what is none is said in words."""
        try:
            return outline_from(self.cleaned_data["outline"])
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        """A circle is whole or not there."""
        told = super().clean() or {}
        lat, lon, km = told.get("lat"), told.get("lon"), told.get("km")
        told["circle"] = None
        if lat and lon and km:
            told["circle"] = self._circle(lat, lon, km)
        elif km and not self.has_error("km"):
            self.add_error("km", _("请在地图上选圆心，或者把半径清空。"))
        return told

    def _circle(self, lat: str, lon: str, km: float) -> Circle | None:
        try:
            point = checked(lat, lon)
        except Refused as refused:
            self.add_error("km", str(refused))
            return None
        return Circle(point.lat, point.lon, km)

    def content(self) -> Content:
        """As the action wants it. A place that nobody touched stays as it was, whole."""
        told = self.cleaned_data
        words = {name: told[name].strip() for name in WORDS}
        touched = set(PLACE) & set(self.changed_data)
        return Content(
            **words, urgency=told["urgency"], severity=told["severity"],
            certainty=told["certainty"], expires=told["expires"], onset=told["onset"],
            place=self._place() if touched else self.before.place,
        )  # fmt: skip

    def _place(self) -> Place:
        told = self.cleaned_data
        circle, ring = told["circle"], told["outline"]
        return Place(tuple(told["areas"]), (circle,) if circle else (), (ring,) if ring else ())


def _first(content: Content) -> dict[str, Any]:
    said = {name: getattr(content, name) for name in (*WORDS, "urgency", "severity", "certainty")}
    circle = next(iter(content.place.circles), None)
    ring = next(iter(content.place.outlines), None)
    said |= {"lat": str(circle.lat), "lon": str(circle.lon), "km": circle.km} if circle else {}
    times = {"expires": _local(content.expires), "onset": _local(content.onset)}
    return {**said, **times, "areas": list(content.place.areas),
            "outline": outline_text(ring) if ring else ""}  # fmt: skip


def _local(at: datetime | None) -> datetime | None:
    """To the minute, as the field has it: or else it would seem changed."""
    return timezone.localtime(at).replace(second=0, microsecond=0) if at else None
