"""Keeping sources, hearing what they send, and deciding what residents get."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.alerts import events
from gongzhi.watch.exchange.alerts.following import earlier_of, is_followed_already
from gongzhi.watch.exchange.alerts.judging import Verdict
from gongzhi.watch.exchange.alerts.models import Heard, Source
from gongzhi.watch.exchange.outside import LineFailed, parsed
from gongzhi.work.prevention.warnings.actions import Office, call_off_relayed, relay_alert
from gongzhi.work.prevention.warnings.cap import Alert, read_alert
from gongzhi.work.prevention.warnings.cap.sense import faults_of
from gongzhi.work.prevention.warnings.models import Message, Warning
from gongzhi.work.prevention.warnings.permissions import writer_of

KEPT = timedelta(days=30)
"""How long what residents never saw is kept."""
MOST_XML = 256 * 1024
"""Characters of a message that was turned away which are kept to look at."""


@action
def keep_source(
    by: Actor, *, code: str, name_zh: str, name_en: str, address: str = "",
    trusted: bool = False, minutes: int = 5,
) -> Source:  # fmt: skip
    """Ask this address from now on; again, to change it. Refuses what is no http(s) address."""
    try:
        if address:
            parsed(address)
    except LineFailed as wrong:
        words = _("来源的地址要以 http:// 或者 https:// 开头，不带用户名和密码。")
        raise Refused(words, code="bad_address", status=422) from wrong
    said = {
        "name_zh": name_zh, "name_en": name_en, "address": address, "trusted": trusted,
        "minutes": minutes, "ended_at": None, "etag": "", "modified": "",
    }  # fmt: skip
    source, _made = Source.objects.update_or_create(code=code, defaults=said)
    record(events.SOURCE_KEPT, source, source=code, trusted=trusted)
    return source


@action
def end_source(by: Actor, source: Source) -> Source:
    """Ask it no more. What was heard from it stays."""
    source.ended_at = now()
    source.save(update_fields=["ended_at"])
    record(events.SOURCE_ENDED, source, source=source.code)
    return source


@action
def mark_failing(by: Actor, source: Source, why: str) -> None:
    """It can't be reached or read any more; told once, until it is back."""
    Source.objects.filter(pk=source.pk).update(failure=why)
    record(events.SOURCE_FAILING, source, source=source.code, why=why)


@action
def mark_back(by: Actor, source: Source) -> None:
    """It answers again."""
    Source.objects.filter(pk=source.pk).update(failure="")
    record(events.SOURCE_BACK, source, source=source.code)


@action
def hear(by: Actor, source: Source, xml: bytes, verdict: Verdict, *, entry: str = "") -> Heard:
    """Keep a message with what was made of it. A trusted office's is shown to residents at once."""
    heard = _kept(source, xml, verdict, entry)
    if verdict.state == Heard.State.TURNED_AWAY:
        codes = [reason.partition(":")[0] for reason in verdict.reasons]
        record(events.ALERT_TURNED_AWAY, heard, source=source.code, reasons=codes)
        return heard
    if verdict.state == Heard.State.PROPOSED and verdict.alert:
        _settle(by, heard, verdict.alert)
    record(
        events.ALERT_HEARD, heard, source=source.code, state=heard.state,
        type=heard.msg_type.lower(), severity=heard.severity.lower() or None,
    )  # fmt: skip
    return heard


@action
def hand_on(by: Actor, heard: Heard) -> Message:
    """Show residents what an office proposed, as that office's. Refuses what is over by now."""
    held = _waiting(heard)
    account = writer_of(by)
    alert = read_alert(held.xml.encode())
    if faults_of(alert, now()):
        words = _("这条外来预警已经过期，不能再转发。")
        raise Refused(words, code="over", status=409)
    message = _shown(by, held, alert)
    held.handled_by, held.handled_at = account, now()
    held.save()
    record(events.ALERT_HANDED_ON, held, source=held.source.code, warning=message.warning_id)
    return message


