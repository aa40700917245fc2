"""What is only practised counts nowhere; what is nothing for the police goes on elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Handover, Matter
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.actions import refer_incident
from gongzhi.work.calls.models import Call
from gongzhi.work.calls.selectors import frequent_categories
from gongzhi.work.dispatch.actions import assign_unit, hand_to_department
from tests.markup import tight
from tests.work.calls.conftest import SignedIn
from tests.work.calls.test_call_page import send, text
from tests.work.dispatch.county import car

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")


@pytest.fixture
def hotline(centre: Unit) -> Unit:
    return Unit.objects.create(
        code="hotline", kind="department", name_zh="12345 热线", name_en="12345 Hotline"
    )


@pytest.fixture
def clerk(hotline: Unit) -> Client:
    """Somebody at the hotline."""
    account = Account.objects.create(
        username="clerk", display_name="海小联", unit=hotline, roles=["partner"]
    )
    client = Client()
    client.force_login(account)
    return client


class TestTrials:
    @pytest.mark.parametrize(
        ("trial", "prefix", "closed"), [("drill", "YL", False), ("test", "CS", True)]
    )
    def test_are_numbered_apart_and_in_no_count(
        self, taker: Client, trial: str, prefix: str, closed: bool
    ) -> None:
        page = text(taker.get(send(taker, trial=trial, category="noise")["Location"]))
        matter = Matter.objects.get()
        assert matter.number.startswith(prefix)
        assert (matter.closed_at is not None) == closed
        assert not Matter.objects.filter(procedure="incident").exists()
        assert "不计数的" in page  # on a line of their own
        assert '今天接的<span class="soft">0</span>' in tight(page)

    def test_teach_nothing_and_hint_at_nothing(self, taker: Client) -> None:
        for n in range(4):
            send(taker, trial="drill", category="noise", idempotency_key=f"{n:024}")
        assert frequent_categories()[0].code != "noise"
        hints = taker.post("/calls/same/", {"category": "noise", "lat": "29.95", "lon": "122.25"})
        assert "data-join" not in text(hints)  # type: ignore[arg-type]

    def test_do_not_join_what_is_real_nor_go_to_a_department(
        self, taker: Client, hotline: Unit
    ) -> None:
        send(taker)
        real = str(Matter.objects.get().pk)
        key = "t" * 24
        assert send(taker, trial="drill", joins=real, idempotency_key=key).status_code == 409
        refused = send(taker, trial="test", refer_to="hotline", idempotency_key=key)
        assert refused.status_code == 409
        assert Call.objects.count() == 1

    def test_a_unit_is_sent_to_a_drill_and_never_to_a_test(
        self, taker: Client, signed_in: SignedIn, centre: Unit
    ) -> None:
        send(taker, trial="test")
        send(taker, trial="drill", idempotency_key="d" * 24)
        test, drill = Matter.objects.order_by("pk")
        unit = car("01")
        with pytest.raises(Refused, match="不能派警"):
            assign_unit(SYSTEM, test, unit)
        assign_unit(SYSTEM, drill, unit)
        console = signed_in("dispatcher")
        assert drill.number in text(console.get("/console/?show=drill"))
        assert drill.number not in text(console.get("/console/?show=all"))
        assert "演练" in text(console.get("/console/"))


class TestReferring:
    def test_in_one_step_from_the_form_with_the_whole_record(
        self, taker: Client, clerk: Client, hotline: Unit
    ) -> None:
        phone = "13900001234"
        answer = send(
            taker, category="noise", q_source="shop", refer_to="hotline", caller_phone=phone
        )
        matter = Matter.objects.get()
        assert (matter.owner_unit, matter.step) == (hotline, "referred")
        page = text(taker.get(answer["Location"]))
        assert "12345 热线接着办" in page  # to be said to the caller
        assert matter.number in text(clerk.get("/referred/"))  # type: ignore[arg-type]
        one = text(clerk.get(f"/referred/{matter.pk}/"))  # type: ignore[arg-type]
        for said in ("两车相撞，没有人受伤", "海平路 12 号", "店铺", "移交给12345 热线", "查看"):
            assert said in one
        assert phone not in one  # sealed until somebody says what for
        sealed = bytes(Person.objects.get().sealed)
        assert sealed
        assert phone.encode() not in sealed

    def test_is_dealt_with_there(self, taker: Client, clerk: Client) -> None:
        send(taker, category="noise", refer_to="hotline")
        matter = Matter.objects.get()
        at = f"/referred/{matter.pk}/"
        clerk.post(at, {"what": "accept"})
        assert clerk.post(at, {"what": "finish", "outcome": ""}).status_code == 409
        assert clerk.post(at, {"what": "finish", "outcome": "已责令停工"}).status_code == 302
        matter.refresh_from_db()
        assert (matter.step, matter.closed_at is not None) == ("resolved", True)
        assert matter.number in text(clerk.get("/referred/?show=done"))  # type: ignore[arg-type]

    def test_comes_back_with_a_reason_and_waits_for_a_unit_again(
        self, taker: Client, clerk: Client, centre: Unit
    ) -> None:
        send(taker, category="noise", refer_to="hotline")
        matter = Matter.objects.get()
        at = f"/referred/{matter.pk}/"
        wrong = clerk.post(at, {"what": "return", "reason": "", "words": "有人受伤"})
        assert (wrong.status_code, "有人受伤" in text(wrong)) == (422, True)  # type: ignore[arg-type]
        back = {"what": "return", "reason": "needs_police", "words": "现场打起来了"}
        assert clerk.post(at, back).status_code == 302
        matter.refresh_from_db()
        assert (matter.owner_unit, matter.step) == (centre, "unassigned")
        turn = Handover.objects.latest("pk")
        assert (turn.taker, turn.reason) == (centre, "needs_police")
        page = text(taker.get(f"/console/?incident={matter.pk}"))
        assert "现场打起来了" in page
        assert "需要民警到场" in page
        assert clerk.post(at, back).status_code == 409  # it is theirs no more

    def test_from_the_console_too_and_only_to_a_department(
        self, taker: Client, hotline: Unit, centre: Unit
    ) -> None:
        send(taker, category="noise")
        matter = hand_to_department(SYSTEM, Matter.objects.get(), hotline)
        assert matter.step == "referred"
        send(taker, category="noise", idempotency_key="b" * 24)
        with pytest.raises(Refused, match="不能接"):
            refer_incident(SYSTEM, Matter.objects.latest("pk"), centre)

    def test_words_for_the_department_go_along_and_not_into_the_log(
        self, taker: Client, clerk: Client, signed_in: SignedIn, hotline: Unit
    ) -> None:
        console = signed_in("dispatcher")
        send(taker, category="noise")
        matter = Matter.objects.get()
        told = {"department": "hotline", "words": "报警人说的是三楼空调外机"}
        assert console.post(f"/console/incidents/{matter.pk}/give/", told).status_code < 400
        assert told["words"] in text(clerk.get(f"/referred/{matter.pk}/"))  # type: ignore[arg-type]
        assert not Entry.objects.filter(text__contains="空调").exists()

    def test_the_desk_takes_it_back_until_it_is_accepted_and_asks_for_it_afterwards(
        self, taker: Client, clerk: Client, signed_in: SignedIn, hotline: Unit, centre: Unit
    ) -> None:
        console = signed_in("dispatcher")
        send(taker, category="noise", refer_to="hotline")
        matter = Matter.objects.get()
        back = f"/console/incidents/{matter.pk}/back/"
        assert console.post(back).status_code == 302
        matter.refresh_from_db()
        assert (matter.owner_unit, matter.step, matter.bounces) == (centre, "unassigned", 0)
        hand_to_department(SYSTEM, matter, hotline)
        at = f"/referred/{matter.pk}/"
        clerk.post(at, {"what": "accept"})
        assert console.post(back).status_code == 409
        assert console.post(back, {"words": " "}).status_code == 422
        assert console.post(back, {"words": "那里打起来了"}).status_code == 302
        page = text(clerk.get(at))  # type: ignore[arg-type]
        assert "指挥中心请你们退回这件" in page
        assert "那里打起来了" in page
        clerk.post(at, {"what": "return", "reason": "asked_back"})
        matter.refresh_from_db()
        assert (matter.owner_unit, matter.step) == (centre, "unassigned")
        assert console.post(back).status_code == 409

    def test_another_department_does_not_see_it(
        self, taker: Client, clerk: Client, signed_in: SignedIn
    ) -> None:
        send(taker, category="noise", refer_to="hotline")
        key = Matter.objects.get().pk
        other = Unit.objects.create(code="labour", kind="department", name_zh="人社局")
        stranger = Client()
        stranger.force_login(
            Account.objects.create(username="s", display_name="海", unit=other, roles=["partner"])
        )
        assert stranger.get(f"/referred/{key}/").status_code == 404
        assert stranger.post(f"/referred/{key}/", {"what": "accept"}).status_code == 404
        assert signed_in("officer").get("/referred/").status_code == 403

    @pytest.mark.parametrize("many", [1, 20])
    def test_queries_do_not_grow(
        self, taker: Client, clerk: Client, many: int, django_assert_max_num_queries: Any
    ) -> None:
        for n in range(many):
            send(taker, category="noise", refer_to="hotline", idempotency_key=f"{n:024}")
        clerk.get("/referred/")
        with django_assert_max_num_queries(9):
            clerk.get("/referred/")
