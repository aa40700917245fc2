"""Open311 clients that others wrote read from a running county and post to it, as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from civicbot.http import HttpError, HttpTransport, RateLimiter
from civicbot.open311 import Open311Client, PreparedRequest
from civicbot.registry import Endpoint
from georeport import GeoReport

from tests.county import RunningCounty, copied

pytestmark = pytest.mark.slow
SMALL_COUNTY = """
from gongzhi.base.access.actions import issue_key
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_unit
from gongzhi.base.places.actions import describe_county
from gongzhi.base.places.coordinates import Bounds

by = Actor.system("test")
bounds = Bounds(29.5, 121.9, 30.4, 122.9)
describe_county(by, code="tinglan", name_zh="听澜县", name_en="Tinglan", bounds=bounds, own=True)
unit = open_unit(by, code="bureau", kind="bureau", name_zh="县公安局", name_en="County Bureau")
print(issue_key(by, name="市民应用", unit=unit, permissions=["participation.file_request"])[1])
"""
LAMP = {"lat": 29.9, "lng": 122.3, "description": "巷口的灯不亮了 & <晚上> 看不清路"}


@pytest.fixture(scope="module")
def county(empty_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCounty]:
    with RunningCounty(copied(empty_county, tmp_path_factory)) as running:
        yield running


@pytest.fixture(scope="module")
def key(county: RunningCounty) -> str:
    return county.python(SMALL_COUNTY).strip()


def reader(county: RunningCounty, form: str) -> GeoReport:
    return GeoReport(f"{county.url}/open311/v2/", jurisdiction="tinglan", output_format=form)


def robot(county: RunningCounty) -> Open311Client:
    here = Endpoint("tinglan", "听澜县", f"{county.url}/open311/v2", write=True)
    transport = HttpTransport(rate_limiter=RateLimiter(min_interval=0))
    return Open311Client(here, transport=transport, jurisdiction_id="tinglan")


def report(county: RunningCounty, key: str, **said: str) -> PreparedRequest:
    """File a request that the robot has checked against our own list and definition first."""
    return robot(county).create_request(
        "lamp_out", dry_run=False, confirm="SEND", api_key=key, validate_remote=True,
        first_name="小明", phone="10012345678", device_id="a-phone", **LAMP, **said,
    )  # fmt: skip


@pytest.fixture(scope="module")
def number(county: RunningCounty, key: str) -> str:
    """Of a lamp that the robot has reported, with what it was asked."""
    choice = asked_about_lamps(robot(county).get_service_definition("lamp_out"))
    [made] = report(county, key, attributes=choice).response
    return str(made["service_request_id"])


def asked_about_lamps(definition: dict) -> dict[str, str]:
    """One answer: the first of the first question that has a list of them."""
    asked = next(one for one in definition["attributes"] if one["datatype"] == "singlevaluelist")
    return {asked["code"]: asked["values"][0]["key"]}


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_lists_services_and_reads_what_is_asked(county: RunningCounty, form: str) -> None:
    services = {one["service_code"]: one for one in reader(county, form).get_service_list()}
    assert services["lamp_out"]["service_name"] == "路灯不亮"
    assert str(services["lamp_out"]["metadata"]).lower() == "true"
    definition = reader(county, form).get_service_definition("lamp_out")
    assert definition["service_code"] == "lamp_out"
    assert definition["attributes"]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_finds_what_a_robot_reported(
    county: RunningCounty, number: str, form: str
) -> None:
    found = reader(county, form).get_service_request(number)
    assert (found["service_request_id"], found["status"]) == (number, "open")
    assert found["service_code"] == "lamp_out"
    listed = reader(county, form).get_service_requests(service_code="lamp_out", status="open")
    # xmltodict makes a list of one the one itself
    listed = listed if isinstance(listed, list) else [listed]
    assert number in {one["service_request_id"] for one in listed}
    assert not {"小明", "10012345678", "a-phone"} & set(map(str, found.values()))


def test_civicbot_reads_back_what_it_reported(county: RunningCounty, number: str) -> None:
    found = robot(county).get_request(number)
    assert found is not None
    assert (found["service_name"], found["status"]) == ("路灯不亮", "open")
    [same] = robot(county).list_requests(service_request_ids=[number])
    assert same == found


def test_the_county_keeps_what_the_robot_answered(county: RunningCounty, number: str) -> None:
    choice = asked_about_lamps(robot(county).get_service_definition("lamp_out"))
    kept = "from gongzhi.base.matters.models import Matter\n"
    kept += f"print(next(m.answers for m in Matter.objects.all() if m.number == {number!r}))"
    assert county.python(kept).strip() == str(choice)


def test_civicbot_hears_in_words_why_it_was_refused(county: RunningCounty, key: str) -> None:
    with pytest.raises(HttpError, match="密钥") as refused:
        report(county, "nonsense")
    assert refused.value.status == 403
    with pytest.raises(HttpError) as refused:
        report(county, key, email="nobody")
    assert refused.value.status == 400


def test_a_client_of_another_county_is_told_so(county: RunningCounty) -> None:
    elsewhere = Open311Client(
        robot(county).endpoint, transport=robot(county).http, jurisdiction_id="elsewhere"
    )
    with pytest.raises(HttpError) as refused:
        elsewhere.list_services()
    assert refused.value.status == 404
