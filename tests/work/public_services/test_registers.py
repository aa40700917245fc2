"""The office looks into its own register instead of asking: with consent, in part."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.models import RegisterEntry, Unfinished
from gongzhi.work.public_services.selectors.facts import looked_up
from gongzhi.work.public_services.selectors.forms import content_of
from tests.work.public_services import hands
from tests.work.public_services.hands import ANSWERS, FIELDS, KEY, NAME, NUMBER, PHONE, RESIDENT

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HOME = "澜城街道海平路 12 号 3 单元 501"
SINCE = "2024-08-15"
HELD = {
    "person.name": NAME, "person.id_number": NUMBER, "person.phone": PHONE,
    "living.address": HOME, "living.since": SINCE, "living.dwelling": "own",
}  # fmt: skip
FOUND = ("address", "since", "dwelling")
REGISTER = catalogue().registers["residence"]
PAGE = "/services/form/held/"


def load(**more: str) -> None:
    actions.load_register(hands.SYSTEM, REGISTER, [(date(2024, 8, 16), {**HELD, **more})])


def begun(key: str = KEY, **more: str) -> Unfinished:
    hands.county()
    form = actions.begin_form(RESIDENT, hands.permit(), ANSWERS, key=key)
    return actions.save_page(RESIDENT, form, "who", {**FIELDS, **more})


def used(form: Unfinished) -> Unfinished:
    actions.ask_register(RESIDENT, form, REGISTER, agreed=True)
    return actions.take_from_register(RESIDENT, form, REGISTER, FOUND)


def sent(form: Unfinished) -> hands.Application:
    for page in ("work", "delivery"):
        form = actions.save_page(RESIDENT, form, page, FIELDS)
    receipt = actions.send(RESIDENT, form, hands.unit("station_lancheng"), filled_by="self")
    return hands.again(receipt.matter_id)


def test_is_asked_with_consent_and_copied_only_as_it_is_ticked() -> None:
    load()
    form = begun()
    with pytest.raises(Refused) as refused:
        actions.ask_register(RESIDENT, form, REGISTER, agreed=False)
    assert refused.value.code == "consent"
    with pytest.raises(Refused) as refused:
        actions.take_from_register(RESIDENT, form, REGISTER, FOUND)
    assert refused.value.code == "not_asked"
    offers = actions.ask_register(RESIDENT, form, REGISTER, agreed=True)
    assert [one.field.code for one in offers] == list(FOUND)
    assert "address" not in content_of(Unfinished.objects.get())
    form = actions.take_from_register(RESIDENT, form, REGISTER, ["address"])
    assert content_of(form)["address"] == HOME
    assert "since" not in content_of(form)


@pytest.mark.parametrize("other", [{"name": "海别人"}, {"phone": "13911112222"}])
def test_a_number_alone_finds_nothing_and_the_answer_tells_no_more(other: dict[str, str]) -> None:
    load()
    assert actions.ask_register(RESIDENT, begun(**other), REGISTER, agreed=True) == []
    RegisterEntry.objects.all().delete()
    assert actions.ask_register(RESIDENT, begun("k" * 24), REGISTER, agreed=True) == []


def test_each_look_is_on_record_and_told_to_the_applicant() -> None:
    load()
    one = sent(used(begun()))
    looks = [json.loads(it.text) for it in Entry.objects.filter(kind__endswith="register_asked")]
    assert [(it["register"], it["service"], it["found"]) for it in looks] == [
        ("residence", "residence_permit", True)
    ]
    whole = "\n".join(Entry.objects.values_list("text", flat=True))
    assert HOME not in whole
    assert SINCE not in whole
    page = Client().post("/services/resume/", {"code": code_for(KEY)}, follow=True)
    said = page.content.decode()
    assert "查过居住登记，对上了" in said
    assert f"这次有 {3 + one.held} 项不用您再填" in said
    assert HOME not in said
    assert one.reused == 3
    assert unseal(bytes(one.matter.parties.get().person.sealed))["address"] == HOME


def test_no_page_shows_more_than_its_person_would_recognise(client: Client) -> None:
    load()
    hands.county()
    client.post("/services/residence_permit/apply/", ANSWERS)
    client.post("/services/form/page/who/", FIELDS)
    assert "您同意我们查登记" in client.get("/services/form/page/home/").content.decode()
    asked = client.post(PAGE, {"register": "residence", "agreed": "on"}).content.decode()
    assert "澜城街道●●●" in asked
    taken = {"register": "residence", "take": "yes", "field": list(FOUND)}
    shown = [asked, client.post(PAGE, taken, follow=True).content.decode()]
    shown += [
        client.get(f"/services/form/{one}/").content.decode()
        for one in ("page/who", "page/home", "held", "papers", "send", "reuse")
    ]
    assert "照登记的" in shown[3]
    for page in shown:
        assert HOME not in page
        assert SINCE not in page
    client.post("/services/form/own/address/")
    assert 'name="address"' in client.get("/services/form/page/home/").content.decode()
    assert 'name="since"' not in client.get("/services/form/page/home/").content.decode()


def test_another_number_or_name_afterwards_takes_all_of_it_away() -> None:
    load()
    form = used(begun())
    form = actions.save_page(RESIDENT, form, "who", {**FIELDS, "name": "海别人"})
    assert not set(FOUND) & set(content_of(form))
    assert looked_up(form) == set()


def test_only_the_person_itself_uses_it() -> None:
    load()
    form = used(begun())
    for page in ("work", "delivery"):
        form = actions.save_page(RESIDENT, form, page, FIELDS)
    for who in ("family", "worker"):
        with pytest.raises(Refused) as refused:
            actions.send(RESIDENT, form, hands.unit("station_lancheng"), filled_by=who)
        assert refused.value.code == "not_oneself"


def test_it_never_comes_out_again_by_the_code_of_the_application() -> None:
    load()
    sent(used(begun()))
    form = actions.begin_form(RESIDENT, hands.permit(), ANSWERS, key="z" * 24)
    offers = actions.show_facts(RESIDENT, form, code_for(KEY), PHONE[-4:])
    assert not set(FOUND) & {one.field.code for one in offers}
    assert "name" in {one.field.code for one in offers}


def test_not_even_beside_what_was_told_before() -> None:
    """Otherwise an application of one's own would show what the register says of another."""
    hands.applied("y" * 24)
    load()
    form = used(begun())
    offers = actions.show_facts(RESIDENT, form, code_for("y" * 24), PHONE[-4:])
    assert {one.present_words for one in offers if one.present} == {
        "澜城街道●●●",
        "2024-●●●",
        "自己的",
    }


