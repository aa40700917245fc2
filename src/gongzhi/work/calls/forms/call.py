"""What a call-taker fills in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.actions import now
from gongzhi.base.matters.intake import LONGEST, LONGEST_PLACE
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions.receiving import LONGEST_NAME, LONGEST_PHONE, NewCall
from gongzhi.work.calls.forms.fields import offer_categories, offer_departments, point_told
from gongzhi.work.calls.models import Call, Manner
from gongzhi.work.calls.selectors import open_incident

ASKED = "q_"
"""What the name of a field with the answer to a category's question begins with."""
LONGEST_CALL = timedelta(hours=2)
"""A form that was begun longer ago was left lying: its call did not last that long."""
_LIVE = [one for one in Call.Channel.choices if one[0] != Call.Channel.IMPORT]
_HIDDEN = forms.HiddenInput


class CallForm(forms.Form):
    """One call. ``idempotency_key`` makes two sends of one form one call."""

    channel = forms.ChoiceField(
        label=_("怎么来的"), choices=_LIVE, initial=Call.Channel.PHONE, widget=forms.RadioSelect
    )
    category = forms.ChoiceField(label=_("出了什么事"))
    place = forms.CharField(
        label=_("地点"), required=False, max_length=LONGEST_PLACE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    words = forms.CharField(
        label=_("报警人怎么说"), max_length=LONGEST,
        error_messages={"required": _("请写几句发生了什么。")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    caller_name = forms.CharField(
        label=_("报警人"), required=False, max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    caller_phone = forms.CharField(
        label=_("联系电话"), required=False, max_length=LONGEST_PHONE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )  # fmt: skip
    priority = forms.TypedChoiceField(
        label=_("紧急程度"), required=False, coerce=int, empty_value=None,
        choices=[("", _("自动")), *((level, f"P{level}") for level in (1, 2, 3, 4))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    lat = forms.CharField(required=False, max_length=40, widget=_HIDDEN)
    lon = forms.CharField(required=False, max_length=40, widget=_HIDDEN)
    accuracy = forms.IntegerField(required=False, min_value=0, max_value=100_000, widget=_HIDDEN)
    joins = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=_HIDDEN)
    started = forms.FloatField(required=False, widget=_HIDDEN)
    """When the call-taker began, in seconds since 1970 by the server's clock."""
    idempotency_key = forms.CharField(widget=_HIDDEN, min_length=20, max_length=64)
    manner = forms.ChoiceField(
        label=_("对方"), choices=Manner.choices, initial=Manner.SPOKEN, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    trial = forms.ChoiceField(
        label=_("性质"), required=False, widget=forms.Select,
        choices=[("", _("真实来电")), ("drill", _("演练")), ("test", _("线路测试"))],
    )  # fmt: skip
    refer_to = forms.ChoiceField(label=_("由谁办"), required=False)
    ring = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=_HIDDEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("joins"):  # a further call may add nothing new
            self.fields["words"].required = False
        offer_categories(self.fields["category"])
        offer_departments(self.fields["refer_to"])

    @property
    def answers(self) -> dict[str, str]:
        """The answers to the category's questions, by question; as they came."""
        given = {k: str(v)[:40] for k, v in self.data.items() if k.startswith(ASKED)}
        return {name.removeprefix(ASKED): answer for name, answer in given.items() if answer}

    def clean_joins(self) -> Matter | None:
        """The incident that the call joins; refuses one that is closed or none at all."""
        key = self.cleaned_data["joins"]
        try:
            return open_incident(key) if key else None
        except Refused as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        """A place, when there is one, lies in the county."""
        self.cleaned_data["point"] = point_told(self, self.cleaned_data)
        return self.cleaned_data

    def refuse(self, refused: Refused) -> None:
        """Say why the call was not received, under the field that it is about."""
        placed = {name: said for name, said in refused.fields.items() if name in self.fields}
        for name, said in placed.items():
            self.add_error(name, str(said))
        if not placed:
            self.add_error(None, str(refused))

    def new_call(self) -> NewCall:
        """What the form says, once it is valid."""
        told = self.cleaned_data
        began = self._began(told["started"])
        return NewCall(
            category=told["category"], words=told["words"], place=told["place"],
            point=told["point"], accuracy=told["accuracy"], answers=self.answers,
            priority=told["priority"], channel=told["channel"], joins=told["joins"],
            caller={"name": told["caller_name"], "phone": told["caller_phone"]},
            received_at=began, answered_at=began, idempotency_key=told["idempotency_key"],
            manner=told["manner"] or Manner.SPOKEN, trial=told["trial"],
            refer_to=Unit.objects.filter(code=told["refer_to"] or None).first(),
        )  # fmt: skip

    def _began(self, seconds: float | None) -> datetime | None:
        if seconds is None:
            return None
        oldest, latest = (now() - LONGEST_CALL).timestamp(), now().timestamp()
        return datetime.fromtimestamp(min(max(seconds, oldest), latest), UTC)
