"""The call-taker's page: what is sent is received once, what is wrong is said and kept."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter, Narrative
from gongzhi.work.calls.models import Call
from gongzhi.work.calls.selectors import frequent_categories
from tests.work.calls.conftest import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGE = "/calls/new/"
CRASH = {
    "channel": "phone", "category": "traffic_damage", "words": "两车相撞，没有人受伤",
    "place": "海平路 12 号", "lat": "29.95", "lon": "122.25", "caller_phone": "139",
    "caller_name": "海先生", "idempotency_key": "k" * 24,
}  # fmt: skip


def send(client: Client, **changed: Any) -> HttpResponse:
    told = {name: text for name, text in {**CRASH, **changed}.items() if text is not None}
    return client.post(PAGE, told)  # type: ignore[return-value]


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_a_call_is_taken_and_the_next_form_says_its_number(taker: Client) -> None:
    assert taker.get(PAGE).status_code == 200
    answer = send(taker)
    call = Call.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?taken={call.pk}")
    page = text(taker.get(answer["Location"]))
    assert page.count(call.matter.number) == 2  # said, and among today's
    assert "两车相撞" not in page  # the form is empty again
    assert (call.channel, call.taken_by_id is not None) == ("phone", True)
    assert (call.matter.priority, call.matter.h9 is not None) == (3, True)


def test_two_sends_of_one_form_make_one_call(taker: Client) -> None:
    assert send(taker)["Location"] == send(taker)["Location"]
    assert Call.objects.count() == 1


def test_the_answers_raise_the_priority_and_the_call_taker_has_the_last_word(
    taker: Client,
) -> None:
    fight = {"category": "fight", "words": "有人打架"}
    send(taker, **fight, q_injured="yes", q_people="5", idempotency_key="a" * 24)
    send(taker, **fight, q_injured="yes", priority="4", idempotency_key="b" * 24)
    first, second = Matter.objects.order_by("pk")
    assert (first.priority, first.answers) == (1, {"injured": "yes", "people": 5})
    assert second.priority == 4


def test_a_call_joins_an_open_incident_with_nothing_new_to_say(taker: Client) -> None:
    send(taker)
    matter = Matter.objects.get()
    answer = send(taker, joins=str(matter.pk), words="", idempotency_key="j" * 24)
    assert answer.status_code == 302
    assert matter.calls.count() == 2
    assert "已并入" in text(taker.get(answer["Location"]))


def test_a_closed_incident_takes_no_call_and_the_form_keeps_what_was_written(
    taker: Client,
) -> None:
    send(taker)
    matter = Matter.objects.get()
    Matter.objects.update(closed_at=matter.opened_at)
    answer = send(taker, joins=str(matter.pk), words="又打来了", idempotency_key="j" * 24)
    assert answer.status_code == 422
    assert "已经办结" in text(answer)
    assert "又打来了" in text(answer)


def test_it_began_when_the_call_taker_began_and_never_ahead_or_yesterday(taker: Client) -> None:
    began = time.time()
    for key, started in (("a", began - 120), ("b", began + 9999), ("c", 0), ("d", "x")):
        send(taker, started=str(started), idempotency_key=key * 24)
    ages = [began - call.received_at.timestamp() for call in Call.objects.order_by("pk")]
    assert [round(age / 60) for age in ages] == [2, 0, 120]  # and "x" was refused


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ""}, "请写几句发生了什么"),
        ({"words": "撞" * 4001}, "4000"),
        ({"category": ""}, None),
        ({"category": "nonsense"}, None),
        ({"place": "海" * 201}, "200"),
        ({"lat": "0", "lon": "0"}, "没有定位成功"),
        ({"lat": "39.9", "lon": "116.4"}, "不在本县范围内"),
        ({"lat": "here"}, "不是有效的数字"),
        ({"lat": "29.95", "lon": ""}, "没有位置"),
        ({"caller_phone": "1" * 41}, "40"),
        ({"caller_name": "海" * 81}, "80"),
        ({"priority": "5"}, None),
        ({"channel": "import"}, None),
        ({"joins": "999999"}, "不存在"),
        ({"joins": "9" * 30}, None),
        ({"q_colour": "red"}, "没有这个问题"),
        ({"category": "fight", "q_injured": "perhaps"}, "请从给出的答案里选一个"),
        ({"idempotency_key": "short"}, None),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    taker: Client, wrong: dict[str, str], said: str | None
) -> None:
    before = Entry.objects.count()
    answer = send(taker, **wrong)
    assert 400 <= answer.status_code < 500
    if said:
        assert said in text(answer)
    assert (Call.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize("field", ["words", "place", "caller_name", "lat"])
def test_nul_bytes_are_refused(taker: Client, field: str) -> None:
    assert 400 <= send(taker, **{field: "撞\x00"}).status_code < 500
    assert not Call.objects.exists()


@pytest.mark.parametrize("words", ["😀", "𠮷𡈁村两车相撞", "<script>alert(1)</script>"])
def test_rare_characters_and_markup_are_kept_and_shown_as_text(taker: Client, words: str) -> None:
    send(taker, words=words, place=words)
    assert Narrative.objects.get().words == words
    assert "<script>alert" not in text(taker.get(PAGE))
    hint = taker.post("/calls/same/", {"category": "fight", "lat": "29.95", "lon": "122.25"})
    assert "<script>alert" not in text(hint)  # type: ignore[arg-type]


class TestWhatMayBeTheSame:
    def ask(self, client: Client, **more: str) -> str:
        told = {"category": "traffic_damage", "lat": "29.9501", "lon": "122.25", **more}
        return client.post("/calls/same/", told).content.decode()

    def test_it_is_listed_with_the_reason_and_a_key(self, taker: Client) -> None:
        send(taker)
        page = self.ask(taker)
        assert Matter.objects.get().number in page
        for reason in ("同一地点", "同类", "刚刚", "F2"):
            assert reason in page

    def test_without_a_place_there_is_nothing_to_compare_and_nothing_wrong(
        self, taker: Client
    ) -> None:
        send(taker)
        for where in ({"lat": "", "lon": ""}, {"lat": "x"}, {"lat": "0", "lon": "0"}):
            assert "data-join" not in self.ask(taker, **where)

    def test_the_one_it_joins_stays_marked(self, taker: Client) -> None:
        send(taker)
        key = str(Matter.objects.get().pk)
        assert 'aria-pressed="true"' in self.ask(taker, joins=key)
        assert 'aria-pressed="true"' not in self.ask(taker, joins="nonsense")

    @pytest.mark.parametrize("many", [1, 30])
    def test_queries_do_not_grow(
        self, taker: Client, many: int, django_assert_max_num_queries: Any
    ) -> None:
        for n in range(many):
            send(taker, idempotency_key=f"{n:024}")
        with django_assert_max_num_queries(6):
            self.ask(taker)


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_makes_no_more_queries_with_more_calls(
    taker: Client, many: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(many):
        send(taker, idempotency_key=f"{n:024}")
    taker.get(PAGE)  # warms what stays the same all day
    with django_assert_max_num_queries(13):
        taker.get(PAGE)


def test_today_are_one_s_own_calls(taker: Client, signed_in: SignedIn) -> None:
    send(taker)
    other = signed_in("call_taker", "another")
    number = Matter.objects.get().number
    assert number not in text(other.get(f"{PAGE}?taken={Call.objects.get().pk}"))
    assert number in text(taker.get(PAGE))
    assert f"?incident={Matter.objects.get().pk}" in text(taker.get(PAGE))
    assert text(taker.get(f"{PAGE}?taken=x"))


def test_the_number_keys_are_the_month_s_most_frequent_all_day(taker: Client) -> None:
    send(taker, category="noise", idempotency_key="n" * 24)
    keys = [one.code for one in frequent_categories()]
    assert (keys[0], len(keys), len(set(keys))) == ("noise", 10, 10)
    for n in range(3):
        send(taker, category="theft", idempotency_key=f"{n:024}")
    assert [one.code for one in frequent_categories()] == keys


@pytest.mark.parametrize("role", ["officer", "analyst", "partner"])
def test_only_who_takes_calls_may_open_it(signed_in: SignedIn, role: str) -> None:
    client = signed_in(role)
    assert client.get(PAGE).status_code == 403
    assert send(client).status_code == 403
    assert client.post("/calls/same/", {}).status_code == 403
    assert not Call.objects.exists()


def test_nobody_s_browser_is_led_to_the_sign_in(centre: Any) -> None:
    assert Client().get(PAGE).status_code == 302
    assert Client().post(PAGE, CRASH).status_code in {302, 401, 403}
    assert not Call.objects.exists()


def test_english(taker: Client) -> None:
    taker.cookies["django_language"] = "en"
    assert "What happened" in text(taker.get(PAGE))


def joined_wrongly(taker: Client) -> Call:
    """A second call about a first one's incident."""
    send(taker)
    first = Matter.objects.get()
    send(taker, joins=str(first.pk), words="东门那边有人打架", idempotency_key="j" * 24)
    return Call.objects.latest("pk")


