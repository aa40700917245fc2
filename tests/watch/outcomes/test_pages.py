"""The boards and the page of a measure: who sees what, and that nobody can be made out."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.watch.outcomes.models import CountedDay, Figure
from tests.watch.outcomes.hands import analyst, body
from tests.work.dispatch.county import account

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 2)
CODE = "arrival_in_time"


def weeks(number: int, *, hits: float = 40, of: float = 50, code: str = CODE, **more: str) -> None:
    """So many weeks, each with one figure."""
    before = CountedDay.objects.count()
    days = [FIRST + timedelta(days=nth) for nth in range(before, before + 7 * number)]
    CountedDay.objects.bulk_create(
        CountedDay(day=day, at="2026-11-01T00:00:00Z", rule="x") for day in days
    )
    told = {"town": "lancheng", "unit": body("east"), **more}
    Figure.objects.bulk_create(
        Figure(measure=code, day=day, n=hits, of=of, **told)
        for day in days if day.weekday() == 0
    )  # fmt: skip


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def inside(client: Client) -> Client:
    client.force_login(analyst())
    return client


def test_an_empty_county_says_when_there_will_be_something(client: Client) -> None:
    for address in ("/about/results/", f"/about/results/{CODE}/"):
        assert "每天过完就数" in page(client, address)


def test_who_may_not_see_them_doesn_t(client: Client) -> None:
    client.force_login(account("counter_clerk", body("east")))
    assert client.get("/outcomes/").status_code == 403
    assert client.get(f"/outcomes/measures/{CODE}/").status_code == 403


def test_what_is_internal_is_on_no_public_page(client: Client) -> None:
    assert client.get("/about/results/looks/").status_code == 404
    assert client.get("/about/results/looks/figures.csv").status_code == 404
    assert "查看联系方式的次数" not in page(client, "/about/results/")


def test_what_is_not_measured_is_shown_as_that(client: Client) -> None:
    assert "没有问过，就不编" in page(client, "/about/results/")
    assert "没有问过，就不编" in page(client, "/about/results/officers/")


def test_ups_and_downs_that_are_chance_are_called_nothing(inside: Client) -> None:
    weeks(20)
    weeks(1, hits=37)
    told = page(inside, f"/outcomes/measures/{CODE}/")
    assert "和平常一样" in told
    assert "data-changed" not in told


def test_a_change_is_told_with_its_side_and_since_when(inside: Client) -> None:
    weeks(20)
    weeks(9, hits=20)
    told = page(inside, f"/outcomes/measures/{CODE}/")
    assert "自7月20日那周起低于往常" in told
    assert "在变差" in told
    assert "十五分钟内到场" in page(inside, "/outcomes/")


def test_few_weeks_are_not_judged(inside: Client) -> None:
    weeks(5)
    assert "周数还少" in page(inside, f"/outcomes/measures/{CODE}/")


def test_a_page_says_how_it_is_counted_and_gamed(client: Client) -> None:
    told = page(client, f"/about/results/{CODE}/")
    one = catalogue().measures[CODE]
    for words in (one.counted, *(game.how for game in one.games), "dispatch.unit_arrived"):
        assert str(words) in told.replace("&quot;", '"')


def test_every_public_count_is_a_multiple_of_five_whatever_really_was(client: Client) -> None:
    for nth in range(12):
        weeks(1, hits=31 + nth % 3, of=38 + nth % 7)
    sheet = client.get(f"/about/results/{CODE}/figures.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet.partition("\n")[2])))
    assert len(rows) == 12
    assert all(int(one[key]) % 5 == 0 for one in rows for key in ("n", "of"))


def test_too_few_show_no_number_to_everybody(client: Client) -> None:
    weeks(1, hits=6, of=10)
    told = page(client, f"/about/results/{CODE}/")
    assert "不到 20 件，不出数" in told
    assert "60%" not in told


def test_taking_figures_away_from_inside_is_on_the_log(inside: Client) -> None:
    weeks(3)
    answer = inside.post(f"/outcomes/measures/{CODE}/figures/")
    assert answer.content.decode("utf-8-sig").count(CODE) == 3
    assert Entry.objects.filter(kind="outcomes.figures_exported").count() == 1


def test_a_unit_that_is_not_there_is_refused(inside: Client) -> None:
    for asked in ("town=x", "unit=x", "unit=999999999", "unit=9" + "9" * 30):
        assert inside.get(f"/outcomes/measures/{CODE}/?{asked}").status_code == 404


def test_one_unit_s_weeks_alone(inside: Client) -> None:
    weeks(10)
    weeks_of = body("west")
    Figure.objects.filter(day__gt=FIRST + timedelta(weeks=5)).update(unit=weeks_of, n=10)
    told = page(inside, f"/outcomes/measures/{CODE}/?unit={weeks_of.pk}")
    assert "只看west所" in told
    assert "20%" in told


def test_more_weeks_and_units_ask_no_more_of_the_database(inside: Client) -> None:
    weeks(1)
    for address in ("/outcomes/", f"/outcomes/measures/{CODE}/", f"/about/results/{CODE}/"):
        page(inside, address)
        with CaptureQueriesContext(
            connection,
        ) as few:
            page(inside, address)
        weeks(15)
        Figure.objects.bulk_create(
            Figure(measure=CODE, day=FIRST, n=9, of=30, town="x", unit=body(f"u{nth}"))
            for nth in range(30)
        )
        with CaptureQueriesContext(connection) as many:
            page(inside, address)
        assert len(many) <= len(few)
