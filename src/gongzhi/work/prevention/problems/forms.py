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
from gongzhi.work.participation.forms import INCOMPLETE
from gongzhi.work.participation.receiving import KEY_LENGTH
from gongzhi.work.prevention.problems.looking import harms
from gongzhi.work.prevention.problems.pages.reading import choices_of_units
from gongzhi.work.prevention.problems.states import Says

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


class OpenWordsForm(forms.Form):
    """What residents are to read of a problem."""

    title = forms.CharField(label=_("题目"), max_length=80)
    seen = forms.CharField(
        label=_("看到了什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("哪里、什么时候、什么事。件数由平台给出，五起五起地算。不写人，不写哪一户。"),
    )  # fmt: skip
    trying = forms.CharField(
        label=_("在试什么"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    found = forms.CharField(
        label=_("结果怎么样"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("看过效果再写；没有用也照实写。公开以后，出过力的人都会看到。"),
    )  # fmt: skip
    title_en = forms.CharField(label=_("题目（英文）"), max_length=120, required=False)
    seen_en = forms.CharField(
        label=_("看到了什么（英文）"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    trying_en = forms.CharField(
        label=_("在试什么（英文）"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    found_en = forms.CharField(
        label=_("结果怎么样（英文）"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class SayForm(forms.Form):
    """What a resident has to say."""

    kind = forms.ChoiceField(
        label=_("想说什么"), choices=Says.choices, initial=Says.SEES, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("写几句"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("只说地点和事情，不说人：不写谁、哪一户、电话、车牌。"),
        error_messages={"required": _("请写几句。")},
    )  # fmt: skip
    key = forms.CharField(
        widget=_HIDDEN, min_length=KEY_LENGTH[0], max_length=KEY_LENGTH[1],
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), INCOMPLETE),
    )  # fmt: skip


class CodeForm(forms.Form):
    """The code of what somebody said."""

    code = forms.CharField(
        label=_("查询码"), help_text=_("说完时给您的，12 个字母和数字。"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("请填查询码。"), "max_length": _("请照查询码核对。")},
    )  # fmt: skip


def named(codes: list[str]) -> list[tuple[str, str]]:
    """Categories with their names in the active language, in the catalogue's order."""
    english = (get_language() or "").startswith("en")
    items = sorted((catalogue().categories[one] for one in codes), key=lambda one: one.order)
    return [(one.code, str(one.name.en if english else one.name.zh)) for one in items]
