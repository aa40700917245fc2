"""A program that asks for the maps' figures: what it gets, and what stays untold to it, too."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from gongzhi.base.access.actions import issue_key
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from tests.watch.maps.facts import HERE, NEIGHBOUR, put
from tests.work.dispatch.county import body

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
AT = "/api/maps/v1/cells"


def asked(query: str = "", *permissions: str, **headers: str) -> Any:
    """What the statistics office's program is answered."""
    unit = body("statistics", "department")
    may = permissions or ("maps.view_maps",)
    _key, secret = issue_key(Actor.system("test"), name="统计", unit=unit, permissions=may)
    headers = headers or {"Authorization": f"Bearer {secret}"}
    with moment(NOW):
        return Client().get(AT + query, headers=headers)


def happened(many: int, cell: int = HERE) -> None:
    put((NOW - timedelta(days=1, hours=k) for k in range(many)), cell=cell)


def test_it_gets_the_figures_of_the_page_with_their_rule() -> None:
    happened(12)
    happened(4, NEIGHBOUR)
    answer = asked("?kind=incident")
    assert answer["Content-Type"] == "application/geo+json"
    told = answer.json()
    (cell,) = told["features"]
    assert (cell["properties"]["h3"], cell["properties"]["count"]) == (f"{HERE:x}", 10)
    assert told["total"] == 10
    assert "5" in told["rule"]


def test_two_periods_are_compared_as_on_the_page() -> None:
    happened(12)
    (cell,) = asked("?against=before").json()["features"]
    assert {"before", "ratio", "low", "high", "clear"} <= set(cell["properties"])


@pytest.mark.parametrize(
    ("query", "field"),
    [("?kind=complaint", "kind"), ("?town=nowhere", "town"), ("?size=9", "size"),
     ("?to=2026-11-25", "to"), ("?category=assembly", "category"), ("?catagory=theft", "catagory")],
)  # fmt: skip
def test_what_it_would_have_to_guess_is_refused_by_name(query: str, field: str) -> None:
    answer = asked(query)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert field in answer.json()["fields"]


def test_only_a_key_for_it_opens_it() -> None:
    assert asked(Authorization="").status_code == 401
    assert asked("", "outcomes.view_measures").status_code == 403


def test_each_answer_is_on_the_log_with_what_was_asked() -> None:
    asked("?kind=request&size=7")
    entry = Entry.objects.get(kind="maps.figures_exported")
    said = json.loads(entry.text)
    assert entry.by.startswith("key:")
    assert (said["format"], said["matters"], said["resolution"]) == ("geojson", "request", 7)
