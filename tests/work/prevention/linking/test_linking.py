"""What looks like one series is proposed once, and judged by a person who can take it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import correct_place
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.linking import actions, readers
from gongzhi.work.prevention.linking.models import Member, Series, Verdict
from gongzhi.work.prevention.linking.readers import look
from gongzhi.work.prevention.linking.selectors import shown
from gongzhi.work.prevention.linking.selectors.shown import arc
from tests.work.prevention.linking.hands import (
    SYSTEM,
    burglaries,
    by,
    looked,
    nothing_linked,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def members(series: Series) -> set[int]:
    return set(Member.objects.filter(series=series).values_list("matter_id", flat=True))


def kinds() -> list[str]:
    rows = Entry.objects.filter(kind__startswith="linking.").order_by("seq")
    return list(rows.values_list("kind", flat=True))


def test_burglaries_by_the_same_way_near_each_other_are_proposed_as_one_series() -> None:
    nothing_linked()
    stolen = burglaries()
    [series] = looked()
    assert members(series) == {one.pk for one in stolen}
    assert (series.state, series.category, series.size) == ("proposed", "burglary", 3)
    assert kinds() == ["linking.series_proposed"]


def test_it_is_said_in_words_why() -> None:
    nothing_linked()
    burglaries()
    [told_of] = shown(looked())
    said = {reason.code: reason.words for reason in told_of.reasons}
    assert said["kind"] == "都是“入室盗窃”"
    assert said["distance"] == "相距不超过 200 米"
    assert "现金" in said["terms"]
    assert all(1 <= reason.strength <= 3 for reason in told_of.reasons)


def test_nothing_is_proposed_where_nothing_is_linked() -> None:
    nothing_linked()
    assert looked() == []
    assert kinds() == []


def test_what_happens_at_home_is_never_linked() -> None:
    nothing_linked()
    at = now() - timedelta(days=5)
    for hours in (0, 20, 40):
        told("domestic_violence", Point(30.0, 122.1), at + timedelta(hours=hours), "家里又打起来了")
    assert looked() == []


def test_a_proposal_grows_and_shrinks_with_what_is_found() -> None:
    nothing_linked()
    stolen = burglaries()
    looked()
    stolen.append(burglaries(4, since=3)[0])
    [series] = looked()
    assert members(series) == {one.pk for one in stolen}
    correct_place(SYSTEM, stolen[0], Point(29.81, 121.91))
    [series] = looked()
    assert stolen[1].pk in members(series)
    assert kinds()[:2] == ["linking.series_proposed", "linking.series_changed"]


def test_a_proposal_that_is_not_found_any_more_lapses() -> None:
    nothing_linked()
    stolen = burglaries()
    looked()
    for n, one in enumerate(stolen):
        correct_place(SYSTEM, one, Point(29.81 + 0.15 * n, 121.91 + 0.12 * n))
        type(one).objects.filter(pk=one.pk).update(category=("theft", "fire", "animal")[n])
    [series] = looked()
    assert series.state == "lapsed"


def test_looking_again_changes_nothing_and_records_nothing() -> None:
    nothing_linked()
    burglaries()
    looked()
    before = Entry.objects.count()
    assert look() == 0
    looked()
    assert Entry.objects.count() == before


def test_a_look_that_was_interrupted_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_linked()
    burglaries()
    with monkeypatch.context() as broken:
        broken.setattr(readers, "found_among", lambda *_asked, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            looked()
    assert Series.objects.count() == 0
    assert look() == 1
    assert Series.objects.get().size == 3


def test_a_person_confirms_with_a_reason_and_the_log_keeps_why() -> None:
    nothing_linked()
    burglaries()
    [series] = looked()
    actions.confirm_series(by("analyst"), series, reason="same_method")
    assert Series.objects.get().state == "confirmed"
    entry = Entry.objects.get(kind="linking.series_confirmed")
    assert "same_method" in entry.text
    verdict = Verdict.objects.get()
    assert (verdict.state, verdict.reason) == ("confirmed", "same_method")


def test_a_confirmed_series_takes_new_ones_in_and_marks_them() -> None:
    nothing_linked()
    burglaries()
    [series] = looked()
    actions.confirm_series(by("analyst"), series, reason="same_method")
    later = burglaries(4, since=3)[0]
    [series] = looked()
    assert series.state == "confirmed"
    assert Member.objects.get(fresh=True).matter_id == later.pk


def test_one_that_is_no_part_of_it_is_left_out_with_its_reason_and_stays_out() -> None:
    nothing_linked()
    wrong = burglaries(3)[0]
    [series] = looked()
    actions.leave_out(by("analyst"), series, wrong, reason="other_method")
    series.refresh_from_db()
    assert series.size == 2
    burglaries(4, since=3)  # one more, so that all is looked at anew
    [series] = looked()
    assert series.size == 3
    assert wrong.pk not in {one.pk for one in shown([series])[0].matters}
    left_out = Entry.objects.get(kind="linking.member_left_out")
    assert '"other_method"' in left_out.text
    actions.put_back(by("analyst"), series, wrong)
    [told_of] = shown([Series.objects.get()])
    assert (told_of.series.size, wrong.pk in {one.pk for one in told_of.matters}) == (4, True)


def test_two_stay_in_a_series_and_a_judged_one_is_not_touched() -> None:
    nothing_linked()
    stolen = burglaries(3)
    [series] = looked()
    actions.leave_out(by("analyst"), series, stolen[0], reason="chance")
    with pytest.raises(Refused, match="不成系列"):
        actions.leave_out(by("analyst"), series, stolen[1], reason="chance")
    with pytest.raises(Refused, match="理由"):
        actions.leave_out(by("analyst"), series, stolen[1], reason="because")
    actions.reject_series(by("analyst"), series, reason="chance")
    with pytest.raises(Refused, match="判断过"):
        actions.put_back(by("analyst"), series, stolen[0])


def test_what_was_rejected_is_not_proposed_again() -> None:
    nothing_linked()
    burglaries()
    [series] = looked()
    actions.reject_series(by("commander"), series, reason="other_method")
    burglaries(4, since=3)
    [series] = looked()
    assert (series.state, series.size) == ("rejected", 3)


@pytest.mark.parametrize(
    ("judge", "reason"),
    [(actions.confirm_series, "same_method"), (actions.reject_series, "chance")],
)
def test_every_verdict_can_be_undone(judge: object, reason: str) -> None:
    nothing_linked()
    burglaries()
    [series] = looked()
    judge(by("analyst"), series, reason=reason)  # type: ignore[operator]
    with pytest.raises(Refused, match="判断过"):
        actions.confirm_series(by("commander"), series, reason="same_cause")
    actions.undo_verdict(by("commander"), series, reason="mistaken")
    assert Series.objects.get().state == "proposed"
    actions.confirm_series(by("commander"), series, reason="same_cause")
    assert Verdict.objects.count() == 3


def test_a_verdict_needs_a_reason_a_right_and_a_person() -> None:
    nothing_linked()
    burglaries()
    [series] = looked()
    before = Entry.objects.count()
    for actor, reason in ((by("analyst"), ""), (by("call_taker"), "same_method"),
                          (SYSTEM, "same_method")):  # fmt: skip
        with pytest.raises(Refused):
            actions.confirm_series(actor, series, reason=reason)
    assert Series.objects.get().state == "proposed"
    assert not Entry.objects.filter(seq__gt=before, kind__startswith="linking.").exists()


@pytest.mark.parametrize(
    ("hours", "stretch"),
    [([2.3, 3.1, 2.9], (2, 4)), ([23.5, 0.4, 1.2], (23, 2)), ([1, 9, 17], None)],
)
def test_a_time_of_day_can_go_over_midnight(
    hours: list[float], stretch: tuple[int, int] | None
) -> None:
    assert arc(hours) == stretch
