"""Open311: what any client of GeoReport v2 expects, and nothing that residents would not expect."""

from __future__ import annotations

import io
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.access.actions import issue_key
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Attachment, Matter, Party
from gongzhi.base.people.actions import open_unit
from gongzhi.base.people.sealing import unseal
from gongzhi.base.places.actions import describe_county
from gongzhi.base.places.coordinates import Bounds

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
LAMP = {
    "service_code": "lamp_out",
    "lat": "29.9",
    "long": "122.3",
    "description": "巷口的灯不亮了，晚上看不清路",
    "address_string": "海平路 12 号",
}


@pytest.fixture(autouse=True)
def county() -> None:
    bounds = Bounds(29.5, 121.9, 30.4, 122.9)
    describe_county(
        SYSTEM, code="tinglan", name_zh="听澜县", name_en="Tinglan", bounds=bounds, own=True
    )


@pytest.fixture
def key() -> str:
    """A key that may send requests."""
    return key_with("participation.file_request")


def key_with(*permissions: str) -> str:
    unit = open_unit(SYSTEM, code="bureau", kind="bureau", name_zh="公安局", name_en="Bureau")
    _key, secret = issue_key(SYSTEM, name="市民应用", unit=unit, permissions=permissions)
    return secret


def send(client: Client, key: str, form: str = "json", **changed: Any) -> Any:
    told = {name: text for name, text in {**LAMP, "api_key": key, **changed}.items() if text != ""}
    headers = {"Idempotency-Key": told.pop("send")} if "send" in told else {}
    return client.post(f"/open311/v2/requests.{form}", told, headers=headers)


def xml(response: Any) -> Element:
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root: Element = fromstring(response.content)
    return root


def test_discovery_leads_to_the_interface(client: Client) -> None:
    found = client.get("/open311/discovery.json").json()
    assert found["endpoints"][0]["url"] == "http://testserver/open311/v2"
    root = xml(client.get("/open311/v2/discovery.xml"))
    assert root.findtext("endpoints/endpoint/formats/format") == "application/json"


def test_services_are_the_categories_of_requests(client: Client) -> None:
    services = client.get("/open311/v2/services.json").json()
    codes = {one["service_code"] for one in services}
    assert codes == {c.code for c in catalogue().categories.values() if "request" in c.kinds}
    assert {one["type"] for one in services} == {"realtime"}
    by_xml = xml(client.get("/open311/v2/services.xml"))
    assert [one.findtext("service_code") for one in by_xml] == [s["service_code"] for s in services]


def test_a_service_s_questions_are_its_attributes(client: Client) -> None:
    found = client.get("/open311/v2/services/lamp_out.json").json()
    asked = catalogue().categories["lamp_out"].questions
    assert [one["code"] for one in found["attributes"]] == [one.code for one in asked]
    root = xml(client.get("/open311/v2/services/lamp_out.xml"))
    assert root.findtext("attributes/attribute/values/value/key") == asked[1].answers[0].code


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_request_becomes_a_matter_with_all_that_was_sent(
    client: Client, key: str, form: str
) -> None:
    question = catalogue().categories["lamp_out"].questions[1]
    answer = question.answers[1].code
    response = send(
        client, key, form, first_name="小明", last_name="潮", phone="10012345678",
        email="chao@example.org", **{f"attribute[{question.code}]": answer},
    )  # fmt: skip
    assert response.status_code == 201, response.content
    if form == "json":
        number = response.json()[0]["service_request_id"]
    else:
        number = xml(response).findtext("request/service_request_id")
    matter = Matter.objects.get()
    assert matter.number == number
    assert (matter.category, matter.channel) == ("lamp_out", "open311")
    assert matter.answers == {question.code: answer}
    assert matter.point == (29.9, 122.3)
    sealed = unseal(bytes(Party.objects.get().person.sealed))
    assert sealed == {
        "name": "潮 小明",
        "phone": "10012345678",
        "email": "chao@example.org",
    }
    assert Entry.objects.get(kind="matters.matter_opened").by.startswith("key:")


def test_a_photo_comes_along_and_a_text_called_jpg_does_not(client: Client, key: str) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(picture, "JPEG")
    picture.seek(0)
    picture.name = "lamp.jpg"
    assert send(client, key, media=picture).status_code == 201
    assert Attachment.objects.count() == 1
    text = io.BytesIO(b"not a photo")
    text.name = "lamp.jpg"
    assert send(client, key, media=text).status_code == 422
    assert Matter.objects.count() == 1


