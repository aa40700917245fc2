"""What somebody fills in to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.people.models import Account
from gongzhi.base.places.search import search
from gongzhi.base.places.selectors import own_county, place_in_county
from gongzhi.base.reach.addresses import normal
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices.browsers import checked
from gongzhi.watch.notices.channels.ways import offered
from gongzhi.watch.notices.duties import offered_to
from gongzhi.watch.notices.states import About, Channel, Pace
from gongzhi.watch.notices.topics import TOPICS
from gongzhi.watch.notices.wishes import RADII, Pin, Want, known_topics, towns

GRAVITIES = [
    ("0", _("所有预警")), ("2", _("黄色以上")), ("3", _("橙色以上")), ("4", _("只要红色")),
    ("9", _("不要预警")),
]  # fmt: skip
NO_WARNINGS = 9
NOT_FOUND = _("没有找到这个地方，换个说法试试，比如附近的村子或者路口。")
NONE, COUNTY, TOWN, PLACE = "none", "county", "town", "place"
AREAS = [
    (COUNTY, _("整个县")), (TOWN, _("一个乡镇街道")), (PLACE, _("一个村、小区或者地点附近")),
    (NONE, _("不选地方，只要下面勾的")),
]  # fmt: skip


class ChannelForm(forms.Form):
    """Where to."""

    channel = forms.ChoiceField(label=_("怎么告诉您"), widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("手机号或者邮箱"), max_length=254,
        help_text=_("只用来发您订阅的消息。会先发一个验证码，确认是您本人要的。"),
    )  # fmt: skip

    push = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    """What the browser gave to be pushed to."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        ways = offered()
        field: Any = self.fields["channel"]
        field.choices = [(one, Channel(one).label) for one in ways]
        self.initial.setdefault("channel", ways[0])
        self.fields["address"].required = self._chosen("channel", ways[0]) in {
            Channel.SMS, Channel.EMAIL,
        }  # fmt: skip

    def _chosen(self, name: str, otherwise: str) -> str:
        """What stands in this field as it came; before anything came, the first choice."""
        return str(self.data.get(name, "")) if self.is_bound else otherwise

    def clean(self) -> dict[str, Any]:
        """An address, unless it is a feed."""
        told = super().clean() or {}
        channel = told.get("channel")
        try:
            if channel == Channel.PUSH:
                told["push"] = checked(told.get("push", ""))
            elif channel != Channel.FEED and told.get("address"):
                told["address"] = normal(str(channel), told["address"])
        except Refused as refused:
            self.add_error("channel" if channel == Channel.PUSH else "address", str(refused))
        return told


