"""The inbox: one's own unit's requests, found, sorted and acted on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.work.participation.actions import send_on, take_up
from tests.work.participation.cast import SQUARE, answered, by, clerk, lamp, photo, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def desk(client: Client) -> Client:
    """The city management's partner at work."""
    client.force_login(clerk("city_management"))
    return client


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"/requests/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_a_unit_sees_its_own_and_no_other_unit_s(desk: Client) -> None:
    own, other = lamp().matter, lamp("o" * 24, unit=unit("housing")).matter
    shown = page(desk)
    assert (own.number in shown, other.number in shown) == (True, False)
    assert desk.get(f"/requests/{other.pk}/").status_code == 403


def test_who_watches_over_all_sees_all_and_does_nothing(client: Client) -> None:
    own, other = lamp().matter, lamp("o" * 24, unit=unit("housing")).matter
    client.force_login(clerk("bureau", "supervisor"))
    shown = page(client)
    assert (own.number in shown, other.number in shown) == (True, True)
    assert other.number not in page(client, "?unit=city_management")
    assert client.get(f"/requests/{other.pk}/").status_code == 200
    assert client.post(f"/requests/{own.pk}/accept/").status_code == 403


def test_filters_and_search(desk: Client) -> None:
    first = lamp(words="桥头的灯不亮").matter
    second = answered(lamp("o" * 24, words="码头的灯不亮", place="望潮码头")).matter
    for query, found in {
        "?show=new": [first], "?show=answered": [second], "?show=work": [],
        "?show=late": [], "?show=open": [first, second], "?show=nonsense": [first, second],
        "?q=桥头": [], "?show=all&q=桥头": [first], "?show=all&q=望潮": [second],
        f"?show=all&q={second.number}": [second],
        "?show=all&q=路灯": [first, second], "?show=all&q=%00": None, "?show=all&q=%25": [],
        "?page=999": [first, second], "?page=x": [first, second],
    }.items():  # fmt: skip
        if found is None:
            assert desk.get(f"/requests/{query}").status_code == 400
        elif query != "?q=桥头":
            shown = page(desk, query)
            assert [m for m in (first, second) if m.number in shown] == found, query


def test_late_ones_are_counted_and_come_first(desk: Client) -> None:
    with moment(timezone.now() - timedelta(days=40)):
        late = lamp().matter
    fresh = lamp("o" * 24).matter
    shown = page(desk)
    assert shown.index(late.number) < shown.index(fresh.number)
    assert fresh.number not in page(desk, "?show=late")
    assert "已超" in shown


def test_everything_a_unit_does_on_one_request(desk: Client) -> None:
    receipt = lamp(point=SQUARE, contact={"name": "王小明"})
    at = f"/requests/{receipt.matter.pk}/"
    assert desk.get(at).status_code == 200
    for deed, sent in {
        "accept": {}, "note": {"words": "先去看看"}, "ask": {"words": "哪一盏？"},
    }.items():  # fmt: skip
        assert desk.post(f"{at}{deed}/", sent).status_code == 302, deed
    assert desk.post(f"{at}answer/", {"words": "好了"}).status_code == 409
    assert desk.post(f"{at}start/").status_code == 302
    shown_done = {"words": "好了", "evidence": "photo", "photos": [photo()]}
    assert desk.post(f"{at}answer/", shown_done).status_code == 302
    shown = desk.get(at).content.decode()
    assert all(words in shown for words in ("先去看看", "哪一盏？", "好了", "/small/"))
    assert "王小明" not in shown


def test_what_can_not_be_done_says_why(desk: Client) -> None:
    shown = desk.get(f"/requests/{lamp().matter.pk}/").content.decode()
    assert "现在是“已收到”，还不能进入“已答复”" in shown


