"""A clock on somebody's liberty never rolls and warns thrice; two norms warn by the stricter."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gongzhi.base.catalogue.load import catalogue, read, shipped
from tests.base.catalogue.test_clocks import clock_file, fault

CUSTODY = """
code = "inquiry"
authority = "law"
in_force_from = 2026-01-01
domain = "administrative"
bearer = "police"
custody = true
starts_on = ["begin:inquiry"]
stops_on = ["done:inquiry"]
limit = "PT8H"
counts = "hours"
rolls = false
name = { zh = "询问查证", en = "Inquiry" }
obligation = { zh = "到案后八小时内问完。", en = "Questioning ends within eight hours." }
[basis]
statute = { zh = "《治安管理处罚法》", en = "Public Order Penalties Law" }
article = { zh = "第九十七条", en = "Art. 97" }
source_id = "ADM-999"
[[examples]]
start = 2026-10-01T22:00:00+08:00
due = 2026-10-02T06:00:00+08:00
"""
TZ = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 10, 1, 22, tzinfo=TZ)


def test_custody_is_warned_of_at_half_three_quarters_and_nine_tenths(tmp_path: Path) -> None:
    whole = read(shipped(), clock_file(tmp_path, CUSTODY, "inquiry"))
    clock = whole.clocks["inquiry"]
    times = clock.warnings(clock.due(START, whole.calendar, TZ), whole.calendar)
    assert [at - START for at in times] == [timedelta(hours=n) for n in (4, 6, 7.2)]
    assert whole.clocks_moved_by("incident", "done:inquiry") == [clock]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('limit = "PT8H"\ncounts = "hours"\nrolls = false',
         'limit = "P1D"\ncounts = "calendar"\nrolls = true', "never rolls"),
        ("custody = true", 'custody = true\nwarn_before = ["PT1H"]', "50, 75 and 90"),
        ('"done:inquiry"', '"begin:inquiry"', "would never stop"),
        ('"done:inquiry"', '"done:nothing"', "there is no done:nothing"),
        ('"done:inquiry"', '"step:closed"', "procedures: expected the one that has step:closed"),
        ('domain = "administrative"', "", "domain: expected one"),
        ("[basis]", "[basis]\nclause = 2", "basis.clause"),
    ],
)  # fmt: skip
def test_what_would_wrong_a_person_is_refused(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in CUSTODY
    said = fault(clock_file(tmp_path, CUSTODY.replace(old, new), "inquiry"))
    assert "clocks/inquiry.toml: " in said
    assert told in said


def test_two_versions_of_one_duty_are_never_in_force_on_one_day(tmp_path: Path) -> None:
    clock_file(tmp_path, CUSTODY, "inquiry")
    later = CUSTODY.replace("inquiry", "later").replace("2026-01-01", "2027-01-01")
    assert "in force on the same days" in fault(clock_file(tmp_path, later, "later"))
    ended = CUSTODY.replace("domain", "in_force_until = 2026-12-31\ndomain")
    assert read(shipped(), clock_file(tmp_path, ended, "inquiry")).clocks["later"]


def test_where_two_norms_differ_the_stricter_warns_and_the_higher_decides(tmp_path: Path) -> None:
    text = CUSTODY.replace("custody = true", 'warn_before = ["P1D"]')
    text = text.replace('limit = "PT8H"\ncounts = "hours"\nrolls = false',
                        'limit = "P7WD"\ncounts = "working"\nrolls = false')  # fmt: skip
    text = text.replace("due = 2026-10-02T06:00:00+08:00", "due = 2026-10-15")
    text += '[stricter]\nlimit = "P7D"\ncounts = "calendar"\n[stricter.basis]\n'
    text += 'statute = { zh = "《程序规定》", en = "Procedure" }\n'
    whole = read(shipped(), clock_file(tmp_path, text, "inquiry"))
    clock = whole.clocks["inquiry"]
    due = clock.due(START, whole.calendar, TZ)
    assert str(due.day) == "2026-10-15"
    assert [str(at.date()) for at in clock.warnings(due, whole.calendar)] == ["2026-10-07"]


def test_every_shipped_clock_stops() -> None:
    assert all(set(one.stops_on) - set(one.starts_on) for one in catalogue().clocks.values())
