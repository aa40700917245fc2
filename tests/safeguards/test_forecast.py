"""Only harm that residents report is foreseen, by place and time; never what people say or who."""

from __future__ import annotations

import dataclasses
import inspect
import typing
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from gongzhi.analysis import forecast
from gongzhi.analysis.forecast import Area, Counts, Days
from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.kinds.forecast import NEVER, Forecast, forbidden, unfit_forecasts
from gongzhi.base.catalogue.load import read, shipped
from gongzhi.base.log.actions import moment
from gongzhi.config.cli_forecast import evaluate
from gongzhi.config.forecasting import Asked
from gongzhi.work.patrol.forecasts.counting import HELD, Read
from gongzhi.work.patrol.forecasts.county import series
from gongzhi.work.patrol.forecasts.models import Judgement
from gongzhi.work.patrol.forecasts.readers import look_ahead
from gongzhi.work.patrol.forecasts.selectors import Need, needs
from tests.safeguards.test_analysis import is_personal
from tests.work.patrol.forecasts.hands import calls, foreseen, judged, verdict
from tests.work.prevention.problems.hands import TODAY, account, at, tell

WHOLE = read(shipped())
LISTED = {code for one in WHOLE.forecasts.values() for code in one.categories}


def listed(code: str, treats: str = "demand") -> Forecast:
    words = {"zh": "某事", "en": "Something"}
    return Forecast.model_validate(
        {"code": "some", "name": words, "treats": treats, "categories": [code], "reason": words}
    )


def test_voices_and_what_patrols_come_upon_are_never_foreseen() -> None:
    never = {"police_complaint", "crowd", "suspicious", "drugs", "gambling_vice", "dispute_wage",
             "wage_arrears", "self_harm", "other", "police_other"}  # fmt: skip
    assert never <= NEVER
    assert LISTED.isdisjoint(NEVER)
    assert LISTED.isdisjoint({"domestic_violence", "dispute_family", "drunk_driving"})


@pytest.mark.parametrize("code", sorted(NEVER & set(WHOLE.categories)))
def test_a_county_can_t_list_them_either(code: str) -> None:
    for treats in ("harm", "demand"):
        assert unfit_forecasts({"some": listed(code, treats)}, WHOLE.categories)


@pytest.mark.parametrize(
    "called", ["来信来访上访", "群众意见", "Petitions", "Public assembly", "游行集会"]
)
def test_nor_its_own_words_for_them(called: str) -> None:
    model = WHOLE.categories["help_public"]
    own = model.model_copy(
        update={"code": "own", "name": model.name.model_copy(update={"zh": called, "en": called})}
    )
    assert forbidden(own)
    assert unfit_forecasts({"some": listed("own")}, {"own": own})


def test_what_is_no_harm_is_never_foreseen_as_harm() -> None:
    assert not unfit_forecasts({"some": listed("traffic_jam")}, WHOLE.categories)
    assert unfit_forecasts({"some": listed("traffic_jam", "harm")}, WHOLE.categories)


def test_every_entry_says_why_it_is_there() -> None:
    assert WHOLE.forecasts
    for one in WHOLE.forecasts.values():
        assert len(one.reason.zh) > 10
        assert len(one.reason.en) > 20


def test_complaints_are_of_no_kind_that_could_be_listed() -> None:
    complaints = [one for one in WHOLE.categories.values() if "complaint" in one.kinds]
    assert complaints
    assert all(forbidden(one) for one in complaints)


def fields(kind: type) -> set[str]:
    return {one.name for one in dataclasses.fields(kind)}


def test_there_is_no_parameter_through_which_a_person_could_enter() -> None:
    """Cells, days, shifts and numbers; flags of days and weather. Nothing else."""
    assert fields(Counts) == {"area", "first", "many", "beyond", "known"}
    assert fields(Area) == {"cells"}
    assert fields(Days) == {"flags", "weather"}
    for code in forecast.__all__:
        thing = getattr(forecast, code)
        if inspect.isfunction(thing):
            asked = inspect.signature(thing).parameters
            assert not [one for one in asked if is_personal(one)], code


def test_the_command_asks_for_files_and_numbers_alone() -> None:
    asked = set(inspect.signature(evaluate).parameters)
    assert asked == {"file", "mapping", "engine", "out", "ahead", "resolution", "shifts", "weather",
                     "details", "home", "lake", "seed"}  # fmt: skip
    assert not [one for one in fields(Asked) if is_personal(one)]


def test_of_a_file_only_times_cells_and_categories_are_kept() -> None:
    kept = typing.get_type_hints(Read)
    assert {code for code, kind in kept.items() if typing.get_origin(kind) is list} == {
        "at",
        "cells",
        "categories",
    }
    assert HELD == forecast.FINEST == 8


def test_officers_own_work_and_unlisted_kinds_have_a_place_to_be_left_out(tmp_path: Path) -> None:
    """A mapping can't call harm what the county's list doesn't."""
    folder = tmp_path / "mappings"
    folder.mkdir()
    text = (shipped() / "mappings" / "boone.toml").read_text("utf-8")
    (folder / "boone.toml").write_text(
        text.replace('harm = ["medical", ', 'harm = ["self_harm", '), "utf-8"
    )
    with pytest.raises(ValueError, match=r"forecast\.harm: 'self_harm' is on no list of harm"):
        read(shipped(), tmp_path)


def test_the_list_is_of_categories_that_are_there() -> None:
    assert set(WHOLE.categories) >= LISTED
    assert isinstance(WHOLE.categories["medical"], Category)


def test_the_county_s_own_forecasts_have_room_for_places_and_numbers_alone() -> None:
    """No table, and nothing that a planner is given, could hold a person or a word."""
    for model in apps.get_app_config("forecasts").get_models():
        assert not [one.name for one in model._meta.get_fields() if is_personal(one.name)]
    assert {one.name for one in dataclasses.fields(Need)} == {
        "cell", "category", "expected", "low", "high", "by", "adopted",
    }  # fmt: skip


def test_what_the_county_foresees_is_what_the_list_allows() -> None:
    assert set(series()) == LISTED
    assert {code for code, counted in series().items() if counted == code} <= {
        code for code, one in WHOLE.categories.items() if one.harm
    }


@pytest.mark.django_db
def test_the_page_can_t_be_asked_for_what_isn_t_listed() -> None:
    """Whatever somebody writes into the address, and even if it stood in the tables."""
    held = judged(categories={"suspicious": verdict(), "medical": verdict()})
    foreseen(held, "suspicious")
    client = Client()
    client.force_login(account("commander"))
    for path in ("/forecasts/", "/forecasts/told/"):
        text = client.get(f"{path}?category=suspicious").content.decode()
        assert 'value="suspicious"' not in text
        assert "forecast-go" not in text  # no cell
        assert str(WHOLE.categories["suspicious"].name) not in text
    assert {one.category for one in needs(TODAY, 0, harm_only=False)} == set()


@pytest.mark.django_db
def test_officers_own_work_changes_no_forecast() -> None:
    """A county with it and one without foresee the same, and say how much was left out."""
    told = calls(days=100, a_day=5)
    tell(told)
    with moment(at(TODAY, 1)):
        look_ahead()
    before = [(one.cell, one.expected) for one in needs(TODAY, 1)]
    assert before
    tell(calls(days=40, a_day=9, channel="patrol", category="medical"))
    Judgement.objects.all().delete()
    with moment(at(TODAY, 2)):
        look_ahead()
    assert [(one.cell, one.expected) for one in needs(TODAY, 1)] == before
    assert Judgement.objects.get().rows["own_work"] > 200
