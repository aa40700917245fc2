"""The after-action report as an official paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gongzhi.base.people.models import Unit
from gongzhi.work.command.figure import figure
from gongzhi.work.command.selectors.drawing import drawn
from gongzhi.work.command.selectors.report import Report
from gongzhi.work.dossier.paper.filled import DIGITS, Paper, chinese_date
from gongzhi.work.dossier.paper.pdf import as_pdf, fonts


def report_as_pdf(report: Report) -> bytes:
    """The report on A4, in Chinese as official papers are. Refuses where no font can show it."""
    with translation.override("zh-hans"):
        return as_pdf(_paper(report))


def _paper(report: Report) -> Paper:
    bureau = Unit.objects.filter(kind=Unit.Kind.BUREAU).order_by("pk").first()
    return Paper(
        title=_("指挥专班处置总结"),
        number=report.lane.number,
        authority=str(bureau or ""),
        date=chinese_date(timezone.localtime(report.ended).date()),
        blocks=tuple(_blocks(report)),
        signed_by=(_("指挥长"), _("记录员")),
        seal=False,
        draft=False,
    )


def _blocks(report: Report) -> list[Mapping[str, Any]]:
    objectives = [_said(one.words, one.get_state_display())
                  for one in report.lane.objectives.order_by("pk")]  # fmt: skip
    posts = [_("%(post)s：%(who)s") % {"post": one.get_post_display(), "who": one.who}
             for one in report.holders]  # fmt: skip
    went = [_("%(unit)s：%(sent)s 派出，到场 %(there)s，结束 %(ended)s") % {
        "unit": one.name, "sent": _hour(one.sent_at), "there": _hour(one.there_at),
        "ended": _hour(one.ended_at)} for one in report.went]  # fmt: skip
    asked = [_("%(who)s（%(what)s）：%(at)s 请求，%(answered)s 答复，%(there)s 到场，%(state)s") % {
        "who": one.name, "what": one.offers or _("联动"), "at": _hour(one.asked_at),
        "answered": one.answered, "there": one.arrived, "state": one.state}
        for one in report.asked]  # fmt: skip
    rolls = [_("%(at)s 点名 %(all)s 个，应答 %(here)s 个") % {
        "at": _hour(one.started_at), "all": len(one.rows), "here": one.here}
        for one in report.rolls]  # fmt: skip
    lines = [f"{_hour(one.at)} {one.words}" for one in report.lines]
    lessons = [_said(one.words, f"{one.unit} {one.due:%Y-%m-%d}")
               for one in report.lane.lessons.select_related("unit").order_by("pk")]  # fmt: skip
    facts = [[_("事项"), report.title], [_("指挥时间"), report.lasted]]
    told = {
        _("目标"): objectives, _("岗位"): posts, _("警力"): went, _("联动单位"): asked,
        _("点名"): rolls, _("情况日志"): lines, _("改进事项"): lessons or [_("没有。")],
    }  # fmt: skip
    return [
        {"kind": "table", "rows": facts},
        {"kind": "figure", "svg": figure(drawn(report), fonts()),
         "alt": _("各单位从请求到结束的时间线；下面的表里有同样的时间")},
        *_numbered(told),
    ]  # fmt: skip


def _said(words: str, more: object) -> str:
    return _("%(words)s（%(more)s）") % {"words": words, "more": more}


def _numbered(parts: Mapping[str, list[str]]) -> Iterator[Mapping[str, Any]]:
    """The parts that say something, counted without a gap."""
    there = [(title, lines) for title, lines in parts.items() if lines]
    for numeral, (title, lines) in zip(DIGITS[1:], there, strict=False):
        heading = _("%(numeral)s、%(title)s") % {"numeral": numeral, "title": title}
        yield {"kind": "heading", "lines": [heading]}
        yield {"kind": "paragraph", "lines": lines}


def _hour(at: Any) -> str:
    return f"{timezone.localtime(at):%H:%M}" if at else "—"
