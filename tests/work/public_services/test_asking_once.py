"""What was told once isn't typed again: offered with its source, taken only as one confirms it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.models import Application, Unfinished
from gongzhi.work.public_services.selectors.facts import taken_of
from gongzhi.work.public_services.selectors.forms import content_of
from gongzhi.work.public_services.selectors.statistics import numbers_for
from tests.work.public_services import hands
from tests.work.public_services.hands import KEY, NAME, NUMBER, PHONE, RESIDENT, receipt_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
OTHER = "o" * 24
CODE, ENDS = code_for(KEY), PHONE[-4:]


def another(key: str = OTHER) -> Unfinished:
    """The form of another service, not filled in yet."""
    certificate = catalogue().services["household_certificate"]
    return actions.begin_form(RESIDENT, certificate, {}, key=key)


def taken(form: Unfinished, *fields: str) -> Unfinished:
    return actions.take_facts(RESIDENT, form, CODE, ENDS, fields)


def finished(form: Unfinished, **more: str) -> Application:
    """The rest filled in, and sent."""
    service = form.service_item
    assert service is not None
    given = {**content_of(form), "what": "family", "use": "学校报名", **more}
    for section in service.sections:
        choice = {one.code: one.choices[0].code for one in section.fields if one.choices}
        form = actions.save_page(RESIDENT, form, section.code, {**given, **choice})
    sent = actions.send(RESIDENT, form, hands.unit("station_lancheng"), filled_by="self")
    return hands.again(sent.matter_id)


def test_is_shown_first_with_its_source_and_copied_only_as_it_is_confirmed() -> None:
    hands.applied()
    form = another()
    offers = actions.show_facts(RESIDENT, form, CODE, ENDS)
    assert {one.field.code: one.text for one in offers} == {
        "name": NAME, "id_number": NUMBER, "phone": PHONE,
    }  # fmt: skip
    assert "办居住证" in str(offers[0].source)
    assert content_of(Unfinished.objects.get()) == {}
    form = taken(form, "name", "phone")
    assert content_of(form) == {"name": NAME, "phone": PHONE}


def test_both_looking_and_consent_are_on_record_without_a_word_of_it() -> None:
    one = hands.applied()
    form = another()
    actions.show_facts(RESIDENT, form, CODE, ENDS)
    taken(form, "name")
    shown = Entry.objects.get(kind="public_services.facts_shown")
    assert shown.subject == f"matters.matter:{one.pk}"
    assert json.loads(shown.text) == {"service": "household_certificate", "fields": 3}
    consent = Entry.objects.get(kind="public_services.facts_taken")
    assert json.loads(consent.text) == {
        "source": "application", "of": "residence_permit", "fields": 1,
    }  # fmt: skip


def test_how_much_was_not_asked_again_is_counted_and_told() -> None:
    hands.applied()
    one = finished(taken(another(), "name", "id_number", "phone"))
    filed = json.loads(Entry.objects.filter(kind="public_services.application_filed").last().text)  # type: ignore[union-attr]
    assert (filed["asked"], filed["reused"]) == (one.asked, 3)
    assert one.reused == 3
    line = next(it for it in numbers_for(hands.account()) if it.spared == 3 + one.held)
    assert line.of_all == one.asked + one.held
    page = Client()
    said = page.post("/services/resume/", {"code": code_for(OTHER)}, follow=True).content.decode()
    assert f"这次有 {3 + one.held} 项不用您再填、再交" in said
    assert "办居住证" in said


def test_what_the_applicant_changes_is_shown_as_changed_and_not_counted() -> None:
    hands.applied()
    one = finished(taken(another(), "name", "phone"), phone="13911112222", id_number=NUMBER)
    assert one.reused == 1
    assert one.sources["phone"]["changed"] is True
    assert one.sources["name"]["changed"] is False


def test_the_newest_telling_wins() -> None:
    hands.applied()
    with moment(now() + timedelta(days=30)):
        later = hands.form("n" * 24, phone="13911110000")
        actions.keep_material(RESIDENT, later, "photo", hands.upload())
        actions.send(RESIDENT, later, hands.unit("station_lancheng"), filled_by="self")
        form = another()
        form = actions.take_facts(RESIDENT, form, code_for("n" * 24), "0000", ["phone"])
        offers = actions.show_facts(RESIDENT, form, CODE, ENDS)
    assert "phone" not in {one.field.code for one in offers}
    assert content_of(form)["phone"] == "13911110000"


def test_a_form_that_was_not_sent_yet_is_a_source_too() -> None:
    hands.form()
    offers = actions.show_facts(RESIDENT, another(), CODE, ENDS)
    assert {one.source.kind for one in offers} == {"form"}
    assert "还没提交" in str(offers[0].source)


@pytest.mark.parametrize(
    ("code", "ends"),
    [("WRONGCODE222", ENDS), (CODE, "0001"), (CODE, ""), ("", ENDS), (CODE, NAME)],
    ids=["code", "ends", "no-ends", "no-code", "name"],
)
def test_no_code_or_another_ending_opens_nothing(code: str, ends: str) -> None:
    hands.applied()
    form = another()
    for deed in (
        lambda: actions.show_facts(RESIDENT, form, code, ends),
        lambda: actions.take_facts(RESIDENT, form, code, ends, ["name"]),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "not_opened"
    assert not Entry.objects.filter(kind="public_services.facts_shown").exists()
    assert content_of(Unfinished.objects.get()) == {}


def test_what_was_erased_is_offered_to_nobody() -> None:
    one = hands.looked_at(hands.ready(), "identity")
    actions.take_application_step(hands.by(), one, "collected")
    actions.erase_words(RESIDENT, receipt_of(one))
    with pytest.raises(Refused):
        actions.show_facts(RESIDENT, another(), CODE, ENDS)
    assert hands.again(one.pk).sources == {}


def test_erasing_the_form_erases_what_was_taken_into_it() -> None:
    hands.applied()
    form = taken(another(), "name")
    assert taken_of(form)["name"].text == NAME
    actions.erase_form(RESIDENT, form)
    assert not Unfinished.objects.exists()


def test_on_the_page_it_is_a_code_a_list_and_a_tick_each(client: Client) -> None:
    one = hands.applied()
    client.post("/services/household_certificate/apply/")
    page = "/services/form/reuse/"
    assert "以前办过" in client.get("/services/form/page/who/").content.decode()
    assert NAME not in client.get(page).content.decode()
    asked = {"code": CODE, "ends": ENDS}
    said = client.post(page, asked).content.decode()
    assert NAME in said
    assert said.count('type="checkbox"') == 3
    answer = client.post(page, {**asked, "take": "yes", "field": ["name", "phone"]}, follow=True)
    said = answer.content.decode()
    assert "用上了 2 项" in said
    assert NAME in client.get("/services/form/page/who/").content.decode()
    follower = Client()
    said = follower.post("/services/resume/", {"code": CODE}, follow=True).content.decode()
    assert "有人用查询码调出了填过的信息" in said
    assert one.matter.number in said


def test_a_wrong_ending_is_said_in_words_and_soon_not_tried_any_more(client: Client) -> None:
    hands.applied()
    client.post("/services/household_certificate/apply/")
    answers = [
        client.post("/services/form/reuse/", {"code": CODE, "ends": f"{n:04}"}) for n in range(13)
    ]
    assert "对不上" in answers[0].content.decode()
    assert "太频繁" in answers[12].content.decode()
