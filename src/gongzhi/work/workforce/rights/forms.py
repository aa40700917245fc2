"""What an officer fills in to report."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.work.workforce.rights.states import Happened, Sort


class ReportForm(forms.Form):
    """A minute's work: what happened, in words, which help."""

    happened = forms.ChoiceField(label=_("什么事"), choices=[("", _("请选择")), *Happened.choices])
    words = forms.CharField(
        label=_("发生了什么"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("什么时候、在哪里、在办什么事。写下来就封存，只有您和维权办看得到。"),
    )  # fmt: skip
    about = forms.CharField(
        label=_("和哪一件有关（编号，没有就空着）"), max_length=80, required=False
    )
    wishes = forms.MultipleChoiceField(
        label=_("要什么帮助"), choices=Sort.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    shown_to_head = forms.BooleanField(label=_("让本单位负责人也知道"), required=False)
    idempotency_key = forms.CharField(widget=forms.HiddenInput, min_length=16, max_length=64)