def test_lies_sealed_and_is_no_list_of_anybody() -> None:
    load()
    raw = RegisterEntry.objects.extra(select={"raw": "content"}).values_list("key", "raw").get()
    for secret in (NAME, NUMBER, PHONE, HOME):
        assert secret not in str(raw)
    load(**{"person.id_number": "E12345678"})
    assert RegisterEntry.objects.count() == 1  # the new table takes the place of the old one


def test_one_number_is_soon_not_tried_any_more(client: Client) -> None:
    load()
    hands.county()
    client.post("/services/residence_permit/apply/", ANSWERS)
    client.post("/services/form/page/who/", {**FIELDS, "name": "海别人"})
    told = {"register": "residence", "agreed": "on"}
    pages = [client.post(PAGE, told).content.decode() for _n in range(6)]
    assert "没有对上" in pages[0]
    assert "太频繁" in pages[5]


def test_a_table_with_a_hole_or_a_double_is_refused_and_leaves_the_old_one() -> None:
    load()
    day = date(2024, 8, 16)
    for rows in ([(day, {**HELD, "person.phone": ""})], [(day, HELD), (day, HELD)]):
        with pytest.raises(Refused) as refused:
            actions.load_register(hands.SYSTEM, REGISTER, rows)
        assert "行" in str(refused.value)
    assert RegisterEntry.objects.count() == 1
