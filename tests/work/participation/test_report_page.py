"""The report page: what is wrong is said in the reader's language, and nothing half is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.actions import describe_county
from gongzhi.base.places.coordinates import Bounds
from gongzhi.work.participation.models import Receipt
from tests.markup import tight
from tests.work.participation.cast import SQUARE, lamp, photo, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
KEY = "r" * 24
PIN = {"lat": str(SQUARE.lat), "lon": str(SQUARE.lon)}
REPORT = {
    "category": "lamp_out",
    "words": "巷口的灯不亮",
    "place": "海平路 12 号",
    "idempotency_key": KEY,
}


@pytest.fixture(autouse=True)
def _county() -> None:
    unit("bureau")
    describe_county(
        Actor.system("test"), code="c", name_zh="县", name_en="County",
        bounds=Bounds(29.5, 121.8, 30.5, 122.8), own=True,
    )  # fmt: skip


def send(client: Client, **changed: Any) -> Any:
    return client.post("/report/", {**REPORT, **changed})


WRONG = {
    "no category": ({"category": ""}, "请选一个类别", "Choose a category"),
    "an unknown category": ({"category": "x"}, "没有这个类别", "no such category"),
    "a category of the police": ({"category": "burglary"}, "没有这个类别", "no such category"),
    "no words": ({"words": " "}, "请写几句", "few words"),
    "a book": ({"words": "灯" * 4001}, "最多写 4000 个字", "At most 4000"),
    "no place at all": ({"place": ""}, "写一下地点", "Write the place"),
    "a place too long": ({"place": "路" * 201}, "最多写 200 个字", "At most 200"),
    "0/0": ({"lat": "0", "lon": "0"}, "0, 0", "0, 0"),
    "outside the county": ({"lat": "39.9", "lon": "116.4"}, "不在本县", "outside|not in"),
    "not on earth": ({"lat": "95", "lon": "10"}, "不在地球上", "earth"),
    "no numbers": ({"lat": "north", "lon": "here"}, "不是有效的数字", "number"),
    "half a place": ({"lat": "29.9"}, "没有位置", "no place|position|location"),
    "not a number at all": ({"lat": "nan", "lon": "nan"}, "不是有效的数字", "number"),
    "a wrong answer": ({"answers.lamp_out.danger": "maybe"}, "答案里选一个", "answer"),
    "a wrong number": ({"answers.lamp_out.count": "-3"}, "0 到", "0"),
    "a question of nobody's": ({"answers.lamp_out.x": "1"}, "没有这个问题", "question"),
    "no phone": ({"phone": "call me"}, "不像电话号码", "phone number"),
    "a name too long": ({"name": "王" * 81}, "最多写 80 个字", "At most 80"),
    "a key too short": ({"idempotency_key": "k"}, "页面不完整", "incomplete|reload|refresh"),
    "no key": ({"idempotency_key": ""}, "页面不完整", "incomplete|reload|refresh"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    client: Client, case: str, language: str
) -> None:
    changed, chinese, english = WRONG[case]
    client.cookies["django_language"] = language
    before = Entry.objects.count()
    answer = send(client, **changed)
    assert answer.status_code == 422
    wanted = chinese if language == "zh-hans" else english
    assert re.search(wanted, answer.content.decode(), re.IGNORECASE), case
    assert (Matter.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize("field", list(REPORT))
def test_any_field_left_out_is_a_4xx(client: Client, field: str) -> None:
    left = {name: text for name, text in REPORT.items() if name != field}
    assert client.post("/report/", left).status_code == 422
    assert not Matter.objects.exists()


@pytest.mark.parametrize("field", [*REPORT, "name", "phone", "lat", "joins"])
def test_nul_bytes_anywhere_are_refused(client: Client, field: str) -> None:
    assert send(client, **{field: "a\x00b"}).status_code == 400
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    "words",
    ["😀😀", "𠮷𡈁村的灯𬜯不亮", "<script>alert(1)</script>", "&lt;b&gt;", "'; DROP TABLE--"],
)
def test_rare_characters_and_markup_come_back_as_they_were_written(
    client: Client, words: str
) -> None:
    from django.utils.html import escape

    assert send(client, words=words).status_code == 302
    page = client.get("/follow/matter/").content.decode()
    assert escape(words) in page
    assert "<script>alert" not in page


def test_a_pin_alone_is_place_enough(client: Client) -> None:
    assert send(client, place="", accuracy="12.4", **PIN).status_code == 302
    matter = Matter.objects.get()
    assert (matter.point, matter.accuracy) == (SQUARE, 12)


def test_answers_are_kept_and_raise_the_priority(client: Client) -> None:
    given = {"answers.lamp_out.danger": "yes", "answers.lamp_out.count": "3"}
    send(client, **given, **{"answers.noise.source": "shop"})
    matter = Matter.objects.get()
    assert (matter.answers, matter.priority) == ({"danger": "yes", "count": 3}, 2)


def test_a_program_gets_the_fields_as_a_problem(client: Client) -> None:
    wanted = {"Accept": "application/json"}
    answer = client.post("/report/", {**REPORT, "words": ""}, headers=wanted)
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"words"}
    good = client.post("/report/", REPORT, headers=wanted)
    assert good.json() == {"location": "/follow/matter/"}


# --- photos ---------------------------------------------------------------------------------------


def test_photos_come_along_and_are_shown_to_their_resident_only(client: Client) -> None:
    assert send(client, photos=[photo(), photo("b.jpg")]).status_code == 302
    file = StoredFile.objects.order_by("pk")[0]
    assert f"/files/{file.pk}/small/" in client.get("/follow/matter/").content.decode()
    assert client.get(f"/files/{file.pk}/").status_code == 200
    assert Client().get(f"/files/{file.pk}/").status_code == 404


TEXT = SimpleUploadedFile("night.jpg", b"this is no photo at all", "image/jpeg")
PHOTOS = {
    "a text file named .jpg": ([TEXT], 422, "不是照片"),
    "twenty-one megabytes": (
        [SimpleUploadedFile("big.jpg", b"\xff\xd8\xff" + b"0" * 21_000_000, "image/jpeg")],
        413,
        "20 MB",
    ),
    "half a photo": (
        [SimpleUploadedFile("half.jpg", photo().read()[:400], "image/jpeg")],
        422,
        "损坏",
    ),
    "an empty file": ([SimpleUploadedFile("empty.jpg", b"", "image/jpeg")], 422, "空的"),
}


@pytest.mark.parametrize("case", PHOTOS)
def test_what_is_no_photo_is_refused_and_nothing_is_kept(client: Client, case: str) -> None:
    files, status, said = PHOTOS[case]
    for file in files:
        file.seek(0)
    before = Entry.objects.count()
    answer = send(client, photos=files)
    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert (Matter.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert Entry.objects.count() == before


def test_five_photos_are_too_many(client: Client) -> None:
    answer = send(client, photos=[photo(f"{n}.jpg") for n in range(5)])
    assert (answer.status_code, "最多放 4 张" in answer.content.decode()) == (422, True)
    assert not Matter.objects.exists()


# --- sent twice -----------------------------------------------------------------------------------


def test_two_sends_make_one_matter_and_the_same_receipt(client: Client) -> None:
    assert [send(client).status_code, send(client).status_code] == [302, 302]
    assert (Matter.objects.count(), Receipt.objects.count()) == (1, 1)


def test_a_changed_form_with_a_spent_key_is_not_swallowed(client: Client) -> None:
    send(client)
    answer = send(client, words="另一盏灯也不亮")
    assert (answer.status_code, "已经提交过" in answer.content.decode()) == (409, True)
    assert Matter.objects.count() == 1


# --- neighbours -----------------------------------------------------------------------------------


def test_without_scripts_neighbours_are_shown_once_before_anything_is_sent(
    client: Client,
) -> None:
    first = lamp(point=SQUARE)
    page = send(client, **PIN).content.decode()
    assert "是同一件事吗" in page
    assert re.search(rf'name="joins"[^>]* value="{first.matter.pk}"', tight(page))
    assert "巷口的灯不亮" not in page.split("similar-one")[1]  # no word of what they said
    assert Matter.objects.count() == 1
    assert send(client, looked="yes", **PIN).status_code == 302
    assert Matter.objects.count() == 2


def test_joining_gives_a_code_and_counts_without_names(client: Client) -> None:
    first = lamp(point=SQUARE, words="王家巷的灯，三天了", contact={"name": "王小明"})
    assert send(client, joins=str(first.matter.pk), **PIN).status_code == 302
    page = client.get("/follow/matter/").content.decode()
    assert (Matter.objects.count(), "2 位居民关注" in page) == (1, True)
    assert first.matter.number in page
    assert "王家巷" not in page
    assert send(client, joins=str(first.matter.pk), **PIN).status_code == 302  # again: the same
    assert Receipt.objects.count() == 2


@pytest.mark.parametrize("joins", ["999999", "x", "-1", "1.5"])
def test_one_can_not_join_what_is_not_nearby(client: Client, joins: str) -> None:
    answer = send(client, joins=joins, **PIN)
    assert (answer.status_code, "不能加入" in answer.content.decode()) == (409, True)
    assert not Matter.objects.exists()


def test_one_can_not_look_into_a_far_request_by_joining_it(client: Client) -> None:
    far = lamp(point=SQUARE)
    answer = send(client, joins=str(far.matter.pk), lat="30.2", lon="122.5")
    assert answer.status_code == 409


def test_similar_says_nothing_of_what_is_far_or_of_another_kind(client: Client) -> None:
    lamp(point=SQUARE)
    asked = {"category": "lamp_out", **PIN}
    assert "是同一件事吗" in client.get("/report/similar/", asked).content.decode()
    for other in ({**asked, "lat": "30.2"}, {**asked, "lat": "x"}, {"category": "lamp_out"}):
        assert not client.get("/report/similar/", other).content.decode().strip()


# --- cost -----------------------------------------------------------------------------------------


def test_a_report_costs_few_queries_and_no_session(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20):
        assert send(client, looked="yes", **PIN).status_code == 302
    assert "sessionid" not in client.cookies
