"""What is filled in to open a task, to sign up, and to say thanks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.forms import INCOMPLETE
from gongzhi.work.participation.receiving import KEY_LENGTH, LONGEST_NAME, PHONE
from gongzhi.work.volunteering.selectors.tasks import kinds
from gongzhi.work.volunteering.states import Age

_HIDDEN = forms.HiddenInput
_NOT_A_PHONE = {"invalid": _("这不像电话号码，请检查。"), "required": _("请写电话。")}


def _tel(**more: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"type": "tel", "inputmode": "tel", **more})


def _key() -> forms.CharField:
    """Two sends of one form are one."""
    return forms.CharField(
        widget=_HIDDEN, min_length=KEY_LENGTH[0], max_length=KEY_LENGTH[1],
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), INCOMPLETE),
    )  # fmt: skip


class TaskForm(forms.Form):
    """A new task."""

    kind = forms.ChoiceField(label=_("做什么"))
    place = forms.CharField(
        label=_("在哪里集合"), max_length=200, help_text=_("找一个地点，或者在地图上点一下。")
    )
    lat = forms.CharField(required=False, max_length=20, widget=_HIDDEN)
    lon = forms.CharField(required=False, max_length=20, widget=_HIDDEN)
    day = forms.DateField(label=_("哪一天"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(label=_("几点开始"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("几点结束"), widget=forms.TimeInput(attrs={"type": "time"}))
    places = forms.IntegerField(label=_("要几个人"), min_value=2, max_value=200, initial=4)
    training_at = forms.DateTimeField(
        label=_("什么时候当面培训"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("这类任务要培训时才填；空着，就只招培训过的人。"),
    )  # fmt: skip
    words = forms.CharField(
        label=_("还要说明什么"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("路线、怎么找到带队的人。不写居民的事。"),
    )  # fmt: skip
    origin = forms.CharField(required=False, max_length=60, widget=_HIDDEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [("", _("请选择")), *((one.code, str(one.name)) for one in kinds())]

    def clean(self) -> dict[str, Any]:
        """A place on the map, and whole times in the county's own."""
        told = super().clean() or {}
        try:
            told["point"] = place_in_county(told.get("lat") or "", told.get("lon"))
        except Refused as refused:
            self.add_error("place", str(refused))
        if all(told.get(one) for one in ("day", "starts", "ends")):
            zone = timezone.get_default_timezone()
            told["starts_at"], told["ends_at"] = (
                datetime.combine(told["day"], told[one], zone) for one in ("starts", "ends")
            )
        return told


class AgreeForm(forms.Form):
    """Whoever has a code signs up with one tick."""

    agreed = forms.BooleanField(
        label=_("我读过要做什么、绝不做什么"), required=False,
    )  # fmt: skip


class MinorForm(AgreeForm):
    """The same of somebody under eighteen: how old they are isn't kept, so it is asked again."""

    age = forms.ChoiceField(label=_("多大年纪"), choices=Age.choices, widget=forms.RadioSelect)
    guardian_agrees = forms.BooleanField(label=_("监护人同意参加这个任务"), required=False)
    field_order = ["age", "guardian_agrees", "agreed"]


class JoinForm(MinorForm):
    """Somebody comes for the first time."""

    name = forms.CharField(
        label=_("怎么称呼您"), max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请写怎么称呼您。")},
    )  # fmt: skip
    phone = forms.RegexField(
        PHONE, label=_("电话"), help_text=_("任务临时取消时告诉您，平时不打。"),
        widget=_tel(autocomplete="tel"), error_messages=_NOT_A_PHONE,
    )  # fmt: skip
    guardian = forms.CharField(label=_("监护人怎么称呼"), max_length=LONGEST_NAME, required=False)
    guardian_phone = forms.RegexField(
        PHONE, label=_("监护人电话"), required=False, widget=_tel(), error_messages=_NOT_A_PHONE
    )
    key = _key()
    field_order = [
        "name",
        "phone",
        "age",
        "guardian",
        "guardian_phone",
        "guardian_agrees",
        "agreed",
    ]


class CodeForm(forms.Form):
    """A volunteer's code."""

    code = forms.CharField(
        label=_("志愿者码"), help_text=_("第一次报名时给您的，12 个字母和数字。"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("请填志愿者码。"), "max_length": _("请照志愿者码核对。")},
    )  # fmt: skip


class ThanksForm(forms.Form):
    """A resident's thanks."""

    words = forms.CharField(
        label=_("想对他们说"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不写姓名。先由发布单位看过，再转给参加的人。"),
        error_messages={"required": _("请写几句。")},
    )  # fmt: skip
    key = _key()
