"""An outside office's warning, handed on to residents as that office's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.events import Event
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.warnings import events
from gongzhi.work.prevention.warnings.cap import Alert, Info
from gongzhi.work.prevention.warnings.cap.writing import reference_text
from gongzhi.work.prevention.warnings.content import Content, copy_of
from gongzhi.work.prevention.warnings.held import held_warning
from gongzhi.work.prevention.warnings.issuing import issue
from gongzhi.work.prevention.warnings.models import GRAVITY, Draft, Message, Warning
from gongzhi.work.prevention.warnings.permissions import GRAVE, PUBLISH, WRITE
from gongzhi.work.prevention.warnings.shapes import place_of

LENGTHS = {"headline": 200, "place": 300}
"""What the columns hold; a longer text is cut, the whole one is in the outside message."""


@dataclass(frozen=True)
class Office:
    """Who warned: a code of ours and what residents read."""

    code: str
    name_zh: str
    name_en: str


@action
def relay_alert(
    by: Actor, alert: Alert, office: Office, *, warning: Warning | None = None
) -> Message:
    """Show an outside Alert, or the Update of one that was shown (``warning``).

    A person needs the permission, for a grave one that of publishing: the office is the first
    pair of eyes. The platform itself does so only for a source marked as trusted.
    """
    info = alert.info("zh")
    if info is None:
        raise Refused(_("这条外来预警没有内容。"), code="no_content", status=422)
    require(by, PUBLISH if GRAVITY[info.severity] >= GRAVE else WRITE)
    held = held_warning(warning.pk) if warning else _opened(info, office)
    if held.state not in {Warning.State.DRAFT, Warning.State.ACTIVE}:
        raise Refused(_("这条预警已经结束。"), code="not_active", status=409)
    msg_type = "Update" if held.current_id else "Alert"
    message = _issued(by, held, _content(alert, info), msg_type, alert)
    told = events.WARNING_UPDATED if msg_type == "Update" else events.WARNING_PUBLISHED
    _tell(told, message)
    return message


@action
def call_off_relayed(by: Actor, warning: Warning, alert: Alert) -> Message:
    """The office has called off what we handed on; with its words, if it says any."""
    held = held_warning(warning.pk)
    require(by, WRITE)
    if held.state != Warning.State.ACTIVE or held.current is None:
        raise Refused(_("这条预警已经结束。"), code="not_active", status=409)
    Draft.objects.filter(warning=held).delete()
    message = _issued(by, held, _all_clear(held, alert), "Cancel", alert)
    _tell(events.WARNING_CANCELLED, message)
    return message


def _opened(info: Info, office: Office) -> Warning:
    return Warning.objects.create(
        about=kind_of(info), source=office.code, source_zh=office.name_zh,
        source_en=office.name_en, opened_at=now(),
    )  # fmt: skip


def _issued(by: Actor, held: Warning, content: Content, msg_type: str, alert: Alert) -> Message:
    account = by.source if isinstance(by.source, Account) else None
    source = reference_text(alert.itself)
    return issue(held, content, msg_type, now(), publisher=account, source=source)


def _tell(event: Event, message: Message) -> None:
    warning = message.warning
    record(
        event, warning, about=warning.about, severity=message.severity.lower(),
        message=message.pk, exercise=False, emergency=False, expires=message.expires,
        source=warning.source,
    )  # fmt: skip


def kind_of(info: Info) -> str:
    """The code of the first kind in the catalogue whose words its event has; else ``other``."""
    event = f"{info.event} {info.headline}".casefold()
    kinds: Iterable[tuple[str, tuple[str, ...]]] = (
        (code, item.matches) for code, item in catalogue().warnings.items()
    )
    return next((code for code, words in kinds if any(word in event for word in words)), "other")


def _content(alert: Alert, info: Info) -> Content:
    zh, en = _in(alert, "zh"), _in(alert, "en")
    return Content(
        **_words(zh, "zh"), **_words(en, "en"),
        urgency=info.urgency, severity=info.severity, certainty=info.certainty,
        expires=info.expires, onset=info.onset, place=place_of(info.areas),
    )  # fmt: skip


def _in(alert: Alert, language: str) -> Info | None:
    """What it says in this language and no other."""
    fitting = (one for one in alert.infos if one.language.lower().startswith(language))
    other = "en" if language == "zh" else "zh"
    rest = (one for one in alert.infos if not one.language.lower().startswith(other))
    return next(fitting, next(rest, None))


def _words(info: Info | None, suffix: str) -> dict[str, str]:
    said = {
        "headline": (info.headline or info.event) if info else "",
        "description": info.description if info else "",
        "instruction": info.instruction if info else "",
        "place": ", ".join(area.description for area in info.areas) if info else "",
    }
    return {f"{name}_{suffix}": words[: LENGTHS.get(name)] for name, words in said.items()}


def _all_clear(warning: Warning, alert: Alert) -> Content:
    """The office's own words; else our kind's."""
    assert warning.current is not None  # noqa: S101  (an active one says something)
    before, over = copy_of(warning.current), warning.kind.over
    told = {
        f"{name}_{suffix}": words
        for suffix in ("zh", "en")
        for name, words in (
            (name, getattr(getattr(over, name), suffix))
            for name in ("headline", "description", "instruction")
        )
    }
    own = {k: v for suffix in ("zh", "en") for k, v in _words(_in(alert, suffix), suffix).items()}
    told |= {name: words for name, words in own.items() if words and name in told}
    return replace(before, **told)
