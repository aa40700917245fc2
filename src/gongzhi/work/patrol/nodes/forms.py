"""What is filled in about a node."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.nodes import actions
from gongzhi.work.patrol.nodes.actions import Told
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.nodes.states import Reason

RINGS = {"0": _("一个街区（约 0.1 平方公里）"), "1": _("连周边一圈（约 0.7 平方公里）"),
         "2": _("连周边两圈（约 2 平方公里）")}  # fmt: skip
FOUR_WEEKS = timedelta(days=28)


def _hour() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class HowForm(forms.Form):
    """How long, how often, when, why and until when."""

    minutes = forms.IntegerField(label=_("每次停留（分钟）"), required=False)
    visits = forms.IntegerField(label=_("一个班次去几次"), required=False, min_value=1)
    begins = forms.TimeField(label=_("从几点"), required=False, widget=_hour())
    ends = forms.TimeField(
        label=_("到几点"), required=False, widget=_hour(),
        help_text=_("不填就按这一类的时段；早于“从几点”的，是第二天。"),
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("为什么"), choices=Reason.choices)
    why = forms.CharField(
        label=_("说明"), required=False, max_length=500,
        help_text=_("写地方和时段，不写人。出警的同事在手机上会看到。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    until = forms.DateField(label=_("最后一天"), required=False, widget=_day())

    def told(self) -> Told:
        """As the actions want it."""
        said = self.cleaned_data
        return Told(
            reason=said["reason"], why=said["why"], minutes=said["minutes"],
            visits=said["visits"], begins=said["begins"], ends=said["ends"], until=said["until"],
            name_zh=said.get("name_zh", ""),
        )  # fmt: skip


class ChangeForm(HowForm):
    """Changing a node that is there."""

    name_zh = forms.CharField(label=_("名字"), max_length=200, required=False)

    def __init__(self, node: Node, posted: Any = None) -> None:
        names = ("minutes", "visits", "begins", "ends", "reason", "why", "until", "name_zh")
        super().__init__(posted, initial={name: getattr(node, name) for name in names})
        if not node.drawn:
            del self.fields["name_zh"]
        if node.kind:
            self.fields["minutes"].help_text = _hint(node.kind.least, node.kind.most)


def _hint(least: int, most: int) -> Any:
    return format_lazy(_("{least} 到 {most} 分钟"), least=least, most=most)


class NewNodeForm(HowForm):
    """A place by its name, or an area around a point."""

    sort = forms.ChoiceField(label=_("哪一类"))
    place = forms.CharField(
        label=_("哪里"), max_length=200, required=False,
        help_text=_("找一个地点，或者在地图上点一下。"),
    )  # fmt: skip
    lat = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    lon = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    rings = forms.ChoiceField(label=_("多大范围"), choices=list(RINGS.items()), required=False)
    name_zh = forms.CharField(
        label=_("叫什么"), max_length=200, required=False, help_text=_("例如：海平路夜市东口")
    )

    def __init__(self, posted: Any = None, asked: dict[str, str] | None = None) -> None:
        first = {"until": timezone.localdate(now()) + FOUR_WEEKS, "rings": "0", "sort": "hot_spot"}
        super().__init__(posted, initial={**first, **(asked or {})})
        field = self.fields["sort"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        kinds = sorted(catalogue().nodes.values(), key=lambda one: (not one.drawn, one.order))
        field.choices = [(one.code, str(one.name)) for one in kinds]

    def keep(self, by: Actor) -> Node:
        """Set it up. Refuses what doesn't fit."""
        said = self.cleaned_data
        kind = catalogue().nodes[said["sort"]]
        if not said["lat"]:
            words = str(_("请在地图上点一个地方，或者找一个地点。"))
            raise Refused(words, code="place", status=422, fields={"place": words})
        point = place_in_county(said["lat"], said["lon"])
        if kind.drawn:
            return actions.draw_node(by, kind.code, point, int(said["rings"] or 0), self.told())
        name = said["place"].strip()
        named = GazetteerEntry.objects.filter(Q(name_zh=name) | Q(name_en=name), county__own=True)
        place = named.filter(kind__in=kind.places).first()
        if place is None:
            words = str(_("地名库里没有叫这个名字的这类地方，请从列表里选。"))
            raise Refused(words, code="place", status=422, fields={"place": words})
        return actions.open_node(by, kind.code, place, self.told())
