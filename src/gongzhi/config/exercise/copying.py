"""What a drill takes along from its county: places, network, units, own catalogue. No people.

Written as one file by a process that has the county open, and read by one that has the drill's
home open: nothing that is done in the drill can reach the county.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from gongzhi.base.people.models import Unit
from gongzhi.base.places.models import County, GazetteerEntry
from gongzhi.config.exercise.storm import Spot
from gongzhi.config.home import Home
from gongzhi.work.dispatch.models import ResponseUnit

AREA = ("kind", "code", "parent", "name_zh", "name_en", "geometry")
ENTRY = ("code", "kind", "name_zh", "lat", "lon", "name_en", "address_zh", "address_en", "area",
         "street__code", "number", "aliases")  # fmt: skip
BODY = ("code", "kind", "name_zh", "name_en", "parent__code")
CREW = ("code", "kind", "people", "skills", "name_zh", "name_en", "station__code")


def copy_out(county: County, home: Home, drill: Home) -> dict[str, int]:
    """Lay the county's things into the drill's home; says how many there are of each."""
    drill.root.mkdir(parents=True, exist_ok=True)
    for name in ("layers", "network", "sea", "orders", "catalogue"):
        _copied(getattr(home, name), getattr(drill, name))
    known = {
        "county": _county(county),
        "areas": list(county.areas.filter(valid_to=None).order_by("pk").values(*AREA)),
        "places": list(county.gazetteer.order_by("pk").values(*ENTRY)),
        "bodies": list(Unit.objects.order_by("pk").values(*BODY)),
        "units": list(ResponseUnit.objects.order_by("pk").values(*CREW)),
    }
    drill.exercise_founding.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
    return {name: len(rows) for name, rows in known.items() if name != "county"}


def spots_of(county: County) -> list[Spot]:
    """The county's named places, without its front doors."""
    named = GazetteerEntry.objects.filter(county=county, number=None).order_by("pk")
    rows = named.values_list("name_zh", "kind", "area", "lat", "lon")
    return [Spot(*row) for row in rows]


def _county(county: County) -> dict[str, Any]:
    names = ("code", "name_zh", "name_en", "time_zone", "south", "west", "north", "east")
    return {name: getattr(county, name) for name in names}


def _copied(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copy2(source, target)
