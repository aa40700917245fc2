"""What is filled in: a question to a person, and an article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.intake import LONGEST as LONGEST_WORDS
from gongzhi.work.consultation.wording import LAWS, LONGEST, citations, headings
from gongzhi.work.participation.receiving import KEY_LENGTH, LONGEST_NAME, PHONE

AREA = forms.Textarea


class PersonForm(forms.Form):
    """A question to somebody who answers. ``idempotency_key`` makes two sends of it one matter."""

    words = forms.CharField(
        label=gettext_lazy("您想问什么"), max_length=LONGEST_WORDS, widget=AREA(attrs={"rows": 5}),
        help_text=gettext_lazy("想办什么、卡在哪里，写清楚就行。不用写姓名和证件号。"),
        error_messages={"required": gettext_lazy("请写下您的问题。")},
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("怎么称呼您"), max_length=LONGEST_NAME, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    phone = forms.RegexField(
        PHONE, label=gettext_lazy("电话"), required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": gettext_lazy("这不像电话号码，请检查；不想留也可以空着。")},
    )  # fmt: skip
    idempotency_key = forms.CharField(
        widget=forms.HiddenInput, min_length=KEY_LENGTH[0], max_length=KEY_LENGTH[1]
    )


class ArticleForm(forms.Form):
    """One version of an article, in both languages; English and law may be added by whoever
    reviews it."""

    question_zh = forms.CharField(
        label=gettext_lazy("问题（中文）"), max_length=LONGEST["question_zh"],
        help_text=gettext_lazy("像居民那样问，一句话。"),
        error_messages={"required": gettext_lazy("先把中文的问题和答案写好。")},
    )  # fmt: skip
    answer_zh = forms.CharField(
        label=gettext_lazy("答案（中文）"), max_length=LONGEST["answer_zh"],
        widget=AREA(attrs={"rows": 7}),
        help_text=gettext_lazy("第一段就答，后面的段落再补充；段与段之间空一行。不写任何人的情况。"),
        error_messages={"required": gettext_lazy("先把中文的问题和答案写好。")},
    )  # fmt: skip
    question_en = forms.CharField(
        label=gettext_lazy("问题（英文）"), max_length=LONGEST["question_en"], required=False
    )
    answer_en = forms.CharField(
        label=gettext_lazy("答案（英文）"), max_length=LONGEST["answer_en"], required=False,
        widget=AREA(attrs={"rows": 7}), help_text=gettext_lazy("和中文一段对一段。"),
    )  # fmt: skip
    group = forms.ChoiceField(label=gettext_lazy("放在哪一类"), required=False)
    service = forms.ChoiceField(label=gettext_lazy("说的是哪项服务"), required=False)
    law_1 = forms.ChoiceField(
        label=gettext_lazy("依据"), required=False,
        help_text=gettext_lazy("只列目录里查过原文的条文；没有的，请先加到目录里。"),
    )  # fmt: skip
    law_2 = forms.ChoiceField(label=gettext_lazy("依据之二"), required=False)
    law_3 = forms.ChoiceField(label=gettext_lazy("依据之三"), required=False)
    own_way = forms.BooleanField(
        label=gettext_lazy("没有法律规定，这是本县的做法"), required=False,
        widget=forms.CheckboxInput(attrs={"value": "yes"}),
    )  # fmt: skip
    also_zh = forms.CharField(
        label=gettext_lazy("别的问法（中文）"), max_length=LONGEST["also_zh"], required=False,
        widget=AREA(attrs={"rows": 3}), help_text=gettext_lazy("一行一句，搜索靠它找到这一篇。"),
    )  # fmt: skip
    also_en = forms.CharField(
        label=gettext_lazy("别的问法（英文）"), max_length=LONGEST["also_en"], required=False,
        widget=AREA(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        laws = [(words, str(basis)) for words, basis in citations().items()]
        self._offer("group", [(zh, str(words)) for zh, words in headings().items()])
        services = catalogue().services.values()
        self._offer("service", [(one.code, str(one.name)) for one in services])
        for name in LAWS:
            self._offer(name, laws)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [("", _("请选择")), *choices]

    def written(self) -> Mapping[str, str]:
        """The fields as an action takes them."""
        told = {name: self.cleaned_data.get(name, "") for name in LONGEST}
        return {**told, "own_way": "yes" if told["own_way"] else ""}
