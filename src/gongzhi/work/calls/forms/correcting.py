"""Putting right where a call belongs, and erasing what was said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.matters.intake import LONGEST, LONGEST_PLACE
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.purposes import Erasure
from gongzhi.base.ui.ids import id_in
from gongzhi.work.calls.forms.fields import offer_categories, point_told

_HIDDEN = forms.HiddenInput


class ErasingForm(forms.Form):
    """Which incident's words are erased, and why."""

    number = forms.CharField(
        label=_("警情编号"), help_text=_("例如 JQ261124-417"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("清除原因"), choices=Erasure.choices)

    def clean_number(self) -> Matter:
        """The county's incident of this number."""
        incidents = Matter.objects.filter(procedure="incident")
        found = incidents.filter(pk=id_in(self.cleaned_data["number"])).first()
        if found is None:
            raise forms.ValidationError(_("没有这个编号的警情，请核对。"))
        return found


class OwnIncidentForm(forms.Form):
    """What a call that leaves another's incident opens."""

    category = forms.ChoiceField(label=_("出了什么事"))
    words = forms.CharField(
        label=_("报警人怎么说"), max_length=LONGEST,
        error_messages={"required": _("请写几句发生了什么。")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    place = forms.CharField(
        label=_("地点"), required=False, max_length=LONGEST_PLACE,
        help_text=_("不填就用原来那起警情的地点。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    lat = forms.CharField(required=False, max_length=40, widget=_HIDDEN)
    lon = forms.CharField(required=False, max_length=40, widget=_HIDDEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_categories(self.fields["category"])

    def clean(self) -> dict[str, Any]:
        """A place, when there is one, lies in the county."""
        self.cleaned_data["point"] = point_told(self, self.cleaned_data)
        return self.cleaned_data
