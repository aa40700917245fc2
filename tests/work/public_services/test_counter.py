"""At the counter, and what the applicant sees of it: acceptance, more to follow, refusal."""

from __future__ import annotations

import json

import pytest

from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.selectors.statistics import numbers_for
from tests.work.public_services import hands
from tests.work.public_services.hands import RESIDENT, account, again, by, receipt_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WHY = {
    "legal_reason": "《居住证暂行条例》第二条",
    "told": "登记居住还不满半年，满半年以后可以再申请。",
}


def running(one: object) -> set[str]:
    """The clocks that run."""
    return set(one.matter.clocks.filter(stopped_at=None).values_list("clock", flat=True))  # type: ignore[attr-defined]


class TestAcceptance:
    def test_starts_the_clock_of_the_law_and_the_promise(self) -> None:
        one = hands.accepted()
        assert one.matter.step == "accepted"
        assert running(one) == {"svc_01", "service_promise_7wd"}
        assert one.matter.owner == account()

    def test_waits_for_all_that_may_not_follow_and_names_it(self) -> None:
        one = hands.looked_at(hands.applied(), "work_proof")
        for later in (False, True):
            with pytest.raises(Refused) as refused:
                actions.accept(by(), one, later=later)
            assert "本人近照" in str(refused.value)
        assert again(one.pk).matter.step == "received"
        assert "svc_01" not in running(one)

    def test_with_something_to_follow_has_a_clock_for_it(self) -> None:
        one = hands.looked_at(hands.applied(photos=("photo",)), "photo")
        with pytest.raises(Refused):
            actions.accept(by(), one)
        actions.accept(by(), one, later=True)
        one = again(one.pk)
        assert one.matter.step == "accepted_lacking"
        assert running(one) == {"svc_01", "service_promise_7wd", "service_to_follow"}
        assert one.matter.elements.get(code="to_follow").text == "工作证明"

    def test_what_follows_completes_it_by_itself(self) -> None:
        one = hands.looked_at(hands.applied(photos=("photo",)), "photo")
        actions.accept(by(), one, later=True)
        actions.add_material(RESIDENT, receipt_of(one), "work_proof", hands.upload())
        assert again(one.pk).matter.step == "accepted_lacking"
        one = hands.looked_at(again(one.pk), "work_proof")
        assert one.matter.step == "completed"
        assert running(one) == {"svc_01", "service_promise_7wd"}

    def test_what_the_office_has_itself_can_be_asked_of_nobody(self) -> None:
        one = hands.applied()
        with pytest.raises(Refused):
            actions.check_material(by(), one, "household_record", good=False)
        with pytest.raises(Refused):
            actions.add_material(RESIDENT, receipt_of(one), "household_record", hands.upload())


class TestAskingForMore:
    def test_is_said_once_and_added_without_filling_in_anything_anew(self) -> None:
        one = hands.applied()
        actions.ask_for_more(by(), one, "照片太暗，请重拍一张。")
        one = again(one.pk)
        assert one.matter.step == "supplement_asked"
        assert running(one) == set()
        actions.add_material(RESIDENT, receipt_of(one), "photo", hands.upload())
        actions.supplement(RESIDENT, receipt_of(one))
        one = again(one.pk)
        assert one.matter.step == "supplemented"
        assert running(one) == {"service_review"}
        one = hands.looked_at(one)
        actions.accept(by(), one)
        assert again(one.pk).matter.step == "accepted"


class TestRefusal:
    def test_needs_the_law_and_words_for_the_applicant(self) -> None:
        one = hands.accepted()
        for missing in WHY:
            told = {code: text for code, text in WHY.items() if code != missing}
            with pytest.raises(Refused) as refused:
                actions.take_application_step(by(), one, "refused", elements=told)
            assert refused.value.code == "element_missing"
        actions.take_application_step(by(), one, "refused", elements=WHY)
        one = again(one.pk)
        assert one.matter.closed_at is not None
        assert one.matter.clocks.get(clock="svc_01").outcome == "met"

    def test_no_step_goes_round_the_materials(self) -> None:
        one = hands.applied()
        for code in ("accepted", "accepted_lacking", "supplement_asked", "completed"):
            with pytest.raises(Refused):
                actions.take_application_step(by(), one, code, elements={"to_follow": "x"})