def test_a_call_at_the_wrong_incident_is_put_to_another_one_that_the_search_finds(
    taker: Client,
) -> None:
    stray = joined_wrongly(taker)
    send(taker, category="fight", place="菜市场东门", words="打架", idempotency_key="f" * 24)
    right, at = Matter.objects.latest("pk"), f"/calls/{stray.pk}/move/"
    page = text(taker.get(at))
    assert "东门那边有人打架" in page
    assert f'value="{right.pk}"' in page  # open ones are offered without a search
    assert f'value="{stray.matter_id}"' not in page  # its own is not
    for q in ("菜市场", "打架", right.number):
        assert f'value="{right.pk}"' in text(taker.get(at, {"q": q})), q
    assert "没有找到未结的警情" in text(taker.get(at, {"q": "灯塔"}))
    answer = taker.post(at, {"to": right.pk})
    assert answer.status_code == 302
    assert answer["Location"] == f"/console/?incident={right.pk}"
    stray.refresh_from_db()
    assert stray.matter == right


def test_or_it_opens_its_own(taker: Client) -> None:
    stray = joined_wrongly(taker)
    at = f"/calls/{stray.pk}/move/"
    told = {"category": "fight", "words": "东门打架", "place": "", "lat": "", "lon": ""}
    wrong = taker.post(at, {**told, "words": ""})
    assert wrong.status_code == 422
    assert "请写几句" in text(wrong)
    wrong = taker.post(at, {**told, "lat": "1", "lon": "1"})
    assert wrong.status_code == 422
    assert Matter.objects.count() == 1
    assert taker.post(at, told).status_code == 302
    stray.refresh_from_db()
    assert stray.matter.category == "fight"
    page = text(taker.get(at))  # it is the only one there now
    assert "不能移走" in page
    assert taker.post(at, told).status_code == 409


def test_moving_is_for_those_who_take_calls(taker: Client, signed_in: SignedIn) -> None:
    stray = joined_wrongly(taker)
    at = f"/calls/{stray.pk}/move/"
    other = signed_in("officer")
    assert other.get(at).status_code == 403
    assert other.post(at, {"to": "1"}).status_code == 403
    assert taker.get("/calls/999999/move/").status_code == 404
    for to in ("999999", "x", "9" * 40):
        assert taker.post(at, {"to": to}).status_code == 409
    console = text(signed_in("dispatcher").get("/console/", {"incident": stray.matter_id}))
    assert at in console
    assert "归到别处" not in text(
        signed_in("supervisor").get(f"/console/?incident={stray.matter_id}")
    )
