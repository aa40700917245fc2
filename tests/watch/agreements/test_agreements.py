"""From the request to the end: who asks, who consents, what is given, and that it stops."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements import actions
from gongzhi.watch.exchange.agreements.checks import look
from gongzhi.watch.exchange.agreements.models import Agreement, Given
from gongzhi.watch.exchange.agreements.readers import sweep
from tests.watch.agreements.cast import (
    WHY,
    Program,
    agreed,
    as_,
    asked,
    contact,
    county,
    in_days,
    requests,
    steward,
)
from tests.watch.agreements.conftest import Deliver
from tests.work.participation.cast import by, clerk

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def refused(code: str, deed: Any, *args: Any, **told: Any) -> None:
    with pytest.raises(Refused) as why:
        deed(*args, **told)
    assert why.value.code == code


def test_it_is_in_force_when_the_owner_and_the_steward_have_said_yes() -> None:
    made = asked()
    assert made.state == "waiting"
    actions.consent_sharing(as_(contact("hotline")), made, "owner", "用途清楚")
    made.refresh_from_db()
    assert made.state == "waiting", "one yes is not enough"
    actions.consent_sharing(as_(steward()), made, "steward", "字段够少")
    made.refresh_from_db()
    assert made.state == "in_force"
    kinds = list(
        Entry.objects.filter(kind__startswith="agreements.")
        .order_by("seq")
        .values_list("kind", flat=True)
    )
    assert kinds == [
        "agreements.sharing_asked", "agreements.sharing_consented", "agreements.sharing_consented",
        "agreements.sharing_begun",
    ]  # fmt: skip


def test_nobody_decides_on_their_own_request_or_twice() -> None:
    made = asked()
    both = clerk("hotline", "data_contact", "data_steward")
    actions.consent_sharing(as_(both), made, "owner", "用途清楚")
    refused("two_people", actions.consent_sharing, as_(both), made, "steward", "也同意")
    asker = contact("housing")
    asker.roles = ["data_contact", "data_steward"]
    asker.save()
    refused("own_request", actions.consent_sharing, as_(asker), made, "steward", "好")
    colleague = clerk("housing", "data_steward")
    refused("own_unit", actions.consent_sharing, as_(colleague), made, "steward", "同意")
    other = contact("city_management")
    refused("not_yours", actions.consent_sharing, as_(other), made, "owner", "同意")
    refused("reason", actions.consent_sharing, as_(steward()), made, "steward", " ")


def test_one_no_ends_it_and_it_can_be_taken_back_while_it_waits() -> None:
    made = asked()
    actions.refuse_sharing(as_(contact("hotline")), made, "owner", "用不着到格子")
    made.refresh_from_db()
    assert made.state == "refused"
    refused("decided", actions.consent_sharing, as_(steward()), made, "steward", "好")
    other = asked()
    refused("not_yours", actions.withdraw_sharing, as_(contact("hotline")), other)
    assert actions.withdraw_sharing(as_(contact("housing")), other).state == "withdrawn"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"offer": "complaints"}, "offer"),
        ({"offer": "requests", "fields": []}, "fields"),
        ({"offer": "requests", "fields": ["town", "words"]}, "fields"),
        ({"offer": "requests", "questions": ["lamps_and_requests"]}, "questions"),
        ({"questions": ["who_complains"]}, "questions"),
        ({"offer": "requests", "fields": ["town"], "purpose": "工作需要"}, "purpose"),
        ({"offer": "requests", "fields": ["town"], "basis": " "}, "basis"),
        ({"offer": "requests", "fields": ["town"], "until": date(2020, 1, 1)}, "until"),
    ],
)  # fmt: skip
def test_what_can_not_be_asked_for(wrong: dict[str, Any], code: str) -> None:
    county()
    told = WHY | {"until": in_days(30)} | wrong
    refused(code, actions.ask_sharing, as_(contact("housing")), **told)
    assert not Agreement.objects.exists()


def test_ones_own_data_needs_no_agreement_and_a_year_is_the_longest() -> None:
    county()
    own = {"offer": "requests", "fields": ["town"], **WHY}
    refused("own", actions.ask_sharing, as_(contact("hotline")), until=in_days(30), **own)
    refused("until", actions.ask_sharing, as_(contact("housing")), until=in_days(400), **own)
    refused("not_permitted", actions.ask_sharing, by("housing"), until=in_days(30), **own)


def test_a_program_gets_the_agreed_fields_of_each_row_in_pages() -> None:
    requests(5)
    program = Program(agreed(fields=["row", "town", "category"]))
    answer = program.get("/rows", limit=2).json()
    rows = answer["rows"]
    while answer["next"]:
        answer = program.get("/rows", limit=2, after=answer["next"]).json()
        rows += answer["rows"]
    assert [set(one) for one in rows] == [{"row", "town", "category"}] * 5
    assert {one["town"] for one in rows} == {"lancheng"}
    assert len({one["row"] for one in rows}) == 5
    given = Given.objects.get(what="rows", refused="")
    assert (given.times, given.rows) == (3, 5)
    terms = program.get().json()
    assert [one["name"] for one in terms["fields"]] == ["row", "category", "town"]
    assert terms["in_force"] is True


def test_two_agreements_can_not_join_their_rows_and_one_key_opens_one() -> None:
    requests(2)
    first, second = Program(agreed(fields=["row"])), Program(agreed(fields=["row"]))
    assert not {r["row"] for r in first.rows()} & {r["row"] for r in second.rows()}
    cursor = first.get("/rows", limit=1).json()["next"]
    assert second.get("/rows", after=cursor).status_code == 422
    assert first.get("/rows", number=second.agreement.pk).status_code == 404
    bare = first.client.get(f"/api/agreements/v1/{first.agreement.pk}/rows")
    assert bare.status_code == 401
    assert bare.headers["Content-Type"].startswith("application/problem+json")


def test_what_happens_at_home_or_is_delicate_is_in_no_row() -> None:
    requests(2)
    last = Matter.objects.order_by("pk").last()
    Matter.objects.filter(pk=last.pk if last else 0).update(category="dispute_family")
    program = Program(agreed(fields=["category"]))
    assert program.rows() == [{"category": "lamp_out"}]


def test_a_new_key_makes_the_old_one_nothing() -> None:
    made = agreed()
    old = Program(made)
    new = Program(made)
    assert old.get().status_code == 403
    assert new.get().status_code == 200
    refused("not_yours", actions.bind_key, as_(contact("hotline")), made)


def test_on_its_day_it_stops_by_itself_and_says_so() -> None:
    requests(3)
    program = Program(agreed(days=10))
    assert len(program.rows()) == 3
    with moment(now() + timedelta(days=11)):
        stopped = program.get("/rows")
        assert (stopped.status_code, stopped.json()["code"]) == (403, "agreement_over")
        assert "rows" not in stopped.json()
        assert program.get().json()["in_force"] is False
        assert Given.objects.get(refused="agreement_over").times == 1
        assert sweep()["ended"] == 1
        assert program.get("/rows").json()["code"] == "agreement_over"
    with moment(now() + timedelta(days=30)):
        assert sweep()["loosed"] == 1, "and later its key is nobody's"
    program.key.refresh_from_db()
    assert program.key.revoked_at


def test_it_can_be_ended_at_once_by_each_side_and_nobody_else() -> None:
    requests(1)
    program = Program(agreed())
    made = program.agreement
    refused("not_permitted", actions.end_sharing, as_(contact("city_management")), made, "好了")
    actions.end_sharing(as_(contact("hotline")), made, "改造做完了")
    assert program.get("/rows").json()["code"] == "agreement_over"
    refused("not_in_force", actions.bind_key, as_(contact("housing")), made)


def test_somebody_is_told_once_a_month_before_it_ends() -> None:
    agreed(days=40)
    assert sweep()["reminded"] == 0
    with moment(now() + timedelta(days=15)):
        assert sweep()["reminded"] == 1
        assert sweep()["reminded"] == 0
        assert any(one.wrong and "快到了" in one.words for one in look())


def test_the_check_finds_a_key_without_an_agreement() -> None:
    from gongzhi.base.access.actions import issue_key
    from gongzhi.watch.exchange.agreements.permissions import READ
    from tests.work.participation.cast import SYSTEM, unit

    assert not any(one.wrong for one in look())
    issue_key(SYSTEM, name="谁的", unit=unit("housing"), permissions=[READ])
    assert any(one.wrong and "谁的" in one.words for one in look())


def test_rows_that_a_department_delivered_are_given_by_its_consent(lamps: Deliver) -> None:
    lamps({"正常": 3, "不亮": 2}, date(2026, 11, 20))
    program = Program(
        agreed(owners=["city_management"], offer="street_lamps", fields=["lamp", "state"])
    )
    rows = program.rows(limit=4)
    assert rows[0] == {"lamp": "L-00001", "state": "lit"}
    rows += program.rows(after=program.get("/rows", limit=4).json()["next"])
    assert [one["state"] for one in rows] == ["lit"] * 3 + ["dark"] * 2
