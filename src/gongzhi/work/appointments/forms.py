"""What somebody who books fills in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.work.participation.forms import INCOMPLETE
from gongzhi.work.participation.receiving import KEY_LENGTH, LONGEST_NAME, PHONE


class ContactForm(forms.Form):
    """Whom to call, and where to. ``key`` makes two sends of one form one booking."""

    name = forms.CharField(
        label=_("怎么称呼您"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请写怎么称呼您。")},
    )
    phone = forms.RegexField(
        PHONE,
        label=_("电话"),
        help_text=_("窗口临时有变化时才会打给您。"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": _("这不像电话号码，请检查；不想留也可以空着。")},
    )
    key = forms.CharField(
        widget=forms.HiddenInput,
        min_length=KEY_LENGTH[0],
        max_length=KEY_LENGTH[1],
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), INCOMPLETE),
    )


class CodeForm(forms.Form):
    """The code of a booking."""

    code = forms.CharField(
        label=_("预约码"),
        help_text=_("约好时给您的，12 个字母和数字。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("请填预约码。"), "max_length": _("请照预约码核对。")},
    )
