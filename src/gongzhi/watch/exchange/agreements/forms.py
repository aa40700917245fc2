"""What a department fills in to ask, and what is said in answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.offer import Offer
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.agreements.actions.asking import LONGEST
from gongzhi.watch.exchange.agreements.actions.consenting import MOST


class AskForm(forms.Form):
    """What for, by what right, until when; nothing is ticked."""

    fields_wanted = forms.MultipleChoiceField(
        label=_("要哪些字段"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请勾选要用的，用不到的不要选。")},
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("拿去做什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("居民会在公开的清单上读到这句话。"),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("哪部法律、哪一条，或者哪份文件、哪项职责。")
    )
    until = forms.DateField(
        label=_("到哪天为止"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("最长一年，到期可以再申请。"),
    )  # fmt: skip

    def __init__(self, offer: Offer | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        wanted = self.fields["fields_wanted"]
        assert isinstance(wanted, forms.MultipleChoiceField)  # noqa: S101  (for the type checker)
        if offer is None:
            wanted.label = _("要问哪些问题")
            known = catalogue().questions.values()
            wanted.choices = [(one.code, str(one.name)) for one in known]
        else:
            wanted.choices = [(one.name, str(one.says)) for one in offer.fields]
        today = timezone.localdate(now())
        box = self.fields["until"].widget
        box.attrs |= {
            "min": (today + timedelta(days=1)).isoformat(), "max": (today + LONGEST).isoformat(),
        }  # fmt: skip

    def asked(self) -> dict[str, Any]:
        """What is asked for."""
        told = dict(self.cleaned_data)
        chosen = told.pop("fields_wanted")
        if self.offer is None:
            return {**told, "questions": chosen}
        return {**told, "offer": self.offer.code, "fields": chosen}


class DecideForm(forms.Form):
    """Yes or no, and why."""

    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("和决定一起留着，申请的单位看得到。"),
    )  # fmt: skip


class StewardForm(DecideForm):
    """The steward says how many new answers a month, too."""

    budget = forms.IntegerField(
        label=_("每月能问几个新问题"), min_value=1, max_value=MOST, initial=20, required=False
    )


class EndForm(forms.Form):
    """Why it ends before its day."""

    why = forms.CharField(label=_("为什么提前结束"), max_length=300)
