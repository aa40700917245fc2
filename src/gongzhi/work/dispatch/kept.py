"""What people may set of a unit, and when that makes sense. The page and the actions share it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.places.models import Area
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.models import ResponseUnit

KEPT = (
    "name_zh", "name_en", "station", "kind", "people", "officers", "skills", "equipment",
    "beats", "vehicle", "seats", "sea_limit",
)  # fmt: skip
"""Columns that a person at the desk looks after; the others follow from what happens."""
PLATE = re.compile(r"[\u4e00-\u9fff][A-Za-z][·\s-]?[A-Za-z0-9]{5,6}(?![A-Za-z0-9])")
"""What a Chinese number plate looks like."""
MOST_PEOPLE = 50


def require_kept(told: Mapping[str, Any]) -> None:
    """Refuse, field by field, what a unit can't be."""
    wrong = {name: said for name, value in told.items() if (said := _wrong(name, value, told))}
    if wrong:
        first = next(iter(wrong.values()))
        raise Refused(first, code="unit_unfit", status=422, fields=wrong)


def _wrong(name: str, value: Any, told: Mapping[str, Any]) -> str:
    if name not in KEPT:
        raise TypeError(f"nobody sets {name} of a unit")
    looks: dict[str, Callable[[Any, Mapping[str, Any]], str]] = {
        "name_zh": _no_name, "name_en": _no_name, "kind": _no_kind, "people": _no_number,
        "officers": _officers, "skills": _skills, "equipment": _equipment, "beats": _beats,
        "vehicle": _vehicle, "seats": _no_number, "sea_limit": _sea_limit,
    }  # fmt: skip
    return looks[name](value, told) if name in looks else ""


def _no_name(value: str, _told: object) -> str:
    return "" if value.strip() else _("请写呼号，中英文都要。")


def _no_kind(value: str, _told: object) -> str:
    known = value in ResponseUnit.Kind.values
    return "" if known else _("没有“%(kind)s”这种出警单位。") % {"kind": value}


def _no_number(value: int | None, _told: object) -> str:
    fine = value is None or 1 <= value <= MOST_PEOPLE
    return "" if fine else _("请写 1 到 %(most)s 之间的人数。") % {"most": MOST_PEOPLE}


def _officers(value: int, told: Mapping[str, Any]) -> str:
    fine = 0 <= value <= told.get("people", MOST_PEOPLE)
    return "" if fine else _("民警人数不能多于全组人数。")


def _skills(value: Sequence[str], _told: object) -> str:
    return _unknown(value, "skill")


def _equipment(value: Sequence[str], _told: object) -> str:
    return _unknown(value, "equipment")


def _unknown(codes: Sequence[str], kind: str) -> str:
    known = {code for code, one in catalogue().abilities.items() if one.kind == kind}
    lost = sorted(set(codes) - known)
    return _("目录里没有“%(code)s”这一项。") % {"code": lost[0]} if lost else ""


def _beats(value: Sequence[str], _told: object) -> str:
    kinds = (Area.Kind.BEAT, Area.Kind.STATION, Area.Kind.TOWN, Area.Kind.VILLAGE)
    known = set(Area.objects.filter(kind__in=kinds, code__in=value).values_list("code", flat=True))
    lost = sorted(set(value) - known)
    return _("地图上没有“%(code)s”这个片区。") % {"code": lost[0]} if lost else ""


def _vehicle(value: str, _told: object) -> str:
    return _("只写车型，不写车牌。") if PLATE.search(value) else ""


def _sea_limit(value: int | None, told: Mapping[str, Any]) -> str:
    if value is None:
        return ""
    if told.get("kind", ResponseUnit.Kind.BOAT) != ResponseUnit.Kind.BOAT:
        return _("只有船艇写浪级。")
    return "" if 0 <= value <= 9 else _("浪级是 0 到 9。")
