"""What people fill in about units and their shifts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.base.people.models import Account, Unit
from gongzhi.work.dispatch.abilities import abilities
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.fleet import beats_to_choose

_CODE = RegexValidator(r"\A[a-z][a-z0-9_]*\Z", _("用小写字母开头，只用小写字母、数字和 _。"))


class UnitForm(forms.Form):
    """What a unit is."""

    name_zh = forms.CharField(label=_("呼号"), help_text=_("例如 城关 01"), max_length=40)
    name_en = forms.CharField(label=_("英文呼号"), max_length=60)
    station = forms.ModelChoiceField(
        Unit.objects.filter(kind=Unit.Kind.STATION).order_by("pk"),
        label=_("所属单位"), empty_label=_("请选择"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("车船"), choices=ResponseUnit.Kind.choices)
    people = forms.IntegerField(label=_("通常几个人"), min_value=1, max_value=50, initial=2)
    officers = forms.IntegerField(label=_("其中民警"), min_value=0, max_value=50, initial=1)
    skills = forms.MultipleChoiceField(
        label=_("能力"), required=False, widget=forms.CheckboxSelectMultiple
    )
    equipment = forms.MultipleChoiceField(
        label=_("装备"), required=False, widget=forms.CheckboxSelectMultiple
    )
    beats = forms.MultipleChoiceField(
        label=_("熟悉的巡区"), required=False, widget=forms.CheckboxSelectMultiple
    )
    vehicle = forms.CharField(
        label=_("车型、船型"), help_text=_("只写车型，不写车牌。"), required=False, max_length=60
    )
    seats = forms.IntegerField(label=_("能坐几个人"), required=False, min_value=1, max_value=50)
    sea_limit = forms.IntegerField(
        label=_("船艇：浪级到几级可以出航"), required=False, min_value=0, max_value=9
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "skills": abilities("skill"),
            "equipment": abilities("equipment"),
            "beats": beats_to_choose(),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (for the checker)
            field.choices = offered


class NewUnitForm(UnitForm):
    """One more unit."""

    code = forms.CharField(
        label=_("编码"), help_text=_("例如 lancheng_09，以后不变"), max_length=40,
        validators=[_CODE],
    )  # fmt: skip
    field_order = ("code",)


class ShiftForm(forms.Form):
    """When a unit is to be on duty."""

    begins = forms.DateTimeField(
        label=_("上岗"), widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
    )
    ends = forms.DateTimeField(
        label=_("下岗"), widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
    )
    lead = forms.ModelChoiceField(
        Account.objects.none(), label=_("带班"), required=False, empty_label=_("不指定")
    )
    days = forms.IntegerField(label=_("连续几天"), min_value=1, max_value=31, initial=1)

    def __init__(self, unit: ResponseUnit, *args: Any, **kwargs: Any) -> None:
        today = timezone.localtime().replace(minute=0, second=0, microsecond=0)
        begins = today.replace(hour=8) + timedelta(days=1)
        kwargs.setdefault("initial", {"begins": begins, "ends": begins.replace(hour=20)})
        super().__init__(*args, **kwargs)
        lead = self.fields["lead"]
        assert isinstance(lead, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        people = Account.objects.filter(unit=unit.station_id, is_active=True)
        lead.queryset = people.order_by("display_name")
