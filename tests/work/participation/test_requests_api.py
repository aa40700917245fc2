"""A department's program: its own requests and no other's, the same rules as at the desk."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.access.actions import issue_key
from gongzhi.base.files.contents import pieces
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Attachment, Matter
from tests.work.participation.cast import SQUARE, SYSTEM, lamp, photo, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
AT = "/api/v1/requests/"
MAY = ("participation.answer_request", "participation.ask_resident")
WORDS = "换了灯头和三十米电缆，今晚七点亮灯。"


class Program:
    """A department's own system."""

    def __init__(self, of: str, *may: str) -> None:
        _key, secret = issue_key(SYSTEM, name="system", permissions=may or MAY, unit=unit(of))
        self.client, self.headers = Client(), {"Authorization": f"Bearer {secret}"}

    def get(self, path: str = "") -> Any:
        return self.client.get(AT + path, headers=self.headers)

    def post(self, path: str, told: dict[str, Any] | None = None) -> Any:
        return self.client.post(
            AT + path, json.dumps(told or {}), content_type="application/json", headers=self.headers
        )

    def send(self, path: str, told: dict[str, Any]) -> Any:
        """As a form with files."""
        return self.client.post(AT + path, told, headers=self.headers)


@pytest.fixture
def office() -> Program:
    return Program("city_management")


def test_it_reads_its_own_and_nobody_s_name(office: Program) -> None:
    own = lamp(point=SQUARE, contact={"name": "王小明", "phone": "13805801234"}).matter
    other = lamp("o" * 24, unit=unit("housing")).matter
    told = office.get().json()
    assert [one["id"] for one in told["requests"]] == [own.pk]
    [one] = told["requests"]
    assert (one["step"]["code"], one["may"][0]) == ("received", "accept")
    assert {"request_accept", "request_answer"} <= {clock["code"] for clock in one["clocks"]}
    assert [kind["code"] for kind in one["evidence"]] == ["photo", "visit"]
    assert "王小明" not in json.dumps(told, ensure_ascii=False)
    assert "13805801234" not in json.dumps(told)
    assert office.get(f"{other.pk}").status_code == 404
    assert office.post(f"{other.pk}/accept").status_code == 404


def test_accepting_asking_and_answering_as_at_the_desk(office: Program) -> None:
    matter = lamp().matter
    at = f"{matter.pk}/"
    assert office.post(f"{at}accept").json()["changed"] is True
    assert office.post(f"{at}accept").json()["changed"] is False
    missing = office.post(f"{at}answer", {"words": WORDS})
    assert missing.status_code == 422
    assert missing["Content-Type"].startswith("application/problem+json")
    assert "evidence" in missing.json()["fields"]
    told = {"words": WORDS, "evidence": "visit", "note": "11 月 20 日现场"}
    assert office.post(f"{at}answer", told).json()["request"]["step"]["code"] == "answered"
    before = Entry.objects.count()
    assert office.post(f"{at}answer", told).json()["changed"] is False
    assert Entry.objects.count() == before
    assert office.post(f"{at}ask", {"words": "哪一盏？"}).status_code == 409


TAKEN_AT = b"29.9501,122.2502 2026:11:20"


