"""What the resident's pages read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import hashed
from gongzhi.work.participation.models import Receipt


def request_categories() -> list[Category]:
    """What a resident can report, in the catalogue's order."""
    return [one for one in catalogue().categories.values() if "request" in one.kinds]


def unit_for(category: Category) -> Unit:
    """The unit that owns such matters; the bureau where the county has no such unit."""
    units = Unit.objects.filter(code=category.department)
    bureau = Unit.objects.filter(kind=Unit.Kind.BUREAU).order_by("pk")
    unit = units.first() or bureau.first()
    if unit is None:
        raise Refused(_("本县还没有开通办理单位，请直接拨打 110。"), code="no_unit", status=409)
    return unit


def kept_receipt(key: int | None) -> Receipt | None:
    """The receipt that this browser's session opened, if any."""
    found = Receipt.objects.select_related("matter__owner_unit", "matter__narrative")
    return found.filter(pk=key).first() if key else None


def receipt_of(code: str) -> Receipt:
    """The receipt that a code opens. Refuses an unknown one without saying what was wrong."""
    found = Receipt.objects.select_related("matter__owner_unit", "matter__narrative")
    receipt = found.filter(code_hash=hashed(code)).first()
    if receipt is None:
        wrong = _("没有找到这个查询码。请照回执核对，字母不分大小写。")
        raise Refused(wrong, code="unknown_code", status=404, fields={"code": wrong})
    return receipt
