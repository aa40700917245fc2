"""What can be reported, and who takes care of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.base.places.areas import area_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused

# Written out, because a resident waits for it and Django would put it together anew each time.
_CANDIDATES = "SELECT * FROM people_unit WHERE code = %s OR kind = %s ORDER BY id"


def request_categories() -> list[Category]:
    """What a resident can report, in the catalogue's order."""
    return [one for one in catalogue().categories.values() if "request" in one.kinds]


def unit_for(category: Category, point: Point | None = None) -> Unit:
    """The unit that owns such matters there; the bureau where the county has no such unit.

    ``station`` means the police station of the place's town.
    """
    code = category.department
    if code == "station" and point is not None:
        town = area_of(point, "town")
        code = f"station_{town.code}" if town else code
    units = list(Unit.objects.raw(_CANDIDATES, [code, Unit.Kind.BUREAU.value]))
    unit = next((one for one in units if one.code == code), next(iter(units), None))
    if unit is None:
        raise Refused(_("本县还没有开通办理单位，请直接拨打 110。"), code="no_unit", status=409)
    return unit
