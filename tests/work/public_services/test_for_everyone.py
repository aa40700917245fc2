"""For those who read badly, see badly, have no telephone with a screen, or don't go online."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.actions import NewApplication
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.selectors.easy import lines_of, said_simply
from tests.markup import tight
from tests.work.public_services import hands
from tests.work.public_services.hands import ANSWERS, FIELDS, KEY, NAME

pytestmark = [pytest.mark.django_db]
PHONE = "/applications/phone/residence_permit/?registered=elsewhere&half_year=yes&ground=work"
TOLD = {**FIELDS, "office": "station_lancheng", "agreed": "on", "key": KEY}
LONG_LINE = {"zh-hans": 40, "en": 110}


def hotline() -> Account:
    """Somebody at the county's hotline, which is no counter of the bureau's."""
    hands.county()
    found = Account.objects.filter(username="hot").select_related("unit").first()
    if found:
        return found
    unit = open_unit(
        hands.SYSTEM, code="hotline", kind="department", name_zh="12345", name_en="Hotline"
    )
    return open_account(
        hands.SYSTEM, username="hot", display_name="热", unit=unit, roles=["hotline_clerk"]
    )


def on_the_phone() -> Client:
    client = Client()
    client.force_login(hotline())
    return client


def asked(**more: object) -> NewApplication:
    told = {"service": hands.permit(), "fields": FIELDS, "answers": ANSWERS, **more}
    return NewApplication(**{"office": hands.unit("station_lancheng"), **told})  # type: ignore[arg-type]


def test_larger_type_is_chosen_once_and_stays() -> None:
    reader = Client()
    assert "data-type" not in reader.get("/services/").content.decode()
    back = reader.post("/reading/", {"type": "large", "next": "/services/"})
    assert back["Location"] == "/services/"
    assert 'data-type="large"' in reader.get("/ask/").content.decode()
    reader.post("/reading/", {"type": "usual", "next": "/services/"})
    assert "data-type" not in reader.get("/ask/").content.decode()


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_choosing_leads_nowhere_else(away: str) -> None:
    assert Client().post("/reading/", {"type": "large", "next": away})["Location"] == "/"


def test_simple_words_are_one_thing_a_line_and_can_stay() -> None:
    hands.county()
    reader = Client()
    page = reader.get("/services/residence_permit/easy/").content.decode()
    assert "要带什么" in page
    assert "《居住证暂行条例》" not in page
    reader.post("/reading/", {"words": "easy", "next": "/services/"})
    assert "我们来做的" in reader.get("/services/residence_permit/").content.decode()
    assert "《居住证暂行条例》" in reader.get("/services/residence_permit/?full=1").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_service_can_be_said_in_short_lines(language: str) -> None:
    from django.utils.translation import override

    hands.county()
    with override(language):
        lines = [
            line
            for one in catalogue().services.values()
            for _sign, _ask, some in said_simply(one)
            for line in some
        ]
    assert len(lines) > 300
    long = [line for line in lines if len(line) > LONG_LINE[language]]
    assert len(long) <= 0.05 * len(lines), long


def test_a_long_sentence_is_cut_where_it_breathes() -> None:
    assert lines_of("户口不在本县、在本县住满半年的人；不满十六岁的由监护人代办。") == [
        "户口不在本县、在本县住满半年的人", "不满十六岁的由监护人代办",
    ]  # fmt: skip


def test_the_blank_form_has_every_field_box_and_paper() -> None:
    hands.county()
    page = Client().get("/services/residence_permit/paper/").content.decode()
    service = hands.permit()
    for one in (*service.fields, *(it for it in service.materials if it.is_asked_for)):
        assert str(one.name) in page
    boxes = re.findall(r'class="blank-boxes"[^>]*>(.*?)</p>', tight(page))
    assert boxes[0].count("<i>") == 18
    assert boxes[-1].count("<i>") == 12
    assert "（只有这样的才填：上班、做生意）" in page
    assert "澜城派出所" in page


def test_every_service_with_a_form_has_a_blank_one() -> None:
    hands.county()
    for one in catalogue().services.values():
        answer = Client().get(f"/services/{one.code}/paper/")
        assert answer.status_code == (200 if one.is_online else 404), one.code


def test_what_is_filled_in_so_far_is_printed_with_its_code() -> None:
    hands.county()
    reader = Client()
    reader.post("/services/residence_permit/apply/", ANSWERS)
    given = {name: FIELDS[name] for name in ("name", "id_number", "phone")}
    reader.post("/services/form/page/who/", given)
    page = reader.get("/services/form/paper/").content.decode()
    assert NAME in page
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert Client().get("/services/form/paper/").status_code == 302


@pytest.mark.both_databases
def test_the_hotline_fills_in_reads_back_and_tells_the_code() -> None:
    desk = on_the_phone()
    assert "residence_permit" in desk.get("/applications/phone/").content.decode()
    assert "您同意吗" in desk.get(PHONE).content.decode()
    back = desk.post(PHONE, TOLD).content.decode()
    assert "一项一项念给他听" in back
    assert NAME in back
    assert not Application.objects.exists()
    assert NAME in desk.post(PHONE, {**TOLD, "do": "change"}).content.decode()
    sent = desk.post(PHONE, {**TOLD, "do": "send"}).content.decode()
    code = code_for(KEY)
    assert "-".join((code[:4], code[4:8], code[8:])) in sent
    one = Application.objects.get()
    assert (one.filled_by, one.matter.channel, one.visits) == ("phone", "phone", 0)
    assert one.matter.owner_unit.code == "station_lancheng"
    again = desk.post(PHONE, {**TOLD, "do": "send"})
    assert again.status_code == 200
    assert Application.objects.count() == 1
    follower = Client().post("/services/resume/", {"code": code}, follow=True)
    assert "办到哪一步" in follower.content.decode()


def test_another_department_s_partner_fills_in_for_nobody() -> None:
    unit = hotline().unit
    open_account(hands.SYSTEM, username="union", display_name="联", unit=unit, roles=["partner"])
    client = Client()
    client.force_login(Account.objects.get(username="union"))
    assert client.get("/applications/phone/").status_code == 403
    assert client.post(PHONE, {**TOLD, "do": "send"}).status_code == 403
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"), [({"agreed": ""}, "他同意了再勾"), ({"id_number": "1"}, "身份证号"),
                        ({"office": ""}, "请选一个窗口")],
)  # fmt: skip
def test_without_consent_a_counter_or_a_right_number_nothing_is_read_back(
    wrong: dict[str, str], said: str
) -> None:
    answer = on_the_phone().post(PHONE, {**TOLD, **wrong, "do": "send"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Application.objects.exists()


def test_the_action_wants_consent_and_reading_back_too() -> None:
    by = Actor.account(hotline())
    for agreed, read in ((False, True), (True, False)):
        with pytest.raises(Refused):
            actions.file_by_phone(by, asked(), agreed=agreed, read_back=read, key=KEY)
    here = asked(office=hotline().unit)
    with pytest.raises(Refused, match="窗口"):
        actions.file_by_phone(by, here, agreed=True, read_back=True, key=KEY)
    with pytest.raises(Refused):
        actions.file_by_phone(hands.RESIDENT, asked(), agreed=True, read_back=True, key=KEY)
    assert not Application.objects.exists()


def test_nobody_says_online_that_they_are_the_phone_desk() -> None:
    with pytest.raises(Refused, match="谁在填"):
        actions.send(
            hands.RESIDENT, hands.form(), hands.unit("station_lancheng"), filled_by="phone"
        )


def test_the_log_knows_that_it_was_told_by_telephone_and_not_by_whom() -> None:
    by = Actor.account(hotline())
    actions.file_by_phone(by, asked(), agreed=True, read_back=True, key=KEY)
    entry = Entry.objects.get(kind="public_services.application_filed")
    assert json.loads(entry.text)["channel"] == "phone"
    assert NAME not in entry.text
