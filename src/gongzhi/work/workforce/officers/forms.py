"""What is filled in about posts, skills and leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.workforce.officers.states import Cannot, Line, Purpose

CHOOSE = ("", _("请选择"))


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")  # what browsers read
    return forms.DateField(label=label, widget=widget, **more)


def _offer(form: forms.Form, name: str, items: Any, *, empty: bool = True) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
    named = [(one.code, str(one.name)) for one in items]
    field.choices = [CHOOSE, *named] if empty else named


class LeaveForm(forms.Form):
    """Leave for oneself."""

    kind = forms.ChoiceField(label=_("请什么假"))
    first_day = _day(_("第一天"))
    last_day = _day(_("最后一天"))
    reason = forms.CharField(
        label=_("说明"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("加密保存，只有审批的人打开时看到；病情不用写。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "kind", catalogue().leave_kinds.values())


class PurposeForm(forms.Form):
    """What somebody's record is opened for."""

    purpose = forms.ChoiceField(label=_("查看用途"), choices=[CHOOSE, *Purpose.choices])


class PostForm(forms.Form):
    """A post."""

    name_zh = forms.CharField(label=_("岗位名称"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=80)
    line = forms.ChoiceField(label=_("一线还是机关"), choices=Line.choices)
    places = forms.IntegerField(label=_("编制人数"), min_value=1, max_value=500, initial=1)
    sensitive = forms.BooleanField(
        label=_("敏感岗位"), required=False,
        help_text=_("管钱、管物证、管审批的，要定期轮岗。"),
    )  # fmt: skip
    skills = forms.MultipleChoiceField(
        label=_("需要的技能"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "skills", catalogue().skills.values(), empty=False)


class SkillForm(forms.Form):
    """A skill or certificate of somebody."""

    skill = forms.ChoiceField(label=_("技能、证书"))
    since = _day(_("从哪天起"))
    until = _day(_("到哪天为止"), required=False, help_text=_("空着，就按这项证书的有效期算。"))
    number = forms.CharField(label=_("证号"), required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "skill", catalogue().skills.values())


class TrainingForm(forms.Form):
    """A training that somebody attended."""

    title = forms.CharField(label=_("什么培训"), max_length=120)
    hours = forms.IntegerField(label=_("学时"), min_value=1, max_value=2000)
    on = _day(_("哪天结束"))


class LimitForm(forms.Form):
    """What somebody can't do for a time."""

    cannot = forms.ChoiceField(label=_("限制"), choices=[CHOOSE, *Cannot.choices])
    first_day = _day(_("第一天"))
    last_day = _day(_("最后一天"), required=False, help_text=_("空着，就到另行通知为止。"))
    reason = forms.CharField(label=_("说明"), required=False, max_length=500)


class CheckForm(forms.Form):
    """By when somebody's health is to be looked at."""

    due_on = _day(_("最晚哪天做体检"))


class WhyForm(forms.Form):
    """Why a line of a record is corrected."""

    why = forms.CharField(label=_("为什么改"), max_length=200)


class ListForm(forms.Form):
    """A file with people."""

    file = forms.FileField(
        label=_("名单文件"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.gz"}),
        help_text=_("CSV 或者 Excel（.xlsx），一次最多 2000 行。"),
    )  # fmt: skip
