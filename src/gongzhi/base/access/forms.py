"""What staff fill in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.access.known import FOR_PROGRAMS, PERMISSIONS
from gongzhi.base.people.models import Unit


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class KeyForm(forms.Form):
    """A new key."""

    name = forms.CharField(label=_("用在哪里"), help_text=_("例如：县政务小程序"), max_length=80)
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("pk"), label=_("负责单位"), empty_label=_("请选择")
    )
    permissions = forms.MultipleChoiceField(
        label=_("能做什么"),
        choices=[(code, PERMISSIONS[code]) for code in FOR_PROGRAMS],
        widget=forms.CheckboxSelectMultiple,
    )
