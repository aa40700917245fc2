"""Names are found though a character is missing, wrong, or two stand the wrong way round."""

from __future__ import annotations

import csv
import random
from functools import cache
from pathlib import Path

import pytest

from gongzhi.base.log.actor import Actor
from gongzhi.base.places.actions import describe_county, import_gazetteer
from gongzhi.base.places.answers import hit
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.rows import PlaceRow
from gongzhi.base.places.search import search
from gongzhi.base.places.search.ranking import LEAST
from gongzhi.base.places.search.sounds import syllables
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


@cache
def same_sound() -> dict[str, list[str]]:
    """Common characters by their sound, as an input method offers them: some of GB 2312's first
    level, which is in the order of Pinyin."""
    offered: dict[str, list[str]] = {}
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            char = bytes([high, low]).decode("gb2312", "ignore")
            if char:
                offered.setdefault(syllables(char)[0], []).append(char)
    return offered


def other_characters(name: str, at: int) -> str:
    """Every character another one of the same sound: typed by ear, the first offer taken."""
    said = zip(name, syllables(name), strict=True)
    return "".join(
        next((c for c in same_sound().get(sound, ())[at:] if c != char), char)
        for char, sound in said
    )


def in_pinyin(name: str, _at: int) -> str:
    return "".join(syllables(name))


def spaced_pinyin(name: str, _at: int) -> str:
    return " ".join(syllables(name))


def first_letters(name: str, _at: int) -> str:
    return "".join(one[0] for one in syllables(name))


def as_it_is(name: str, _at: int) -> str:
    return name


SOUNDS = [other_characters, in_pinyin, spaced_pinyin, first_letters]


def found_first(names: list[str], slip: object) -> float:
    """The share of the names that are the first answer to their own misspelling."""
    draw = random.Random(7)
    hits = [
        [name] == [one.entry.name_zh for one in search(slip(name, draw.randrange(len(name))))[:1]]  # type: ignore[operator]
        for name in names
    ]
    print(f"{getattr(slip, '__name__', '')}: {sum(hits)} of {len(hits)} first")
    return sum(hits) / len(hits)


@pytest.mark.parametrize("slip", [as_it_is, missing, swapped, wrong, *SOUNDS])
def test_a_slip_leaves_the_name_first(slip: object) -> None:
    names = [name for name in NAMES if len(name) > 3]
    county_of(names)
    assert found_first(names, slip) == 1


@pytest.mark.skipif(not VILLAGES.exists(), reason="the list of villages is not here")
@pytest.mark.parametrize(
    ("slip", "least"),
    [
        (as_it_is, 1),
        (missing, 0.88),
        (swapped, 0.9),
        (wrong, 0.9),
        (other_characters, 0.9),
        (in_pinyin, 0.95),
        (spaced_pinyin, 0.95),
        (first_letters, 0.8),
    ],
)
def test_real_villages_are_found_with_a_slip(slip: object, least: float) -> None:
    with Path(VILLAGES).open(encoding="utf-8") as told:
        names = sorted({row["name"] for row in csv.DictReader(told)})
    county_of(names)
    assert found_first(names, slip) >= least


def test_old_names_and_what_people_say_find_the_place() -> None:
    county = describe_county(
        BY, code="own", name_zh="听潮县", name_en="Tingchao", own=True,
        bounds=Bounds(29.5, 121.9, 30.5, 123.2),
    )  # fmt: skip
    import_gazetteer(BY, county, [
        PlaceRow("a", "pier", "澜城客运码头", 29.9, 122.3, aliases="老轮渡\n东门埠头"),
        PlaceRow("b", "village", "东门新村", 29.91, 122.3),
    ])  # fmt: skip
    for said in ("老轮渡", "东门埠头", "冻门步投", "laolundu", "lld"):
        assert search(said)[0].entry.name_zh == "澜城客运码头", said
    assert search("东门新村")[0].entry.code == "b"
    assert "又叫老轮渡、东门埠头" in hit(search("老轮渡")[0])["about"]


@pytest.mark.parametrize("typed", ["z", "zzzzzz", "ab", "x y z", "啊啊啊啊", "𠮷𠮷"])
def test_what_sounds_like_nothing_finds_nothing_wrong(typed: str) -> None:
    county_of(list(NAMES))
    assert all(one.score >= LEAST for one in search(typed))
