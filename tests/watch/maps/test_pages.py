"""The page of the three maps: who may open it, what it shows and what leaves it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import h3.api.basic_int as h3
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from tests.watch.maps.facts import HERE, NEIGHBOUR, put
from tests.work.dispatch.county import account, body

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(account("analyst", body("command_centre", "department"), "eyes"))
    return client


def happened(many: int, cell: int = HERE, **more: str) -> None:
    put((NOW - timedelta(days=1, hours=k) for k in range(many)), cell=cell, **more)


def opened(client: Client, address: str = "/maps/") -> str:
    with moment(NOW):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_county_is_told_when_something_will_be_there(analyst: Client) -> None:
    assert "一个网格里满 5 起、过了当天" in opened(analyst)


def test_figures_are_told_in_words_tables_and_for_the_map(analyst: Client) -> None:
    happened(12)
    page = opened(analyst)
    assert "约 10 起" in page
    assert f'"{HERE:x}",10' in page.replace(" ", "").replace('", ', '",')


def test_whoever_may_not_play_shifts_sees_nothing_move(analyst: Client) -> None:
    assert "要能回放班次的人才看得到" in opened(analyst)
    analyst.force_login(account("commander", body("command_centre", "department"), "chief"))
    assert "打开“在动的”" in opened(analyst)


def test_a_crew_may_not_open_it(client: Client) -> None:
    client.force_login(account("officer", body("a"), "crew"))
    assert client.get("/maps/").status_code == 403
    assert client.post("/maps/export/csv/").status_code == 403


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_no_file_and_no_page_tells_of_a_cell_with_four(analyst: Client, form: str) -> None:
    happened(5)
    happened(4, NEIGHBOUR)
    with moment(NOW):
        file = analyst.post(f"/maps/export/{form}/", {"asked": ""}).content.decode("utf-8-sig")
    assert f"{HERE:x}" in file
    assert f"{NEIGHBOUR:x}" not in file + opened(analyst)


def test_files_hold_what_the_page_shows(analyst: Client) -> None:
    happened(12)
    with moment(NOW):
        text = analyst.post("/maps/export/csv/", {"asked": "kind=incident"}).content
        shape = json.loads(analyst.post("/maps/export/geojson/", {"asked": ""}).content)
    lines = text.decode("utf-8-sig").splitlines()
    (row,) = csv.DictReader(io.StringIO("\n".join(lines[1:])))
    (feature,) = shape["features"]
    assert row["h3"] == feature["properties"]["h3"] == f"{HERE:x}"
    assert int(row["count"]) == feature["properties"]["count"] == shape["total"] == 10


@pytest.mark.parametrize("form", ["csv", "geojson", "png"])
def test_taking_figures_away_is_on_the_log_with_what_was_asked(analyst: Client, form: str) -> None:
    with moment(NOW):
        analyst.post(f"/maps/export/{form}/", {"asked": "kind=request&size=7&against=before"})
    entry = Entry.objects.get(kind="maps.figures_exported")
    said = json.loads(entry.text)
    assert entry.by.startswith("account:")
    assert (said["format"], said["matters"], said["resolution"]) == (form, "request", 7)
    assert said["compared"] is True


def test_an_unknown_format_is_refused_and_leaves_nothing_on_the_log(analyst: Client) -> None:
    assert analyst.post("/maps/export/exe/").status_code == 404
    assert not Entry.objects.filter(kind="maps.figures_exported").exists()


def test_a_comparison_without_records_says_so(analyst: Client) -> None:
    happened(12)
    assert "还没有完整的记录" in opened(analyst, "/maps/told/?against=year")


def test_many_cells_cost_no_more_questions_than_one(analyst: Client) -> None:
    happened(5)
    with CaptureQueriesContext(connection) as few:
        opened(analyst)
    for cell in h3.grid_disk(HERE, 3):
        put((NOW - timedelta(days=2, hours=k) for k in range(5)), cell=int(cell), written=False)
    put([])
    with CaptureQueriesContext(connection) as many:
        opened(analyst)
    assert len(many) <= len(few)


def test_one_category_only(analyst: Client) -> None:
    happened(12)
    assert "约 10 起" in opened(analyst, "/maps/told/?category=theft")
    assert "少于 5 起" in opened(analyst, "/maps/told/?category=fight")


def test_nodes_and_plans_of_the_day_are_there_for_those_who_see_patrols(client: Client) -> None:
    client.force_login(account("planner", body("command_centre", "department"), "plans"))
    with moment(NOW):
        told = client.get("/maps/patrols/").json()
        page = client.get("/maps/").content.decode()
    assert told == {
        "nodes": {"type": "FeatureCollection", "features": []},
        "kinds": [],
        "plans": [],
    }
    assert "data-patrols-url" in page


def test_a_plan_that_ran_is_told_with_its_stops_and_what_became_of_them(client: Client) -> None:
    from tests.work.patrol import hands

    client.force_login(account("planner", body("command_centre", "department"), "plans"))
    hands.cars()
    hands.schools()
    plan = hands.published()
    stop = plan.stops.filter(left_out="").order_by("arrives_at").first()
    assert stop is not None
    assert stop.arrives_at is not None
    stop.state, stop.there_at = "there", stop.arrives_at
    stop.save()
    with moment(hands.at(12, hands.DAY + timedelta(days=1))):
        told = client.get(f"/maps/patrols/?to={hands.DAY}").json()
    [shown] = told["plans"]
    assert "去过 1 处" in shown["words"]
    made = [one["properties"].get("made", -1) for one in shown["drawn"]["features"]]
    assert sum(one >= 0 for one in made) == 1
    assert sum(n for _words, n in told["kinds"]) == len(told["nodes"]["features"]) == 3
    with moment(hands.at(12, hands.DAY + timedelta(days=1))):
        assert client.get(shown["url"]).status_code == 200