class TestTheEnd:
    def test_is_handed_over_once_the_original_was_seen_and_no_visit_is_made_for_that(self) -> None:
        one = hands.ready()
        with pytest.raises(Refused) as refused:
            actions.take_application_step(by(), one, "collected")
        assert "身份证" in str(refused.value)
        assert again(one.pk).matter.step == "ready"
        one = hands.looked_at(one, "identity")
        actions.take_application_step(by(), one, "collected")
        assert again(one.pk).visits == 1

    def test_stops_the_clocks_and_counts_the_visit(self) -> None:
        one = hands.looked_at(hands.ready(), "identity")
        assert one.matter.clocks.get(clock="svc_01").outcome == "met"
        assert one.matter.clocks.get(clock="service_promise_7wd").outcome == "met"
        actions.take_application_step(by(), one, "collected")
        one = again(one.pk)
        assert (one.matter.step, one.visits) == ("collected", 1)
        entry = Entry.objects.get(kind="public_services.visit_counted")
        assert json.loads(entry.text) == {
            "service": "residence_permit", "number": 1, "why": "collect",
        }  # fmt: skip

    def test_by_post_is_no_visit(self) -> None:
        one = hands.ready(how="post")
        actions.take_application_step(by(), one, "collected")
        assert again(one.pk).visits == 0

    def test_is_counted_by_service_and_never_by_person(self) -> None:
        one = hands.looked_at(hands.ready(), "identity")
        actions.take_application_step(by(), one, "collected")
        (line,) = numbers_for(account())
        assert (line.received, line.done, line.refused, line.visits) == (1, 1, 0, 1.0)
        assert line.predicted == 1
        assert numbers_for(account("other")) == []


class TestWho:
    def test_only_the_counter_that_has_it_handles_it(self) -> None:
        one = hands.applied()
        for deed in (
            lambda: actions.check_material(by("other"), one, "photo", good=True),
            lambda: actions.accept(by("other"), one),
            lambda: actions.ask_for_more(by("other"), one, "x"),
            lambda: actions.take_application_step(by("other"), one, "not_accepted", elements=WHY),
            lambda: actions.count_visit(by("other"), one, why="show"),
        ):
            with pytest.raises(Refused) as refused:
                deed()
            assert refused.value.status == 403

    def test_looking_at_a_paper_leaves_a_trace_that_the_applicant_can_see(self) -> None:
        one = hands.applied()
        file = one.materials.get(code="photo").files.get().attachment.file
        actions.read_material(by(), one, file)
        entry = Entry.objects.get(kind="public_services.material_read")
        assert json.loads(entry.text)["material"] == "photo"

    def test_it_goes_to_another_counter_of_the_service_and_to_nobody_else(self) -> None:
        one = hands.applied()
        with pytest.raises(Refused):
            actions.hand_on(by(), one, hands.unit("bureau"))
        actions.hand_on(by(), one, hands.unit("station_wangchao"))
        assert again(one.pk).matter.owner_unit.code == "station_wangchao"


class TestTheApplicant:
    def test_takes_it_back_before_it_is_decided(self) -> None:
        one = hands.accepted()
        actions.withdraw_application(RESIDENT, receipt_of(one))
        one = again(one.pk)
        assert one.matter.step == "withdrawn"
        assert running(one) == set()

    def test_has_everything_forgotten_when_it_is_over(self) -> None:
        one = hands.ready()
        with pytest.raises(Refused):
            actions.erase_words(RESIDENT, receipt_of(one))
        one = hands.looked_at(one, "identity")
        actions.take_application_step(by(), one, "collected")
        actions.erase_words(RESIDENT, receipt_of(one))
        one = again(one.pk)
        assert bytes(one.matter.parties.get().person.sealed) == b""
        assert one.told == one.answers == {}
        assert not StoredFile.objects.exists()
        assert one.matter.step == "collected"
