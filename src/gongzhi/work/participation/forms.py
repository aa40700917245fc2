"""What a resident fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.matters.intake import LONGEST, LONGEST_PLACE, checked_answers
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.receiving import KEY_LENGTH, LONGEST_NAME, PHONE
from gongzhi.work.participation.selectors import request_categories

INCOMPLETE = _("页面不完整，请刷新后再提交一次。")
TOO_LONG = _("最多写 %(limit_value)s 个字，现在有 %(show_value)s 个，请精简一些。")
ANSWER = "answers."
"""How the fields of a category's questions begin: ``answers.lamp_out.danger``."""
LARGEST_ERROR = 100_000
"""Metres. A phone that knows itself no better knows nothing."""


class RequestForm(forms.Form):
    """A report. ``idempotency_key`` makes two sends of one form one matter."""

    # Not a ChoiceField: that one reads through all choices for each form it makes, and the page
    # draws its cards from the catalogue anyway.
    category = forms.CharField(
        label=_("什么事"),
        error_messages={"required": _("请选一个类别；拿不准就选“其他”。")},
    )
    words = forms.CharField(
        label=_("说说情况"),
        help_text=_("什么时候、什么样子，想到什么写什么。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写几句发生了什么。"), "max_length": TOO_LONG},
    )
    place = forms.CharField(
        label=_("在哪里"),
        help_text=_("写地址或附近的店名、路口都行；也可以在地图上点一下。"),
        max_length=LONGEST_PLACE,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    lat = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    lon = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    accuracy = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    name = forms.CharField(
        label=_("怎么称呼您"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": TOO_LONG},
    )
    phone = forms.RegexField(
        PHONE,
        label=_("电话"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": _("这不像电话号码，请检查；不想留也可以空着。")},
    )
    idempotency_key = forms.CharField(
        widget=forms.HiddenInput,
        min_length=KEY_LENGTH[0],
        max_length=KEY_LENGTH[1],
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), INCOMPLETE),
    )

    def clean_category(self) -> str:
        """One of those that residents can report."""
        code = str(self.cleaned_data["category"])
        if not any(one.code == code for one in request_categories()):
            raise forms.ValidationError(_("没有这个类别，请重新选一个。"), code="invalid_choice")
        return code

    def clean(self) -> dict[str, Any]:
        """The fields together: a place, by pin or in words, and the answers to the questions."""
        told = self.cleaned_data
        told["point"] = self._point()
        told["accuracy"] = _metres(told.get("accuracy", "")) if told["point"] else None
        placed = told["point"] is not None or told.get("place") or "place" in self.errors
        if not placed and self._is_somewhere(told.get("category", "")):
            self.add_error("place", _("请写一下地点，或者在地图上点一下。"))
        told["answers"] = self._answers(told.get("category", ""))
        return told

    def _is_somewhere(self, category: str) -> bool:
        found = next((one for one in request_categories() if one.code == category), None)
        return found is None or found.somewhere

    def _point(self) -> Point | None:
        lat, lon = self.cleaned_data.get("lat", ""), self.cleaned_data.get("lon", "")
        if not lat and not lon:
            return None
        try:
            return place_in_county(lat, lon)
        except Refused as refused:
            self.add_error("place", str(refused))
            return None

    def _answers(self, category: str) -> dict[str, str | int]:
        start = f"{ANSWER}{category}."
        given = {k.removeprefix(start): str(v) for k, v in self.data.items() if k.startswith(start)}
        found = next((one for one in request_categories() if one.code == category), None)
        if found is None:
            return {}
        try:
            return checked_answers(found, given)
        except Refused as refused:
            self.add_error("category", str(refused))
            return {}

    def given_answer(self, category: str, question: str) -> str:
        """What was answered, to show it again."""
        return str(self.data.get(f"{ANSWER}{category}.{question}", ""))


class FollowForm(forms.Form):
    """The code on the receipt."""

    code = forms.CharField(
        label=_("查询码"),
        help_text=_("在回执上，12 个字母和数字。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={
            "required": _("请填回执上的查询码。"),
            "max_length": _("查询码只有 12 个字母和数字，请照回执核对。"),
        },
    )


def _metres(text: str) -> int | None:
    """The phone's own error estimate; None for what is none."""
    try:
        metres = round(float(text))
    except (ValueError, OverflowError):
        return None
    return metres if 0 <= metres <= LARGEST_ERROR else None
