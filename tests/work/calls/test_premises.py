"""Who takes a call knows the place: what happened there, what to mind; nobody's name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions import NewCall, note_premises, receive_call, remove_premise_note
from gongzhi.work.calls.models import PremiseNote
from gongzhi.work.calls.selectors.premises import premises_at
from gongzhi.work.dispatch.actions import assign_unit
from tests.work.calls.conftest import SignedIn
from tests.work.crews.county import Crew

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
HERE = Point(29.95, 122.25)
NEAR = Point(29.9503, 122.25)
"""33 m north."""
FAR = Point(29.9512, 122.25)
"""133 m north."""
PLACE = {"lat": "29.95", "lon": "122.25", "place": "海平路 12 号"}


def happened(point: Point, days: float = 1, **more: Any) -> Matter:
    told = {"category": "fight", "words": "海先生打人", "caller": {"name": "海先生"}} | more
    with moment(now() - timedelta(days=days)):
        return receive_call(SYSTEM, NewCall(point=point, **told)).matter


def text(answer: Any) -> str:
    return answer.content.decode()


@pytest.mark.usefixtures("centre")
class TestWhatHappened:
    def test_is_what_was_within_fifty_metres_in_two_years(self) -> None:
        one = happened(NEAR)
        happened(FAR)
        happened(HERE, days=800)
        known = premises_at(HERE)
        assert [each.number for each in known.happened] == [one.number]
        assert known.kinds == [("打架斗殴", 1)]

    def test_is_also_what_was_told_of_the_same_address(self) -> None:
        one = happened(FAR, place="大院 1 号")
        assert not premises_at(HERE)
        assert premises_at(HERE, place="大院 1 号").happened[0].number == one.number

    def test_leaves_out_drills_and_the_incident_itself(self) -> None:
        one = happened(HERE)
        happened(HERE, trial="drill")
        assert not premises_at(HERE, besides=one.pk).happened

    def test_says_nothing_of_anybody(self, taker: Client) -> None:
        happened(HERE)
        page = text(taker.post("/calls/premises/", PLACE))
        assert "打架斗殴" in page
        assert "海先生" not in page
        assert "打人" not in page

    @pytest.mark.parametrize("many", [1, 25])
    def test_takes_as_many_queries_for_one_as_for_many(
        self, many: int, django_assert_max_num_queries: Any
    ) -> None:
        for n in range(many):
            happened(HERE, days=n + 1)
        with django_assert_max_num_queries(3):
            assert premises_at(HERE).times == many


@pytest.mark.usefixtures("centre")
class TestNotes:
    def test_stand_beside_the_call_until_they_lapse(self, taker: Client) -> None:
        told = PLACE | {"words": "院里有大狗", "days": "30"}
        assert taker.post("/premises/", told).status_code == 302
        assert "院里有大狗" in text(taker.post("/calls/premises/", PLACE))
        with moment(now() + timedelta(days=31)):
            assert not premises_at(NEAR).notes
        assert not Entry.objects.filter(text__contains="狗").exists()

    def test_go_with_their_words_when_taken_down(self, taker: Client) -> None:
        note = note_premises(SYSTEM, HERE, place="院子", words="有狗", days=90)
        taker.post("/premises/", PLACE | {"remove": str(note.pk)})
        gone = PremiseNote.objects.get()
        assert (gone.words, gone.place, premises_at(HERE).notes) == ("", "", [])
        with pytest.raises(Refused):
            remove_premise_note(SYSTEM, note)

    @pytest.mark.parametrize(
        "wrong", [{"words": ""}, {"words": "狗" * 201}, {"days": "3650"}, {"days": "x"}]
    )
    def test_are_short_and_not_for_ever(self, taker: Client, wrong: dict[str, str]) -> None:
        told = PLACE | {"words": "有狗", "days": "30"} | wrong
        assert taker.post("/premises/", told).status_code == 422
        assert not PremiseNote.objects.exists()

    def test_are_for_those_who_may(self, signed_in: SignedIn) -> None:
        assert signed_in("analyst").get("/premises/", PLACE).status_code == 403
        assert signed_in("officer").get("/premises/", PLACE).status_code == 200
        assert signed_in("partner").post("/calls/premises/", PLACE).status_code == 403


def test_without_a_place_there_is_nothing_and_nothing_wrong(taker: Client) -> None:
    for where in ({}, {"lat": "x"}, {"lat": "0", "lon": "0"}):
        assert taker.post("/calls/premises/", where).status_code == 200
    assert taker.get("/premises/").status_code in {400, 422}


def test_the_console_and_the_crew_see_it_with_the_incident(signed_in: SignedIn) -> None:
    """Notes and kinds; not what anybody said, nor who."""
    note_premises(SYSTEM, HERE, place="海平路 12 号", words="院里有大狗", days=30)
    before = {"category": "fight", "words": "海先生又打人", "caller": {"name": "海先生"}}
    for _time in range(3):
        receive_call(SYSTEM, NewCall(**before, point=NEAR))  # type: ignore[arg-type]
    now_open = receive_call(SYSTEM, NewCall(category="theft", words="包不见了", point=HERE)).matter
    crew = Crew()
    assign_unit(SYSTEM, now_open, crew.unit)
    asked = {"headers": {"HX-Request": "1"}}
    desk = signed_in("dispatcher").get(f"/console/incidents/{now_open.pk}/", **asked)
    for page in (desk.content.decode(), crew.client.get("/crew/").content.decode()):
        assert page.index("院里有大狗") < page.index("包不见了")  # before one goes in
        assert "两年内 3 起" in page
        assert "海先生" not in page
