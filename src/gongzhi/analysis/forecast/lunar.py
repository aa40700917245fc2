"""The festivals of the Chinese calendar, reckoned from new moons and solar terms.

Months begin on the day of the new moon in UTC+8; the one with the winter solstice is the eleventh;
of thirteen months between two solstices the first without a principal solar term is a leap month
(GB/T 33661-2017). Moon and sun after J. Meeus, "Astronomical Algorithms", 2nd ed. 1998, chapters
49 and 25: a minute and a quarter of an hour, so that a day is wrong only where either falls
that near to midnight.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from math import floor, radians, sin

ONE_DAY = timedelta(days=1)
NEW_YEAR_S_EVE, SPRING, LANTERN, QINGMING = (
    "new_years_eve",
    "spring_festival",
    "lantern",
    "qingming",
)
DRAGON_BOAT, GHOST, MID_AUTUMN, DOUBLE_NINTH = "dragon_boat", "ghost", "mid_autumn", "double_ninth"
QINGMING, WINTER = "qingming", "winter_solstice"
BY_MONTH = {
    SPRING: (1, 1), LANTERN: (1, 15), DRAGON_BOAT: (5, 5), GHOST: (7, 15), MID_AUTUMN: (8, 15),
    DOUBLE_NINTH: (9, 9),
}  # fmt: skip
EPOCH = 2_451_545.0
"""2000-01-01 12:00 as a Julian day."""
SYNODIC = 29.530588861
LATE = 70.0 / 86400
"""Days by which the earth's clock is behind, in our decades."""
AHEAD = 8 / 24
MOON = (
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0), (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0), (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0), (-0.00007, 0, 2, 1, 0), (0.00004, 0, 0, 2, -2),
    (0.00004, 0, 3, 0, 0), (0.00003, 0, 1, 1, -2), (0.00003, 0, 0, 2, 2), (-0.00003, 0, 1, 1, 2),
    (0.00003, 0, -1, 1, 2), (-0.00002, 0, -1, 1, -2), (-0.00002, 0, 1, 3, 0), (0.00002, 0, 0, 4, 0),
)  # fmt: skip
"""Days; the power of the eccentricity; how often the sun's anomaly, the moon's, its latitude's."""


def festivals(year: int) -> dict[str, date]:
    """The day of each festival of the lunar year that begins in this one, and of the two solar
    terms that are kept as festivals."""
    firsts = months(year)
    found = {code: firsts[month] + (day - 1) * ONE_DAY for code, (month, day) in BY_MONTH.items()}
    found[NEW_YEAR_S_EVE] = found[SPRING] - ONE_DAY
    return found | {QINGMING: term(year, 15.0), WINTER: term(year, 270.0)}


@lru_cache(maxsize=64)
def months(year: int) -> dict[int, date]:
    """The first day of each month, 1 to 10, of the lunar year that begins in this one; leap months
    have none of their own."""
    last, this = _eleventh(year - 1), _eleventh(year)
    starts = [last]
    while starts[-1] < this:
        starts.append(_new_moon_after(starts[-1] + 20 * ONE_DAY))
    leap = _leap(starts) if len(starts) == 14 else len(starts)
    plain = [start for n, start in enumerate(starts) if n != leap]
    return {month: plain[month + 1] for month in range(1, 11)}


def term(year: int, longitude: float) -> date:
    """The day on which the sun comes to this longitude (degrees) in this year, in UTC+8."""
    low = _number(date(year, 1, 1))
    turned = (longitude - _sun(low)) % 360
    at = low + turned / 360 * 365.2422
    for _ in range(6):
        off = (longitude - _sun(at) + 180) % 360 - 180
        at += off / 360 * 365.2422
    return _day(at)


def _eleventh(year: int) -> date:
    """The first day of the month with this year's winter solstice."""
    solstice = term(year, 270.0)
    start = _new_moon_after(solstice - 32 * ONE_DAY)
    while (following := _new_moon_after(start + 20 * ONE_DAY)) <= solstice:
        start = following
    return start


def _leap(starts: list[date]) -> int:
    """The first of thirteen months in which the sun enters no sign."""
    signs = [floor(_sun(_number(start)) / 30) for start in starts]
    return next(n for n in range(1, 13) if signs[n] == signs[n + 1])


def _new_moon_after(day: date) -> date:
    """The first day of a month that isn't before this one."""
    k = floor((_number(day) - 2_451_550.1) / SYNODIC) - 1
    while (found := _day(_new_moon(k))) < day:
        k += 1
    return found


def _new_moon(k: int) -> float:
    """The Julian day of a new moon."""
    t = k / 1236.85
    eccentric = 1 - 0.002516 * t - 0.0000074 * t * t
    sun = radians(2.5534 + 29.10535670 * k - 0.0000014 * t * t)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    height = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t * t)
    at = 2_451_550.09766 + SYNODIC * k + 0.00015437 * t * t - 0.00017 * sin(node)
    for days, power, one, two, three in MOON:
        at += days * eccentric**power * sin(one * sun + two * moon + three * height)
    return at


def _sun(at: float) -> float:
    """The sun's apparent longitude (degrees)."""
    t = (at + LATE - EPOCH) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly)
    centre += 0.000289 * sin(3 * anomaly)
    node = radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * sin(node)) % 360


def _number(day: date) -> float:
    """The Julian day (UTC) of a day's beginning in UTC+8."""
    return (day - date(2000, 1, 1)).days + EPOCH - 0.5 - AHEAD


def _day(at: float) -> date:
    """The day in UTC+8 of a Julian day of the earth's clock."""
    return date(2000, 1, 1) + floor(at - LATE + AHEAD - (EPOCH - 0.5)) * ONE_DAY
