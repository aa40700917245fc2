"""A notice in words: its catalogue text in the reader's language, the fields filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gongzhi.base.catalogue.kinds.notice import NoticeText, filled
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.context import county_name


@dataclass(frozen=True)
class Written:
    """What is sent: a mail has subject and text, a phone the short one."""

    subject: str
    text: str
    short: str


def written(code: str, facts: Mapping[str, str], language: str) -> Written:
    """The notice in words. A subject gets harmless fields only, whatever else is known, and is
    one line whatever they say."""
    text = catalogue().notices[code]
    with override(language):
        known = {"county": str(county_name()), **facts}
        harmless = {name: said for name, said in known.items() if name in text.offer.for_subjects}
        return Written(
            " ".join(filled(str(text.subject), harmless).split()),
            filled(str(text.text), known).strip() + "\n",
            " ".join(filled(str(text.short), known).split()),
        )


def sample(text: NoticeText) -> dict[str, str]:
    """Made-up fields, for a preview."""
    return {
        name: str(SAMPLES.get(name, name)) for name in text.offer.all_fields if name != "county"
    }


SAMPLES = {
    "code": "048213", "minutes": "10", "number": "SQ261124-417", "day": "12-09", "count": "3",
    "level": _("黄色"), "headline": _("大雾，能见度不到 200 米"), "place": _("全县"),
    "description": _("预计持续到今晚。"), "instruction": _("没有要紧事不出门。"), "ends": "20:00",
    "topic": _("公开征求意见"), "area": "", "lines": "· …\n· …", "time": "12-09 09:30",
    "office": _("某派出所"), "until": "10:15", "clock": _("5 个工作日内受理"),
    "title": _("一周简报 2026-W47"), "summary": _("没有哪一项超出偶然的起落。"), "body": "…",
    "done": "15", "planned": "5",
    "task": _("护学岗"), "why": _("天气不好"), "due": "12-09 17:30", "link": "/…/", "stop": "/…/",
}  # fmt: skip
