"""What a unit does with a request: nothing that isn't its own, and nothing to and fro for ever."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions import (
    answer_request,
    ask_resident,
    judge_outcome,
    merge_requests,
    note_down,
    rate_handling,
    reply_to_question,
    send_on,
    start_request,
    take_up,
    withdraw_request,
)
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors import unit_for
from tests.work.participation.cast import KEY, LOOKED, RESIDENT, answered, by, clerk, lamp, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
OTHER = "n" * 24


def test_whoever_takes_a_request_up_sees_to_it() -> None:
    matter = take_up(by("city_management"), lamp().matter)
    assert (matter.step, matter.owner) == ("accepted", clerk("city_management"))


def test_the_answer_is_kept_with_every_later_one() -> None:
    receipt = answered(lamp())
    judge_outcome(RESIDENT, receipt, solved=False)
    office = by("city_management")
    start_request(office, receipt.matter)
    answer_request(office, receipt.matter, "又修了一次", closing=LOOKED)
    told = receipt.matter.messages.filter(kind="reply").order_by("pk")
    assert [one.words for one in told] == ["灯已经换好了", "又修了一次"]
    assert receipt.matter.elements.get(code="answer").text == "又修了一次"


@pytest.mark.parametrize("words", ["", " ", "灯" * 4001])
def test_an_answer_needs_words_but_not_a_book(words: str) -> None:
    matter = lamp().matter
    take_up(by("city_management"), matter)
    start_request(by("city_management"), matter)
    with pytest.raises(Refused):
        answer_request(by("city_management"), matter, words, closing=LOOKED)
    assert Matter.objects.get().step == "in_progress"


def test_another_unit_is_told_whose_it_is() -> None:
    matter = lamp().matter
    for deed in (take_up, lambda by_, m: note_down(by_, m, "看过")):
        with pytest.raises(Refused, match="综合行政执法局"):
            deed(by("housing"), matter)


def test_who_only_watches_answers_nothing() -> None:
    with pytest.raises(Refused, match="权限"):
        take_up(by("city_management", "supervisor"), lamp().matter)


def test_the_second_return_goes_to_the_hotline_and_it_decides() -> None:
    unit("hotline")
    matter = lamp().matter
    city, housing = by("city_management"), by("housing")
    matter = send_on(city, matter, unit("housing"), reason="not_ours")
    matter = send_on(housing, matter, unit("city_management"), reason="not_ours")
    assert (matter.bounces, matter.owner_unit.code) == (1, "city_management")
    matter = send_on(city, matter, unit("housing"), reason="not_ours")
    assert matter.owner_unit.code == "hotline"
    matter = send_on(by("hotline"), matter, unit("housing"), reason="better_placed")
    assert matter.owner_unit.code == "housing"
    with pytest.raises(Refused, match="不能再移交"):
        send_on(housing, matter, unit("city_management"), reason="not_ours")
    reasons = list(matter.handovers.order_by("pk").values_list("reason", flat=True))
    assert reasons == ["not_ours", "not_ours", "undecided", "decided"]


def test_words_go_along_to_whoever_takes_it_and_neither_log_nor_resident_has_them(
    client: Client,
) -> None:
    receipt, _taker = lamp(), unit("housing")
    client.force_login(clerk("city_management"))
    told = {"unit": "housing", "reason": "not_ours", "words": "灯杆编号 17，钥匙在门卫"}
    assert client.post(f"/requests/{receipt.matter_id}/send/", told).status_code == 302
    client.force_login(clerk("housing"))
    assert told["words"] in client.get(f"/requests/{receipt.matter_id}/").content.decode()
    assert not Entry.objects.filter(text__contains="门卫").exists()
    client.logout()
    client.post("/follow/", {"code": code_for(KEY)})
    assert "门卫" not in client.get("/follow/matter/").content.decode()


def test_without_a_hotline_the_bureau_decides() -> None:
    matter = lamp().matter
    city, housing = by("city_management"), by("housing")
    for giver, taker in ((city, "housing"), (housing, "city_management"), (city, "housing")):
        matter = send_on(giver, matter, unit(taker), reason="not_ours")
    assert matter.owner_unit.code == "bureau"


def test_a_hand_over_needs_a_reason_that_there_is() -> None:
    with pytest.raises(Refused, match="原因"):
        send_on(by("city_management"), lamp().matter, unit("housing"), reason="because")


def test_what_has_ended_stays_where_it_is() -> None:
    receipt = lamp()
    withdraw_request(RESIDENT, receipt)
    matter = Matter.objects.get()
    with pytest.raises(Refused, match="已经办结"):
        send_on(by("city_management"), matter, unit("housing"), reason="not_ours")


def test_only_one_s_own_requests_are_merged() -> None:
    first = lamp()
    second = lamp(OTHER, unit=unit("housing"))
    with pytest.raises(Refused, match="由住建局负责"):
        merge_requests(by("city_management"), first.matter, second.matter)


@pytest.mark.parametrize("words", ["", "灯" * 4001])
def test_a_question_needs_words(words: str) -> None:
    matter = lamp().matter
    take_up(by("city_management"), matter)
    with pytest.raises(Refused):
        ask_resident(by("city_management"), matter, words)
    assert Matter.objects.get().step == "accepted"


def test_a_place_without_a_station_of_its_own_is_the_bureau_s() -> None:
    unit("bureau")
    noise = catalogue().categories["noise"]
    assert unit_for(noise, Point(29.95, 122.25)).code == "bureau"
    assert unit_for(noise).code == "bureau"


class AnyHands(RuleBasedStateMachine):
    """Whatever residents and units try, a request has one owner, one way, and a log that holds."""

    def __init__(self) -> None:
        super().__init__()
        unit("hotline")
        self.receipt = Receipt.objects.first() or lamp()
        self.matter = self.receipt.matter
        self.bounces = self.matter.bounces

    @rule(code=st.sampled_from(["city_management", "housing", "hotline"]),
          deed=st.sampled_from(["take", "start", "ask", "answer", "note"]))  # fmt: skip
    def unit_tries(self, code: str, deed: str) -> None:
        office = by(code)
        tries = {
            "take": lambda: take_up(office, self.matter),
            "start": lambda: start_request(office, self.matter),
            "ask": lambda: ask_resident(office, self.matter, "在哪儿？"),
            "answer": lambda: answer_request(office, self.matter, "好了", closing=LOOKED),
            "note": lambda: note_down(office, self.matter, "记"),
        }
        self.attempt(tries[deed], f"unit:{code}")

    @rule(giver=st.sampled_from(["city_management", "housing", "hotline"]),
          taker=st.sampled_from(["city_management", "housing"]))  # fmt: skip
    def unit_sends(self, giver: str, taker: str) -> None:
        office = by(giver)
        self.attempt(
            lambda: send_on(office, self.matter, unit(taker), reason="not_ours"), f"unit:{giver}"
        )

    @rule(deed=st.sampled_from(["reply", "yes", "no", "rate", "withdraw"]))
    def resident_tries(self, deed: str) -> None:
        self.receipt.matter.refresh_from_db()
        tries = {
            "reply": lambda: reply_to_question(RESIDENT, self.receipt, "在巷口"),
            "yes": lambda: judge_outcome(RESIDENT, self.receipt, solved=True),
            "no": lambda: judge_outcome(RESIDENT, self.receipt, solved=False, words="没好"),
            "rate": lambda: rate_handling(RESIDENT, self.receipt, stars=3),
            "withdraw": lambda: withdraw_request(RESIDENT, self.receipt),
        }
        self.attempt(tries[deed], "resident")

    def attempt(self, deed: object, who: str) -> None:
        before = Matter.objects.select_related("owner_unit").get(pk=self.matter.pk)
        entries = Entry.objects.count()
        try:
            deed()  # type: ignore[operator]
        except Refused:
            assert Entry.objects.count() == entries, "a refusal wrote to the log"
        else:
            assert who in {"resident", f"unit:{before.owner_unit.code}"}, f"{who} acted on it"
        self.matter.refresh_from_db()

    @invariant()
    def never_nobody_s_and_never_to_and_fro(self) -> None:
        assert self.matter.owner_unit_id
        assert self.matter.bounces <= 2
        assert (self.matter.closed_at is not None) == self.matter.step_item.ends


def test_no_hands_break_a_request() -> None:
    run_state_machine_as_test(
        AnyHands,
        settings=hypothesis_settings(max_examples=12, stateful_step_count=14, deadline=None),
    )
    assert verify().holds
