"""The plan of the made-up county: where its islands lie, which towns it has, how boats go.

Everything here is invented. It lies in open sea, its names are nobody's, and all lengths are in
kilometres east and north of :data:`ORIGIN`. The seed decides coasts, hills, roads and names.
"""

from __future__ import annotations

from dataclasses import dataclass

ORIGIN = (124.0, 28.9)
"""Longitude and latitude (WGS84) of the plan's zero point: open sea, no island for 100 km."""

HALF_WIDTH, HALF_HEIGHT = 33.0, 23.0
"""The sheet reaches this far from the zero point, in kilometres."""


@dataclass(frozen=True)
class Name:
    """A name in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True)
class Island:
    """An inhabited island: its spine, and how broad and high it is (km, m)."""

    code: str
    name: Name
    spine: tuple[tuple[float, float], ...]
    breadth: float
    height: float


@dataclass(frozen=True)
class Town:
    """A town: where its seat is looked for, its people, its communities and villages by island."""

    code: str
    name: Name
    station: Name
    seat: tuple[float, float]
    people: int
    communities: int
    villages: dict[str, int]
    character: str
    """``seat``, ``new``, ``port``, ``plain``, ``resort`` or ``outer``: what is found there."""

    @property
    def short(self) -> str:
        """The name without its rank: 澜城 for 澜城街道."""
        return self.name.zh.removesuffix("街道").removesuffix("镇").removesuffix("乡")


COUNTY = Name("听澜县", "Tinglan County")

ISLANDS = (
    Island("tinglan", Name("听澜岛", "Tinglan Island"),
           ((-12.5, -2.6), (-8.0, 0.8), (-2.5, 0.2), (2.5, 2.0), (5.8, 4.8)), 3.1, 390),
    Island("yueyu", Name("月屿岛", "Yueyu Island"),
           ((5.2, -6.9), (9.3, -6.0), (12.4, -3.3), (13.6, -0.2)), 1.75, 250),
    Island("oushan", Name("鸥山岛", "Oushan Island"),
           ((14.2, 8.6), (17.3, 11.6), (20.6, 12.4)), 1.7, 300),
    Island("xiaoou", Name("小鸥岛", "Xiao'ou Island"), ((21.4, 8.7), (22.6, 8.1)), 0.85, 110),
    Island("qingluo", Name("青螺岛", "Qingluo Island"),
           ((-11.6, -12.9), (-8.6, -11.9), (-5.4, -13.4)), 1.6, 230),
    Island("dajia", Name("大岬岛", "Dajia Island"), ((-18.8, 9.4), (-16.0, 11.3)), 1.3, 190),
    Island("dengzhan", Name("灯盏岛", "Dengzhan Island"), ((20.6, -14.2), (23.4, -12.3)), 1.2, 210),
)  # fmt: skip

STRAITS = (
    ((1.2, -6.9), (4.6, -4.6), (8.9, -2.6), (11.4, 1.6)),
    ((19.4, 9.6), (22.2, 10.1), (24.5, 10.0)),
)
"""Deep channels: no seed may close them."""

TOWNS = (
    Town("lancheng", Name("澜城街道", "Lancheng Subdistrict"),
         Name("城关派出所", "Chengguan Police Station"),
         (-2.2, -2.6), 38200, 14, {"tinglan": 4}, "seat"),
    Town("wangchao", Name("望潮街道", "Wangchao Subdistrict"),
         Name("望潮派出所", "Wangchao Police Station"),
         (7.9, 3.8), 21300, 7, {"tinglan": 6}, "new"),
    Town("luao", Name("鹿岙镇", "Lu'ao Town"),
         Name("鹿岙派出所", "Lu'ao Police Station"),
         (-11.4, -4.2), 14100, 2, {"tinglan": 9, "dajia": 3}, "port"),
    Town("chaotang", Name("潮塘镇", "Chaotang Town"),
         Name("潮塘派出所", "Chaotang Police Station"),
         (-5.2, 3.4), 11900, 2, {"tinglan": 9}, "plain"),
    Town("yueyu", Name("月屿镇", "Yueyu Town"),
         Name("月屿派出所", "Yueyu Police Station"),
         (9.2, -7.4), 13200, 2, {"yueyu": 10}, "port"),
    Town("oushan", Name("鸥山镇", "Oushan Town"),
         Name("鸥山派出所", "Oushan Police Station"),
         (14.0, 8.6), 8900, 2, {"oushan": 7, "xiaoou": 1}, "port"),
    Town("qingluo", Name("青螺镇", "Qingluo Town"),
         Name("青螺派出所", "Qingluo Police Station"),
         (-8.0, -13.2), 7400, 1, {"qingluo": 6}, "resort"),
    Town("dengzhan", Name("灯盏乡", "Dengzhan Township"),
         Name("灯盏派出所", "Dengzhan Police Station"),
         (21.8, -12.6), 3000, 1, {"dengzhan": 4}, "outer"),
)  # fmt: skip


@dataclass(frozen=True)
class Crossing:
    """A ferry route between two piers, and how often it goes (minutes) between which hours."""

    ends: tuple[str, str]
    first: str
    last: str
    every: int
    vehicles: bool


CROSSINGS = (
    Crossing(("lancheng", "qingluo"), "06:20", "19:40", 40, vehicles=True),
    Crossing(("lancheng", "yueyu"), "06:40", "18:40", 60, vehicles=False),
    Crossing(("wangchao", "oushan"), "06:10", "18:50", 50, vehicles=True),
    Crossing(("luao", "dajia"), "06:50", "17:50", 90, vehicles=False),
    Crossing(("yueyu", "dengzhan"), "07:20", "16:20", 180, vehicles=True),
    Crossing(("luao", "qingluo"), "07:40", "16:40", 180, vehicles=False),
    Crossing(("oushan", "dengzhan"), "09:00", "15:00", 360, vehicles=False),
)

BRIDGE = (("tinglan", "yueyu"), Name("月屿大桥", "Yueyu Bridge"), "bridge")
CAUSEWAY = (("oushan", "xiaoou"), Name("小鸥海堤", "Xiao'ou Causeway"), "causeway")
