"""How what units did reads on an incident's timeline."""

from __future__ import annotations

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells


@tells("dispatch.unit_assigned")
def _assigned(matter: Matter, fields: Fields) -> Line:
    return Line(_("派出 %(unit)s") % {"unit": _unit(matter, fields)}, "send", "note")


@tells("dispatch.unit_recalled")
def _recalled(matter: Matter, fields: Fields) -> Line:
    return Line(_("撤回 %(unit)s") % {"unit": _unit(matter, fields)}, "undo", "warn")


@tells("dispatch.unit_set_off")
def _set_off(matter: Matter, fields: Fields) -> Line:
    return Line(_("%(unit)s 出发") % {"unit": _unit(matter, fields)}, "car")


@tells("dispatch.unit_arrived")
def _arrived(matter: Matter, fields: Fields) -> Line:
    return Line(_("%(unit)s 到场") % {"unit": _unit(matter, fields)}, "pin")


@tells("dispatch.unit_cleared")
def _cleared(matter: Matter, fields: Fields) -> Line:
    step = matter.version_item.step("cleared")
    choice = step.elements[0].choice(fields["disposition"]) if step and step.elements else None
    title = _("%(unit)s 处置完毕") % {"unit": _unit(matter, fields)}
    return Line(title, "check", "good", str(choice) if choice else "")


@tells("dispatch.department_told")
def _told(matter: Matter, fields: Fields) -> Line:
    if "department_notices" not in getattr(matter, "_prefetched_objects_cache", {}):
        prefetch_related_objects([matter], "department_notices__department")
    names = {one.department_id: str(one.department) for one in matter.department_notices.all()}
    return Line(_("已通知%(unit)s") % {"unit": names.get(fields["department"], "")}, "bell", "note")


def _unit(matter: Matter, fields: Fields) -> str:
    """The call sign; all of an incident's units are read once, however many there are."""
    if "assignments" not in getattr(matter, "_prefetched_objects_cache", {}):
        prefetch_related_objects([matter], "assignments__unit")
    names = {one.unit_id: str(one.unit) for one in matter.assignments.all()}
    return names.get(fields["unit"]) or str(fields["code"])
