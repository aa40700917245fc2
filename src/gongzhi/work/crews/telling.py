"""How what crews told reads on an incident's timeline."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.base.ui.spans import moment
from gongzhi.work.crews.states import Reason, What
from gongzhi.work.dispatch.telling import unit_of_line

LATE = timedelta(minutes=2)
"""A report that came within so long is told by what it did alone."""


@tells("crews.report_taken")
def _report(matter: Matter, fields: Fields) -> Line:
    happened, told = (datetime.fromisoformat(fields[name]) for name in ("happened_at", "told_at"))
    who, what = unit_of_line(matter, fields), What(fields["what"]).label
    named = {"unit": who, "what": what}
    if fields["state"] == "refused":
        return Line(_("%(unit)s 报“%(what)s”，没有登记") % named, "alert", "warn")
    if not fields["uncertain"] and told - happened < LATE:
        return Line("")
    said = _("%(then)s 发生，%(now)s 才收到") % {"then": moment(happened), "now": moment(told)}
    if fields["uncertain"]:
        said += _("；手机时钟不准，时间存疑")
    return Line(_("%(unit)s 的“%(what)s”") % named, "clock", "plain", said)


@tells("crews.scene_photo_kept")
def _photo(matter: Matter, fields: Fields) -> Line:
    """Where it was taken, if the crew said so; picture and time stand on the timeline already."""
    if "scene_photos" not in getattr(matter, "_prefetched_objects_cache", {}):
        prefetch_related_objects([matter], "scene_photos")
    kept = {one.file_id: one for one in matter.scene_photos.all()}.get(fields["file"])
    if kept is None or kept.point is None:
        return Line("")
    where = f"{kept.point.lat:.5f}, {kept.point.lon:.5f}"
    about = _("误差约 %(m)s 米") % {"m": round(kept.accuracy)} if kept.accuracy else ""
    title = _("%(unit)s 附上了照片的拍摄位置") % {"unit": unit_of_line(matter, fields)}
    return Line(title, "pin", "plain", " · ".join(filter(None, (where, about))))


@tells("crews.check_in_set")
def _watched(matter: Matter, fields: Fields) -> Line:
    said = _("%(unit)s 每 %(n)s 分钟报一次平安")
    minutes = round(fields["seconds"] / 60)
    return Line(said % {"unit": unit_of_line(matter, fields), "n": minutes}, "shield-check")


@tells("crews.checked_in")
def _checked_in(matter: Matter, fields: Fields) -> Line:
    said = _("%(unit)s 电台报平安") if fields["by_radio"] else _("%(unit)s 报平安")
    tone = "warn" if fields["late"] else "good"
    return Line(said % {"unit": unit_of_line(matter, fields)}, "shield-check", tone)  # type: ignore[arg-type]


@tells("crews.check_in_late")
def _late(matter: Matter, fields: Fields) -> Line:
    grave = fields["severity"] == "grave"
    said = _("%(unit)s 一直没有报平安") if grave else _("%(unit)s 没有按时报平安")
    tone = "bad" if grave else "warn"
    return Line(said % {"unit": unit_of_line(matter, fields)}, "late", tone)  # type: ignore[arg-type]


@tells("crews.emergency_raised")
def _raised(matter: Matter, fields: Fields) -> Line:
    return Line(_("%(unit)s 紧急求助") % {"unit": unit_of_line(matter, fields)}, "alert", "bad")


@tells("crews.emergency_unanswered")
def _unanswered(matter: Matter, fields: Fields) -> Line:
    said = _("%(unit)s 的求助还没有人确认")
    return Line(said % {"unit": unit_of_line(matter, fields)}, "late", "bad")


@tells("crews.emergency_acknowledged")
def _acknowledged(matter: Matter, fields: Fields) -> Line:
    said = _("指挥中心确认了 %(unit)s 的求助")
    return Line(said % {"unit": unit_of_line(matter, fields)}, "check", "note")


@tells("crews.emergency_stood_down")
def _stood_down(matter: Matter, fields: Fields) -> Line:
    said = _("解除 %(unit)s 的紧急求助") % {"unit": unit_of_line(matter, fields)}
    return Line(said, "check", "good", str(Reason(fields["reason"]).label))
