"""What is filled in about gifts and interests, and to recuse somebody."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.work.workforce.integrity.states import Ground, Kind


class DeclareForm(forms.Form):
    """A gift or an interest of one's own."""

    kind = forms.ChoiceField(label=_("申报什么"), choices=[("", _("请选择")), *Kind.choices])
    words = forms.CharField(
        label=_("是什么、谁给的、和什么事有关"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("加密保存，只有督察打开登记时看到。"),
    )  # fmt: skip
    yuan = forms.IntegerField(label=_("大约值多少元"), required=False, min_value=0)


class RecusalForm(forms.Form):
    """Why oneself is to be kept from a case."""

    ground = forms.ChoiceField(
        label=_("为什么要回避"), choices=[("", _("请选择")), *Ground.choices]
    )
    words = forms.CharField(label=_("说明"), required=False, max_length=1000)
