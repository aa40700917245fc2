"""What staff fill in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.access.known import FOR_PROGRAMS, PERMISSIONS
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account, Unit


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


class CodeForm(forms.Form):
    """A code of the app, or one on paper."""

    code = forms.CharField(
        label=_("验证码"),
        help_text=_("应用里的六位数，或者一个备用码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class AgainForm(forms.Form):
    """One's own password once more."""

    password = forms.CharField(
        label=_("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasskeyForm(forms.Form):
    """A passkey that the browser has made, and how its owner calls it."""

    name = forms.CharField(
        label=_("叫什么"), help_text=_("例如：值班室的安全密钥"), max_length=60, required=False
    )
    passkey = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


class KeyForm(forms.Form):
    """A new key."""

    name = forms.CharField(label=_("用在哪里"), help_text=_("例如：县政务小程序"), max_length=80)
    purpose = forms.CharField(
        label=_("用途"), help_text=_("它用来做什么，一句话"), max_length=200, required=False
    )
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("pk"), label=_("负责单位"), empty_label=_("请选择")
    )
    owner = forms.CharField(
        label=_("负责人的用户名"),
        help_text=_("密钥能做的不会比负责人多；负责人的账号停用，密钥也停用。不填就由本县负责。"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    months = forms.TypedChoiceField(
        label=_("有效期"),
        choices=[(3, _("3 个月")), (12, _("1 年")), (36, _("3 年")), (0, _("不限"))],
        coerce=int,
        initial=12,
        empty_value=None,
        required=False,
    )
    permissions = forms.MultipleChoiceField(
        label=_("能做什么"),
        choices=[(code, PERMISSIONS[code]) for code in FOR_PROGRAMS],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_owner(self) -> Account | None:
        """The account of this user name."""
        username = self.cleaned_data["owner"].strip()
        found = Account.objects.filter(username=username, is_active=True).first()
        if username and found is None:
            raise forms.ValidationError(_("没有这个账号，或者已经停用。"))
        return found

    def issued(self) -> dict[str, Any]:
        """What the key is made of."""
        told = dict(self.cleaned_data)
        months = told.pop("months")
        told["expires_at"] = now() + timedelta(days=30.5 * months) if months else None
        return told
