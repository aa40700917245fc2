"""The style guide: every component once, for whoever writes a page and for screenshots."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.ui import assets
from gongzhi.base.ui.parts import Clock, Happening, Step

COLOURS = [
    *("ink", "ink-soft", "ink-faint", "ground", "surface", "sunk", "line", "line-strong"),
    *("brand", "brand-deep", "brand-soft", "rail", "p1", "p2", "p3", "p4"),
    *("good", "good-soft", "note", "note-soft", "warn", "warn-soft", "bad", "bad-soft"),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    words = forms.CharField(
        label=gettext_lazy("发生了什么"),
        help_text=gettext_lazy("时间、地点、什么情况，想到什么写什么。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.CharField(label=gettext_lazy("地点"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("属于哪一类"),
        choices=[("lamp", gettext_lazy("路灯照明")), ("noise", gettext_lazy("噪声扰民"))],
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("交给哪个单位"),
        choices=[("", gettext_lazy("请选择")), ("a", gettext_lazy("城关派出所"))],
    )
    agree = forms.BooleanField(label=gettext_lazy("办好后请告诉我"), required=False)


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """`/style/`; with ``?shell=public`` as a resident's phone shows it."""
    public = request.GET.get("shell") == "public"
    page = Paginator(range(1, 2000), 25).get_page(request.GET.get("page", 8))
    shown = {
        "layout": "ui/public.html" if public else "ui/base.html",
        "icons": assets.icon_names(),
        "colours": COLOURS,
        "form": SampleForm(initial={"kind": "lamp"}),
        "wrong": SampleForm({"words": "", "kind": "noise", "unit": ""}, prefix="wrong"),
        "page": page,
        "now": timezone.now(),
        "steps": _steps(),
        "clocks": _clocks(),
        "happenings": _happenings(),
    }
    return render(request, "ui/style.html", shown)


def _steps() -> list[Step]:
    at = timezone.now()
    return [
        Step(_("接警"), "done", at - timedelta(minutes=4)),
        Step(_("定级"), "done", at - timedelta(minutes=3)),
        Step(_("派警"), "now"),
        Step(_("到场"), "next"),
        Step(_("移交"), "skipped"),
        Step(_("办结"), "next"),
    ]


def _clocks() -> list[Clock]:
    now = timezone.now()
    basis = _("《信访工作条例》第二十三条")
    reckoned = _("收到后 15 日内，节假日照算")
    start = now - timedelta(hours=20)
    return [
        Clock(_("答复期限"), now + timedelta(days=9), start, basis=basis, sum=reckoned),
        Clock(_("派警"), now + timedelta(seconds=50), now - timedelta(minutes=9)),
        Clock(_("到场"), now - timedelta(minutes=3, seconds=12), start, basis=basis),
        Clock(_("受理"), now, start, stopped_at=now - timedelta(hours=2)),
        Clock(_("受理"), start, start, stopped_at=now),
        Clock(_("鉴定"), now + timedelta(days=2), start, paused=True),
    ]


def _happenings() -> list[Happening]:
    now = timezone.now()
    return [
        Happening(now, _("升级为 P1"), _("指挥长 李文"), _("有人受伤。"), "flag", "bad"),
        Happening(
            now - timedelta(minutes=1), _("发现疑似重复"), _("系统"), icon="merge", tone="warn"
        ),
        Happening(
            now - timedelta(minutes=2), _("已通知 120"), _("陈晓"), icon="medical", tone="good"
        ),
        Happening(
            now - timedelta(days=1, minutes=3),
            _("接到报警"),
            _("接警员 王芳"),
            _("两辆轿车相撞，一人腿部受伤，占用东向车道。"),
            "phone",
            "note",
        ),
    ]
