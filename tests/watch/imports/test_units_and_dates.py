"""Units that went elsewhere, dates that were promised there: never mixed with ours."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.clocks.sweeping import sweep
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.watch.exchange.imports import run as running
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from gongzhi.work.dispatch.selectors.units import units_with_tasks
from tests.watch.imports.conftest import Bring
from tests.watch.imports.files import mapping
from tests.work.dispatch.county import account, body, car

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HEADINGS = ["no", "unit", "when", "what", "where", "lon", "lat", "sent", "way", "there", "done",
            "how"]  # fmt: skip
UNITS: dict[str, Any] = {
    "several_rows": True,
    "units": {
        "column": "unit", "assigned": ["sent", "way"], "en_route": "way", "on_scene": "there",
        "ended": "done",
    },
    "times": {"tolerance": 300},
    "steps": [
        {"code": "dispatched", "at": ["sent", "there"]},
        {"code": "on_scene", "at": ["there"]},
        {
            "code": "cleared", "at": ["done"], "pick": "last", "needs": ["there"],
            "elements": {"disposition": {
                "column": "how", "table": {"hospital": "taken_to_hospital"},
                "otherwise": "not_stated",
            }},
        },
        {"code": "closed", "at": ["done"], "pick": "last", "needs": ["there"]},
        {"code": "archived", "unless": ["done"]},
    ],
}  # fmt: skip
GOOD = {
    "no": "1", "unit": "E39", "when": "2026-03-01 08:00", "what": "crash", "where": "滨海路 3 号",
    "lon": "122.2", "lat": "30.1", "sent": "2026-03-01 08:01", "way": "2026-03-01 08:02",
    "there": "2026-03-01 08:09", "done": "2026-03-01 08:40", "how": "hospital",
}  # fmt: skip


def write(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows({**GOOD, **row} for row in rows)
    return path


def at(hour: int, minute: int) -> datetime:
    """A wall clock's time in Shanghai on the day of the rows."""
    return datetime(2026, 3, 1, hour - 8, minute, tzinfo=UTC)


def test_each_row_s_unit_has_its_own_times_under_the_source_s_county(
    folder: Path, bring: Bring
) -> None:
    rows = (
        {},
        {"unit": "T03", "way": "", "there": "", "done": "2026-03-01 08:05"},
        {"unit": "AM30", "sent": "2026-03-01 08:03", "way": "2026-03-01 08:04", "how": "?"},
        {"unit": "", "sent": "2026-03-01 08:04"},
    )
    bring(write(folder / "a.csv", *rows), mapping(**UNITS))
    matter = Matter.objects.get()
    sent = list(Assignment.objects.order_by("assigned_at", "pk").select_related("unit__county"))
    assert [str(one.unit) for one in sent] == ["E39", "T03", "AM30"]
    assert {one.unit.county for one in sent} == {matter.county}
    engine, truck, ambulance = sent
    assert (engine.assigned_at, engine.en_route_at, engine.on_scene_at, engine.cleared_at) == (
        at(8, 1), at(8, 2), at(8, 9), at(8, 40),
    )  # fmt: skip
    assert (truck.cleared_at, truck.recalled_at, truck.disposition) == (None, at(8, 5), "")
    assert [one.disposition for one in sent] == ["taken_to_hospital", "", "not_stated"]
    assert ambulance.matter == matter
    titles = [one.title for one in timeline(matter)]
    assert {"派出 E39", "E39 出发", "E39 到场", "E39 处置完毕", "撤回 T03"} <= set(titles)
    assert verify().holds


def test_a_unit_that_nobody_can_date_is_left_out_and_counted(folder: Path, bring: Bring) -> None:
    rows = ({}, {"unit": "T03", "done": ""}, {"unit": "T04", "sent": "", "way": "", "there": ""})
    run = bring(write(folder / "a.csv", *rows), mapping(**UNITS))
    assert (run.imported, run.rejected, run.notes["unit_left_out"]) == (3, 0, 2)
    assert Assignment.objects.get().unit.name_zh == "E39"


def test_the_second_time_nobody_is_sent_again(folder: Path, bring: Bring) -> None:
    path = write(folder / "a.csv", {}, {"unit": "T03"})
    bring(path, mapping(**UNITS))
    bring(path, mapping(**UNITS))
    later = write(folder / "b.csv", {}, {"no": "2"}, {"no": "3", "unit": "e39"})
    bring(later, mapping(**UNITS))
    assert Assignment.objects.count() == 4
    assert sorted(ResponseUnit.every.values_list("name_zh", flat=True)) == ["E39", "T03", "e39"]


