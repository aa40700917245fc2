"""Which category a request's words speak for: suggested, decided by a person, and counted."""

from __future__ import annotations

import re
from zlib import crc32

import pytest
from django.conf import settings
from django.test import Client

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions import sort_anew, take_up
from gongzhi.work.participation.models import JudgedSuggestion
from gongzhi.work.participation.readers import learn_routing
from gongzhi.work.participation.suggesting import kept_router, learn_anew, suggestion_of
from tests.work.participation.cast import answered, by, clerk, lamp, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
OTHER = "n" * 24


@pytest.fixture(scope="module")
def learned(django_db_setup: None, django_db_blocker: object) -> None:
    """From the catalogue alone, as a new county does on its first day."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        assert learn_anew() > 100


@pytest.mark.usefixtures("learned")
def test_the_catalogues_words_are_enough_to_begin_with() -> None:
    unit("housing")
    matter = lamp(category="pothole", words="小区门口的路灯不亮，晚上太黑").matter
    told = suggestion_of(matter)
    assert told is not None
    assert told.category.code == "lamp_out"
    assert told.unit.code == "city_management"
    assert not told.is_current
    assert any("路灯" in word for word in told.because)
    assert "把握" in told.how_sure


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize("words", ["你好", "在吗", "？？？", "asdf"])
def test_nothing_is_said_of_what_says_nothing(words: str) -> None:
    assert suggestion_of(lamp(words=words).matter) is None


def test_before_anything_was_learned_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(settings, "HOME", type(settings.HOME)(tmp_path))
    assert kept_router() is None
    assert suggestion_of(lamp().matter) is None
    settings.HOME.routing.write_bytes(b"PK\x03\x04 no archive")
    assert kept_router() is None


def test_a_change_of_category_goes_to_its_unit_and_stays_on_the_timeline() -> None:
    unit("housing")
    matter = lamp(answers={"danger": "yes"}).matter
    assert matter.priority == 2
    sorted_ = sort_anew(by("city_management"), matter, "building_safety")
    kind = catalogue().categories["building_safety"]
    assert (sorted_.category, sorted_.owner_unit.code) == ("building_safety", kind.department)
    assert sorted_.priority == kind.priority
    assert sorted_.answers == {}
    told = [one.title for one in timeline(sorted_, public=True)]
    assert any("路灯不亮" in line and str(kind.name) in line for line in told)


def test_urgency_that_somebody_set_stays() -> None:
    from gongzhi.base.matters.actions import change_priority

    matter = change_priority(by("city_management"), lamp().matter, 1)
    assert sort_anew(by("city_management"), matter, "pothole", send=False).priority == 1


@pytest.mark.parametrize("category", ["lamp_out", "robbery", "nonsense", ""])
def test_only_another_category_of_requests_will_do(category: str) -> None:
    matter, office = lamp().matter, by("city_management")
    before = Entry.objects.count()
    with pytest.raises(Refused):
        sort_anew(office, matter, category)
    assert Matter.objects.get().category == "lamp_out"
    assert Entry.objects.count() == before


def test_what_was_answered_keeps_its_category() -> None:
    receipt = answered(lamp())
    with pytest.raises(Refused, match="答复"):
        sort_anew(by("city_management"), receipt.matter, "pothole")


def test_another_units_request_is_not_sorted() -> None:
    with pytest.raises(Refused, match="综合行政执法局"):
        sort_anew(by("housing"), lamp().matter, "pothole")


@pytest.mark.usefixtures("learned")
def test_whoever_decides_says_whether_the_suggestion_was_right_once() -> None:
    unit("housing")
    take_up(by("city_management"), lamp(words="路灯不亮").matter)
    wrong = lamp(OTHER, words="路灯不亮，太黑").matter
    sort_anew(by("city_management"), wrong, "pothole", send=False)
    sort_anew(by("city_management"), wrong, "litter", send=False)
    kept = list(JudgedSuggestion.objects.order_by("pk").values_list("suggested", "chosen"))
    assert kept == [("lamp_out", "lamp_out"), ("lamp_out", "pothole")]
    assert Entry.objects.filter(kind="participation.suggestion_judged").count() == 2


def test_what_is_kept_holds_no_person() -> None:
    name, phone = "欧阳霁澜", "13912345678"
    for n in range(2):
        receipt = lamp(f"{n}" * 24, words=f"路灯不亮，我叫{name}，电话 {phone}，霁澜第{n}次说了")
        answered(receipt)
    learn_anew()
    router = kept_router()
    assert router is not None
    known = {int(it) for part in router.vocabulary.known for it in part}
    pieces = [name, phone, name[2:], name[:2], "霁", "霁澜/", phone[:7]]
    assert not [piece for piece in pieces if crc32(piece.encode()) in known]
    raw = settings.HOME.routing.read_bytes()
    assert name.encode() not in raw
    assert {"labels", "weights", "offsets", "odds"} < set(router.arrays())
    assert not re.search(r"[\u4e00-\u9fff]", "".join(router.arrays()["labels"]))


def test_learning_waits_for_the_night(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOME", type(settings.HOME)(tmp_path))
    settings.HOME.routing.write_bytes(b"")
    assert not learn_routing()


@pytest.mark.usefixtures("learned")
def test_the_page_suggests_and_one_press_sends_it(client: Client) -> None:
    unit("housing")
    matter = lamp(category="building_safety", words="路灯不亮了", unit=unit("housing")).matter
    client.force_login(clerk("housing"))
    page = client.get(f"/requests/{matter.pk}/").content.decode()
    assert "路灯不亮 → 综合行政执法局" in page
    assert "路灯不亮 → 综合行政执法局" in client.get("/requests/?show=new").content.decode()
    sent = client.post(f"/requests/{matter.pk}/sort/", {"category": "lamp_out", "send": "yes"})
    assert sent.status_code == 302
    matter.refresh_from_db()
    assert (matter.category, matter.owner_unit.code) == ("lamp_out", "city_management")
    assert JudgedSuggestion.objects.get().chosen == "lamp_out"


@pytest.mark.usefixtures("learned")
def test_who_oversees_sees_numbers_by_unit(client: Client) -> None:
    take_up(by("city_management"), lamp(words="路灯不亮").matter)
    client.force_login(clerk("bureau", "supervisor"))
    page = client.get("/requests/routing/").content.decode()
    assert "其中 1 条和人定的一样" in page
    client.force_login(clerk("city_management"))
    assert client.get("/requests/routing/").status_code == 403
