"""What is filled in to book, to offer times, and for surveys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.pulse import PulseForm as Questions
from gongzhi.base.catalogue.load import catalogue


class BookForm(forms.Form):
    """A talk in confidence."""

    slot = forms.TypedChoiceField(
        label=_("什么时候"), coerce=int, widget=forms.RadioSelect, empty_value=None
    )
    called = forms.CharField(
        label=_("怎么称呼您"), max_length=40, help_text=_("什么名字都可以，不用真名。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    words = forms.CharField(
        label=_("想先说点什么"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("可以不写。加密保存，只有和您谈的人看得到。"),
    )  # fmt: skip
    share = forms.BooleanField(label=_("把我近四周的工时、夜班数一起告诉他"), required=False)

    def __init__(self, *args: Any, slots: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["slot"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = slots


class CodeForm(forms.Form):
    """The code of a talk."""

    code = forms.CharField(
        label=_("预约码"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


class SlotForm(forms.Form):
    """A time at which somebody listens."""

    support = forms.ChoiceField(label=_("哪一种"))
    starts_at = forms.DateTimeField(
        label=_("什么时候"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    where = forms.CharField(label=_("在哪里，或者怎么通话"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["support"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        every = catalogue().supports.values()
        field.choices = [(one.code, str(one.name)) for one in every if not one.phone]


class AnswersForm(forms.Form):
    """A survey's items."""

    def __init__(self, *args: Any, questions: Questions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # the best first, as the instrument has them on paper
        choices = [(nth, str(one)) for nth, one in enumerate(questions.answers)][::-1]
        for nth, item in enumerate(questions.items):
            self.fields[f"item{nth}"] = forms.TypedChoiceField(
                label=str(item), choices=choices, coerce=int, widget=forms.RadioSelect
            )

    @property
    def answers(self) -> list[int]:
        """What was chosen, in the order of the items."""
        return [self.cleaned_data[name] for name in self.fields]


class PulseForm(forms.Form):
    """A survey to be opened."""

    form = forms.ChoiceField(label=_("哪一份问卷"))
    closes_on = forms.DateField(label=_("最后一天"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["form"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(one.code, str(one.name)) for one in catalogue().pulses.values()]
