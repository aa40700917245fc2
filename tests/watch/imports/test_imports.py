"""Files of other systems come in once, whole, and with a reason for every row that doesn't."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.imports import run as running
from gongzhi.watch.exchange.imports.models import ImportRun
from gongzhi.work.calls.models import Call
from tests.watch.imports.conftest import Bring
from tests.watch.imports.files import mapping, row, table, write

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def sums(run: ImportRun) -> tuple[int, int, int, int]:
    assert run.read == run.imported + run.known + run.rejected
    return run.read, run.imported, run.known, run.rejected


def reasons(path: Path) -> list[str]:
    with path.with_name(path.name + ".rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        return [one["code"] for one in csv.DictReader(file)]


def test_a_row_becomes_an_incident_with_its_call_its_steps_and_its_place(
    folder: Path, bring: Bring
) -> None:
    run = bring(write(folder / "a.csv", [row(1)]))
    assert sums(run) == (1, 1, 0, 0)
    matter = Matter.objects.get()
    assert matter.opened_at == datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
    assert matter.closed_at == datetime(2026, 3, 1, 0, 40, tzinfo=UTC)
    assert (matter.step, matter.category, matter.channel) == ("closed", "traffic_damage", "import")
    assert (matter.lat, matter.lon) == (30.1, 122.2)
    assert (matter.narrative.words, matter.narrative.place) == ("crash", "滨海路 3 号")
    call = Call.objects.get()
    assert (call.matter, call.received_at, call.channel) == (matter, matter.opened_at, "import")
    assert [one.title for one in timeline(matter)][:2] == ["办结", "处置完毕"]
    assert verify().holds


def test_its_matters_lie_in_a_county_of_their_own_that_ends_where_they_end(
    folder: Path, bring: Bring
) -> None:
    bring(write(folder / "a.csv", [row(1), row(2, lon="122.4", lat="30.3")]))
    county = County.objects.get()
    assert (county.code, county.own, county.time_zone) == ("elsewhere", False, "Asia/Shanghai")
    assert (county.south, county.west, county.north, county.east) == (30.1, 122.2, 30.3, 122.4)
    assert set(Matter.objects.values_list("county", flat=True)) == {county.pk}
    bring(write(folder / "b.csv", [row(3, lon="122.5", lat="30.0")]))
    county.refresh_from_db()
    assert (county.south, county.east) == (30.0, 122.5)


def test_the_second_time_nothing_is_new(folder: Path, bring: Bring) -> None:
    path = write(folder / "a.csv.gz", [row(1), row(2), row(2), row(3, when="?")])
    assert sums(bring(path)) == (4, 2, 1, 1)
    assert sums(bring(path)) == (4, 0, 3, 1)
    assert Matter.objects.count() == Call.objects.count() == 2
    longer = write(folder / "b.csv", [row(1), row(2), row(9)])
    assert sums(bring(longer)) == (3, 1, 2, 0)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"when": ""}, "time_missing"),
        ({"when": "soon"}, "time_unreadable"),
        ({"when": "2999-01-01 00:00"}, "not_past"),
        ({"what": "something else"}, "category_unmapped"),
        ({"no": ""}, "no_id"),
        ({"lon": "east"}, "place_not_numbers"),
        ({"lon": "100", "lat": "20"}, "place_outside"),
        ({"what": "crash\x00"}, "row_nul"),
    ],
)
def test_a_row_that_can_not_be_is_written_down_with_its_reason_and_the_others_come_in(
    folder: Path, bring: Bring, cells: dict[str, str], code: str
) -> None:
    path = write(folder / "a.csv", [row(1), row(2, **cells), row(3)])
    assert sums(bring(path)) == (3, 2, 0, 1)
    assert reasons(path) == [code]
    text = (folder / "a.csv.rejected.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == "row,code,reason,no,when,what,where,lon,lat,sent,there,done"
    assert text.splitlines()[1].startswith("3,")


def test_the_file_of_rejected_rows_is_gone_when_they_were_mended(
    folder: Path, bring: Bring
) -> None:
    path = write(folder / "a.csv", [row(1, when="?")])
    bring(path)
    assert reasons(path) == ["time_unreadable"]
    bring(write(path, [row(1)]))
    assert not (folder / "a.csv.rejected.csv").exists()


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"lon": "", "lat": ""}, "place_missing"),
        ({"lon": "0.0", "lat": "0"}, "place_zero"),
        ({"lon": "122", "lat": "30.000"}, "place_default"),
    ],
)
def test_no_place_and_a_default_one_are_no_place(
    folder: Path, bring: Bring, cells: dict[str, str], note: str
) -> None:
    run = bring(write(folder / "a.csv", [row(1, **cells)]))
    assert run.notes == {note: 1}
    assert Matter.objects.get().point is None


def test_a_mapping_may_keep_rows_that_lie_outside(folder: Path, bring: Bring) -> None:
    kept = mapping(position={"outside": "leave_out"})
    run = bring(write(folder / "a.csv", [row(1, lon="100")]), kept)
    assert (sums(run), run.notes) == ((1, 1, 0, 0), {"place_outside": 1})
    assert Matter.objects.get().point is None


def test_all_rows_with_one_number_are_one_incident(folder: Path, bring: Bring) -> None:
    rows = [
        row(1, when="2026-03-01 08:00", there="2026-03-01 08:12", done="2026-03-01 08:30"),
        row(2),
        row(1, when="2026-03-01 08:02", there="2026-03-01 08:07", done="2026-03-01 09:00"),
    ]
    steps = [
        {**step, "pick": "last"} if step.get("at") == ("done",) else step
        for step in mapping().model_dump(exclude_defaults=True)["steps"]
    ]
    run = bring(write(folder / "a.csv", rows), mapping(several_rows=True, steps=steps))
    assert sums(run) == (3, 3, 0, 0)
    assert Matter.objects.count() == 2
    first = Matter.objects.order_by("pk").first()
    assert first is not None
    assert first.opened_at == datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
    assert first.closed_at == datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
    arrival = Entry.objects.get(
        subject=f"matters.matter:{first.pk}", text__contains='"step":"on_scene"'
    )
    assert arrival.at == datetime(2026, 3, 1, 0, 7, tzinfo=UTC)


def test_an_interrupted_import_goes_on_and_ends_with_the_same_sums(
    folder: Path, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 3)
    rows = [row(n % 17, when="?") if n % 5 == 0 else row(n % 17) for n in range(20)]
    path = write(folder / "a.csv", rows)
    whole = bring(path, mapping(code="whole"))
    rejected = (folder / "a.csv.rejected.csv").read_bytes()

    class Killed(BaseException):
        pass

    def kill(share: float, run: ImportRun) -> None:
        if run.read >= 9:
            raise Killed

    with pytest.raises(Killed):
        running.import_file(path, mapping(), kill)
    assert ImportRun.objects.get(mapping="elsewhere").position == 9
    with (folder / "a.csv.rejected.csv").open("ab") as file:
        file.write(b"half a li")  # what was written after the last batch that counts
    again = bring(path)
    assert sums(again) == sums(whole)
    assert again.notes == whole.notes
    assert (folder / "a.csv.rejected.csv").read_bytes() == rejected
    assert Matter.objects.filter(county__code="elsewhere").count() == again.imported


def test_a_lost_file_of_rejected_rows_is_made_anew(folder: Path, bring: Bring) -> None:
    path = write(folder / "a.csv", [row(1, when="?"), row(2)])
    with pytest.raises(ZeroDivisionError):
        running.import_file(path, mapping(), lambda share, run: 1 / 0)  # type: ignore[arg-type, return-value]
    (folder / "a.csv.rejected.csv").unlink()
    assert sums(bring(path)) == (2, 0, 1, 1)
    assert reasons(path) == ["time_unreadable"]


def test_a_dry_run_tells_all_and_writes_nothing(folder: Path, bring: Bring) -> None:
    path = write(folder / "a.csv", [row(1), row(2), row(1), row(3, when="?")])
    assert sums(bring(path, dry=True)) == (4, 2, 1, 1)
    assert sums(bring(path, dry=True, limit=2)) == (2, 2, 0, 0)
    assert not Matter.objects.exists()
    assert not County.objects.exists()
    assert not Entry.objects.exists()


def test_only_so_many_rows(folder: Path, bring: Bring) -> None:
    path = write(folder / "a.csv", [row(n) for n in range(1, 6)])
    assert sums(bring(path, limit=2)) == (2, 2, 0, 0)
    assert sums(bring(path)) == (5, 3, 2, 0)


def test_a_mapping_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(Refused, match=r"nowhere.*montgomery911"):
        running.mapping_of("nowhere")


def test_the_log_has_neither_words_nor_places_of_the_rows(folder: Path, bring: Bring) -> None:
    bring(write(folder / "a.csv", [row(1, what="crash of Mr Somebody")]))
    assert not Entry.objects.filter(text__contains="Somebody").exists()
    assert not Entry.objects.filter(text__contains="滨海路").exists()


def test_requests_come_in_as_requests(folder: Path, bring: Bring) -> None:
    asked = mapping(
        procedure="resident_request",
        category={"column": "what", "rules": [], "otherwise": "lamp_out"},
        steps=[
            {"code": "accepted", "at": ["when"]},
            {"code": "in_progress", "at": ["sent"]},
            {
                "code": "answered",
                "at": ["done"],
                "elements": {"answer": {"column": "where", "otherwise": "—"}},
            },
        ],
    )
    path = folder / "a.csv"
    path.write_text(table([row(1), row(2, done="")]))
    assert sums(bring(path, asked)) == (2, 2, 0, 0)
    steps = list(Matter.objects.order_by("pk").values_list("step", flat=True))
    assert steps == ["answered", "in_progress"]
    assert not Call.objects.exists()
