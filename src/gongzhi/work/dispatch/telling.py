"""How what units did reads on an incident's timeline."""

from __future__ import annotations

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.base.people.models import Unit
from gongzhi.work.dispatch.selectors.card import role_words
from gongzhi.work.dispatch.states import WHY_LOWER, ChoiceReason, status_words


@tells("dispatch.unit_assigned")
def _assigned(matter: Matter, fields: Fields) -> Line:
    title = _("派出 %(unit)s") % {"unit": unit_of_line(matter, fields)}
    return Line(title, "send", "note", role_words(matter, fields.get("role", "")))


@tells("dispatch.choice_explained")
def _explained(matter: Matter, fields: Fields) -> Line:
    title = _("说明为什么派 %(unit)s") % {"unit": unit_of_line(matter, fields)}
    known = dict(ChoiceReason.choices)
    return Line(title, "info", "plain", str(known.get(fields["reason"], "")))


@tells("dispatch.unit_recalled")
def _recalled(matter: Matter, fields: Fields) -> Line:
    return Line(_("撤回 %(unit)s") % {"unit": unit_of_line(matter, fields)}, "undo", "warn")


@tells("dispatch.unit_set_off")
def _set_off(matter: Matter, fields: Fields) -> Line:
    return Line(_("%(unit)s 出发") % {"unit": unit_of_line(matter, fields)}, "car")


@tells("dispatch.unit_arrived")
def _arrived(matter: Matter, fields: Fields) -> Line:
    return Line(_("%(unit)s 到场") % {"unit": unit_of_line(matter, fields)}, "pin")


@tells("dispatch.unit_cleared")
def _cleared(matter: Matter, fields: Fields) -> Line:
    step = matter.version_item.step("cleared")
    choice = step.elements[0].choice(fields["disposition"]) if step and step.elements else None
    title = _("%(unit)s 处置完毕") % {"unit": unit_of_line(matter, fields)}
    return Line(title, "check", "good", str(choice) if choice else "")


@tells("dispatch.card_sent")
def _card_sent(matter: Matter, fields: Fields) -> Line:
    said = _("按方案派出 %(units)s 组")
    if fields["missing"] > 0:
        said = _("按方案派出 %(units)s 组，还缺 %(missing)s 组")
    return Line(said % fields, "send", "warn" if fields["missing"] > 0 else "note")


@tells("dispatch.alarm_raised")
def _alarm_raised(matter: Matter, fields: Fields) -> Line:
    return Line(_("升为 %(level)s 级响应") % fields, "alert", "warn")


@tells("dispatch.alarm_lowered")
def _alarm_lowered(matter: Matter, fields: Fields) -> Line:
    why = WHY_LOWER.get(fields["why"], "")
    return Line(_("降为 %(level)s 级响应") % fields, "chevron-down", "note", str(why))


@tells("dispatch.limit_told")
def _limit_told(matter: Matter, fields: Fields) -> Line:
    limit = catalogue().unit_limits.get(fields["limit"])
    if limit is None:
        words = fields["limit"]
    else:
        words = str(limit.late if fields["late"] else limit.soon)
    title = _("%(unit)s：%(words)s") % {"unit": unit_of_line(matter, fields), "words": words}
    return Line(title, "clock", "warn" if fields["late"] else "plain")


@tells("dispatch.unit_stated")
def _stated(matter: Matter, fields: Fields) -> Line:
    told = {
        "unit": unit_of_line(matter, fields),
        "status": status_words(fields["meaning"], fields["status"]),
    }
    return Line(_("%(unit)s：%(status)s") % told, "car")


@tells("dispatch.department_told")
def _told(matter: Matter, fields: Fields) -> Line:
    """Of before partners could answer: now `linked` tells what they were asked."""
    unit = Unit.objects.filter(pk=fields["department"]).first()
    return Line(_("已通知%(unit)s") % {"unit": unit or fields["code"]}, "bell", "note")


def unit_of_line(matter: Matter, fields: Fields) -> str:
    """The call sign; all of an incident's units are read once, however many there are."""
    if "assignments" not in getattr(matter, "_prefetched_objects_cache", {}):
        prefetch_related_objects([matter], "assignments__unit")
    names = {one.unit_id: str(one.unit) for one in matter.assignments.all()}
    return names.get(fields["unit"]) or str(fields.get("code", ""))