def test_a_killed_import_sends_each_unit_once(
    folder: Path, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    path = write(folder / "a.csv", *({"no": str(n)} for n in range(5)))
    batches = iter(range(9))

    def killed(share: float, run: object) -> None:
        if next(batches) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        running.import_file(path, mapping(**UNITS), killed)
    assert Assignment.objects.count() == 4
    bring(path, mapping(**UNITS))
    assert Assignment.objects.count() == Matter.objects.count() == 5
    assert ResponseUnit.every.count() == 1


def test_another_s_unit_is_nowhere_among_those_that_can_be_sent(
    folder: Path, bring: Bring, client: Client
) -> None:
    bring(write(folder / "a.csv", {}), mapping(**UNITS))
    own, theirs = car("39"), ResponseUnit.every.get(county__isnull=False)
    assert list(units_with_tasks()) == [own]
    client.force_login(account("dispatcher", body("command_centre", "department")))
    matter = Matter.objects.get()
    page = client.get("/console/").content.decode()
    assert f'id="unit-{theirs.pk}"' not in page
    answer = client.post(f"/console/incidents/{matter.pk}/assign/", {"unit": theirs.pk})
    assert answer.status_code == 404
    here = {"HX-Request": "true"}
    shown = client.get(f"/console/incidents/{matter.pk}/", headers=here).content.decode()
    for said in ("当时去的单位", "E39", "08:09"):
        assert said in shown
    found = client.get("/console/queue/?county=elsewhere&q=e39").content.decode()
    assert f'id="incident-{matter.pk}"' in found


DATES: dict[str, Any] = {
    "procedure": "resident_request", "due": "way",
    "category": {"rules": [{"begins": "crash", "category": "pothole"}]},
    "steps": [
        {"code": "accepted", "at": ["sent"]},
        {"code": "in_progress", "at": ["sent"]},
        {"code": "answered", "at": ["done"], "elements": {"answer": {"otherwise": "done"}}},
        {"code": "closed", "at": ["done"]},
    ],
}  # fmt: skip


def test_the_source_s_own_due_date_is_shown_met_missed_or_still_open(
    folder: Path, bring: Bring
) -> None:
    rows = (
        {"no": "1", "way": "2026-03-02 08:00"},
        {"no": "2", "way": "2026-03-01 08:30"},
        {"no": "3", "way": "2026-03-02 08:00", "done": ""},
        {"no": "4", "way": "2099-06-01 00:00", "done": ""},
        {"no": "5", "way": ""},
        {"no": "6", "way": "2026-02-01 08:00"},
    )
    run = bring(write(folder / "a.csv", *rows), mapping(**DATES))
    assert (run.imported, run.notes["due_left_out"]) == (6, 1)
    met, missed, overdue, ahead = ClockRun.objects.order_by("matter")
    assert not any(one.law for one in (met, missed, overdue, ahead))
    assert (met.outcome, met.due_at) == ("met", datetime(2026, 3, 2, 0, 0, tzinfo=UTC))
    assert (missed.outcome, missed.missed_at) == ("missed", missed.due_at)
    assert (overdue.outcome, overdue.missed_at) == ("", overdue.due_at)
    assert (ahead.outcome, ahead.missed_at, ahead.stopped_at) == ("", None, None)
    [shown] = clocks_of(met.matter)
    assert (shown.words, shown.state) == ("来源写明的期限", "met")
    assert "别处" in shown.basis
    [shown] = clocks_of(ahead.matter)  # seventy years are no slip of the pen there
    assert shown.due_at.year == 2099
    assert clocks_of(Matter.objects.order_by("pk")[4]) == []


def test_nobody_is_warned_of_another_s_due_date(folder: Path, bring: Bring) -> None:
    rows = ({"no": "1", "done": ""}, {"no": "2", "way": "2099-01-01 00:00", "done": ""})
    bring(write(folder / "a.csv", *rows), mapping(**DATES))
    before = Entry.objects.count()
    swept = sweep(timezone.now().replace(year=2100))
    assert (swept.missed, swept.warned) == (0, 0)
    assert Entry.objects.count() == before
    assert not Entry.objects.filter(kind__startswith="matters.clock").exists()


def test_dates_come_in_once(folder: Path, bring: Bring) -> None:
    path = write(folder / "a.csv", {"way": "2026-03-02 08:00"})
    bring(path, mapping(**DATES))
    bring(path, mapping(**DATES))
    assert ClockRun.objects.count() == 1


def test_only_incidents_have_units() -> None:
    with pytest.raises(ValueError, match="becomes an incident"):
        mapping(**UNITS, procedure="resident_request")
