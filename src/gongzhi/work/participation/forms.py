"""What a resident fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.matters.intake import LONGEST
from gongzhi.work.participation.selectors import request_categories


class RequestForm(forms.Form):
    """A report. ``key`` makes two sends of one form one matter."""

    category = forms.ChoiceField(label=_("属于哪一类"))
    words = forms.CharField(
        label=_("发生了什么"),
        help_text=_("时间、地点、什么情况，想到什么写什么。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    place = forms.CharField(label=_("地点"), help_text=_("例如：海平路 12 号门口"), max_length=200)
    key = forms.CharField(widget=forms.HiddenInput, min_length=20, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in request_categories():
            groups.setdefault(str(one.group), []).append((one.code, str(one.name)))
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [("", _("请选择")), *groups.items()]


class FollowForm(forms.Form):
    """The code on the receipt."""

    code = forms.CharField(
        label=_("查询码"), help_text=_("在回执上，12 个字母和数字。"), max_length=40
    )