@action
def set_aside(by: Actor, heard: Heard) -> Heard:
    """Residents don't get it."""
    held = _waiting(heard)
    held.handled_by, held.handled_at = writer_of(by), now()
    held.state = Heard.State.SET_ASIDE
    held.save()
    record(events.ALERT_SET_ASIDE, held, source=held.source.code)
    return held


@action
def lapse_proposals(by: Actor) -> int:
    """What nobody decided on in its time waits no longer."""
    over = Heard.objects.filter(state=Heard.State.PROPOSED, expires__lte=now())
    many = over.update(state=Heard.State.LAPSED)
    if many:
        record(events.ALERTS_LAPSED, "alerts", many=many)
    return many


@action
def forget_old(by: Actor) -> int:
    """Delete what is older than a month and was never shown or decided."""
    gone = [Heard.State.ELSEWHERE, Heard.State.TURNED_AWAY, Heard.State.CLOSED]
    old = Heard.objects.filter(state__in=gone, warning=None, received_at__lt=now() - KEPT)
    many, _each = old.delete()
    if many:
        record(events.ALERTS_FORGOTTEN, "alerts", many=many)
    return many


def _kept(source: Source, xml: bytes, verdict: Verdict, entry: str) -> Heard:
    alert = verdict.alert
    heard = Heard(
        source=source, state=verdict.state, reasons=list(verdict.reasons), entry=entry,
        digest=sha256(xml).hexdigest(), received_at=now(),
    )  # fmt: skip
    if verdict.state != Heard.State.ELSEWHERE:
        heard.xml = xml.decode("utf-8", "replace").replace("\x00", "")[:MOST_XML]
    if alert is not None:
        block = alert.block("zh")
        heard.sender, heard.identifier = alert.sender[:200], alert.identifier[:200]
        heard.sent, heard.msg_type = alert.sent, alert.msg_type
        heard.severity = block.severity if block else ""
        heard.title = (block.headline or block.event)[:200] if block else ""
        heard.expires = block.expires if block else None
    heard.save()
    return heard


def _settle(by: Actor, heard: Heard, alert: Alert) -> None:
    """What a good message changes: earlier ones, and what residents see."""
    earlier = earlier_of(heard.source, alert)
    shown = next((one.warning for one in earlier if _stands(one.warning)), None)
    Heard.objects.filter(pk__in=[one.pk for one in earlier], state=Heard.State.PROPOSED).update(
        state=Heard.State.SUPERSEDED
    )
    heard.warning = shown
    if is_followed_already(heard.source, alert):
        heard.state = Heard.State.SUPERSEDED
    elif alert.msg_type == "Cancel" and shown is None:
        heard.state = Heard.State.CLOSED
    elif heard.source.trusted and all(one.state != Heard.State.SET_ASIDE for one in earlier):
        _shown(by, heard, alert)
    heard.save()


def _shown(by: Actor, heard: Heard, alert: Alert) -> Message:
    source = heard.source
    office = Office(source.code, source.name_zh, source.name_en)
    standing = heard.warning if _stands(heard.warning) else None
    if alert.msg_type == "Cancel" and standing is not None:
        message = call_off_relayed(by, standing, alert)
    else:
        message = relay_alert(by, alert, office, warning=standing)
    heard.state, heard.warning = Heard.State.SHOWN, message.warning
    return message


def _stands(warning: Warning | None) -> bool:
    return warning is not None and warning.state == Warning.State.ACTIVE and not _over(warning)


def _over(warning: Warning) -> bool:
    ends: datetime | None = warning.current.expires if warning.current else None
    return ends is None or ends <= now()


def _waiting(heard: Heard) -> Heard:
    found = Heard.objects.select_for_update(of=("self",)).select_related("source")
    held = found.filter(pk=heard.pk).first()
    if held is None or held.state != Heard.State.PROPOSED:
        words = _("这条外来预警已经有人处理过了，或者有了更新的。请刷新页面。")
        raise Refused(words, code="not_waiting", status=409)
    return held
