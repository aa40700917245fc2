"""What a complainant fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.intake import LONGEST, LONGEST_PLACE
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.complaints.actions.telling import (
    CATEGORY,
    LONGEST_HAPPENED,
    LONGEST_NUMBER,
)
from gongzhi.work.complaints.selectors.handlers import police_units
from gongzhi.work.participation.forms import INCOMPLETE, TOO_LONG
from gongzhi.work.participation.receiving import KEY_LENGTH, LONGEST_NAME, PHONE
from gongzhi.work.participation.selectors import receipt_of

LONG = {"max_length": TOO_LONG}
EXPIRED = _("您查的那件事已经过期退出了。请填上它的查询码，或者不填也可以提交。")


class ComplaintForm(forms.Form):
    """A complaint. ``followed`` is the matter whose code this browser has shown, if any."""

    words = forms.CharField(
        label=_("发生了什么"),
        help_text=_("谁做了什么、说了什么，想到什么写什么。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请写几句发生了什么。"), **LONG},
    )
    what = forms.ChoiceField(label=_("主要是哪方面"), widget=forms.RadioSelect, required=False)
    going_on = forms.ChoiceField(
        label=_("现在还在发生吗"), widget=forms.RadioSelect, required=False
    )
    happened = forms.CharField(
        label=_("什么时候"),
        help_text=_("比如：11 月 20 日下午三点左右。"),
        max_length=LONGEST_HAPPENED, required=False, error_messages=LONG,
    )  # fmt: skip
    place = forms.CharField(
        label=_("在哪里"), max_length=LONGEST_PLACE, required=False, error_messages=LONG
    )
    unit = forms.ChoiceField(
        label=_("哪个单位"),
        help_text=_("选中的单位和它的人看不到这件投诉。"),
        required=False,
        error_messages={"invalid_choice": _("没有这个单位，请重新选一个；不知道就选“不知道”。")},
    )
    number = forms.CharField(
        label=_("民警的警号"),
        help_text=_("胸前的号码，记得就写。加密保存，不会拿来统计或者排名。"),
        max_length=LONGEST_NUMBER, required=False, error_messages=LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    wish = forms.CharField(
        label=_("您希望怎样"),
        help_text=_("比如：道歉、重新处理、把东西还给我。"),
        max_length=LONGEST, required=False, error_messages=LONG,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    with_followed = forms.BooleanField(required=False)
    code = forms.CharField(
        label=_("有关那件事的查询码"),
        help_text=_("报过警、办着案，手里有查询码的，填上能更快查清。"),
        max_length=40, required=False, error_messages=LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("怎么称呼您"), max_length=LONGEST_NAME, required=False, error_messages=LONG,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    phone = forms.RegexField(
        PHONE, label=_("电话"), required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": _("这不像电话号码，请检查；不想留也可以空着。")},
    )  # fmt: skip
    idempotency_key = forms.CharField(
        widget=forms.HiddenInput,
        min_length=KEY_LENGTH[0],
        max_length=KEY_LENGTH[1],
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), INCOMPLETE),
    )

    def __init__(self, *args: Any, followed: Matter | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.followed, self.units = followed, police_units()
        self._choose("unit", [("", _("不知道")), *((one.code, str(one)) for one in self.units)])
        questions = catalogue().categories[CATEGORY].questions
        for question in questions:
            self._choose(question.code, [(one.code, str(one)) for one in question.answers])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """The fields together: the unit itself, and the matter in which it happened."""
        told = self.cleaned_data
        told["unit_itself"] = self._unit(told.get("unit", ""))
        told["about"] = self._about(told)
        return told

    def _unit(self, code: str) -> Unit | None:
        return next((one for one in self.units if one.code == code), None)

    def _about(self, told: dict[str, Any]) -> Matter | None:
        """Of the code that was typed, else the one that this browser follows."""
        if told.get("code"):
            try:
                return receipt_of(told["code"]).matter
            except Refused as refused:
                self.add_error("code", str(refused))
                return None
        if told.get("with_followed") and self.followed is None:
            self.add_error("code", str(EXPIRED))
        return self.followed if told.get("with_followed") else None

    @property
    def answers(self) -> dict[str, str]:
        """The answers to the category's questions that were given."""
        told = {name: self.cleaned_data.get(name, "") for name in ("what", "going_on")}
        return {name: answer for name, answer in told.items() if answer}