def test_two_sends_with_one_key_of_the_send_make_one_matter(client: Client, key: str) -> None:
    first = send(client, key, send="a-send-of-an-app-0001")
    again = send(client, key, send="a-send-of-an-app-0001")
    assert first.json() == again.json()
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"api_key": ""}, 403),
        ({"api_key": "nonsense"}, 403),
        ({"service_code": ""}, 400),
        ({"service_code": "nonsense"}, 404),
        ({"lat": "", "long": "", "address_string": ""}, 400),
        ({"lat": "0", "long": "0"}, 400),
        ({"lat": "48.1", "long": "11.5"}, 400),
        ({"long": ""}, 400),
        ({"description": "灯" * 4001}, 400),
        ({"email": "nobody"}, 400),
        ({"attribute[nonsense]": "yes"}, 400),
        ({"send": "short"}, 400),
        ({"media_url": "javascript:alert(1)"}, 400),
        ({"jurisdiction_id": "elsewhere"}, 404),
    ],
    ids=lambda value: str(value)[:40],
)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_what_can_not_be_a_request_is_refused_in_words_and_leaves_nothing(
    client: Client, key: str, changed: dict[str, str], status: int, form: str
) -> None:
    before = Entry.objects.count()
    response = send(client, key, form, **changed)
    assert response.status_code == status
    if form == "json":
        [error] = response.json()
        code, words = error["code"], error["description"]
    else:
        root = xml(response)
        code, words = root.findtext("error/code"), root.findtext("error/description")
    assert code == str(status)
    assert words
    assert (Matter.objects.count(), Entry.objects.count()) == (0, before)


def test_a_key_without_that_permission_sends_nothing(client: Client) -> None:
    response = send(client, key_with("participation.view_requests"))
    assert response.status_code == 403
    assert not Matter.objects.exists()


def test_everybody_sees_how_far_it_is_and_only_a_partner_what_was_written(
    client: Client, key: str
) -> None:
    number = send(client, key, phone="10012345678").json()[0]["service_request_id"]
    [seen] = client.get(f"/open311/v2/requests/{number}.json").json()
    assert (seen["status"], seen["service_code"]) == ("open", "lamp_out")
    assert (seen["description"], seen["media_url"]) == ("", "")
    assert "海平路" not in seen["address"]
    assert (seen["lat"], seen["long"]) != (29.9, 122.3)
    assert abs(seen["lat"] - 29.9) < 0.005
    partner = key_with_view()
    [whole] = client.get(
        f"/open311/v2/requests/{number}.json", headers={"X-API-Key": partner}
    ).json()
    assert (whole["description"], whole["lat"]) == (LAMP["description"], 29.9)
    assert "10012345678" not in str(whole)


def key_with_view() -> str:
    unit = open_unit(SYSTEM, code="partner", kind="department", name_zh="伙伴", name_en="Partner")
    return issue_key(
        SYSTEM, name="伙伴", unit=unit, permissions=["participation.view_requests"]
    )[1]  # fmt: skip


def test_requests_are_found_by_service_status_time_and_number(client: Client, key: str) -> None:
    first = send(client, key).json()[0]["service_request_id"]
    second = send(client, key, service_code="noise").json()[0]["service_request_id"]

    def found(**query: str) -> set[str]:
        rows = client.get("/open311/v2/requests.json", query).json()
        return {row["service_request_id"] for row in rows}

    assert found() == {first, second}
    assert found(service_code="noise") == {second}
    assert found(service_code="noise,lamp_out", status="open") == {first, second}
    assert found(status="closed") == set()
    assert found(start_date="2000-01-01T00:00:00Z", end_date="2000-02-01T00:00:00Z") == set()
    assert found(service_request_id=f"{first},{second}", status="closed") == {first, second}


@pytest.mark.parametrize(
    "query",
    [
        {"status": "lost"},
        {"start_date": "yesterday"},
        {"start_date": "2026-13-01T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-12-01T00:00:00Z"},
        {"page": "0"},
        {"page_size": "many"},
    ],
    ids=str,
)
def test_a_query_nobody_can_mean_is_refused(client: Client, query: dict[str, str]) -> None:
    response = client.get("/open311/v2/requests.json", query)
    assert response.status_code == 400
    assert response.json()[0]["description"]


@pytest.mark.parametrize("number", ["SQ261124-999", "0", "x", "9" * 19])
def test_an_unknown_number_is_a_404(client: Client, number: str) -> None:
    assert client.get(f"/open311/v2/requests/{number}.json").status_code == 404


def test_pages_follow_one_another(client: Client, key: str) -> None:
    numbers = [send(client, key).json()[0]["service_request_id"] for _ in range(3)]
    first = client.get("/open311/v2/requests.json", {"page_size": "2"})
    assert [row["service_request_id"] for row in first.json()] == numbers[:0:-1]
    following = first["Link"].partition("<")[2].partition(">")[0]
    last = client.get(following)
    assert [row["service_request_id"] for row in last.json()] == numbers[:1]
    assert not last.has_header("Link")


def test_a_follow_up_code_is_a_token(client: Client, key: str) -> None:
    made = send(client, key).json()[0]
    code = next(word[:14] for word in made["service_notice"].split() if word.count("-") == 2)
    [found] = client.get(f"/open311/v2/tokens/{code}.json").json()
    assert found["service_request_id"] == made["service_request_id"]
    assert client.get("/open311/v2/tokens/AAAA-BBBB-CCCC.xml").status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_more_requests_take_no_more_queries(
    client: Client, key: str, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    for _ in range(many):
        send(client, key)
    with django_assert_max_num_queries(8):
        assert len(client.get("/open311/v2/requests.json").json()) == many


def test_markup_and_control_characters_stay_text_in_xml(client: Client, key: str) -> None:
    send(client, key, description="<b>灯</b> & \x0b 𠮷")
    root = xml(client.get("/open311/v2/requests.xml", headers={"X-API-Key": key_with_view()}))
    assert root.findtext("request/description") == "<b>灯</b> &  𠮷"
