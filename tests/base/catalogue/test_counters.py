"""What is told to whoever writes a file of counters that can't be right; and how a day opens."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gongzhi.base.catalogue.kinds.counters import Counters, Stretch
from gongzhi.base.catalogue.kinds.counters_checks import unfit_counters
from gongzhi.base.catalogue.load import CatalogueError, catalogue, read, shipped

GOOD = (shipped() / "counters" / "stations.toml").read_text("utf-8")
SECOND = '"落户和居住", "身份和证明", "家里和邻里", "开车和出行", "找一找、帮一帮"'

EXTRA = '[[extra]]\non = 2026-10-03\nopens = "09:00"\ncloses = "11:00"\n\n'


def refusal(text: str) -> str:
    """What is wrong with it, "" if it is good."""
    try:
        found = Counters.model_validate(tomllib.loads(text))
    except ValidationError as wrong:
        return str(wrong)
    whole = catalogue()
    calendars = {"china": whole.calendar}
    return "\n".join(unfit_counters({found.code: found}, whole.services, calendars))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param('closes = "11:30"', 'closes = "08:00"', "要晚于开门时间", id="backwards"),
        pytest.param('opens = "14:00"', 'opens = "11:00"', "互相重叠", id="two at once"),
        pytest.param(
            "[[counters]]", f"{EXTRA}[[counters]]", "国庆节", id="a time on a holiday",
        ),
        pytest.param(
            "on = 2026-10-01", 'on = 2026-10-01\nopen = ["08:30-11:30"]', "不能放号",
            id="an example on a holiday",
        ),
        pytest.param(
            '"落户和居住", "身份和证明"]', '"出境和来往"]', "没有事可办",
            id="a counter nobody needs",
        ),
        pytest.param(SECOND, '"身份和证明"', "却没有一个窗口会办", id="a service nobody serves"),
        pytest.param('"落户和居住", "身份和证明"]', '"超能力"]', "超能力", id="no such skill"),
        pytest.param('code = "2"', 'code = "1"', "stands twice", id="two of one code"),
        pytest.param("2026-11-28", "2026-11-27", "算出来是 08:30-11:30", id="another day"),
        pytest.param("step = 15", "step = 7", "multiple of 5", id="an odd step"),
        pytest.param('opens = "08:30"', 'opens = "8.5"', "expected a time", id="no time"),
    ],
)  # fmt: skip
def test_it_is_said_in_a_sentence(old: str, new: str, told: str) -> None:
    assert old in GOOD
    assert told in refusal(GOOD.replace(old, new, 1))


def test_what_ships_is_good_and_an_office_stands_in_one_file(tmp_path: Path) -> None:
    assert refusal(GOOD) == ""
    (tmp_path / "counters").mkdir()
    other = GOOD.replace('code = "stations"', 'code = "again"')
    (tmp_path / "counters" / "again.toml").write_text(other, "utf-8")
    with pytest.raises(CatalogueError, match=r"stations\.toml: offices: .*again\.toml"):
        read(shipped(), tmp_path)


@given(kept=st.integers(0, 4), counters=st.integers(1, 4), hours=st.integers(1, 6))
def test_what_is_kept_is_kept_at_each_counter_and_never_at_all_at_once(
    kept: int, counters: int, hours: int
) -> None:
    file = tomllib.loads(GOOD)
    one = {**file["counters"][1]}
    many = [{**one, "code": str(n)} for n in range(counters)]
    rules = Counters.model_validate({**file, "kept": kept, "counters": many})
    stretch = Stretch.model_validate({"opens": "08:00", "closes": f"{8 + hours:02}:00"})
    steps = hours * 60 // rules.step
    free = [
        sum(until - since for since, until in rules.bookable(counter, stretch)) // rules.step
        for counter in rules.counters
    ]
    assert free == [steps - min(kept, steps)] * counters


def test_the_bureau_opens_on_saturdays_but_not_in_the_holidays() -> None:
    hall = catalogue().counters["bureau_hall"]
    assert [str(one) for one in hall.open_on(date(2026, 11, 28), catalogue().calendar)]
    assert not hall.open_on(date(2026, 10, 3), catalogue().calendar)
