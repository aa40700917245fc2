"""What the log says of places. Shapes and names are no events: they stand in the tables."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Whole, event

COUNTY_DESCRIBED = event("places.county_described", _("登记了县域概况"), county=Code, own=Flag)
AREAS_IMPORTED = event(
    "places.areas_imported",
    _("导入了区域"),
    county=Code, kinds=Codes, added=Whole, kept=Whole, ended=Whole,
)  # fmt: skip
GAZETTEER_IMPORTED = event(
    "places.gazetteer_imported", _("导入了地名地址"), county=Code, entries=Whole, streets=Whole
)
