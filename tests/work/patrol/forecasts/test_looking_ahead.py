"""Every day the next ones are foreseen from residents' calls alone, by what earned its place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import h3
import numpy as np
import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.work.patrol.forecasts import readers
from gongzhi.work.patrol.forecasts.counting import CALLS, PRESENCE
from gongzhi.work.patrol.forecasts.county import AHEAD, read_between
from gongzhi.work.patrol.forecasts.models import Judgement, Outlook
from gongzhi.work.patrol.forecasts.readers import is_due, look_ahead
from gongzhi.work.patrol.forecasts.selectors import needs
from tests.work.patrol.forecasts.hands import SPOTS, calls, foreseen, judged
from tests.work.prevention.problems.hands import LAST, TODAY, at, matter, tell

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)


def test_a_county_s_calls_are_judged_once_a_week_and_foreseen_once_a_day() -> None:
    own = calls(days=60, a_day=1, channel="patrol", category="medical")
    tell([*calls(days=110), *own])
    with moment(at(TODAY, 1)):
        assert look_ahead() == 2 * AHEAD
        assert look_ahead() == 0  # the same day again
    judgement = Judgement.objects.get()
    assert set(judgement.categories) == {"medical", CALLS}
    assert judgement.last_day == LAST
    assert judgement.rows["own_work"] == len(own)
    assert judgement.audit["feedback"]["told"] in {"more", "none", "unclear"}
    areas = judgement.audit["areas"]  # no towns are known here: coarse cells
    assert {h3.get_resolution(one["area"]) for one in areas} == {6}
    assert sum(one["foretold"] for one in areas) == pytest.approx(1, abs=1e-5)
    days = Outlook.objects.filter(category="medical").order_by("day")
    assert [one.ahead for one in days] == [*range(1, AHEAD + 1)]
    assert days[0].day == TODAY
    for row in days:
        low, high = row.bounds
        assert (low <= high).all()
        assert row.rates.sum() == pytest.approx(sum(one[0] for one in row.county), rel=1e-3)
        assert 2 < row.rates.sum() < 8  # some 4.8 a day come
    wanted = needs(TODAY, 1)
    assert {one.category for one in wanted} == {"medical"}
    assert {one.by for one in wanted} == {judgement.categories["medical"]["used"]}
    assert [one.expected for one in wanted] == sorted(
        (one.expected for one in wanted), reverse=True
    )
    assert {one.category for one in needs(TODAY, 1, harm_only=False)} == {"medical", CALLS}
    assert needs(TODAY + AHEAD * DAY, 0) == []
    with moment(at(TODAY + DAY, 1)):
        assert look_ahead() == 2 * AHEAD
        assert Judgement.objects.count() == 1
    kept = Outlook.objects.get(category="medical", day=TODAY)
    assert kept.ahead == 1  # what is over stays as it was foreseen last
    assert Outlook.objects.filter(category="medical").count() == AHEAD + 1
    kinds = Entry.objects.filter(kind__startswith="forecasts.").values_list("kind", flat=True)
    assert sorted(kinds) == ["forecasts.days_foreseen"] * 2 + ["forecasts.ways_examined"]


def test_a_new_county_says_what_is_missing_and_asks_again_the_next_day() -> None:
    with moment(at(TODAY, 1)):
        assert look_ahead() == 0
    assert Judgement.objects.get().why_code == "few_days"
    tell(calls(days=20))
    with moment(at(TODAY, 2)):
        look_ahead()
    assert Judgement.objects.count() == 1
    with moment(at(TODAY + DAY, 1)):
        look_ahead()
    assert Judgement.objects.first().why_facts["days"] == 21  # type: ignore[union-attr]
    assert needs(TODAY, 0) == []


def test_a_history_imported_today_is_judged_at_the_next_turn() -> None:
    with moment(at(TODAY, 1)):
        look_ahead()
    tell(calls(days=110))
    with moment(at(TODAY, 2)):
        assert look_ahead() > 0
        look_ahead()
    assert Judgement.objects.count() == 2


@pytest.mark.parametrize("more", [
    {"channel": "patrol"}, {"channel": "grid"}, {"category": "suspicious"}, {"category": "drugs"},
    {"procedure": "police_complaint"}, {"procedure": "resident_request", "category": "lamp_out"},
])  # fmt: skip
def test_what_residents_did_not_call_about_is_never_counted(more: dict[str, str]) -> None:
    tell([matter(LAST, **{"category": "medical", **more}), matter(LAST, category="medical")])
    found = read_between(LAST, LAST)
    assert [one for one in found.categories if one not in {"", PRESENCE}] == ["medical"]


def test_what_was_told_twice_counts_once() -> None:
    first, second = (matter(LAST, category="medical") for _ in range(2))
    tell([first, second])
    second.merged_into = first
    second.save()
    assert read_between(LAST, LAST).categories == ["medical"]


def test_one_that_dies_half_way_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    judgement = judged()
    foreseen(judgement, since=LAST)
    before = list(Outlook.objects.values_list("pk", flat=True))

    def dies(*_args: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(readers, "outlooks_of", dies)
    with moment(at(TODAY, 1)), pytest.raises(KeyboardInterrupt):
        look_ahead()
    assert list(Outlook.objects.values_list("pk", flat=True)) == before


def test_it_is_judged_anew_when_a_week_is_over_or_the_lists_changed() -> None:
    judgement = judged()
    assert not is_due(judgement, LAST + 6 * DAY)
    assert is_due(judgement, LAST + 7 * DAY)
    judgement.basis = "of other lists"
    assert is_due(judgement, LAST)


def test_numbers_come_back_as_they_were_kept() -> None:
    row = foreseen(judged())[0]
    again = Outlook.objects.get(pk=row.pk)
    np.testing.assert_array_equal(again.cell_numbers, SPOTS)
    assert again.rates[0, 2] == pytest.approx(0.75)
    assert again.bounds[1][0, 2] == 3
