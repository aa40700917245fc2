"""Somebody is told when a warning waits for them: the count beside the place, and where to go."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.watch.exchange.alerts.actions import set_aside
from gongzhi.watch.exchange.alerts.models import Heard
from gongzhi.watch.exchange.alerts.polling import take_in
from gongzhi.watch.live.permissions import apps_heard_by
from gongzhi.work.prevention.warnings import actions
from tests.watch.alerts.offices import source, xml
from tests.work.prevention.warnings.hands import account, by, drafted

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def waits(name: str) -> dict[str, tuple[int, str]]:
    client = Client()
    client.force_login(account(name))
    told = client.get("/waiting/").json()["waiting"]
    assert all(one["at"] == "/warnings/desk/" for one in told)
    return {one["key"]: (one["many"], one["url"]) for one in told}


def test_whoever_may_sign_is_told_that_a_draft_waits_and_nobody_else() -> None:
    draft = drafted("typhoon", severity="Severe")
    assert waits("leader") == {}, "it is still being written"
    actions.submit_draft(by(), draft)
    assert waits("leader") == {"sign": (1, f"/warnings/desk/{draft.warning_id}/")}
    assert waits("dispatcher") == {}, "who wrote it does not sign it"
    assert waits("caller") == {}
    draft.refresh_from_db()
    actions.publish_draft(by("leader"), draft, seen=draft.seen)
    assert waits("leader") == {}


def test_what_one_published_alone_waits_for_another_to_confirm() -> None:
    draft = drafted("typhoon", severity="Extreme")
    message = actions.publish_draft(by(), draft, seen=draft.seen, emergency=True)
    assert waits("leader") == {"endorse": (1, f"/warnings/desk/{message.warning_id}/")}
    actions.endorse_emergency(by("second"), message)
    assert waits("leader") == {}


def test_whoever_writes_warnings_is_told_of_an_outside_offices_proposal() -> None:
    take_in(source(), xml())
    assert waits("dispatcher") == {"proposed": (1, "/warnings/desk/outside/")}
    assert waits("caller") == {}
    set_aside(by(), Heard.objects.get())
    assert waits("dispatcher") == {}


def test_it_is_heard_at_once_by_those_whom_it_waits_for() -> None:
    assert {"warnings", "alerts"} <= apps_heard_by(account("leader"))
    assert not {"warnings", "alerts"} & apps_heard_by(account("caller"))


def test_nobody_signed_in_learns_nothing() -> None:
    assert Client().get("/waiting/", headers={"Accept": "application/json"}).status_code == 401
