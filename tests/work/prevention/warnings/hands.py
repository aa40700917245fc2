"""A county of two towns, those who warn it, and a warning or two."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import shapely

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.actions import describe_county, import_areas
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.models import County
from gongzhi.base.places.rows import AreaRow
from gongzhi.work.prevention.warnings import actions
from gongzhi.work.prevention.warnings.cap.message import Circle
from gongzhi.work.prevention.warnings.content import Content, copy_of
from gongzhi.work.prevention.warnings.models import Draft, Message, Warning
from gongzhi.work.prevention.warnings.shapes import Place

SYSTEM = Actor.system("test")
TOWNS = {"east": (122.1, 30.0, 122.2, 30.1), "west": (122.0, 30.0, 122.1, 30.1)}
ROLES = {
    "dispatcher": "dispatcher", "leader": "commander", "second": "commander",
    "caller": "call_taker",
}  # fmt: skip
WORDS = {
    "headline_zh": "滨海路三号桥到四号桥封闭，请绕行", "headline_en": "Coast Road is closed",
    "instruction_zh": "改走环岛南路。", "instruction_en": "Take Island South Road.",
    "description_zh": "一辆货车侧翻。", "description_en": "A lorry has overturned.",
    "place_zh": "东镇滨海路", "place_en": "Coast Road, East Town",
}  # fmt: skip


def county() -> County:
    """Described once, with its towns."""
    found = County.objects.filter(own=True).first()
    if found:
        return found
    made = describe_county(
        SYSTEM, code="tinglan", name_zh="听澜县", name_en="Tinglan County",
        bounds=Bounds(30.0, 122.0, 30.1, 122.2), own=True,
    )  # fmt: skip
    names = {"east": ("东镇", "East Town"), "west": ("西镇", "West Town")}
    rows = [
        AreaRow("town", code, names[code][0], shapely.box(*box), names[code][1])
        for code, box in TOWNS.items()
    ]
    import_areas(SYSTEM, made, rows)
    return made


def account(name: str) -> Account:
    """One of those who warn, or who may not."""
    found = Account.objects.filter(username=name).first()
    if found:
        return found
    unit = Unit.objects.filter(code="centre").first() or open_unit(
        SYSTEM, code="centre", kind="department", name_zh="指挥中心", name_en="Centre"
    )
    return open_account(
        SYSTEM, username=name, display_name=f"海小{name}", unit=unit, roles=[ROLES[name]]
    )


def by(name: str = "dispatcher") -> Actor:
    return Actor.account(account(name))


def content(**changed: Any) -> Content:
    """Everything a road closure needs."""
    whole: dict[str, Any] = {
        **WORDS, "urgency": "Immediate", "severity": "Moderate", "certainty": "Observed",
        "expires": now() + timedelta(hours=3), "onset": None,
        "place": Place(circles=(Circle(30.05, 122.15, 1.0),)),
    }  # fmt: skip
    return Content(**{**whole, **changed})


def drafted(kind: str = "road_closed", *, exercise: bool = False, **changed: Any) -> Draft:
    """A draft with nothing missing."""
    county()
    draft = actions.begin_warning(by(), kind, exercise=exercise)
    return actions.change_draft(by(), draft, content(**changed))


def published(kind: str = "road_closed", *, exercise: bool = False, **changed: Any) -> Message:
    """A warning that stands, published by its writer; a grave one by a second person."""
    draft = drafted(kind, exercise=exercise, **changed)
    if changed.get("severity") in {"Severe", "Extreme"} and not exercise:
        draft = actions.submit_draft(by(), draft)
        return actions.publish_draft(by("leader"), draft, seen=draft.seen)
    return actions.publish_draft(by(), draft, seen=draft.seen)


def updated(warning: Warning, **changed: Any) -> Message:
    """Its update, with this changed."""
    draft = actions.begin_update(by(), warning)
    draft = actions.change_draft(by(), draft, replace(copy_of(draft), **changed))
    return actions.publish_draft(by(), draft, seen=draft.seen)


def called_off(warning: Warning) -> Message:
    """Its all-clear."""
    draft = actions.begin_cancel(by(), warning)
    told = {"headline_zh": "滨海路恢复通行", "headline_en": "Coast Road is open again"}
    draft = actions.change_draft(by(), draft, replace(copy_of(draft), **told))
    return actions.publish_draft(by(), draft, seen=draft.seen)
