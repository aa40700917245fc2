"""What is filled in about rosters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.load import catalogue


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")  # what browsers read
    return forms.DateField(label=label, widget=widget, **more)


class AskForm(forms.Form):
    """A month to be planned."""

    unit = forms.ChoiceField(label=_("单位"))
    month = forms.DateField(
        label=_("哪个月"), input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )  # fmt: skip
    seconds = forms.IntegerField(
        label=_("最多排多少秒"), min_value=1, max_value=600, initial=20,
        help_text=_("时间越长，排得越好；随时可以停下。"),
    )  # fmt: skip
    forecast = forms.BooleanField(
        label=_("各班人数按最近的预测"), required=False, initial=True,
        help_text=_("没有预测的，按县里定的比例；最少人数总是要保的。"),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(one.pk, str(one)) for one in units]


class CellForm(forms.Form):
    """Somebody's day."""

    account = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput)
    shift = forms.ChoiceField(label=_("排什么班"), required=False)
    pinned = forms.BooleanField(
        label=_("定住这一格"), required=False, initial=True, help_text=_("再排的时候不动它。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_shifts(self, _("休息"))


class MoveForm(forms.Form):
    """A shift to another day or person."""

    account = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput)
    to = forms.TypedChoiceField(label=_("换给谁"), coerce=int)
    to_day = _day(_("哪一天"))
    stay = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(one.pk, str(one)) for one in people]


class StrengthForm(forms.Form):
    """So many in these hours, and why."""

    first_day = _day(_("从哪天"))
    last_day = _day(_("到哪天"))
    first_hour = forms.TypedChoiceField(
        label=_("从几点"), coerce=int, choices=[(n, f"{n:02}:00") for n in range(24)]
    )
    last_hour = forms.TypedChoiceField(
        label=_("到几点"), coerce=int, choices=[(n, f"{n + 1:02}:00") for n in range(24)]
    )
    officers = forms.IntegerField(label=_("要几个人"), min_value=0, max_value=100)
    reason = forms.CharField(
        label=_("为什么"), max_length=200, help_text=_("比如：周末夜市，人多。会记在班表上。")
    )


class AbsenceForm(forms.Form):
    """Days on which somebody can't come."""

    first_day = _day(_("从哪天"))
    last_day = _day(_("到哪天"))


class WishForm(forms.Form):
    """A wish."""

    day = _day(_("哪一天"))
    on = forms.TypedChoiceField(
        label=_("愿望"), coerce=lambda value: value == "on",
        choices=[("off", _("想休息")), ("on", _("想上班"))],
    )  # fmt: skip
    shift = forms.ChoiceField(label=_("哪个班"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_shifts(self, _("哪个都行"))


def _offer_shifts(form: forms.Form, empty: Any) -> None:
    field = form.fields["shift"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
    named = [(one.code, f"{one.name} {one.hours}") for one in catalogue().roster_shifts.values()]
    field.choices = [("", empty), *named]
