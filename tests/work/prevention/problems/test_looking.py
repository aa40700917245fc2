"""Rises are looked for once a day, in what residents told of harm, and told once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems import actions, looking, readers
from gongzhi.work.prevention.problems.looking import allowed_chance, facts, look
from gongzhi.work.prevention.problems.models import Look, Problem, Rise
from gongzhi.work.prevention.problems.readers import look_for_rises
from gongzhi.work.prevention.problems.selectors import record_of_rises
from tests.work.dispatch.county import SYSTEM
from tests.work.prevention.problems.hands import (
    ABOUT,
    AREA,
    LAST,
    MIDDLE,
    TODAY,
    at,
    burst,
    by,
    looked,
    matter,
    problem,
    rise,
    seen,
    tell,
    usual,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def scooters_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """One category, so that a look is quick; the others are looked at alike."""
    monkeypatch.setattr(readers, "harms", lambda: [ABOUT])


@pytest.mark.usefixtures("scooters_only")
def test_a_rise_is_found_once_and_where_it_is() -> None:
    tell([*usual(), *burst()])
    with moment(at(TODAY, 5)):
        assert look_for_rises() == 1
        assert look_for_rises() == 1  # the same day isn't looked at again
    found = Rise.objects.get()
    assert found.about == ABOUT
    assert found.last_day == LAST
    assert f"{MIDDLE:x}" in found.cells
    assert 14 <= found.seen <= 30
    assert found.seen > 2 * found.expected
    assert found.chance <= allowed_chance(1)
    assert Look.objects.get().day == LAST
    kinds = list(Entry.objects.filter(kind__startswith="problems.").values_list("kind", flat=True))
    assert sorted(kinds) == ["problems.rise_found", "problems.rises_looked_for"]
    assert not Problem.objects.exists()  # a person decides


@pytest.mark.usefixtures("scooters_only")
def test_a_usual_month_has_none_and_that_is_kept_too() -> None:
    tell(usual())
    with moment(at(TODAY, 5)):
        assert look_for_rises() == 0
    assert record_of_rises().last == LAST
    assert record_of_rises().shown == 0


@pytest.mark.usefixtures("scooters_only")
def test_a_county_that_is_new_or_empty_says_nothing() -> None:
    with moment(at(TODAY, 5)):
        assert look_for_rises() == 0
    tell(burst(40))  # ten days of history
    with moment(at(TODAY + timedelta(days=1), 5)):
        assert look_for_rises() == 0


@pytest.mark.usefixtures("scooters_only")
def test_a_look_that_dies_half_way_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tell([*usual(), *burst()])

    def dies(*_args: Any, **_more: Any) -> Any:
        raise KeyboardInterrupt

    with moment(at(TODAY, 5)):
        with monkeypatch.context() as context:
            context.setattr(readers, "keep_look", dies)
            with pytest.raises(KeyboardInterrupt):
                look_for_rises()
        assert not Look.objects.exists()
        assert look_for_rises() == 1


@pytest.mark.parametrize("more", [
    {"channel": "patrol"}, {"channel": "grid"}, {"category": "suspicious"}, {"procedure": "drill"},
])  # fmt: skip
def test_what_residents_did_not_tell_of_harm_is_not_counted(more: dict[str, str]) -> None:
    if more.get("procedure") == "drill":
        more = {"procedure": "police_complaint", "category": ABOUT}
    tell([matter(LAST, **more), matter(LAST)])
    days, cells = facts(ABOUT, LAST - timedelta(days=9), LAST)
    assert days.tolist() == [LAST.toordinal()]
    assert cells.tolist() == [MIDDLE]


def test_what_was_told_twice_counts_once() -> None:
    first, second = matter(LAST), matter(LAST)
    tell([first, second])
    second.merged_into = first
    second.save()
    assert len(facts(ABOUT, LAST, LAST)[0]) == 1


def test_days_are_the_countys_also_when_the_clock_changes() -> None:
    """In Berlin the clock went back in the night to 25 October 2026."""
    with override_settings(TIME_ZONE="Europe/Berlin"), timezone.override("Europe/Berlin"):
        midnight = datetime(2026, 10, 24, 22, tzinfo=UTC)
        moments = [midnight + timedelta(minutes=one) for one in (-1, 1, 25 * 60 - 1, 25 * 60 + 1)]
        tell([matter(LAST, opened_at=one) for one in moments])
        days, _cells = facts(ABOUT, date(2026, 10, 20), date(2026, 10, 30))
        first = date(2026, 10, 24).toordinal()
        assert sorted(days.tolist()) == [first, first + 1, first + 1, first + 2]


def test_one_that_goes_on_is_the_same_one() -> None:
    first = rise()
    looked(seen(LAST + timedelta(days=1), count=15), day=LAST + timedelta(days=1))
    again = Rise.objects.get()
    assert again.pk == first.pk
    assert (again.seen, again.last_day) == (15, LAST + timedelta(days=1))
    assert again.found_at == first.found_at


def test_another_category_or_place_is_another_one() -> None:
    rise()
    elsewhere = seen(LAST + timedelta(days=1), AREA[0])
    other = seen(LAST + timedelta(days=1), about="burglary")
    looked(elsewhere, other, day=LAST + timedelta(days=1))
    assert Rise.objects.count() == 3


def test_one_that_was_dismissed_is_quiet_for_four_weeks() -> None:
    found = rise()
    with moment(at(TODAY)):
        actions.dismiss_rise(by(), found, reason="known_cause")
    for days, many in ((10, 1), (27, 1), (29, 2)):
        day = LAST + timedelta(days=days)
        with moment(at(TODAY + timedelta(days=days))):
            looked(seen(day), day=day)
        assert Rise.objects.count() == many, days


def test_what_is_worked_on_does_not_ring_again() -> None:
    problem()
    looked(seen(LAST + timedelta(days=1)), day=LAST + timedelta(days=1))
    assert Rise.objects.count() == 1


def test_one_that_nobody_judged_and_that_is_gone_is_over() -> None:
    rise()
    looked(day=LAST + timedelta(days=7))
    assert Rise.objects.get().state == "open"
    looked(day=LAST + timedelta(days=8))
    assert Rise.objects.get().state == "over"
    assert Entry.objects.filter(kind="problems.rise_ended").count() == 1


def test_a_day_is_looked_at_once_whoever_tries() -> None:
    looked()
    with pytest.raises(Refused):
        actions.keep_look(SYSTEM, LAST, [seen()], categories=1, allowed=0.1)
    assert not Rise.objects.exists()


def test_all_looks_of_a_year_together_are_wrong_once() -> None:
    many = len(looking.harms())
    assert many > 5
    assert allowed_chance(many) * many * 365.25 == pytest.approx(1)


def test_only_what_is_less_likely_than_allowed_is_told() -> None:
    tell([*usual(), *burst()])
    assert look(ABOUT, LAST, allowed=1e-9) == []
    assert len(look(ABOUT, LAST, allowed=1e-3)) == 1
