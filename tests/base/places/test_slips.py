"""Names are found though a character is missing, wrong, or two stand the wrong way round."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from gongzhi.base.log.actor import Actor
from gongzhi.base.places.actions import describe_county, import_gazetteer
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.rows import PlaceRow
from gongzhi.base.places.search import search
from tests.house.source import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BY = Actor.system("test")
VILLAGES = next(
    (
        path
        for folder in ROOT.parents[:2]
        if (path := folder / "shared" / "data" / "putuo_villages.csv").exists()
    ),
    ROOT / "putuo_villages.csv",
)
"""Beside the checkout, where real data lies for those who have it."""
NAMES = (
    "澜城码头", "澜城客运中心", "望潮门码头", "望潮社区", "鹿岙渔港", "鹿岙小学", "潮塘卫生院",
    "潮塘菜市场", "月屿灯塔", "月屿码头", "鸥山派出所", "鸥山中心小学", "青螺村", "灯盏渔村",
    "海平路", "海角民宿", "听潮大桥", "东海明珠大酒店",
)  # fmt: skip


def county_of(names: list[str]) -> None:
    county = describe_county(
        BY, code="own", name_zh="听潮县", name_en="Tingchao", own=True,
        bounds=Bounds(29.5, 121.9, 30.5, 123.2),
    )  # fmt: skip
    rows = [
        PlaceRow(f"p{n}", "village", name, 29.9 + n * 0.001, 122.3, "")
        for n, name in enumerate(names)
    ]
    import_gazetteer(BY, county, rows)


def missing(name: str, at: int) -> str:
    return name[:at] + name[at + 1 :]


def swapped(name: str, at: int) -> str:
    at = min(at, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def wrong(name: str, at: int) -> str:
    return name[:at] + "蓝" + name[at + 1 :]


def found_first(names: list[str], slip: object) -> float:
    """The share of the names that are the first answer to their own misspelling."""
    draw = random.Random(7)
    hits = [
        name == search(slip(name, draw.randrange(len(name))))[0].entry.name_zh  # type: ignore[operator]
        for name in names
    ]
    print(f"{getattr(slip, '__name__', '')}: {sum(hits)} of {len(hits)} first")
    return sum(hits) / len(hits)


@pytest.mark.parametrize("slip", [missing, swapped, wrong])
def test_a_slip_leaves_the_name_first(slip: object) -> None:
    names = [name for name in NAMES if len(name) > 3]
    county_of(names)
    assert found_first(names, slip) == 1


@pytest.mark.skipif(not VILLAGES.exists(), reason="the list of villages is not here")
@pytest.mark.parametrize(("slip", "least"), [(missing, 0.88), (swapped, 0.9), (wrong, 0.9)])
def test_real_villages_are_found_with_a_slip(slip: object, least: float) -> None:
    with Path(VILLAGES).open(encoding="utf-8") as told:
        names = sorted({row["name"] for row in csv.DictReader(told)})
    county_of(names)
    assert found_first(names, slip) >= least
