"""Which messages an Update or a Cancel is about, whichever came first."""

from __future__ import annotations

from gongzhi.watch.exchange.alerts.models import Heard, Source
from gongzhi.work.prevention.warnings.cap import Alert, NotReadable, read_alert

LOOK_BACK = 50


def earlier_of(source: Source, alert: Alert) -> list[Heard]:
    """What it refers to, as far as we heard of it; the last first."""
    if alert.msg_type == "Alert":
        return []
    names = {(one.sender, one.identifier) for one in alert.references}
    identifiers = [one.identifier for one in alert.references]
    found = Heard.objects.filter(source=source, identifier__in=identifiers)
    found = found.exclude(state=Heard.State.TURNED_AWAY).select_related("warning__current")
    return [one for one in found.order_by("-sent") if (one.sender, one.identifier) in names]


def is_known(source: Source, alert: Alert) -> bool:
    """Whether this very message was heard before, its bytes aside."""
    same = Heard.objects.filter(source=source, sender=alert.sender, identifier=alert.identifier)
    return same.filter(sent=alert.sent).exists()


def is_followed_already(source: Source, alert: Alert) -> bool:
    """Whether a later message about it came before it did."""
    later = Heard.objects.filter(source=source, sent__gt=alert.sent, sender=alert.sender)
    later = later.exclude(state=Heard.State.TURNED_AWAY).exclude(msg_type="Alert")
    texts = later.order_by("-sent").values_list("xml", flat=True)[:LOOK_BACK]
    return any(alert.identifier in text and _refers(text, alert) for text in texts)


def _refers(xml: str, alert: Alert) -> bool:
    try:
        later = read_alert(xml.encode())
    except NotReadable:
        return False
    names = {(one.sender, one.identifier) for one in later.references}
    return (alert.sender, alert.identifier) in names
