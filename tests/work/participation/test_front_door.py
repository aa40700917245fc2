"""The front door tells everybody how it goes, and nobody who said what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, NewParty, record_past
from gongzhi.base.matters.past import PastMatter, PastStep
from gongzhi.base.people.actions import open_unit
from gongzhi.work.participation.past import PastFiling, PastRating, record_past_filings

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def forget() -> None:
    cache.clear()


def lived(how_many: int) -> None:
    """So many lamps, each answered after two hours and called solved."""
    unit = open_unit(SYSTEM, code="lamps", kind="department", name_zh="路灯所", name_en="Lamps")
    new = NewMatter(
        procedure="resident_request", category="lamp_out", owner=unit,
        words="海平路的灯不亮", place="海平路 12 号",
        parties=[NewParty("reporter", {"name": "潮女士"})],
    )  # fmt: skip
    for number in range(how_many):
        opened = NOW - timedelta(days=3, minutes=number)
        answered = opened + timedelta(hours=2)
        course = [
            PastStep(opened, "accepted", SYSTEM),
            PastStep(opened, "in_progress", SYSTEM),
            PastStep(answered, "answered", SYSTEM, {"answer": "修好了"}),
            PastStep(answered, "closed", Actor.resident()),
        ]
        [matter] = record_past(SYSTEM, [PastMatter(new, opened, Actor.resident(), course)])
        rating = PastRating(answered, 5, "谢谢", solved=True)
        record_past_filings(SYSTEM, [PastFiling(matter, opened, f"{number:024d}", rating)])


def test_an_empty_county_boasts_of_nothing(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "最近三十天" not in page
    assert "刚刚办好的" not in page


def test_numbers_and_what_was_solved_but_no_words(client: Client) -> None:
    lived(20)
    page = client.get("/").content.decode()
    assert "<dd>20</dd>" in page
    assert "2 小时" in page
    assert "100%" in page
    assert "说解决了" in page
    assert page.count("路灯不亮") >= 3
    for private in ("海平路", "潮女士", "修好了"):
        assert private not in page


def test_too_few_to_say_are_not_turned_into_a_share(client: Client) -> None:
    lived(19)
    page = client.get("/").content.decode()
    assert "<dd>19</dd>" in page
    assert "%" not in page.partition("最近三十天")[2].partition("</section>")[0]
