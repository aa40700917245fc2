"""How complaints read on their own timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells


@tells("complaints.complaint_filed")
def _filed(matter: Matter, fields: Fields) -> Line:
    return Line("")  # the opening says it already


@tells("complaints.unit_named")
def _unit_named(matter: Matter, fields: Fields) -> Line:
    return Line(_("查明了被投诉的单位"), "building")


@tells("complaints.words_erased")
def _erased(matter: Matter, fields: Fields) -> Line:
    return Line(_("按投诉人要求清除了内容和联系方式"), "trash", public=True)
