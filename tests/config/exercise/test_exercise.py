"""A drill is a county of its own: it says so everywhere, and nothing real hears of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from gongzhi.base.people.models import Account
from gongzhi.base.places.models import County, GazetteerEntry
from gongzhi.config.exercise.copying import copy_out, spots_of
from gongzhi.config.exercise.founding import TRAINEES, found
from gongzhi.config.home import Home
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.states import Status
from gongzhi.work.prevention.warnings.actions import begin_warning
from tests.county import county_environment, gongzhi
from tests.markup import tight
from tests.work.dispatch.county import account, body, car
from tests.work.prevention.warnings.hands import by

MARKS = ("演练中", "EXERCISE", "这里的一切都不是真的", "Nothing here is real")


@pytest.mark.django_db
def test_every_page_of_a_drill_says_so_in_both_languages(
    client: Client, settings: Settings
) -> None:
    who = account("dispatcher", body("command_centre", "department"))
    client.force_login(who)
    pages = ("/", "/console/", "/report/", "/replay/", "/no-such-page")
    plain = [client.get(page).content.decode() for page in pages]
    assert not any(mark in text for text in plain for mark in ("EXERCISE", MARKS[2]))
    settings.EXERCISE = True
    for language in ("zh-hans", "en"):
        for page in pages:
            told = client.get(page, headers={"Accept-Language": language}).content.decode()
            assert all(mark in told for mark in MARKS), (page, language)
            assert "<title>演练中 EXERCISE · " in tight(told)


@pytest.mark.django_db
def test_a_warning_of_a_drill_reaches_no_resident(settings: Settings) -> None:
    settings.EXERCISE = True
    assert begin_warning(by(), "typhoon").warning.exercise


@pytest.mark.django_db
def test_it_takes_along_places_and_units_and_nobody(tmp_path: Path) -> None:
    station = body("a")
    account("officer", station, "somebody_real")
    unit = car("1")
    own = County(code="here", name_zh="此县", south=30, west=122, north=31, east=123, own=True)
    own.save()
    GazetteerEntry.objects.create(
        county=own, code="p", kind="pier", name_zh="东码头", lat=30.1, lon=122.1, h7=1, h9=1,
        key="东码头",
    )  # fmt: skip
    county, drill = Home(tmp_path / "county"), Home(tmp_path / "drill")
    assert [spot.name for spot in spots_of(own)] == ["东码头"]
    copy_out(own, county, drill)
    text = drill.exercise_founding.read_text("utf-8")
    assert "somebody_real" not in text
    assert "海小某" not in text

    # In a drill's own database there is nothing yet.
    Account.objects.all().delete()
    ResponseUnit.objects.all().delete()
    said: list[str] = []
    found(drill, said.append, open_door=False)
    assert set(Account.objects.values_list("username", flat=True)) == set(TRAINEES)
    assert sum("password" in line for line in said) == len(TRAINEES)
    assert ResponseUnit.objects.get().code == unit.code
    assert ResponseUnit.objects.get().status == Status.FREE
    found(drill, said.append, open_door=False)  # again, nothing happens
    assert ResponseUnit.objects.count() == 1


@pytest.mark.slow
def test_a_drill_lives_in_a_home_of_its_own_whatever_database_the_county_uses(
    demo_county: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo_county, home)
    before = (home / "county.sqlite3").stat().st_mtime_ns
    told = gongzhi(home, "exercise", "storm", "--no-serve", "--name", "friday")
    assert "calls to come" in told
    drill = Home(home).exercise("friday")
    assert drill.exercise_marker.exists()
    assert (home / "county.sqlite3").stat().st_mtime_ns == before
    env = county_environment(drill.root, "postgres://nobody@127.0.0.1:1/real")
    assert gongzhi(drill.root, "init", env=env) == ""  # founded already, in its own file
    assert drill.database.exists()
    assert "has not begun" in failed(home, "exercise", "--report", "--name", "friday")
    assert "small letters" in failed(home, "exercise", "--name", "../..")


def failed(home: Path, *arguments: str) -> str:
    """What the command says as it refuses."""
    with pytest.raises(RuntimeError) as told:
        gongzhi(home, *arguments)
    return str(told.value)
