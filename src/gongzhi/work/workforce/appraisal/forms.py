"""What is filled in around a sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.appraisal import Appraisal
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.appraisal.selectors.backgrounds import DECADES
from gongzhi.work.workforce.appraisal.states import Sex, Sort

_DAY = {"type": "date"}


def _words(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=4000, widget=area, **more)


class CommentForm(forms.Form):
    """What an officer says to their sheet."""

    words = _words(_("您的说明"), rows=4, required=False)


class ObjectionForm(forms.Form):
    """Where a number, or a matter behind it, is wrong."""

    words = _words(_("哪里不对"))
    counted = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What becomes of an objection."""

    upheld = forms.ChoiceField(
        label=_("成立吗"), widget=forms.RadioSelect,
        choices=[("yes", _("成立，这一件不算")), ("no", _("不成立"))],
    )  # fmt: skip
    answer = _words(_("给本人的答复"))


class RoundForm(forms.Form):
    """For which days everybody is appraised."""

    first = forms.DateField(label=_("从哪天"), widget=forms.DateInput(attrs=_DAY))
    last = forms.DateField(label=_("到哪天"), widget=forms.DateInput(attrs=_DAY))


class GradeForm(forms.Form):
    """A word, and why."""

    grade = forms.ChoiceField(label=_("结论"))
    why = _words(_("理由"))

    def __init__(self, formula: Appraisal | None, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        words = [(one.code, str(one.name)) for one in formula.grades] if formula else []
        self.fields["grade"].choices = [("", _("请选")), *words]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A commendation, or a decision on a breach."""

    account = forms.ModelChoiceField(label=_("谁"), queryset=Account.objects.none())
    sort = forms.ChoiceField(label=_("是什么"), choices=Sort.choices)
    on = forms.DateField(label=_("决定的日期"), widget=forms.DateInput(attrs=_DAY))
    number = forms.CharField(label=_("文号"), max_length=60)
    words = _words(_("什么事"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        accounts = Account.objects.filter(is_active=True).order_by("display_name")
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined]


class BackgroundForm(forms.Form):
    """What one tells of oneself for the audit."""

    sex = forms.ChoiceField(
        label=_("性别"), required=False, choices=[("", _("不填")), *Sex.choices]
    )
    decade = forms.ChoiceField(
        label=_("哪个年代出生"), required=False,
        choices=[("", _("不填")), *[(one, one) for one in DECADES]],
    )  # fmt: skip


class AdoptForm(forms.Form):
    """From which day on, and why."""

    since = forms.DateField(label=_("从哪天起用"), widget=forms.DateInput(attrs=_DAY))
    why = _words(_("为什么这样改"))
