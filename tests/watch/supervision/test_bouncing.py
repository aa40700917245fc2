"""A department that hands everything back: somebody decides, and the unit above is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongzhi.base.log.actions import moment, now
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation.actions import send_on
from tests.watch.supervision.cast import watch
from tests.work.participation.cast import by, lamp, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BEGAN = timezone.now() - timedelta(days=3)
NEXT_MONTH = BEGAN + timedelta(days=40)


def handed_to_and_fro(number: int) -> Matter:
    """The city's management gives it to housing, housing hands it back, twice."""
    city, housing = by("city_management"), by("housing")
    matter = lamp(f"to-and-fro-{number:020d}").matter
    for giver, taker in ((city, "housing"), (housing, "city_management")) * 2:
        if matter.owner_unit.code in {"city_management", "housing"}:
            matter = send_on(giver, matter, unit(taker), reason="not_ours")
    return matter


def test_each_request_ends_with_whoever_decides_and_the_practice_is_found() -> None:
    unit("hotline")
    with moment(BEGAN):
        matters = [handed_to_and_fro(number) for number in range(10)]
    assert {one.owner_unit.code for one in matters} == {"hotline"}
    found = {one.unit.code for one in watch(NEXT_MONTH) if one.rule == "hands_back_what_it_gets"}
    assert found == {"housing"}


def test_a_few_are_no_practice() -> None:
    unit("hotline")
    with moment(BEGAN):
        for number in range(3):
            handed_to_and_fro(number)
    assert not [one for one in watch(NEXT_MONTH) if one.rule == "hands_back_what_it_gets"]
    assert now() < NEXT_MONTH
