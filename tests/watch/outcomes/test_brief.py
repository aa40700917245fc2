"""The week in brief: a page, a mail and a paper that say the same, and a program's figures."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override
from typer.testing import CliRunner

from gongzhi.base.access.actions import issue_key
from gongzhi.base.log.models import Entry
from gongzhi.config.cli_outcomes import outcomes_app
from gongzhi.watch.outcomes.brief import as_pdf, brief_of, mail_of
from gongzhi.watch.outcomes.selectors.weeks import name_of, week_named
from tests.watch.outcomes.hands import SYSTEM, analyst, body
from tests.watch.outcomes.test_pages import CODE, FIRST, weeks

pytestmark = pytest.mark.django_db
LAST = date(2026, 9, 14)


@pytest.fixture
def inside(client: Client) -> Client:
    client.force_login(analyst())
    return client


def steady_then_worse() -> None:
    weeks(20)
    weeks(9, hits=20)


def test_weeks_are_named_as_everybody_does() -> None:
    assert name_of(date(2026, 11, 16)) == "2026-W47"
    assert week_named("2026-W47") == date(2026, 11, 16)
    for wrong in ("2026-47", "2026-W60", "0000-W01", "x", "２０２６-W47"):
        assert week_named(wrong) is None


def test_the_brief_begins_with_what_changed_and_has_what_is_not_measured() -> None:
    steady_then_worse()
    mail = mail_of(brief_of(LAST), address="https://county.example/outcomes/")
    assert mail.subject == "一周简报 2026-W38：1 项和平常不一样，其余的起落没有超出偶然。"
    told = mail.text.splitlines()
    assert told[4] == "和平常不一样的"
    assert told[5].startswith("- 十五分钟内到场：40%")
    assert any(line.startswith("- 民警过得怎么样：") for line in told)


def test_a_brief_of_a_week_knows_nothing_of_what_came_later() -> None:
    steady_then_worse()
    assert not brief_of(date(2026, 7, 6)).changed
    assert brief_of(LAST).changed


def test_on_paper_in_both_languages() -> None:
    steady_then_worse()
    for language in ("zh-hans", "en"):
        with override(language):
            assert as_pdf(brief_of(LAST)).startswith(b"%PDF")


def test_pages_of_a_week_and_of_none(inside: Client) -> None:
    assert "每天过完就数" in inside.get("/outcomes/brief/").content.decode()
    steady_then_worse()
    assert inside.get("/outcomes/brief/").url == f"/outcomes/brief/{name_of(LAST)}/"  # type: ignore[attr-defined]
    page = inside.get(f"/outcomes/brief/{name_of(LAST)}/").content.decode()
    assert "十五分钟内到场" in page
    paper = inside.get(f"/outcomes/brief/{name_of(LAST)}/paper.pdf")
    assert paper["Content-Type"] == "application/pdf"
    for wrong in ("2031-W01", "nonsense"):
        assert inside.get(f"/outcomes/brief/{wrong}/").status_code == 404


def test_a_program_without_a_key_gets_what_everybody_sees(client: Client) -> None:
    weeks(3, hits=43, of=52)
    told = client.get("/api/v1/outcomes/").json()["measures"]
    assert {one["audience"] for one in told if one["measured"]} == {"public"}
    one = client.get(f"/api/v1/outcomes/{CODE}/").json()
    assert [week["n"] % 5 for week in one["weeks"]] == [0, 0, 0]
    assert client.get("/api/v1/outcomes/looks/").status_code == 404
    assert client.get(f"/api/v1/outcomes/{CODE}/?best=1").status_code == 422


def test_a_key_that_may_gets_all_and_it_is_on_the_log(client: Client) -> None:
    weeks(3, hits=43, of=52)
    for may, seen in (["outcomes.view_measures"], 52), (["participation.view_requests"], 45):
        _key, secret = issue_key(SYSTEM, name=f"k{seen}", permissions=may, unit=body("east"))
        header = {"Authorization": f"Bearer {secret}"}
        one = client.get(f"/api/v1/outcomes/{CODE}/", headers=header).json()
        assert one["weeks"][0]["of"] == seen
    assert Entry.objects.filter(kind="outcomes.figures_exported").count() == 1


def test_the_command_says_which_weeks_there_are() -> None:
    steady_then_worse()
    told = CliRunner().invoke(outcomes_app, ["brief", "--week", name_of(LAST)])
    assert told.exit_code == 0, told.output
    assert "一周简报 2026-W38" in told.output
    assert CliRunner().invoke(outcomes_app, ["brief", "--week", name_of(FIRST)]).exit_code == 0
    assert "No week" in CliRunner().invoke(outcomes_app, ["brief", "--week", "2031-W01"]).output
