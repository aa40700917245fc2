"""A page of a service's form as Django shows it; what it takes is judged by `fields`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.catalogue.kinds.service_parts import FormField
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.public_services.fields import LONGEST, checked_field
from gongzhi.work.public_services.models import BY_THEMSELVES

ATTRIBUTES: Mapping[str, dict[str, str]] = {
    "name": {"autocomplete": "name"},
    "phone": {"type": "tel", "autocomplete": "tel", "inputmode": "tel"},
    "email": {"type": "email", "autocomplete": "email"},
    "address": {"autocomplete": "street-address"},
    "id_number": {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    "number": {"inputmode": "numeric"},
    "date": {"type": "date"},
}


class PageForm(forms.Form):
    """The fields of one page that apply. Each error stands beside its field."""

    def __init__(self, fields: Sequence[FormField], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = {one.code: one for one in fields}
        for one in fields:
            self.fields[one.code] = _field(one)

    def clean(self) -> dict[str, Any]:
        """Every field as it is kept."""
        for code, field in self.shown.items():
            if code in self.cleaned_data:
                try:
                    self.cleaned_data[code] = checked_field(field, self.cleaned_data[code])
                except Refused as refused:
                    self.add_error(code, str(refused.fields[code]))
        return self.cleaned_data


def _field(field: FormField) -> forms.Field:
    common: dict[str, Any] = {
        "label": str(field.name),
        "help_text": str(field.help or ""),
        "required": field.required,
    }
    if field.kind == "choice":
        said = _("请选“%(name)s”。") % {"name": field.name}
        return forms.ChoiceField(
            choices=[(one.code, str(one)) for one in field.choices], widget=forms.RadioSelect,
            error_messages={"required": said, "invalid_choice": said}, **common,
        )  # fmt: skip
    attributes = dict(ATTRIBUTES.get(field.kind, {}))
    if most := field.most if field.kind in ("text", "long_text") else LONGEST.get(field.kind):
        attributes["maxlength"] = str(most)
    widget = forms.Textarea if field.kind == "long_text" else forms.TextInput
    rows = {"rows": "4"} if field.kind == "long_text" else {}
    said = _("请填“%(name)s”。") % {"name": field.name}
    return forms.CharField(
        widget=widget(attrs={**attributes, **rows}), error_messages={"required": said}, **common
    )


class WalkInForm(PageForm):
    """Everything on one page, as a clerk types it while somebody tells it, and their consent."""

    agreed = forms.BooleanField(
        label=gettext_lazy("来人在场，看过这些，同意窗口为办这件事使用"),
        error_messages={"required": gettext_lazy("先给来人看一遍，同意了再勾。")},
    )

    def __init__(self, fields: Sequence[FormField], *args: Any, **kwargs: Any) -> None:
        super().__init__(fields, *args, **kwargs)
        self.fields["agreed"] = self.fields.pop("agreed")  # the last one


class PhoneForm(PageForm):
    """Everything on one page, as it is typed while somebody tells it on the telephone."""

    office = forms.ChoiceField(
        label=gettext_lazy("他想去哪个窗口"),
        error_messages={"required": gettext_lazy("请选一个窗口。")},
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("念给来电人听了，他同意"),
        error_messages={"required": gettext_lazy("先念给来电人听，他同意了再勾。")},
    )

    def __init__(
        self, fields: Sequence[FormField], offices: Sequence[Unit], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(fields, *args, **kwargs)
        field = self.fields.pop("office")
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        choices = [(one.code, str(one)) for one in offices]
        field.choices = choices if len(choices) == 1 else [("", _("请选择")), *choices]
        self.fields["office"] = field
        self.fields["agreed"] = self.fields.pop("agreed")  # the last one


class ReuseForm(forms.Form):
    """The code of an earlier application, and what only its applicant knows."""

    code = forms.CharField(
        label=gettext_lazy("上次的查询码"), max_length=40,
        help_text=gettext_lazy("上次提交时给的，12 个字母和数字。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("请填上次的查询码。")},
    )  # fmt: skip
    ends = forms.CharField(
        label=gettext_lazy("上次填的手机号或者证件号，最后四位"), max_length=4, min_length=4,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={
            "required": gettext_lazy("请填最后四位。"),
            "min_length": gettext_lazy("请填最后四位。"),
        },
    )  # fmt: skip


class SendForm(forms.Form):
    """The last page: at which counter, and who has filled it in."""

    office = forms.ChoiceField(
        label=gettext_lazy("在哪个窗口办"),
        error_messages={"required": gettext_lazy("请选一个窗口。")},
    )
    filled_by = forms.ChoiceField(
        label=gettext_lazy("是谁在填"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in BY_THEMSELVES],
        error_messages={"required": gettext_lazy("请选是谁在填。")},
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=gettext_lazy("我填的都是真的；同意窗口为办这件事使用这些信息、查对已有的登记"),
        error_messages={"required": gettext_lazy("请勾选同意，不同意就没法替您办。")},
    )

    def __init__(self, offices: Sequence[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, str(one)) for one in offices]
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices if len(choices) == 1 else [("", _("请选择")), *choices]
