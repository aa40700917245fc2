"""A recording is registered: that it is there, and that it stays what it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.calendar.days import corresponding_day
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision.events import RECORDED
from gongzhi.watch.supervision.models import Recording
from gongzhi.watch.supervision.permissions import REGISTER, officer, require_within

MONTHS = 6
"""Kept so long at least: 公安机关现场执法视音频记录工作规定."""
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class NewRecording:
    """What is registered of one recording."""

    kind: str
    begun_at: datetime
    ended_at: datetime
    sha256: str
    stored_at: str
    keep_until: date


@action
def register_recording(by: Actor, matter: Matter, new: NewRecording) -> Recording:
    """Register a recording of a matter of one's own unit."""
    require(by, REGISTER)
    require_within(by, matter)
    for name, wrong in _faults(new).items():
        raise Refused(wrong, code=name, status=422, fields={name: wrong})
    if Recording.objects.filter(matter=matter, sha256=new.sha256).exists():
        raise Refused(_("这份录音录像已经登记过了。"), code="registered", status=409)
    account = officer(by)
    made = Recording.objects.create(
        matter=matter, kind=new.kind, begun_at=new.begun_at, ended_at=new.ended_at,
        sha256=new.sha256, stored_at=new.stored_at.strip()[:120], keep_until=new.keep_until,
        unit_id=account.unit_id, registered_by=account, registered_at=now(),
    )  # fmt: skip
    record(
        RECORDED, matter, recording=made.pk, kind=made.kind, sha256=made.sha256,
        begun_at=made.begun_at, ended_at=made.ended_at,
    )  # fmt: skip
    return made


def _faults(new: NewRecording) -> dict[str, str]:
    """What is wrong with it, by field."""
    wrong: dict[str, str] = {}
    if new.kind not in Recording.Kind.values:
        wrong["kind"] = _("请选择是哪一种录音录像。")
    if not new.begun_at < new.ended_at <= now():
        wrong["ended_at"] = _("结束要晚于开始，而且不能在将来。")
    if not SHA256.fullmatch(new.sha256):
        wrong["sha256"] = _("请填写文件的 SHA-256：64 位小写十六进制。")
    if not new.stored_at.strip():
        wrong["stored_at"] = _("请写明存放在哪里。")
    least = corresponding_day(timezone.localdate(new.ended_at), MONTHS)
    if new.keep_until < least:
        said = _("至少保存六个月，到 %(day)s。依据：《公安机关现场执法视音频记录工作规定》。")
        wrong["keep_until"] = said % {"day": f"{least:%Y-%m-%d}"}
    return wrong
