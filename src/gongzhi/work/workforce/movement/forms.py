"""What is filled in around vacancies and rotations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.work.workforce.officers.models import Post

_DAY = {"type": "date"}


class VacancyForm(forms.Form):
    """A vacancy to publish."""

    post = forms.ModelChoiceField(label=_("哪个岗位"), queryset=Post.objects.none())
    places = forms.IntegerField(label=_("几个位置"), min_value=1, max_value=500, initial=1)
    criteria = forms.CharField(
        label=_("条件"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("大家都看得到。公布以后不改。"),
    )  # fmt: skip
    closes_on = forms.DateField(label=_("报名到哪天"), widget=forms.DateInput(attrs=_DAY))
    begins_on = forms.DateField(label=_("哪天到岗"), widget=forms.DateInput(attrs=_DAY))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        posts = Post.objects.filter(closed_on=None).select_related("unit").order_by("unit_id", "pk")
        post: Any = self.fields["post"]
        post.queryset = posts
        post.label_from_instance = lambda one: f"{one.unit} · {one}"


class RulesForm(forms.Form):
    """By which rules a rotation is reckoned."""

    sensitive_years = forms.FloatField(label=_("敏感岗位满几年轮"), initial=5, min_value=0.5)
    office_years = forms.FloatField(label=_("离开一线满几年轮"), initial=3, min_value=0.5)
    most_percent = forms.IntegerField(
        label=_("一个单位一次最多走百分之几"), initial=20, min_value=1, max_value=50
    )