class SubscribeForm(ChannelForm):
    """What, and where to."""

    area = forms.ChoiceField(
        label=_("哪里的消息"), choices=AREAS, initial=COUNTY, widget=forms.RadioSelect
    )
    town = forms.ChoiceField(
        label=_("哪个乡镇街道"), error_messages={"required": _("请选乡镇街道。")}
    )
    place = forms.CharField(
        label=_("哪个地方"), max_length=100, error_messages={"required": NOT_FOUND},
        help_text=_("写村名、小区、地址、路口都行，或者在地图上点。地点加密存着，谁也看不到。"),
    )  # fmt: skip
    radius = forms.TypedChoiceField(
        label=_("附近多远"), coerce=int, initial=1000, required=False, empty_value="1000",
        choices=[(one, _("%(m)s 米") % {"m": one}) for one in RADII],
    )  # fmt: skip
    gravity = forms.TypedChoiceField(
        label=_("那里的预警"),
        choices=GRAVITIES,
        coerce=int,
        initial="0",
        required=False,
        empty_value="0",
    )
    nearby = forms.BooleanField(
        label=_("那里的事也告诉我"), required=False,
        help_text=_("居民建议、征求意见、社区难题和结果；每周一次，办完、排了日子的各有多少件。不说别人反映的哪一件。"),
    )  # fmt: skip
    lat = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    lon = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    accuracy = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    """The map's pin, where a script set it; without one the name is looked for."""
    topics = forms.MultipleChoiceField(
        label=_("不管在哪里，还想知道"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, topic.name) for code, topic in TOPICS.items()],
    )  # fmt: skip

    field_order = [
        "area",
        "town",
        "place",
        "radius",
        "gravity",
        "nearby",
        "topics",
        "channel",
        "address",
        "push",
    ]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # What a choice needs is said to be needed; without the choice it isn't shown.
        self.fields["town"].required = self._chosen("area", TOWN) == TOWN
        pinned = self.is_bound and bool(self.data.get("lat"))
        self.fields["place"].required = self._chosen("area", PLACE) == PLACE and not pinned
        field: Any = self.fields["town"]
        field.choices = [("", _("请选择")), *((one.code, str(one)) for one in towns())]

    def clean(self) -> dict[str, Any]:
        """At least one thing; a town or a place where one is meant."""
        told = super().clean()
        area = told.get("area")
        if area == PLACE and "place" in told:
            self._find(told)
        no_place = area == NONE or (told.get("gravity") == NO_WARNINGS and not told.get("nearby"))
        if no_place and not told.get("topics"):
            self.add_error("topics", _("请至少选一项。"))
        return told

    def _find(self, told: dict[str, Any]) -> None:
        """The place that was meant."""
        asked = told.get("place", "").strip()
        if told.get("lat"):
            self._pinned(told, asked)
            return
        found = search(asked, limit=1, county=own_county()) if asked else []
        if not found:
            self.add_error("place", NOT_FOUND)
            return
        point = found[0].point
        told["pin"] = Pin(
            str(found[0].entry), point.lat, point.lon, int(told.get("radius") or 1000)
        )

    def _pinned(self, told: dict[str, Any], called: str) -> None:
        """The place under the map's pin."""
        try:
            point = place_in_county(told["lat"], told.get("lon", ""))
        except Refused as refused:
            self.add_error("place", str(refused))
            return
        name = called or str(_("地图上的一点"))
        told["pin"] = Pin(name, point.lat, point.lon, int(told.get("radius") or 1000))

    def wants(self) -> tuple[Want, ...]:
        """All that was asked for."""
        told = self.cleaned_data
        gravity, found = int(told.get("gravity") or 0), known_topics(told.get("topics", []))
        if told["area"] == NONE:
            return found
        pin = told["pin"] if told["area"] == PLACE else None
        town = told["town"] if told["area"] == TOWN else ""
        wants = []
        if gravity != NO_WARNINGS:
            about = About.PLACE if pin else About.WARNINGS
            wants.append(Want(about, town=town, gravity=gravity, pin=pin))
        if told.get("nearby"):
            wants.append(Want(About.NEARBY, town=town, pin=pin))
        return (*wants, *found)


class CodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=_("验证码"), max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("请填收到的六位数字。")},
    )  # fmt: skip


HOURS = [(str(hour), f"{hour}:00") for hour in range(24)]
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]


class DutiesForm(forms.Form):
    """What a member of staff wants to be told of."""

    duties = forms.MultipleChoiceField(
        label=_("告诉我"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一项。")},
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["duties"]
        field.choices = [
            (code, f"{duty.name} · {duty.more}") for code, duty in offered_to(account).items()
        ]


class MailForm(DutiesForm):
    """The same, and to which mailbox; it is proved by a code."""

    address = forms.EmailField(
        label=_("工作邮箱"), max_length=254,
        help_text=_("会先发一个验证码。邮件里只有编号、时限和时间，没有姓名、电话和内容。"),
        error_messages={
            "required": _("请填邮箱。"), "invalid": _("请填完整的邮箱，比如 name@example.org。"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    field_order = ["address", "duties"]


class OwnSettingsForm(DutiesForm):
    """What, how often, when not, and in which language."""

    pace = forms.ChoiceField(
        label=_("多久告诉一次"), choices=Pace.choices, widget=forms.RadioSelect
    )
    quiet = forms.BooleanField(label=_("下班以后不打扰"), required=False)
    quiet_from = forms.TypedChoiceField(label=_("从"), choices=HOURS, coerce=int)
    quiet_to = forms.TypedChoiceField(label=_("到"), choices=HOURS, coerce=int)
    language = forms.ChoiceField(label=_("用什么语言"), choices=LANGUAGES)
    field_order = ["duties", "pace", "quiet", "quiet_from", "quiet_to", "language"]


class SettingsForm(forms.Form):
    """How often, when not, and in which language."""

    pace = forms.ChoiceField(
        label=_("多久告诉一次"), choices=Pace.choices, widget=forms.RadioSelect
    )
    quiet = forms.BooleanField(label=_("晚上不打扰"), required=False)
    quiet_from = forms.TypedChoiceField(label=_("从"), choices=HOURS, coerce=int)
    quiet_to = forms.TypedChoiceField(label=_("到"), choices=HOURS, coerce=int)
    woken = forms.BooleanField(label=_("红色预警随时都可以叫醒我"), required=False)
    language = forms.ChoiceField(label=_("用什么语言"), choices=LANGUAGES)
