"""What the line says: only what is listed, and only what the log declares."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from gongzhi.base.log import chain
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.watch.live.permissions import apps_heard_by
from gongzhi.watch.live.shown import HEARD, Row, chunk, rows_after

ALL = frozenset(HEARD)
AT = datetime(2026, 11, 24, 8, tzinfo=UTC)


def row(kind: str, **fields: object) -> Row:
    return (7, kind, "matters.matter:3", AT, json.dumps(fields))


def test_a_page_hears_kind_subject_time_and_the_listed_fields() -> None:
    said = chunk([row("matters.step_taken", step="answered", elements=["answer"])], ALL).decode()
    assert said.startswith("id: 7\ndata: ")
    assert said.endswith("\n\n")
    assert json.loads(said.split("data: ")[1]) == {
        "kind": "matters.step_taken",
        "subject": "matters.matter:3",
        "at": "2026-11-24T08:00:00+00:00",
        "step": "answered",
    }


@pytest.mark.parametrize("kind", ["people.account_opened", "access.signed_in", "unheard.of"])
def test_who_signed_in_and_who_read_what_is_no_pages_business(kind: str) -> None:
    assert chunk([row(kind, unit=1)], ALL) == b""


def test_all_rows_come_in_one_piece() -> None:
    three = [row("matters.step_taken"), row("people.x"), row("matters.step_taken")]
    assert chunk(three, ALL).count(b"\n\n") == 2


@pytest.mark.parametrize(
    ("roles", "heard"),
    [
        (
            ["officer"],
            {"matters", "participation", "calls", "dispatch", "crews", "command", "plans"},
        ),
        (
            ["partner"],
            {"matters", "participation", "supervision", "linked", "command", "warnings", "alerts"},
        ),
        (["analyst"], {"linking", "plans"}),
        (["personnel"], set()),
        ([], set()),
    ],
)
def test_each_role_hears_the_apps_whose_pages_it_may_open(
    roles: list[str], heard: set[str]
) -> None:
    assert apps_heard_by(Account(roles=roles)) == heard
    assert apps_heard_by(Account(roles=roles, is_active=False)) == frozenset()


def test_a_stranger_hears_nothing() -> None:
    assert apps_heard_by(AnonymousUser()) == frozenset()


@pytest.mark.django_db
@pytest.mark.both_databases
def test_rows_come_in_order_and_no_more_than_asked_for() -> None:
    chain.append([chain.draft(now(), "system:test", f"test.n{n}", "test:1", {}) for n in range(5)])
    assert [(seq, kind) for seq, kind, *_ in rows_after(2, 2)] == [(3, "test.n2"), (4, "test.n3")]
