"""From the first question to the receipt: what an applicant may rely on."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest

from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.selectors import receipt_of
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.fields import checked_field
from gongzhi.work.public_services.models import Application, Unfinished, UnfinishedFile
from gongzhi.work.public_services.readers import erase_the_untouched
from gongzhi.work.public_services.selectors.checking import check
from gongzhi.work.public_services.selectors.forms import content_of, form_of, has_changed, next_page
from gongzhi.work.public_services.uploads import LARGEST_PDF, received
from tests.work.public_services import hands
from tests.work.public_services.hands import ANSWERS, KEY, NAME, NUMBER, RESIDENT, permit, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SECRETS = (NAME, NUMBER, hands.PHONE, hands.ADDRESS, hands.EMPLOYER)


def whole_log() -> str:
    return "\n".join(Entry.objects.values_list("text", flat=True))


class TestTheCheck:
    def test_asks_one_thing_after_the_other_and_says_why(self) -> None:
        first = check(permit(), {})
        assert first.question is not None
        assert first.question.code == "registered"
        come = check(permit(), ANSWERS)
        assert come.verdict is not None
        assert come.verdict.kind == "yes"
        too_early = check(permit(), ANSWERS | {"half_year": "no"})
        assert too_early.verdict is not None
        assert too_early.verdict.code == "too_early"
        assert str(too_early.verdict.why)

    def test_forgets_what_followed_from_an_answer_that_was_changed(self) -> None:
        come = check(permit(), ANSWERS | {"registered": "here"})
        assert come.answers == {"registered": "here"}

    def test_whoever_may_not_cannot_begin(self) -> None:
        for answers in ({}, {"registered": "here"}, ANSWERS | {"ground": "none"}):
            with pytest.raises(Refused) as refused:
                actions.begin_form(RESIDENT, permit(), answers, key=KEY)
            assert refused.value.code == "check_first"
        assert not Unfinished.objects.exists()


class TestTheForm:
    def test_asks_only_what_applies(self) -> None:
        begun = actions.begin_form(RESIDENT, permit(), ANSWERS, key=KEY)
        codes = [one.code for one in permit().sections_for(begun.answers)]
        assert "work" in codes
        assert "school" not in codes

    def test_is_gone_on_with_on_another_device_by_its_code(self) -> None:
        begun = actions.begin_form(RESIDENT, permit(), ANSWERS, key=KEY)
        actions.save_page(RESIDENT, begun, "who", hands.FIELDS)
        found = form_of(code_for(KEY).lower())
        assert found == begun
        assert content_of(found)["name"] == NAME
        following = next_page(found)
        assert following is not None
        assert following.code == "home"

    def test_lies_sealed_and_leaves_nothing_on_the_log(self) -> None:
        form = hands.form()
        raw = Unfinished.objects.extra(select={"raw": "content"}).values_list("raw", flat=True)
        for secret in SECRETS:
            assert secret not in str(list(raw))
            assert secret not in whole_log()
        assert content_of(form)["name"] == NAME

    def test_says_all_that_is_wrong_on_a_page_at_once_and_keeps_nothing_of_it(self) -> None:
        begun = actions.begin_form(RESIDENT, permit(), ANSWERS, key=KEY)
        wrong = {"name": "", "id_number": NUMBER[:-1] + "0", "phone": "abc"}
        with pytest.raises(Refused) as refused:
            actions.save_page(RESIDENT, begun, "who", wrong)
        assert set(refused.value.fields) == {"name", "id_number", "phone"}
        assert content_of(Unfinished.objects.get()) == {}

    def test_is_erased_with_its_uploads_when_nobody_has_touched_it(self) -> None:
        form = hands.form()
        actions.keep_material(RESIDENT, form, "photo", hands.upload())
        with moment(now() + timedelta(days=13)):
            assert erase_the_untouched() == 0
        with moment(now() + timedelta(days=15)):
            assert form_of(code_for(KEY)) is None
            assert erase_the_untouched() == 1
        assert not Unfinished.objects.exists()
        assert not StoredFile.objects.exists()

    def test_of_an_older_version_is_carried_over_with_a_clear_sentence(self) -> None:
        form = hands.form()
        old = {**content_of(form), "hukou_page": "旧表里的一项"}
        Unfinished.objects.update(version="2020-01", content=json.dumps(old))
        form = Unfinished.objects.get()
        assert "更新过" in has_changed(form)
        form = actions.carry_over(RESIDENT, form)
        assert "hukou_page" not in content_of(form)
        assert content_of(form)["name"] == NAME
        assert has_changed(form) == ""

    def test_of_an_older_version_lets_go_of_uploads_that_are_asked_for_no_longer(self) -> None:
        form = hands.form()
        kept = actions.keep_material(RESIDENT, form, "photo", hands.upload())
        actions.keep_material(RESIDENT, form, "work_proof", hands.upload())
        UnfinishedFile.objects.filter(material="work_proof").update(material="old_paper")
        Unfinished.objects.update(version="2020-01")
        form = actions.carry_over(RESIDENT, Unfinished.objects.get())
        assert [one.pk for one in form.files.all()] == [kept.pk]
        assert StoredFile.objects.count() == 1

    def test_sent_leaves_no_upload_that_nobody_asked_for(self) -> None:
        form = hands.form()
        actions.keep_material(RESIDENT, form, "photo", hands.upload())
        UnfinishedFile.objects.update(material="school_proof")  # asked of pupils
        actions.send(RESIDENT, form, unit("station_lancheng"), filled_by="self")
        assert not StoredFile.objects.exists()


class TestUploads:
    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"MZ\x90\x00 a program called photo.jpg", id="program"),
            pytest.param(b"%PDF-1.7 cut off half way", id="half-a-pdf"),
            pytest.param(b"%PDF-1.7 <script>alert(1)</script> %%EOF", id="a-page-called-pdf"),
            pytest.param(b"<html><script>alert(1)</script></html>", id="page"),
            pytest.param(b"", id="empty"),
            pytest.param(b"\xff\xd8\xff\xe0 not a photo at all", id="broken"),
        ],
    )
    def test_that_lie_about_what_they_are_are_refused_in_words(self, content: bytes) -> None:
        with pytest.raises(Refused) as refused:
            received(io.BytesIO(content))
        assert refused.value.status == 422

    def test_a_pdf_is_kept_as_it_is_and_a_huge_one_is_not(self) -> None:
        assert received(io.BytesIO(b"%PDF-1.7\n...\nstartxref\n9\n%%EOF\n")).pdf
        with pytest.raises(Refused) as refused:
            received(io.BytesIO(b"%PDF-1.7" + b"0" * LARGEST_PDF))
        assert refused.value.status == 413

    def test_only_what_is_asked_for_is_taken(self) -> None:
        form = hands.form()
        for code in ("household_record", "identity", "school_proof", "nothing"):
            with pytest.raises(Refused) as refused:
                actions.keep_material(RESIDENT, form, code, hands.upload())
            assert refused.value.code == "no_such_material"

    def test_lie_sealed(self) -> None:
        form = hands.form()
        kept = actions.keep_material(RESIDENT, form, "photo", hands.upload()).file
        assert kept.key_id is not None
        assert kept.sealed_as


class TestSending:
    def test_makes_a_matter_at_the_counter_that_was_chosen_under_the_same_code(self) -> None:
        one = hands.applied()
        assert one.matter.owner_unit.code == "station_lancheng"
        assert one.matter.step == "received"
        assert receipt_of(code_for(KEY)).matter == one.matter
        assert not Unfinished.objects.exists()
        states = dict(one.materials.values_list("code", "state"))
        assert states["photo"] == states["work_proof"] == "given"
        assert states["identity"] == "missing"
        assert states["residence_record"] == "held"
        assert "home_proof" not in states

    def test_seals_who_it_is_and_keeps_only_codes_in_the_clear(self) -> None:
        one = hands.applied()
        assert one.told == {"dwelling": "rented", "handing": "counter"}
        party = one.matter.parties.get()
        sealed = unseal(bytes(party.person.sealed))
        assert sealed["id_number"] == NUMBER
        assert sealed["employer"] == hands.EMPLOYER
        for secret in SECRETS:
            assert secret not in whole_log()

    def test_runs_the_clock_of_looking_at_it_at_once(self) -> None:
        one = hands.applied()
        running = one.matter.clocks.filter(stopped_at=None)
        assert [run.clock for run in running] == ["service_review"]

    def test_refuses_a_form_that_isn_t_done_and_leaves_it(self) -> None:
        hands.county()
        begun = actions.begin_form(RESIDENT, permit(), ANSWERS, key=KEY)
        actions.save_page(RESIDENT, begun, "who", hands.FIELDS)
        with pytest.raises(Refused) as refused:
            actions.send(RESIDENT, begun, unit("station_lancheng"), filled_by="self")
        assert set(refused.value.fields) == {"address", "since", "dwelling", "employer", "handing"}
        assert Unfinished.objects.exists()
        assert not Application.objects.exists()

    def test_twice_is_one_application(self) -> None:
        form = hands.form()
        actions.send(RESIDENT, form, unit("station_lancheng"), filled_by="self")
        with pytest.raises(Refused):
            actions.send(RESIDENT, form, unit("station_lancheng"), filled_by="self")
        assert Application.objects.count() == 1

    def test_says_who_filled_it_in_for_somebody_else(self) -> None:
        sent = actions.send(RESIDENT, hands.form(), unit("station_lancheng"), filled_by="family")
        assert Application.objects.get(pk=sent.matter_id).filled_by == "family"


@pytest.mark.parametrize(
    ("number", "good"),
    [
        (NUMBER, True), (NUMBER[:-1] + "2", False), ("99999919900101233", True),
        ("E12345678", True), ("12", False), ("９９９９９９１９９００１０１２３３", False),
    ],
)  # fmt: skip
def test_a_slip_in_an_identity_number_is_found(number: str, good: bool) -> None:
    field = next(one for one in permit().fields if one.kind == "id_number")
    if good:
        assert checked_field(field, number) == number
    else:
        with pytest.raises(Refused):
            checked_field(field, number)