def from_a_camera() -> SimpleUploadedFile:
    """A picture into which the camera wrote where and when it was taken."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = TAKEN_AT.decode()
    Image.new("RGB", (320, 200), (40, 90, 110)).save(out, "JPEG", exif=exif)
    assert TAKEN_AT in out.getvalue()
    return SimpleUploadedFile("lamp.jpg", out.getvalue(), "image/jpeg")


def test_photos_come_with_an_answer_and_are_made_anew(office: Program) -> None:
    matter = lamp().matter
    at = f"{matter.pk}/answer-with-photos"
    office.post(f"{matter.pk}/accept")
    told = {"words": WORDS, "evidence": "photo", "note": "现场拍的"}
    without = office.send(at, told)
    assert (without.status_code, list(without.json()["fields"])) == (422, ["photos"])
    done = office.send(at, {**told, "photos": [from_a_camera(), from_a_camera()]})
    assert done.json()["request"]["step"]["code"] == "answered"
    [one, other] = [it.file for it in Attachment.objects.filter(matter=matter)]
    kept = b"".join(pieces(one))
    assert TAKEN_AT not in kept
    assert Image.open(io.BytesIO(kept)).size == (320, 200)
    assert one.sha256 == other.sha256
    again = office.send(at, {**told, "photos": [from_a_camera()]})
    assert again.json()["changed"] is False
    assert Attachment.objects.count() == 2


@pytest.mark.parametrize("sent", [
    [SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg")],
    [SimpleUploadedFile("a.jpg", b"", "image/jpeg")],
    [photo(f"{n}.jpg") for n in range(5)],
])  # fmt: skip
def test_what_is_no_photo_and_too_many_are_refused(
    office: Program, sent: list[SimpleUploadedFile]
) -> None:
    matter = lamp().matter
    office.post(f"{matter.pk}/accept")
    told = {"words": WORDS, "evidence": "photo", "note": "现场拍的", "photos": sent}
    answer = office.send(f"{matter.pk}/answer-with-photos", told)
    assert answer.status_code == 422
    assert "photos" in answer.json()["fields"]
    assert Matter.objects.get().step == "in_progress"
    assert not StoredFile.objects.exists()


def test_the_description_says_how_photos_are_sent() -> None:
    told = Client().get(f"{AT}openapi.json").json()
    way = told["paths"][f"{AT}{{number}}/answer-with-photos"]["post"]
    assert list(way["requestBody"]["content"]) == ["multipart/form-data"]


def test_a_plan_promises_a_day(office: Program) -> None:
    matter = lamp().matter
    office.post(f"{matter.pk}/accept")
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    told = office.post(f"{matter.pk}/plan", {"words": "整条路换新灯。", "promised": day}).json()
    assert told["request"]["step"]["code"] == "planned"
    assert "request_promise" in {clock["code"] for clock in told["request"]["clocks"]}


@pytest.mark.parametrize(("path", "told", "status"), [
    ("answer", {"words": ""}, 422),
    ("answer", {"words": WORDS, "evidnce": "visit"}, 422),
    ("answer", {"words": "您反映的问题已转相关部门处理。", "evidence": "visit", "note": "x"}, 422),
    ("answer", {"words": WORDS, "outcome": "impossible"}, 409),
    ("plan", {"words": WORDS, "promised": "soon"}, 422),
    ("plan", {"words": WORDS, "promised": "2020-01-01"}, 422),
    ("ask", {}, 422),
])  # fmt: skip
def test_what_is_wrong_is_named_and_changes_nothing(
    office: Program, path: str, told: dict[str, Any], status: int
) -> None:
    matter = lamp().matter
    office.post(f"{matter.pk}/accept")
    assert office.post(f"{matter.pk}/{path}", told).status_code == status
    assert Matter.objects.get().step == "in_progress"


def test_without_a_key_or_with_one_that_may_not(office: Program) -> None:
    lamp()
    assert Client().get(AT).status_code == 401
    assert Program("city_management", "participation.view_requests").get().status_code == 403
    assert office.get("?state=lost").status_code == 422
    assert office.get("?stat=open").status_code == 422


def test_changes_come_in_order_and_only_one_s_own(office: Program) -> None:
    start = office.get("changes").json()["next"]
    own = lamp().matter
    lamp("o" * 24, unit=unit("housing"))
    office.post(f"{own.pk}/accept")
    told = office.get(f"changes?after={start}").json()
    assert {one["request"] for one in told["changes"]} == {own.pk}
    assert [one["what"] for one in told["changes"]][:1] == ["matter_opened"]
    assert office.get(f"changes?after={told['next']}").json()["changes"] == []


def test_pages_follow_each_other(office: Program) -> None:
    keys = [lamp(f"{number:024d}").matter.pk for number in range(5)]
    first = office.get("?limit=3").json()
    rest = office.get(f"?limit=3&after={first['next']}").json()
    assert [one["id"] for one in first["requests"] + rest["requests"]] == keys[::-1]
    assert rest["next"] is None


@pytest.mark.parametrize("rows", [1, 30])
def test_as_many_queries_for_thirty_as_for_one(
    office: Program, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        lamp(f"{number:024d}")
    with django_assert_max_num_queries(5):
        assert len(office.get().json()["requests"]) == rows
