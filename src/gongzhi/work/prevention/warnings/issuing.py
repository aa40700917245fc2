"""A message comes to be: its row, its XML, and what holds of its warning from now on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from gongzhi.base.people.models import Account
from gongzhi.work.prevention.warnings.cap import alert_xml, read_alert
from gongzhi.work.prevention.warnings.closing import follow_ways
from gongzhi.work.prevention.warnings.composing import composed
from gongzhi.work.prevention.warnings.content import ALL_CLEAR_SHOWN, Content
from gongzhi.work.prevention.warnings.models import Message, Warning
from gongzhi.work.prevention.warnings.selectors import forget_standing


def issue(
    warning: Warning,
    content: Content,
    msg_type: str,
    at: datetime,
    *,
    writer: Account | None = None,
    publisher: Account | None = None,
    emergency: bool = False,
    source: str = "",
) -> Message:
    """Write the message and make it what holds. Only inside an action, which records it.

    The XML is read back before anything is kept: what a partner could not read is never sent.
    """
    sent = at.replace(microsecond=0)
    if msg_type == "Cancel":
        content = replace(content, expires=sent + ALL_CLEAR_SHOWN)
    message = Message(
        warning=warning, serial=warning.messages.count() + 1, msg_type=msg_type, sent=sent,
        writer=writer, publisher=publisher, emergency=emergency,
    )  # fmt: skip
    content.write(message)
    alert = composed(warning, message, msg_type, sent, message.serial, source)
    xml = alert_xml(alert)
    read_alert(xml)
    message.identifier, message.sender, message.xml = alert.identifier, alert.sender, xml.decode()
    message.save(force_insert=True)
    over = msg_type == "Cancel"
    warning.current = message
    warning.state = Warning.State.CANCELLED if over else Warning.State.ACTIVE
    warning.ended_at = sent if over else None
    warning.save(update_fields=["current", "state", "ended_at"])
    follow_ways(warning, message, sent)
    forget_standing()
    return message
