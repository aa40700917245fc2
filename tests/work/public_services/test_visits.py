"""Visits counted: what the log has beside what the service's file predicts, and what of it anybody
may see."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from gongzhi.analysis.disclosure import STEP
from gongzhi.base.log.actions import moment, now
from gongzhi.base.matters.actions import NewMatter, record_past
from gongzhi.base.matters.past import PastMatter, PastStep
from gongzhi.config.cli_services import services_app
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.past import (
    PastApplication,
    PastVisit,
    record_past_applications,
)
from gongzhi.work.public_services.selectors.visits import year_of
from gongzhi.work.public_services.selectors.visits_published import ENOUGH, published
from tests.work.public_services.hands import RESIDENT, SYSTEM, by, county, looked_at, ready, unit

pytestmark = [pytest.mark.django_db]
BEGAN = datetime(2026, 3, 2, 1, tzinfo=UTC)
TODAY = datetime(2026, 6, 1, 4, tzinfo=UTC)
HANDED = {"collect": "counter", "result": "好了。"}


def over(
    number: int, *came_for: str, service: str = "residence_permit", office: str = "lancheng"
) -> None:
    """One application that is over, with these visits."""
    at = BEGAN + timedelta(hours=number)
    course = [
        PastStep(at + timedelta(minutes=1), "accepted", SYSTEM),
        PastStep(at + timedelta(minutes=2), "ready", SYSTEM, HANDED),
        PastStep(at + timedelta(minutes=9), "collected", SYSTEM),
    ]
    new = NewMatter(
        procedure="service_application", category="public_service", words="x",
        owner=unit(f"station_{office}"), idempotency_key=f"{service}-{office}-{number:08d}-k",
    )  # fmt: skip
    with moment(TODAY):
        matter = record_past(SYSTEM, [PastMatter(new, at, RESIDENT, course)])[0]
        visits = [PastVisit(at + timedelta(minutes=3), why, SYSTEM) for why in came_for]
        past = PastApplication(matter, service, new.idempotency_key or "", visits)
        record_past_applications(SYSTEM, [past])


def many(times: int, *came_for: str, first: int = 0, **where: str) -> None:
    """So many of them."""
    for number in range(first, first + times):
        over(number, *came_for, **where)


def seen(year: int = 2026) -> str:
    with moment(TODAY):
        return Client().get(f"/services/visits/?year={year}").content.decode()


@pytest.mark.both_databases
def test_a_visit_at_the_counter_is_counted_with_its_reason() -> None:
    """Somebody brings what was missing, and comes again for the permit on another day."""
    one = ready()
    actions.count_visit(by(), one, why="missing")
    with moment(now() + timedelta(days=1)):
        looked_at(one, "identity")
        actions.take_application_step(by(), one, "collected")
    with moment(now() + timedelta(days=2)):
        found = year_of(timezone.localdate(now() - timedelta(days=1)).year)
    assert (found.all.finished, found.all.visits, found.all.spared) == (1, 2, 0)
    permit = found.services[0]
    assert (permit.predicted, permit.beyond) == (1, 1.0)
    assert permit.all.reasons == [("missing", 1)]
    assert [str(office) for office, _tally in permit.offices] == ["澜城派出所"]


def test_the_worst_comes_first_by_service_and_by_office() -> None:
    county()
    many(4, "collect")
    many(2, "unclear", "collect", office="wangchao")
    many(3, "collect", service="no_record_certificate")  # none was predicted
    found = year_of(2026)
    assert [one.code for one in found.services] == ["no_record_certificate", "residence_permit"]
    permit = found.services[1]
    assert [(office.code, tally.mean) for office, tally in permit.offices if office] == [
        ("station_wangchao", 2.0), ("station_lancheng", 1.0),
    ]  # fmt: skip
    assert permit.all.reasons == [("unclear", 2)]


def test_what_was_begun_only_or_ended_otherwise_is_not_counted() -> None:
    one = ready()
    actions.count_visit(by(), one, why="show")
    assert year_of(one.matter.opened_at.year).services == []


def test_in_public_a_few_are_not_counted() -> None:
    county()
    many(STEP - 1, "collect")
    assert published(2026).services == []
    assert "还没有数可看" in seen()


def test_in_public_every_number_is_made_of_fives_and_no_average_is_of_a_few() -> None:
    county()
    many(13, "missing", "collect")
    many(ENOUGH - 13 + 1, "collect", first=100, office="wangchao")
    line = published(2026).services[0]
    assert line.finished == ENOUGH
    assert sum(times for _why, times in line.further) == 10
    assert [(one.finished, one.came) for one in line.offices] == [(10, None), (5, None)]
    assert line.came == 1.6
    assert line.spared == 35


def test_what_is_added_today_shows_tomorrow() -> None:
    county()
    many(ENOUGH, "collect")
    with moment(BEGAN + timedelta(hours=3)):
        assert published(2026).services == []
    with moment(BEGAN + timedelta(days=3)):
        assert published(2026).services[0].finished == ENOUGH


@pytest.mark.both_databases
def test_the_page_and_its_file_say_the_same() -> None:
    county()
    many(ENOUGH, "missing", "collect")
    page = seen()
    assert "平均 <b>2.0</b> 趟，预计 1 趟 · 20 件" in page
    assert "补材料" in page
    with moment(TODAY):
        answer = Client().get("/services/visits/visits.csv?year=2026")
    rows = answer.content.decode("utf-8-sig").splitlines()
    row = next(csv.DictReader(io.StringIO("\n".join(rows[1:]))))
    assert (row["service"], row["finished"], row["came"]) == ("residence_permit", "20", "2.0")
    assert row["second_visits_missing"] == "20"


@pytest.mark.parametrize("year", ["2019", "", "19x6", "99999", "٢٠٢٦"])
def test_a_year_with_nothing_or_none_says_so(year: str) -> None:
    answer = Client().get(f"/services/visits/?year={year}", headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert re.search(r"No numbers for \d{4} yet", answer.content.decode())


def test_the_page_asks_as_much_for_many_as_for_one(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    county()
    many(STEP, "collect")
    many(STEP, "collect", service="identity_card", office="wangchao")
    with django_assert_max_num_queries(8):
        seen()


def test_the_command_tells_exact_numbers() -> None:
    county()
    many(2, "missing", "collect")
    told = CliRunner().invoke(services_app, ["visits", "--year", "2026"]).output
    assert "2026: 2 applications finished, 4 visits: 2.00 each, 1.00 predicted" in told
    assert "second visits: missing 2" in told
    assert re.search(r"station_lancheng +2 +2\.00 +0%  missing 2", told)


def test_the_command_says_where_there_is_nothing() -> None:
    told = CliRunner().invoke(services_app, ["visits", "--year", "2019"])
    assert told.exit_code == 0
    assert told.output.startswith("2019: no application was finished")
