"""What people fill in about their own data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.intake import LONGEST
from gongzhi.base.people.fields import LABELS
from gongzhi.work.participation.forms import INCOMPLETE, TOO_LONG
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.receiving import KEY_LENGTH, LONGEST_NAME, PHONE
from gongzhi.work.personal.actions.asking import CORRECTABLE
from gongzhi.work.personal.models import PersonalRequest, StewardFile
from gongzhi.work.personal.selectors.own import PROOF, persons_of, told_by

LONG = {"max_length": TOO_LONG}


class EndsForm(forms.Form):
    """The end of the number that was told, which shows whose the code is."""

    ends = forms.CharField(
        label=_("电话或者证件号码的最后四位"),
        help_text=_("当时留的那个号码。一天可以试五次。"),
        max_length=PROOF,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "size": "6"}
        ),
        error_messages={"required": _("请填号码的最后四位。"), **LONG},
    )


class AskForm(forms.Form):
    """A request. What could be set right is asked for by its own field, of those that are there."""

    asks = forms.ChoiceField(
        label=_("要办什么"),
        choices=PersonalRequest.Asks.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选要办什么。")},
    )
    words = forms.CharField(
        label=_("想说明的"),
        help_text=_("比如哪里不对、转给哪个单位、想知道什么。不写也可以。"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=LONG,
    )
    idempotency_key = forms.CharField(
        widget=forms.HiddenInput,
        min_length=KEY_LENGTH[0],
        max_length=KEY_LENGTH[1],
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), INCOMPLETE),
    )

    def __init__(self, *args: Any, about: Receipt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {code for one in persons_of(about) for code in told_by(one)}
        self.correctable = [code for code in CORRECTABLE if code in there]
        for code in self.correctable:
            self.fields[f"new_{code}"] = _field(code)

    @property
    def news(self) -> list[forms.BoundField]:
        """The fields for what is to be set right."""
        return [self[f"new_{code}"] for code in self.correctable]

    @property
    def wanted(self) -> dict[str, str]:
        """What is to be set right, of a form that is good."""
        return {code: self.cleaned_data.get(f"new_{code}", "") for code in self.correctable}


def _field(code: str) -> forms.CharField:
    label = _("%(what)s改成") % {"what": LABELS[code]}
    if code == "phone":
        wrong = _("这不像电话号码，请检查；不想留也可以空着。")
        return forms.RegexField(
            PHONE, label=label, required=False, error_messages={"invalid": wrong},
            widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
        )  # fmt: skip
    longest = LONGEST_NAME
    return forms.CharField(label=label, required=False, max_length=longest, error_messages=LONG)


class FileForm(forms.Form):
    """A breach, or an assessment to begin."""

    sort = forms.ChoiceField(
        label=_("登记什么"), choices=StewardFile.Sort.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选是安全事件还是影响评估。")},
    )  # fmt: skip
    dataset = forms.ChoiceField(
        label=_("哪一类数据"), error_messages={"required": _("请选是哪一类数据。")}
    )
    words = forms.CharField(
        label=_("情况"),
        help_text=_("怎么发现的、什么时候；或者要做什么处理。不写当事人的姓名。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写几句情况。"), **LONG},
    )
    drill = forms.BooleanField(label=_("这是演练"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dataset"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        every = catalogue().datasets.values()
        field.choices = [("", _("请选择")), *((one.code, str(one.name)) for one in every)]
