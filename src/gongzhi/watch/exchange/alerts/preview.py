"""A proposal as residents would see it."""

from __future__ import annotations

from gongzhi.watch.exchange.alerts.models import Heard
from gongzhi.work.prevention.warnings.cap import NotReadable, read_alert
from gongzhi.work.prevention.warnings.models import Draft, Warning
from gongzhi.work.prevention.warnings.relayed import all_clear_of, content_of, kind_of
from gongzhi.work.prevention.warnings.words import Card, card


def previewed(heard: Heard) -> Card | None:
    """The card of a proposal; None where it can't be made (an all-clear without words)."""
    try:
        alert = read_alert(heard.xml.encode())
    except NotReadable:
        return None
    block = alert.block("zh")
    source = heard.source
    said = {"source": source.code, "source_zh": source.name_zh, "source_en": source.name_en}
    draft = Draft(msg_type=alert.msg_type)
    if alert.msg_type == "Cancel":
        if heard.warning is None or heard.warning.current is None:
            return None
        all_clear_of(heard.warning, alert).write(draft)
        return card(heard.warning, draft)
    if block is None:
        return None
    content_of(alert, block).write(draft)
    return card(Warning(about=kind_of(block), opened_at=heard.received_at, **said), draft)
