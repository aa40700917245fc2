"""What is filled in about units, accounts and looks at somebody's details."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.base.people.purposes import Erasure, Purpose

_CODE = RegexValidator(r"\A[a-z][a-z0-9_.-]*\Z", _("用小写字母开头，只用小写字母、数字和 _ . -。"))


class RolesForm(forms.Form):
    """Where somebody works and as what."""

    unit = forms.ModelChoiceField(
        Unit.objects.order_by("pk"), label=_("所在单位"), empty_label=_("请选择")
    )
    roles = forms.MultipleChoiceField(
        label=_("岗位"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(code, str(role.name)) for code, role in catalogue().roles.items()]


class AccountForm(RolesForm):
    """A new account."""

    username = forms.CharField(
        label=_("用户名"),
        help_text=_("登录时用，例如 wang.fang"),
        max_length=40,
        validators=[_CODE],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    display_name = forms.CharField(label=_("姓名"), max_length=80)
    field_order = ("username", "display_name", "unit", "roles")


class UnitForm(forms.Form):
    """A new unit."""

    code = forms.CharField(
        label=_("编码"), help_text=_("例如 station_east"), max_length=40, validators=[_CODE]
    )
    kind = forms.ChoiceField(label=_("类型"), choices=Unit.Kind.choices)
    name_zh = forms.CharField(label=_("中文名称"), max_length=80)
    name_en = forms.CharField(label=_("英文名称"), max_length=120)
    parent = forms.ModelChoiceField(
        Unit.objects.order_by("pk"),
        label=_("上级单位"),
        required=False,
        empty_label=_("没有上级单位"),
    )


class PurposeForm(forms.Form):
    """What somebody's details are needed for."""

    purpose = forms.ChoiceField(label=_("查看用途"), choices=Purpose.choices)


class ErasureForm(forms.Form):
    """Why somebody's details are erased."""

    reason = forms.ChoiceField(label=_("清除原因"), choices=Erasure.choices)


class PasswordForm(forms.Form):
    """One's own password."""

    current = forms.CharField(
        label=_("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("新密码"),
        help_text=_("至少 10 个字符，不要用常见的密码。"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
