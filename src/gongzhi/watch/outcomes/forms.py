"""What somebody fills in to say what the county wants to reach."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.measure import Measure
from gongzhi.watch.outcomes.selectors.targets import today

SPANS = [("60", _("分钟")), ("3600", _("小时")), ("86400", _("天"))]


class TargetForm(forms.Form):
    """A number as people say it: percent, minutes, times."""

    value = forms.FloatField(label=_("要到多少"), error_messages={"required": _("请填一个数。")})
    unit = forms.TypedChoiceField(label=_("单位"), choices=SPANS, coerce=float)
    since = forms.DateField(
        label=_("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("从今天或者以后算起。"),
    )  # fmt: skip
    decided_by = forms.CharField(
        label=_("谁定的"), max_length=120, help_text=_("哪个会、哪个文件，不写个人。")
    )
    why = forms.CharField(
        label=_("为什么"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, measure: Measure, **more: Any) -> None:
        super().__init__(*args, **more)
        self.measure = measure
        self.initial.setdefault("since", today())
        if measure.shown != "seconds":
            del self.fields["unit"]
        if measure.formula in ("share", "within"):
            self.fields["value"].label = _("要到百分之几")

    def told(self) -> dict[str, Any]:
        """As the action takes it, the value in the measure's own unit."""
        told = dict(self.cleaned_data)
        told["value"] *= told.pop("unit", 1.0)
        if self.measure.formula in ("share", "within"):
            told["value"] /= 100
        return told
