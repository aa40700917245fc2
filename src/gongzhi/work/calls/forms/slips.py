"""Rows of paper slips, as they are typed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.intake import LONGEST, LONGEST_PLACE
from gongzhi.work.calls.actions.paper import MOST, TIMES, Slip
from gongzhi.work.calls.actions.receiving import LONGEST_NAME, LONGEST_PHONE
from gongzhi.work.calls.forms.fields import offer_categories, point_told

OLDEST = timedelta(days=60)
"""A slip older than that is a slip of the hand in its date, or belongs to an import."""


def _when(label: Any, *, needed: bool = False) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=needed, widget=widget)


def _line(label: Any, longest: int, *, needed: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=needed, max_length=longest, widget=widget)


class SlipForm(forms.Form):
    """One slip. A row in which nothing is written is left out."""

    number = _line(gettext_lazy("单号"), 20, needed=True)
    received_at = _when(gettext_lazy("来电时间"), needed=True)
    answered_at = _when(gettext_lazy("接听时间"))
    category = forms.ChoiceField(label=gettext_lazy("类别"))
    priority = forms.TypedChoiceField(
        label=gettext_lazy("紧急程度"), required=False, coerce=int, empty_value=None,
        choices=[("", gettext_lazy("自动")), *((level, f"P{level}") for level in (1, 2, 3, 4))],
    )  # fmt: skip
    place = _line(gettext_lazy("地点"), LONGEST_PLACE)
    lat = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    lon = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("报警内容"), max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    caller_name = _line(gettext_lazy("报警人"), LONGEST_NAME)
    caller_phone = _line(gettext_lazy("电话"), LONGEST_PHONE)
    sent = _line(gettext_lazy("派了谁"), 80)
    dispatched_at = _when(gettext_lazy("派警时间"))
    on_scene_at = _when(gettext_lazy("到场时间"))
    cleared_at = _when(gettext_lazy("处置完毕时间"))
    disposition = forms.ChoiceField(label=gettext_lazy("处置结果"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_categories(self.fields["category"])
        _offer_dispositions(self.fields["disposition"])

    def clean(self) -> dict[str, Any]:
        """Times in their order and not to come; an outcome where it was dealt with."""
        told = self.cleaned_data
        told["point"] = point_told(self, told)
        self._check_order([(name, told[name]) for name in TIMES if told.get(name)])
        if told.get("cleared_at") and not told.get("disposition"):
            self.add_error("disposition", _("处置完毕的，请选处置结果。"))
        if told.get("disposition") and not told.get("cleared_at"):
            self.add_error("cleared_at", _("写了处置结果，还差处置完毕的时间。"))
        return told

    def _check_order(self, times: list[tuple[str, datetime]]) -> None:
        for name, at in times:
            if at > now():
                self.add_error(name, _("这个时间还没到，请核对日期。"))
            elif at < now() - OLDEST:
                self.add_error(name, _("比 60 天还早，请核对日期；更早的请用导入。"))
        for (_before, first), (name, second) in pairwise(times):
            if second < first:
                self.add_error(name, _("比前一个时间还早，请核对。"))

    def slip(self) -> Slip:
        """What the row says, once it is valid."""
        told = self.cleaned_data
        caller = {"name": told["caller_name"], "phone": told["caller_phone"]}
        same = ("number", "category", "priority", "place", "point", "words", "sent", *TIMES)
        return Slip(caller=caller, disposition=told["disposition"], **{n: told[n] for n in same})


if TYPE_CHECKING:
    _Rows = forms.BaseFormSet[SlipForm]
else:
    _Rows = forms.BaseFormSet


class Slips(_Rows):
    """The rows of one batch."""

    def clean(self) -> None:
        """No slip twice in one batch."""
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            told = getattr(form, "cleaned_data", None)
            if not told or not told.get("number") or not told.get("received_at"):
                continue
            this = (told["number"], told["received_at"].date())
            if this in seen:
                form.add_error("number", _("这个单号在这一批里出现了两次。"))
            seen.add(this)

    def slips(self) -> list[Slip]:
        """The rows in which something is written."""
        return [form.slip() for form in self.forms if form.has_changed()]


SlipFormSet = forms.formset_factory(
    SlipForm, formset=Slips, extra=3, max_num=MOST, absolute_max=MOST, validate_max=True
)


def _offer_dispositions(field: forms.Field) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
    version = catalogue().procedures["incident"].versions[-1]
    step = version.step("recorded")
    known = step.elements[0].choices if step else ()
    offered = [(one.code, str(one)) for one in known if one.offered]
    field.choices = [("", _("还在处置")), *offered]
