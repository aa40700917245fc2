"""What is filled in to open a problem that no rise has told of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems.looking import harms
from gongzhi.work.prevention.problems.pages.reading import choices_of_units

REACHES = {"0": _("一片（0.7 平方公里）"), "1": _("加周围一圈（5 平方公里）"),
           "2": _("加周围两圈（13 平方公里）"), "3": _("加周围三圈（26 平方公里）")}  # fmt: skip
_HIDDEN = forms.HiddenInput


class TitleForm(forms.Form):
    """Its name, and who sees to it."""

    title = forms.CharField(label=_("问题叫什么"), max_length=120)
    unit = forms.ModelChoiceField(
        label=_("由哪个单位负责"), queryset=Unit.objects.none(), empty_label=_("请选择")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        units = choices_of_units()
        field.queryset = Unit.objects.filter(pk__in=[one.pk for one in units])
        field.choices = [("", _("请选择")), *((one.pk, str(one)) for one in units)]


class SeenForm(TitleForm):
    """What somebody saw: of which kind, where, how far around, and what they think of it."""

    about = forms.ChoiceField(label=_("哪一类事"))
    place = forms.CharField(
        label=_("哪里"), max_length=200, help_text=_("找一个地点，或者在地图上点一下。")
    )
    lat = forms.CharField(required=False, max_length=20, widget=_HIDDEN)
    lon = forms.CharField(required=False, max_length=20, widget=_HIDDEN)
    reach = forms.ChoiceField(label=_("多大范围"), choices=list(REACHES.items()), initial="0")
    words = forms.CharField(
        label=_("看到了什么"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("什么事、什么时候、怎么看出来的。不写谁可疑。"),
    )  # fmt: skip
    field_order = ("about", "place", "reach", "title", "words", "unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [("", _("请选择")), *named(harms())]

    def clean(self) -> dict[str, Any]:
        """A place on the map."""
        told = super().clean() or {}
        try:
            told["middle"] = place_in_county(told.get("lat") or "", told.get("lon"))
        except Refused as refused:
            self.add_error("place", str(refused))
        return told


def named(codes: list[str]) -> list[tuple[str, str]]:
    """Categories with their names in the active language, in the catalogue's order."""
    english = (get_language() or "").startswith("en")
    items = sorted((catalogue().categories[one] for one in codes), key=lambda one: one.order)
    return [(one.code, str(one.name.en if english else one.name.zh)) for one in items]
