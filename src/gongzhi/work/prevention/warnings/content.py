"""What is written into a draft, and what it lacks before it can be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from gongzhi.work.prevention.warnings.cap.sense import LONGEST
from gongzhi.work.prevention.warnings.models import Said
from gongzhi.work.prevention.warnings.shapes import Place

if TYPE_CHECKING:
    from gongzhi.work.prevention.warnings.models import Draft

GAP = ("〔", "〕")
"""What a template leaves to be filled in."""
ALL_CLEAR_SHOWN = timedelta(days=1)
"""How long an all-clear is shown."""
WORDS = (
    "headline_zh", "headline_en", "description_zh", "description_en", "instruction_zh",
    "instruction_en", "place_zh", "place_en",
)  # fmt: skip


@dataclass(frozen=True)
class Content:
    """A draft's content, as the form or an import has it."""

    headline_zh: str
    headline_en: str
    description_zh: str
    description_en: str
    instruction_zh: str
    instruction_en: str
    place_zh: str
    place_en: str
    urgency: str
    severity: str
    certainty: str
    expires: datetime | None
    onset: datetime | None
    place: Place

    def write(self, said: Said) -> None:
        """Into a draft or a message, without saving it."""
        for name in (*WORDS, "urgency", "severity", "certainty", "expires", "onset"):
            setattr(said, name, getattr(self, name))
        said.parts, said.geometry = self.place.parts(), self.place.geojson()


def copy_of(said: Said) -> Content:
    """The content of what is there."""
    named = (*WORDS, "urgency", "severity", "certainty", "expires", "onset")
    return Content(**{name: getattr(said, name) for name in named}, place=Place.read(said.parts))


def lacking(draft: Draft, at: datetime) -> dict[str, str]:
    """Why it can't be published at this time, by field; empty when it can."""
    found = {}
    for name in WORDS:
        words = str(getattr(draft, name))
        if not words.strip():
            found[name] = _both(name)
        elif any(mark in words for mark in GAP):
            found[name] = _("还有没填的空〔〕。")
    if not draft.geometry:
        found["areas"] = _("请选一片地方：乡镇、圆圈，或者画一条边界。")
    if draft.msg_type != "Cancel":
        found |= _ends(draft, at)
    return found


def _both(name: str) -> str:
    if name.endswith("_en"):
        return _("英文也要写：看不懂中文的人同样要躲开危险。")
    return _("请填写。")


def _ends(draft: Draft, at: datetime) -> dict[str, str]:
    if draft.expires is None:
        return {"expires": _("请写到什么时候为止。")}
    if draft.expires <= at:
        return {"expires": _("结束时间已经过了，请往后写。")}
    if draft.expires > at + LONGEST:
        return {"expires": _("一条预警最多 31 天，请核对结束时间。")}
    if draft.onset and draft.onset >= draft.expires:
        return {"onset": _("开始时间要在结束时间以前。")}
    return {}
