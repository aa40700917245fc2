"""Somebody without an account answers one question, by a link that opens nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Attachment
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.actions import ask_outside, end_link, split_off
from gongzhi.work.joint.codes import code_of
from gongzhi.work.joint.models import AskedOutside
from gongzhi.work.participation.actions import withdraw_request
from tests.work.participation.cast import RESIDENT, by, clerk, lamp, photo, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WORDS = "小区北门第三根灯杆是不是你们在修？"


def asked(**more: object) -> AskedOutside:
    receipt = lamp(contact={"name": "欧阳霁", "phone": "13900001111"}, words="我家门口灯不亮")
    return ask_outside(by("city_management"), receipt.matter, "property", WORDS, **more)  # type: ignore[arg-type]


def address(one: AskedOutside) -> str:
    return f"/outside/{code_of(one.link_mark)}/"


def test_the_link_shows_the_words_written_for_it_and_nothing_else(client: Client) -> None:
    one = asked()
    response = client.get(address(one))
    page = response.content.decode()
    assert WORDS in page
    for hidden in ("欧阳霁", "13900001111", "我家门口", "海平路", one.matter.number):
        assert hidden not in page
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_the_answer_and_its_photo_come_back_to_the_unit_once(client: Client) -> None:
    one = asked()
    sent = client.post(address(one), {"words": "是我们，周三修好", "photos": photo()})
    assert sent.status_code == 302
    assert "谢谢" in client.get(address(one)).content.decode()
    told = timeline(one.matter)
    assert any("周三修好" in line.words and line.photos for line in told)
    assert not any("周三修好" in line.words for line in timeline(one.matter, public=True))
    assert not Attachment.objects.get(matter=one.matter).public
    again = client.post(address(one), {"words": "再说一次"})
    assert again.status_code == 409
    assert Entry.objects.filter(kind="joint.outside_answered").count() == 1


def test_a_link_ends_by_time_by_hand_and_with_its_matter(client: Client) -> None:
    one = asked(days=1)
    with moment(now() + timedelta(days=1, minutes=1)):
        assert client.get(address(one)).status_code == 410
        assert client.post(address(one), {"words": "晚了"}).status_code == 410
    end_link(by("city_management"), one)
    assert client.get(address(one)).status_code == 410
    with pytest.raises(Refused):
        end_link(by("city_management"), one)


def test_a_matter_that_ended_takes_no_answer(client: Client) -> None:
    one = asked()
    withdraw_request(RESIDENT, one.matter.receipts.get())
    assert client.get(address(one)).status_code == 410
    with pytest.raises(Refused):
        ask_outside(by("city_management"), one.matter, "property", WORDS)


def test_guessing_opens_nothing_and_is_throttled(client: Client) -> None:
    statuses = {client.get(f"/outside/{n:032d}/").status_code for n in range(310)}
    assert statuses == {404, 429}


@pytest.mark.parametrize(
    ("kind", "words", "days"),
    [
        ("nobody", "问", 3),
        ("property", "", 3),
        ("property", "问", 30),
        ("property", "字" * 4001, 3),
    ],
)
def test_what_makes_no_link(kind: str, words: str, days: int) -> None:
    matter = lamp().matter
    with pytest.raises(Refused):
        ask_outside(by("city_management"), matter, kind, words, days=days)
    assert not AskedOutside.objects.exists()


def test_only_the_unit_in_charge_asks_and_takes_back() -> None:
    one = asked()
    with pytest.raises(Refused, match="综合行政执法局"):
        end_link(by("housing"), one)
    with pytest.raises(Refused, match="综合行政执法局"):
        ask_outside(by("housing"), one.matter, "shop", WORDS)


def test_a_part_asks_outside_too(client: Client) -> None:
    from tests.work.joint.test_parts import under_way

    part = split_off(by("city_management"), under_way().matter, unit("housing"), "扶正灯杆")
    client.force_login(clerk("housing"))
    made = client.post(
        f"/matters/{part.matter_id}/outside/",
        {"kind": "contractor", "words": "几时到", "days": "3"},
    )
    assert made.status_code == 302
    one = AskedOutside.objects.get()
    assert code_of(one.link_mark) in client.get(f"/parts/{part.pk}/").content.decode()
    client.force_login(clerk("transport"))
    assert client.post(f"/outside/{one.pk}/end/").status_code == 404