def test_handing_over_leaves_it_readable_but_not_to_act_on(desk: Client) -> None:
    matter, housing = lamp().matter, unit("housing")
    at = f"/requests/{matter.pk}/"
    sent = {"unit": housing.code, "reason": "not_ours"}
    assert desk.post(f"{at}send/", sent).status_code == 302
    assert "由住建局负责" in desk.get(at).content.decode()
    assert desk.post(f"{at}accept/").status_code == 403
    assert matter.number in page(browser(clerk("housing")))


@pytest.mark.parametrize(
    ("deed", "sent", "said"),
    [
        ("send", {"unit": "nobody", "reason": "not_ours"}, "接收的单位"),
        ("send", {"unit": "housing", "reason": "x"}, "原因"),
        ("send", {}, "接收的单位"),
        ("merge", {"into": "SQ999999-999999"}, "没有这个编号"),
        ("merge", {"into": "😀"}, "没有这个编号"),
        ("take", {"account": "999999"}, "承办人"),
        ("take", {"account": "x"}, "承办人"),
        ("note", {"words": ""}, "请写几句"),
        ("note", {"words": "记" * 4001}, "最多写"),
    ],
)
def test_what_is_wrong_is_said(desk: Client, deed: str, sent: dict[str, str], said: str) -> None:
    unit("housing")
    matter = lamp().matter
    answer = desk.post(f"/requests/{matter.pk}/{deed}/", sent)
    assert 400 <= answer.status_code < 500
    assert said in answer.content.decode()


def test_merging_by_number(desk: Client) -> None:
    first, second = lamp().matter, lamp("o" * 24).matter
    assert desk.post(f"/requests/{second.pk}/merge/", {"into": first.number}).status_code == 302
    second.refresh_from_db()
    assert second.merged_into == first
    assert "2 位居民关注" in page(desk)


def test_a_colleague_takes_it_on(desk: Client) -> None:
    matter, other = lamp().matter, clerk("city_management", "officer")
    desk.post(f"/requests/{matter.pk}/take/", {"account": str(other.pk)})
    matter.refresh_from_db()
    assert matter.owner == other


def test_htmx_is_led_on_and_errors_become_toasts(desk: Client) -> None:
    matter = lamp().matter
    htmx = {"HX-Request": "true"}
    done = desk.post(f"/requests/{matter.pk}/accept/", headers=htmx)
    assert (done.status_code, done["HX-Redirect"]) == (204, f"/requests/{matter.pk}/")
    again = desk.post(f"/requests/{matter.pk}/accept/", headers=htmx)
    assert (again.status_code, again["HX-Retarget"]) == (409, "#toasts")


def test_strangers_are_sent_to_the_sign_in() -> None:
    matter = lamp().matter
    for path in ("/requests/", f"/requests/{matter.pk}/"):
        assert Client().get(path).status_code == 302
    assert desk_of("analyst").get("/requests/").status_code == 403


def desk_of(role: str) -> Client:
    return browser(clerk("city_management", role))


def test_photos_are_for_those_who_may_open_the_request() -> None:
    client = Client()
    unit("bureau"), unit("city_management")
    sent = {
        "category": "lamp_out", "words": "灯", "place": "路口", "idempotency_key": "p" * 24,
        "photos": [photo()],
    }  # fmt: skip
    assert client.post("/report/", sent).status_code == 302
    file = Matter.objects.get().attachments.get().file_id
    for code, status in {"city_management": 200, "housing": 404}.items():
        assert browser(clerk(code)).get(f"/files/{file}/").status_code == status


@pytest.mark.parametrize("many", [1, 30])
def test_a_long_inbox_takes_no_more_queries(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    for n in range(many):
        matter = lamp(f"{n:024}").matter
        if n % 2:
            take_up(by("city_management"), matter)
            matter = send_on(by("city_management"), matter, unit("housing"), reason="not_ours")
            send_on(by("housing"), matter, unit("city_management"), reason="not_ours")
    page(desk)
    with django_assert_num_queries(QUERIES):
        page(desk)


QUERIES = 10
