"""An outside office's warning, handed on to residents as that office's."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.events import Event
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.warnings import events
from gongzhi.work.prevention.warnings.cap import Alert, Block
from gongzhi.work.prevention.warnings.cap.writing import reference_text
from gongzhi.work.prevention.warnings.content import Content
from gongzhi.work.prevention.warnings.held import held_warning
from gongzhi.work.prevention.warnings.issuing import issue
from gongzhi.work.prevention.warnings.models import GRAVITY, Draft, Message, Warning
from gongzhi.work.prevention.warnings.permissions import GRAVE, PUBLISH, WRITE
from gongzhi.work.prevention.warnings.relayed import all_clear_of, content_of, kind_of


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
    block = alert.block("zh")
    if block is None:
        raise Refused(_("这条外来预警没有内容。"), code="no_content", status=422)
    require(by, PUBLISH if GRAVITY[block.severity] >= GRAVE else WRITE)
    held = held_warning(warning.pk) if warning else _opened(block, office)
    if held.state not in {Warning.State.DRAFT, Warning.State.ACTIVE}:
        raise Refused(_("这条预警已经结束。"), code="not_active", status=409)
    msg_type = "Update" if held.current_id else "Alert"
    message = _issued(by, held, content_of(alert, block), msg_type, alert)
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
    message = _issued(by, held, all_clear_of(held, alert), "Cancel", alert)
    _tell(events.WARNING_CANCELLED, message)
    return message


def _opened(block: Block, office: Office) -> Warning:
    return Warning.objects.create(
        about=kind_of(block), source=office.code, source_zh=office.name_zh,
        source_en=office.name_en, opened_at=now(),
        exercise=settings.EXERCISE,  # whatever was read from a file to train with
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
