"""How applications read on their timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.visits import VISITS


@tells("public_services.application_filed")
def _filed(matter: Matter, fields: Fields) -> Line:
    service = catalogue().services.get(fields["service"])
    return Line(
        _("申请：%(name)s") % {"name": service.name if service else fields["service"]}, "file"
    )


@tells("public_services.facts_shown")
def _shown(matter: Matter, fields: Fields) -> Line:
    service = catalogue().services.get(fields["service"])
    name = {"name": service.name if service else fields["service"]}
    return Line(_("有人用查询码调出了填过的信息，用来办“%(name)s”") % name, "eye", public=True)


@tells("public_services.material_added")
def _added(matter: Matter, fields: Fields) -> Line:
    return Line(_("交了：%(name)s") % {"name": _name(matter, fields)}, "upload", public=True)


@tells("public_services.material_checked")
def _checked(matter: Matter, fields: Fields) -> Line:
    name = {"name": _name(matter, fields)}
    if fields["good"]:
        return Line(_("材料齐了：%(name)s") % name, "check", "good", public=True)
    return Line(_("要重交：%(name)s") % name, "alert", "warn", public=True)


@tells("public_services.material_read")
def _read(matter: Matter, fields: Fields) -> Line:
    return Line(_("窗口看了：%(name)s") % {"name": _name(matter, fields)}, "eye")


@tells("public_services.visit_counted")
def _visited(matter: Matter, fields: Fields) -> Line:
    why = VISITS.get(fields["why"], fields["why"])
    said = _("第 %(n)s 趟窗口：%(why)s") % {"n": fields["number"], "why": why}
    return Line(said, "foot", public=True)


@tells("public_services.words_erased")
def _erased(matter: Matter, fields: Fields) -> Line:
    return Line(_("按申请人要求清除了内容和材料"), "trash", public=True)


def _name(matter: Matter, fields: Fields) -> str:
    # One query a timeline: Django keeps it with the matter.
    application: Application | None = getattr(matter, "application", None)
    service = application.service_item if application else None
    item = service.material(fields["material"]) if service else None
    return str(item.name) if item else fields["material"]
