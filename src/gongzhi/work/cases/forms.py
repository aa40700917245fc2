"""What is filled in about cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.intake import LONGEST, LONGEST_PLACE
from gongzhi.base.people.models import Account


class OpeningForm(forms.Form):
    """A new case."""

    procedure = forms.ChoiceField(label=_("案件种类"), widget=forms.RadioSelect)
    category = forms.ChoiceField(label=_("案由"))
    words = forms.CharField(
        label=_("简要案情"),
        help_text=_(
            "什么时候、在哪里、发生了什么。当事人的姓名和证件号码写到“当事人”里，会加密保存。"
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    place = forms.CharField(label=_("案发地点"), max_length=LONGEST_PLACE, required=False)
    lead = forms.ModelChoiceField(Account.objects.none(), label=_("主办民警"), empty_label=None)
    second = forms.ModelChoiceField(
        Account.objects.none(),
        label=_("协办民警"),
        empty_label=_("请选择"),
        help_text=_("办案民警不得少于二人。"),
    )
    incident = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, officers: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, keys = catalogue(), [one.pk for one in officers]
        cases = [one for one in known.procedures.values() if one.kind == "case"]
        self._choose("procedure", [(one.code, str(one.name)) for one in cases])
        kinds = [one for one in known.categories.values() if "case" in one.kinds]
        self._choose("category", [(one.code, str(one.name)) for one in kinds])
        for name in ("lead", "second"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
            field.queryset = Account.objects.filter(pk__in=keys).select_related("unit")

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices
