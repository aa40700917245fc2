"""The crew's phone: the own unit, where it is sent, and reports that may arrive twice."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Attachment, Matter
from gongzhi.base.places import areas
from gongzhi.work.calls.actions import note_premises
from gongzhi.work.dispatch.actions import assign_unit, go_on_duty, recall_unit
from gongzhi.work.dispatch.models import Assignment, DutyMember, ResponseUnit
from gongzhi.work.dispatch.selectors.card import plan_of
from tests.work.dispatch.county import HERE, SYSTEM, account, body, car, incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(client: Client) -> Client:
    client.force_login(account("officer", body("a")))
    return client


def page(phone: Client) -> str:
    answer = phone.get("/crew/")
    assert answer.status_code == 200
    return answer.content.decode()


def on(phone: Client, unit: ResponseUnit) -> ResponseUnit:
    assert phone.post("/crew/on-duty/", {"unit": unit.pk}).status_code == 302
    unit.refresh_from_db()
    return unit


def photo() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(drawn, "JPEG")
    return SimpleUploadedFile("scene.jpg", drawn.getvalue(), "image/jpeg")


def test_one_chooses_among_the_units_of_the_own_station(phone: Client) -> None:
    mine, other = car("01", on_duty=False), car("02", "b", on_duty=False)
    said = page(phone)
    assert str(mine) in said
    assert str(other) not in said
    assert on(phone, mine).status == "free"
    assert "待命" in page(phone)
    assert phone.post("/crew/on-duty/", {"unit": other.pk}).status_code == 403


def test_going_on_duty_twice_by_a_lost_answer_is_once(phone: Client) -> None:
    unit = car("01", on_duty=False)
    on(phone, unit)
    on(phone, unit)
    assert DutyMember.objects.count() == 1


def tell(phone: Client, what: str, assignment: int | None = None, **more: object) -> HttpResponse:
    """Press a button where no script runs."""
    told = {"key": uuid4().hex, "what": what, **more}
    if assignment is not None:
        told["assignment"] = assignment
    return phone.post("/crew/report/", told)  # type: ignore[return-value]


def test_from_the_task_to_the_outcome_with_a_photo(phone: Client) -> None:
    unit = on(phone, car("01", on_duty=False))
    matter = incident("fight", words="码头有人打架", place="望海路 8 号")
    on_it = assign_unit(SYSTEM, matter, unit).pk
    said = page(phone)
    for words in (
        "望海路 8 号",
        "码头有人打架",
        "出发",
        "geo:30.01,122.1",
        'data-point="30.01,122.1"',
    ):
        assert words in said
    tell(phone, "set_off", on_it)
    assert tell(phone, "arrive", on_it).status_code == 302
    assert tell(phone, "photo", on_it, photos=photo()).status_code == 302
    cleared = tell(phone, "clear", on_it, disposition="mediated", words="双方和解", photos=photo())
    assert cleared.status_code == 302
    matter.refresh_from_db()
    assert matter.step == "cleared"
    assert Attachment.objects.filter(matter=matter).count() == 2
    assert "调解达成一致" in page(phone)  # among today's


def test_a_report_that_arrives_twice_or_late_changes_nothing(phone: Client) -> None:
    unit = on(phone, car("01", on_duty=False))
    on_it = assign_unit(SYSTEM, incident(), unit).pk
    for what in ("set_off", "set_off", "arrive", "set_off", "arrive"):
        assert tell(phone, what, on_it).status_code == 302
    for _ in range(2):
        assert tell(phone, "clear", on_it, disposition="helped").status_code == 302
    kinds = ["dispatch.unit_set_off", "dispatch.unit_arrived", "dispatch.unit_cleared"]
    assert [Entry.objects.filter(kind=kind).count() for kind in kinds] == [1, 1, 1]


def test_what_was_recalled_meanwhile_is_said_and_moves_nothing(phone: Client) -> None:
    unit = on(phone, car("01", on_duty=False))
    matter = incident()
    assignment = assign_unit(SYSTEM, matter, unit)
    recall_unit(SYSTEM, matter, unit)
    answer = tell(phone, "arrive", assignment.pk)
    assert answer.status_code == 409
    assert "已经结束" in answer.content.decode()
    matter.refresh_from_db()
    assert matter.step == "unassigned"


def test_nobody_reports_for_the_unit_of_others(phone: Client) -> None:
    other = car("02", "b")
    on_it = assign_unit(SYSTEM, incident(), other).pk
    assert tell(phone, "arrive", on_it).status_code == 409  # not on duty at all
    on(phone, car("01", on_duty=False))
    assert tell(phone, "arrive", on_it).status_code == 409
    assert tell(phone, "arrive", on_it, unit=other.pk).status_code == 403
    assert Assignment.objects.get().on_scene_at is None


@pytest.mark.parametrize(
    "sent",
    [{}, {"disposition": "nonsense"}, {"disposition": "helped", "photos": "text"}],
    ids=["none", "unknown", "a text as a photo"],
)
def test_an_outcome_that_can_not_be_is_refused_and_nothing_half_written(
    phone: Client, sent: dict[str, object]
) -> None:
    unit = on(phone, car("01", on_duty=False))
    on_it = assign_unit(SYSTEM, incident(), unit).pk
    if "photos" in sent:
        sent = {**sent, "photos": SimpleUploadedFile("x.jpg", b"no photo", "image/jpeg")}
    before = Entry.objects.exclude(kind="crews.report_taken").count()
    assert 400 <= tell(phone, "clear", on_it, **sent).status_code < 500
    assert Entry.objects.exclude(kind="crews.report_taken").count() == before
    assert Assignment.objects.get().active
    assert Assignment.objects.get().on_scene_at is None


def test_the_position_is_the_last_one_only_and_gone_off_duty(phone: Client) -> None:
    unit = on(phone, car("01", on_duty=False))
    assert phone.post("/crew/position/", {"lat": "30.02", "lon": "122.2"}).status_code == 204
    unit.refresh_from_db()
    assert (unit.lat, unit.lon) == (30.02, 122.2)
    assert phone.post("/crew/position/", {"lat": "0", "lon": "0"}).status_code == 400
    assert phone.post("/crew/position/", {"lat": "x"}).status_code == 400
    phone.post("/crew/duty/", {"what": "off"})
    unit.refresh_from_db()
    assert (unit.status, unit.point) == ("off_duty", None)
    assert phone.post("/crew/position/", {"lat": "30.02", "lon": "122.2"}).status_code == 409


def test_pausing_and_being_ready_again(phone: Client) -> None:
    unit = on(phone, car("01", on_duty=False))
    phone.post("/crew/duty/", {"what": "pause"})
    assert "恢复接派" in page(phone)
    phone.post("/crew/duty/", {"what": "resume"})
    unit.refresh_from_db()
    assert unit.status == "free"


def test_the_page_costs_the_same_for_one_and_for_many(
    phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(areas, "LOOK_AGAIN", 3600.0)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(phone)
        return len(seen)

    car("00", on_duty=False)
    page(phone)
    choosing = cost()
    for k in range(30):
        car(f"1{k}", on_duty=False)
    assert cost() == choosing
    unit = on(phone, car("01", on_duty=False))
    matter = incident()
    assign_unit(SYSTEM, matter, unit)
    assign_unit(SYSTEM, matter, car("201"))
    working = cost()
    for k in range(30):
        assign_unit(SYSTEM, matter, car(f"3{k}"))
        go_on_duty(SYSTEM, unit, crew=[account("officer", body("a"), f"mate_{k}")])
    assert cost() <= working


def test_the_page_is_for_crews(client: Client) -> None:
    client.force_login(account("dispatcher", body("a")))
    assert client.get("/crew/").status_code == 403


def test_the_crew_reads_what_it_is_sent_for_and_what_to_mind(phone: Client) -> None:
    unit = on(phone, car("01", on_duty=False, skills=["armed"], people=2))
    matter = incident("fight", answers={"weapon": "yes"})
    note_premises(SYSTEM, HERE, place="海平路 12 号", words="院里有大狗", days=30)
    assign_unit(SYSTEM, matter, unit)
    said = page(phone)
    for words in ("你们是武装处置组", "院里有大狗", "带上：", *_cautions(matter)):
        assert words in said


def _cautions(matter: Matter) -> list[str]:
    found = [str(one) for one in plan_of(matter).cautions]
    assert found
    return found


def test_how_long_it_has_been_at_it_is_asked_on_the_phone_too(phone: Client) -> None:
    unit = on(phone, car("01", on_duty=False))
    assign_unit(SYSTEM, incident(), unit)
    assert "crew-stays" not in page(phone)
    hours_ago = now() - timedelta(hours=9)
    ResponseUnit.objects.filter(pk=unit.pk).update(status_since=hours_ago)
    assert "crew-stays" in page(phone)


def test_beside_incidents_the_crew_says_what_it_does(phone: Client) -> None:
    unit = on(phone, car("01", on_duty=False))
    assert 'value="meal"' in page(phone)
    phone.post("/crew/duty/", {"what": "state", "status": "meal"})
    unit.refresh_from_db()
    assert (unit.status, unit.sub_status) == ("busy", "meal")
    assert phone.post("/crew/duty/", {"what": "state", "status": "on_scene"}).status_code == 400
