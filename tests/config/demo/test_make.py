"""`gongzhi demo` twice: what is done stays done, and no real county becomes a playground."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_unit
from gongzhi.config.demo import make
from gongzhi.config.demo.founding import load_accounts, load_organisation
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.make import Making, NotADemo, Stage, make_demo
from gongzhi.config.home import Home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Home:
    settings.HOME = Home(tmp_path)
    return Home(tmp_path)


def test_a_stage_is_done_once_and_goes_on_where_it_broke_off(
    monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    ran = []
    breaks = [True, False]

    def first(making: Making) -> str:
        ran.append("first")
        assert now() == making.founded
        return "one thing"

    def second(making: Making) -> str:
        if breaks.pop(0):
            raise KeyboardInterrupt
        ran.append("second")
        return "another"

    monkeypatch.setattr(make, "STAGES", (Stage("1", "a", first), Stage("2", "b", second)))
    said: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        make_demo(said.append)
    make_demo(said.append)
    make_demo(said.append)
    assert ran == ["first", "second"]
    assert len(said) == 2
    assert "one thing" in said[0]
    assert home.demo_marker.exists()


def test_a_county_at_work_is_left_alone(home: Home) -> None:
    open_unit(Actor.system("t"), code="bureau", kind="bureau", name_zh="县公安局", name_en="B")
    with pytest.raises(NotADemo):
        make_demo(print)
    assert not home.demo_marker.exists()


@pytest.mark.parametrize("days", [3, 90])
def test_a_year_of_applications_is_over_however_long_the_county_has_lived(
    home: Home, drawn: County, days: int
) -> None:
    by = Actor.system("test")
    load_organisation(by, drawn)
    load_accounts(by)
    (stage,) = (one for one in make.STAGES if one.code == "service_year")
    made = make._run(stage, Making(home, by, now(), days))
    assert made.split()[0] == str(Matter.objects.filter(closed_at__isnull=False).count())
    assert Matter.objects.count() > 600
    again = make._run(stage, Making(home, by, now(), days))
    assert again.startswith("0 of them"), "begun again, nothing is written twice"
