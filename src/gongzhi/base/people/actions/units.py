"""Setting up the organisation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.events import UNIT_OPENED
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused


@action
def open_unit(
    by: Actor, *, code: str, kind: str, name_zh: str, name_en: str, parent: Unit | None = None
) -> Unit:
    """Add a unit to the organisation. Refuses an unknown kind and a code already in use."""
    require(by, "people.manage_units")
    if kind not in Unit.Kind.values:
        raise Refused(_("没有“%(kind)s”这种单位。") % {"kind": kind}, code="unknown_kind")
    if Unit.objects.filter(code=code).exists():
        wrong = _("编码“%(code)s”已有单位在用。") % {"code": code}
        raise Refused(wrong, code="taken", status=409, fields={"code": wrong})
    unit = Unit.objects.create(
        code=code, kind=kind, name_zh=name_zh, name_en=name_en, parent=parent
    )
    record(UNIT_OPENED, unit, unit=code, kind=kind, parent=parent.pk if parent else None)
    return unit
