"""Several units do one request: each its part, one leads, the resident sees one matter."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import catch_up
from gongzhi.base.matters.actions import ask_part
from gongzhi.base.matters.clocks import running_clocks
from gongzhi.base.matters.models import Matter, Part
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.actions import (
    decline_part,
    finish_part,
    recall_part,
    split_off,
    take_part,
)
from gongzhi.work.participation.actions import (
    answer_request,
    erase_own,
    merge_requests,
    start_request,
    take_up,
    withdraw_request,
)
from gongzhi.work.participation.models import Receipt
from tests.safeguards.test_erasure import everywhere
from tests.work.participation.cast import KEY, LOOKED, RESIDENT, by, clerk, lamp, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
OTHER = "n" * 24


def under_way(key: str = KEY) -> Receipt:
    receipt = lamp(key)
    take_up(by("city_management"), receipt.matter)
    start_request(by("city_management"), receipt.matter)
    receipt.refresh_from_db()
    return receipt


def split(receipt: Receipt, of: str = "housing", words: str = "请把灯杆扶正") -> Part:
    return split_off(by("city_management"), receipt.matter, unit(of), words)


def test_a_part_has_its_own_owner_clocks_and_timeline() -> None:
    part = split(under_way())
    assert part.matter.owner_unit.code == "housing"
    assert part.matter.number.startswith("XB")
    assert {clock.words for clock in running_clocks([part.matter_id])[part.matter_id]} >= {
        "接手协办"
    }
    assert part.matter.narrative.words == "请把灯杆扶正"
    assert not part.matter.parties.exists()
    take_part(by("housing"), part)
    assert Matter.objects.get(pk=part.matter_id).owner == clerk("housing")


def test_the_resident_is_answered_when_all_parts_are_done() -> None:
    receipt = under_way()
    part = split(receipt)
    with pytest.raises(Refused, match="住建局的部分还没办完"):
        answer_request(by("city_management"), receipt.matter, "修好了")
    take_part(by("housing"), part)
    finish_part(by("housing"), part, "灯杆已扶正")
    answer_request(by("city_management"), receipt.matter, "灯杆扶正了，灯也亮了", closing=LOOKED)
    assert Matter.objects.get(pk=receipt.matter_id).step == "answered"


def test_or_the_lead_says_why_not_wait() -> None:
    receipt = under_way()
    split(receipt)
    answer_request(
        by("city_management"),
        receipt.matter,
        "灯先修好了",
        before_parts="灯杆要等订货，先让路亮起来",
        closing=LOOKED,
    )
    told = Entry.objects.filter(kind="matters.parts_left_open")
    assert told.count() == 1
    assert receipt.matter.messages.filter(kind="note", public=False).count() == 1


def test_saying_why_without_a_part_is_refused() -> None:
    with pytest.raises(Refused, match="都办完了"):
        answer_request(
            by("city_management"), under_way().matter, "好了", before_parts="不等了", closing=LOOKED
        )


@pytest.mark.parametrize("words", ["", " ", "字" * 4001])
def test_a_part_needs_words(words: str) -> None:
    receipt = under_way()
    with pytest.raises(Refused):
        split(receipt, words=words)
    assert not Part.objects.exists()


def test_nobody_splits_in_circles_twice_or_to_themselves() -> None:
    receipt = under_way()
    part = split(receipt)
    with pytest.raises(Refused, match="还没办完"):
        split(receipt)
    with pytest.raises(Refused, match="自己的部分"):
        split(receipt, of="city_management")
    with pytest.raises(Refused, match="牵头单位"):
        ask_part(by("housing"), part.matter, unit("city_management"), "还给你们")
    with pytest.raises(Refused, match="综合行政执法局"):
        split_off(by("housing"), receipt.matter, unit("transport"), "一起办")


def test_only_what_was_accepted_and_goes_on_is_split() -> None:
    with pytest.raises(Refused, match="受理以后"):
        split(lamp())
    receipt = under_way(OTHER)
    withdraw_request(RESIDENT, receipt)
    receipt.matter.refresh_from_db()
    with pytest.raises(Refused):
        split(receipt)


def test_a_part_that_is_not_theirs_comes_back_with_why() -> None:
    receipt = under_way()
    part = split(receipt)
    with pytest.raises(Refused):
        decline_part(by("housing"), part, "")
    decline_part(by("housing"), part, "路灯杆归交通局")
    again = split(receipt, of="transport")
    assert again.matter.owner_unit.code == "transport"
    words = [one.words for one in receipt.matter.messages.all()]
    assert words == ["路灯杆归交通局"]


def test_the_lead_calls_a_part_back_and_nobody_else() -> None:
    part = split(under_way())
    with pytest.raises(Refused, match="牵头"):
        recall_part(by("housing"), part)
    recall_part(by("city_management"), part)
    assert Matter.objects.get(pk=part.matter_id).step == "recalled"


def test_parts_end_with_a_lead_that_ends() -> None:
    receipt = under_way()
    part = split(receipt)
    withdraw_request(RESIDENT, receipt)
    catch_up("joint.leads")
    assert Matter.objects.get(pk=part.matter_id).step == "recalled"


def test_parts_go_along_when_the_lead_is_merged() -> None:
    receipt, other = under_way(), under_way(OTHER)
    part = split(receipt)
    merge_requests(by("city_management"), receipt.matter, other.matter)
    catch_up("joint.leads")
    part = Part.objects.get(pk=part.pk)
    assert (part.lead_id, part.matter.closed_at) == (other.matter_id, None)
    with pytest.raises(Refused, match="还没办完"):
        answer_request(by("city_management"), other.matter, "好了", closing=LOOKED)


def test_the_resident_sees_one_matter_and_who_does_what(client: Client) -> None:
    receipt = under_way()
    part = split(receipt, words="内部说法：杆号 7")
    take_part(by("housing"), part)
    finish_part(by("housing"), part, "内部结果：已扶正")
    told = [one.title for one in timeline(receipt.matter, public=True)]
    assert {"请住建局一起办", "住建局办完了他们的部分"} <= set(told)
    from gongzhi.work.participation.codes import code_for

    client.post("/follow/", {"code": code_for(KEY)})
    page = client.get("/follow/matter/").content.decode()
    assert "几个部门一起办" in page
    assert "他们的部分办完了" in page
    assert "内部" not in page


def test_what_was_written_for_a_part_is_erased_with_the_resident_s_words() -> None:
    receipt = under_way()
    part = split(receipt, words="听说是老欧阳家门口")
    take_part(by("housing"), part)
    finish_part(by("housing"), part, "老欧阳家门口修好了")
    withdraw_request(RESIDENT, receipt)
    erase_own(RESIDENT, receipt)
    left = [place for place in everywhere("老欧阳") if place != "matters_message.words"]
    assert left == []


def test_pages_of_parts(client: Client) -> None:
    receipt = under_way()
    part = split(receipt)
    client.force_login(clerk("housing"))
    assert "请把灯杆扶正" in client.get("/parts/").content.decode()
    page = client.get(f"/parts/{part.pk}/").content.decode()
    assert "综合行政执法局请你们办的" in page
    assert client.post(f"/parts/{part.pk}/take/").status_code == 302
    assert client.post(f"/parts/{part.pk}/finish/", {"words": "好了"}).status_code == 302
    assert part.matter.number in client.get("/parts/?show=done").content.decode()
    client.force_login(clerk("city_management"))
    assert "住建局" in client.get(f"/requests/{receipt.matter_id}/").content.decode()
    client.force_login(clerk("transport"))
    assert client.get(f"/parts/{part.pk}/").status_code == 404


def test_as_many_queries_for_thirty_parts_as_for_one(
    client: Client, django_assert_max_num_queries: object
) -> None:
    client.force_login(clerk("housing"))
    for n in range(30):
        split(under_way(f"{n:024d}"))
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get("/parts/")
