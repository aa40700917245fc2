"""How warnings are spoken of on pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.catalogue.kinds.warning import WarningKind
from gongzhi.work.prevention.warnings.models import Draft, Message, Said, Warning

OTHER = "other"
TYPES = {
    "Alert": gettext_lazy("首次发布"),
    "Update": gettext_lazy("更新"),
    "Cancel": gettext_lazy("解除"),
}
DRAFTS = {
    "Alert": gettext_lazy("新预警"),
    "Update": gettext_lazy("更新"),
    "Cancel": gettext_lazy("解除"),
}
URGENCIES = {
    "Immediate": gettext_lazy("马上行动"), "Expected": gettext_lazy("一小时内行动"),
    "Future": gettext_lazy("近期留意"), "Past": gettext_lazy("已经过去"),
    "Unknown": gettext_lazy("不清楚"),
}  # fmt: skip
CERTAINTIES = {
    "Observed": gettext_lazy("已经发生"), "Likely": gettext_lazy("很可能"),
    "Possible": gettext_lazy("有可能"), "Unlikely": gettext_lazy("可能性小"),
    "Unknown": gettext_lazy("不清楚"),
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A warning as residents see it."""

    number: str
    kind: WarningKind
    said: Said
    title: str
    """Level and event: 橙色台风预警."""
    over: str
    """"" while it stands, else how it ended."""
    issuer: str
    sent: datetime | None
    ends_at: datetime | None
    language: str = ""
    """The text's language when it isn't the page's: an outside office wrote in that alone."""

    @property
    def level(self) -> str:
        """What colours it."""
        return "over" if self.over else self.said.severity


def called(warning: Warning, said: Said | None = None) -> str:
    """Colour and event in the reader's language: 橙色预警 · 台风."""
    told = said or warning.current
    assert told is not None  # noqa: S101  (asked of what says something)
    if warning.about == OTHER:  # the headline says what it is
        return (
            _("提醒") if told.severity == "Unknown" else _("%(level)s预警") % {"level": told.level}
        )
    if told.severity == "Unknown":
        return _("提醒 · %(event)s") % {"event": warning.kind.name}
    return _("%(level)s预警 · %(event)s") % {"level": told.level, "event": warning.kind.name}


def card(warning: Warning, said: Message | Draft | None = None) -> Card:
    """Of what holds, or of this very message or draft."""
    told = said or warning.current
    assert told is not None  # noqa: S101  (asked of what says something)
    ended = "" if said else _ended(warning)
    if isinstance(told, Draft) and told.msg_type == "Cancel":
        ended = _("已解除")
    sent = told.sent if isinstance(told, Message) else None
    ends = warning.ended_at if ended else told.expires
    return Card(
        warning.number, warning.kind, told, called(warning, told), ended, warning.issuer,
        sent, ends, _foreign(told),
    )  # fmt: skip


def _ended(warning: Warning) -> str:
    ends = {Warning.State.CANCELLED: _("已解除"), Warning.State.EXPIRED: _("已结束")}
    return ends.get(Warning.State(warning.state), "")


def _foreign(said: Said) -> str:
    if said.english and not said.headline_en:
        return "zh-CN"
    return "en" if not said.english and not said.headline_zh else ""


def in_both(render: Any) -> list[tuple[str, str]]:
    """What `render()` gives in Chinese and in English, with CAP's names of the languages."""
    found = []
    for language, code in (("zh-hans", "zh-CN"), ("en", "en")):
        with translation.override(language):
            found.append((code, render()))
    return found
