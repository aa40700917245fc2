"""In a drill nothing reaches the outside: every way there refuses, or says that it is a drill."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from ipaddress import ip_network
from xml.etree.ElementTree import fromstring

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from gongzhi.base.access.marks import Mark
from gongzhi.base.access.matrix import addresses
from gongzhi.base.access.middleware import DenyByDefault
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.readers import catch_up
from gongzhi.watch.exchange.alerts.actions import hand_on
from gongzhi.watch.exchange.alerts.models import Heard
from gongzhi.watch.exchange.alerts.polling import poll, take_in
from gongzhi.watch.exchange.alerts.readers import due_sources
from gongzhi.watch.exchange.fetching import fetch
from gongzhi.watch.exchange.outside import LineFailed, line_to, parsed
from gongzhi.watch.exchange.webhooks.actions import open_hook
from gongzhi.watch.exchange.webhooks.sending import due_hooks, send_to
from gongzhi.work.linked.actions import make_link
from gongzhi.work.linked.selectors.requests import request_of_desk, shown_request
from gongzhi.work.prevention.warnings.models import Warning
from gongzhi.work.prevention.warnings.selectors.standing import remember_none
from tests.house.source import PACKAGE, python_files
from tests.house.source import parsed as parsed_code
from tests.watch.alerts.offices import Office, opened, source, xml
from tests.work.linked.cast import SYSTEM, ask, body, dispatcher, program
from tests.work.prevention.warnings.hands import account

OPENS_LINES = {"socket.create_connection", "urlopen", "HTTPConnection", "HTTPSConnection", "SMTP"}
DOORS = {"watch/exchange/outside.py"}
"""The only files that open a line to another machine; the tests below try each."""
MARKS = ("演练中", "EXERCISE")


@pytest.fixture
def office() -> Iterator[Office]:
    """An office and a partner's system on the net, which nobody may ask."""
    with opened() as found:
        found.put("/feed.xml", xml())
        yield found
    assert found.asked == [], "a drill has asked an outside machine"


@pytest.fixture(autouse=True)
def in_a_drill(settings: Settings) -> Iterator[None]:
    settings.EXERCISE, settings.FETCH_PRIVATE = True, True
    settings.INTRANET = (ip_network("127.0.0.0/8"),)
    remember_none(looked=False)
    yield
    remember_none(looked=False)


def test_there_is_no_door_but_the_one_that_a_drill_keeps_shut() -> None:
    found = {
        str(path.relative_to(PACKAGE))
        for path in python_files("src/gongzhi")
        for node in ast.walk(parsed_code(path))
        if isinstance(node, ast.Call) and _name(node).endswith(tuple(OPENS_LINES))
    }
    assert found == DOORS


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func)


def test_no_line_is_opened_to_anybody(office: Office) -> None:
    with pytest.raises(LineFailed, match="exercise"), line_to(parsed(office.url), intranet=None):
        raise AssertionError("the line stands")
    with pytest.raises(LineFailed, match="exercise"):
        fetch(office.url + "/feed.xml")


@pytest.mark.django_db
def test_outside_offices_are_not_asked(office: Office) -> None:
    weather = source(office.url + "/feed.xml", trusted=True)
    assert due_sources() == []
    with pytest.raises(LineFailed, match="exercise"):
        poll(weather)


@pytest.mark.django_db
def test_partners_systems_are_told_nothing(office: Office) -> None:
    hook, _secret = open_hook(SYSTEM, body("ambulance_120", "department"), office.url + "/told")
    ask(code="ambulance")
    catch_up("webhooks.queue")
    assert hook.deliveries.count() == 1
    assert due_hooks() == []
    assert send_to(hook) == 0


@pytest.mark.django_db
@pytest.mark.both_databases
def test_an_outside_warning_read_from_a_file_reaches_no_resident_and_no_feed() -> None:
    take_in(source(), xml())
    hand_on(Actor.account(account("leader")), Heard.objects.get())
    assert Warning.objects.get().exercise
    client = Client()
    feed = client.get("/warnings/feed.xml")
    told = fromstring(feed.content)
    title = told.findtext("{*}title") or ""
    assert all(mark in title for mark in MARKS)
    assert told.findall("{*}entry") == []
    assert client.get("/warnings/active.geojson").json()["features"] == []
    assert feed.headers["Gongzhi-Exercise"] == "yes"


def test_no_program_takes_part_unless_it_says_that_it_knows() -> None:
    marked = [one for one in addresses() if one.mark and one.mark.who == "programs"]
    assert len(marked) > 5
    for one in marked:
        assert _answered(one.mark) == 409, one.path
        assert _answered(one.mark, {"Gongzhi-Exercise": "yes"}) is None


def _answered(mark: Mark | None, headers: dict[str, str] | None = None) -> int | None:
    """What the middleware says of a view with this mark; None lets it run."""

    def view(request: HttpRequest) -> HttpResponse:
        raise AssertionError("the middleware decides before the view runs")

    view.access_mark = mark  # type: ignore[attr-defined]
    request = RequestFactory().get("/", headers=headers or {})
    answer = DenyByDefault(lambda _: HttpResponse()).process_view(request, view, (), {})
    return answer and answer.status_code


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_partners_program_is_told_that_it_is_a_drill() -> None:
    ask(code="ambulance")
    client, key = Client(), {"Authorization": f"Bearer {program()}"}
    refused = client.get("/api/linked/v1/requests", headers=key)
    assert (refused.status_code, refused.json()["code"]) == (409, "exercise")
    told = client.get("/api/linked/v1/requests", headers=key | {"Gongzhi-Exercise": "yes"})
    assert told.status_code == 200
    assert told.headers["Gongzhi-Exercise"] == "yes"


@pytest.mark.django_db
def test_a_signed_link_says_so_before_and_after_it_is_opened() -> None:
    request = make_link(dispatcher(), ask())
    path = shown_request(request).link
    assert path.endswith("#EXERCISE")
    page = Client().get(path.partition("#")[0]).content.decode()
    assert all(mark in page for mark in MARKS)


@pytest.mark.django_db
def test_no_real_partner_is_rung_by_a_slip_of_the_finger() -> None:
    body("command_centre", "department")
    request = ask(code="ambulance")
    request.due_at = request.asked_at
    request.save()
    client = Client()
    desk = dispatcher()
    client.force_login(desk.source)  # type: ignore[arg-type]
    page = client.get(f"/console/incidents/{request.matter_id}/").content.decode()
    assert request_of_desk(request.pk)
    assert ">120</span>" in page
    assert "tel:" not in page
