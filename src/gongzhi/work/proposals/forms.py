"""What is filled in where people take part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.matters.intake import LONGEST_PLACE
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.forms import INCOMPLETE
from gongzhi.work.participation.receiving import KEY_LENGTH
from gongzhi.work.proposals.actions.consulting import LONGEST_ANSWER
from gongzhi.work.proposals.actions.proposing import LONGEST_COMMENT
from gongzhi.work.proposals.models import Consultation, Vote
from gongzhi.work.proposals.texts import LINE, TEXT

LOCAL = "%Y-%m-%dT%H:%M"


def when(label: Any, **more: Any) -> forms.DateTimeField:
    """A field for a local time."""
    widget = forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, **more)


def long_text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    """A field for some sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, **more)


def day(label: Any) -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget)


def key_field() -> forms.CharField:
    """What makes two sends of one form one."""
    return forms.CharField(
        widget=forms.HiddenInput, min_length=KEY_LENGTH[0], max_length=KEY_LENGTH[1],
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), INCOMPLETE),
    )  # fmt: skip


class RightForm(forms.Form):
    """Somebody shows a paper at a counter. The number is looked at once and kept nowhere."""

    vote = forms.ModelChoiceField(
        label=_("哪次投票"), queryset=Vote.objects.none(), widget=forms.RadioSelect,
        empty_label=None, error_messages={"required": _("请选一次投票。")},
    )  # fmt: skip
    number = forms.CharField(
        label=_("证件号"), max_length=40, help_text=_("照着证件输，只用来算投票号，不保存。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    looked = forms.BooleanField(
        label=_("我看过证件，是本人"),
        error_messages={"required": _("请先看证件，确认是本人。")},
    )  # fmt: skip

    def __init__(self, *given: Any, votes: QuerySet[Vote], **more: Any) -> None:
        super().__init__(*given, **more)
        field: Any = self.fields["vote"]
        field.queryset = votes
        first = votes.first()
        field.initial = first.pk if first else None


class VoteForm(forms.Form):
    """A vote to come."""

    question = forms.CharField(
        label=_("问什么"), max_length=LINE, help_text=_("一句话，例如：要不要在学校门口装红绿灯？")
    )
    about = long_text(_("说明"), max_length=TEXT, required=False)
    kind = forms.ChoiceField(
        label=_("怎么选"), choices=Vote.Kind.choices, widget=forms.RadioSelect,
        initial=Vote.Kind.YES_NO,
    )  # fmt: skip
    options = long_text(
        _("选项"), required=False, help_text=_("一行一个。选“赞成、反对、弃权”的不用填。")
    )
    most = forms.IntegerField(
        label=_("最多选几个"), min_value=1, max_value=12, initial=1, required=False,
        help_text=_("只在“可以选几个”时用。"),
    )  # fmt: skip
    opens_at = when(_("开始"))
    closes_at = when(_("结束"))


class CommentForm(forms.Form):
    """What somebody says of a proposal."""

    words = long_text(
        _("您怎么看"), rows=3, max_length=LONGEST_COMMENT,
        help_text=_("不用写名字。电话、证件号会自动隐去。"),
        error_messages={"required": _("请写一句。")},
    )  # fmt: skip
    idempotency_key = key_field()


class ProposalForm(forms.Form):
    """A proposal."""

    title = forms.CharField(
        label=_("建议做什么"), max_length=LINE,
        help_text=_("一句话，例如：望潮小学门口装红绿灯。"),
        error_messages={"required": _("请用一句话写建议做什么。")},
    )  # fmt: skip
    words = long_text(
        _("为什么，怎么做"), rows=6, max_length=TEXT,
        help_text=_("现在是什么样，改了有什么好，谁会受影响。"),
        error_messages={"required": _("请写几句为什么。")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("在哪里"), max_length=LONGEST_PLACE, required=False,
        help_text=_("全县的事不用填。"),
    )  # fmt: skip
    lat = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    lon = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    accuracy = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    idempotency_key = key_field()

    def clean(self) -> dict[str, Any]:
        """The fields together: a point, where one was set."""
        told = self.cleaned_data
        lat, lon = told.get("lat", ""), told.get("lon", "")
        told["point"], told["accuracy"] = None, None
        if lat or lon:
            try:
                told["point"] = place_in_county(lat, lon)
            except Refused as refused:
                self.add_error("place", str(refused))
        return told


class PhoneForm(forms.Form):
    """A phone, and then the code that came there."""

    proof = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    address = forms.CharField(
        label=_("手机号"), max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("请填手机号。")},
    )  # fmt: skip
    code = forms.CharField(
        label=_("短信里的验证码"), max_length=10, required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )  # fmt: skip


class VoteTimesForm(forms.Form):
    """From when until when."""

    opens_at = when(_("开始"))
    closes_at = when(_("结束"))


class PromiseForm(forms.Form):
    """What is promised, and until when."""

    words = forms.CharField(label=_("答应做什么"), max_length=120)
    due_on = day(_("哪天以前"))


class ConsultationForm(forms.Form):
    """What residents are asked."""

    topic = forms.ChoiceField(label=_("关于"), choices=Consultation.Topic.choices)
    title = forms.CharField(label=_("问什么"), max_length=LINE)
    about = long_text(_("说明"), max_length=TEXT, required=False)
    options = long_text(_("选项"), help_text=_("一行一个。"))
    opens_at = when(_("开始"))
    closes_at = when(_("结束"))
    decides = forms.CharField(
        label=_("谁来定"), max_length=LINE, help_text=_("例如：县交通运输局局务会。")
    )
    decide_by = day(_("哪天以前定"))


class AnswerForm(forms.Form):
    """One answer."""

    choice = forms.ChoiceField(
        label=_("您选哪一项"), widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。"), "invalid_choice": _("请选一项。")},
    )  # fmt: skip
    words = long_text(
        _("还想说的"), rows=3, max_length=LONGEST_ANSWER, required=False,
        help_text=_("只给来定的人看，不公开；定了以后清除。"),
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = list(asked.names.items())


class DecisionForm(forms.Form):
    """What was decided, and why."""

    decision = long_text(_("定了什么"), max_length=TEXT)
    why = long_text(
        _("为什么"), max_length=TEXT,
        help_text=_("采纳了哪些意见，没有采纳哪些，各是为什么。"),
    )  # fmt: skip
