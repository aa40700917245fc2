"""Rows are held to what was agreed: good ones count, others wait with their reasons."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.sealed_text import opened_text
from gongzhi.base.places.models import Area
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.receiving import actions
from gongzhi.watch.exchange.receiving.examples import faults
from gongzhi.watch.exchange.receiving.models import Batch, Line
from gongzhi.watch.exchange.receiving.running import backfill, release, replay, run
from gongzhi.watch.exchange.receiving.selectors import quarantine_of, reasons_of
from gongzhi.watch.exchange.receiving.shelves import folder, quarantine_file
from tests.watch.receiving.sources import HEAD, drop, good, holds, lamps

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
State = Batch.State


def test_every_example_of_every_connector_comes_out_as_it_says() -> None:
    assert len(catalogue().connectors) >= 6
    told = [fault for one in catalogue().connectors.values() for fault in faults(one)]
    assert not told
    wrong = lamps(examples=[{"row": {"灯杆编号": "L-00001"}, "fails": ["town:missing"]}])
    assert "state:missing" in next(faults(wrong))


def refused(**changed: object) -> str:
    plain = catalogue().connectors["street_lamps"].model_dump(mode="json")
    plain["contract"]["fields"][0] |= changed
    with pytest.raises(ValidationError) as told:
        Connector.model_validate(plain)
    return str(told.value)


@pytest.mark.parametrize("name", ["plate", "face_id", "phone_mac", "imei", "watch_list"])
def test_what_watches_somebody_is_never_received(name: str) -> None:
    assert "平台不收" in refused(column=name)


def test_a_persons_field_needs_its_purpose_and_no_password_stands_in_a_file() -> None:
    assert "用途和依据" in refused(column="报修人电话")
    assert "用途和依据" in refused(column="applicant_phone")
    assert "人脸" in refused(says={"zh": "人脸照片", "en": "photo"})
    plain = catalogue().connectors["hydrants"].model_dump(mode="json")
    for address in ("https://me:word@x.example/a", "https://x.example/a?api_key=1", "ftp://x/a"):
        plain["source"]["address"] = address
        with pytest.raises(ValidationError):
            Connector.model_validate(plain)
    plain = catalogue().connectors["dining_places"].model_dump(mode="json")
    for query in ("DELETE FROM x", "SELECT 1; DROP TABLE x", "UPDATE x SET a = 1"):
        plain["source"]["query"] = query
        with pytest.raises(ValidationError, match="SELECT"):
            Connector.model_validate(plain)


def test_good_rows_count_and_others_wait_with_reasons_for_each_field(town: Area) -> None:
    source = lamps()
    bad = [
        "12,lancheng,坏了,6000,昨天,",
        "L-00090,nowhere,不亮,60,2026/11/20 09:30,",
        "L-00091,lancheng,正常",
        "L-00092,lancheng,正常,60,2026/11/20 09:30,",
        "L-00092,lancheng,不亮,60,2026/11/20 09:30,",
    ]
    drop(source, "1.csv", *good(1, 30), *bad, good(1, 1)[0])
    (batch,) = run(source)
    assert (batch.state, batch.read, batch.kept, batch.known) == (State.LOADED, 36, 30, 1)
    found = {row["values"].get("lamp"): set(row["reasons"]) for row in quarantine_of(source, batch)}
    assert found["12"] == {"lamp:pattern", "state:choice", "watts:range", "inspected_at:type"}
    assert found["L-00090"] == {"town:reference"}
    assert found["L-00092"] == {"key:twice"}
    assert reasons_of(source, batch)["key:twice"] == 2
    rows = holds(source)
    assert len(rows) == 30
    assert rows[0]["state"] == "lit"
    assert rows[0]["inspected_at"].isoformat() == "2026-11-20T01:30:00+00:00"
    said = Entry.objects.get(kind="receiving.batch_loaded")
    assert '"quarantined": 5' in said.text or '"quarantined":5' in said.text


def test_what_the_contract_does_not_name_is_written_nowhere(town: Area) -> None:
    source = lamps()
    drop(source, "1.csv", *good(1, 5), "bad,lancheng,正常,60,2026/11/20 09:30,13911112222")
    (batch,) = run(source)
    assert batch.quarantined == 1
    for path in folder(source.code).rglob("*.parquet"):
        text = str(pq_rows(path))
        assert "13900000000" not in text
        assert "13911112222" not in text


def pq_rows(path: object) -> list[object]:
    import pyarrow.parquet as pq

    return list(pq.read_table(path).to_pylist())


def test_a_persons_field_lies_sealed_also_in_quarantine(town: Area) -> None:
    plain = lamps().model_dump(mode="json")
    named = {
        "name": "reported_by", "column": "报修人电话", "required": False, "pattern": r"1\d{10}",
        "says": {"zh": "报修人电话", "en": "phone of who reported it"},
        "personal": {
            "purpose": {"zh": "回访修好没有", "en": "to ask whether it is mended"},
            "basis": {"statute": {"zh": "《个人信息保护法》", "en": "PIPL"},
                      "article": {"zh": "第十三条", "en": "article 13"}},
        },
    }  # fmt: skip
    plain["contract"]["fields"].append(named)
    source = Connector.model_validate(plain)
    drop(source, "1.csv", *good(1, 9), "L-00100,lancheng,正常,60,2026/11/20 09:30,12")
    (batch,) = run(source)
    assert (batch.kept, batch.quarantined) == (9, 1)
    assert reasons_of(source, batch) == {"reported_by:pattern": 1}
    kept = holds(source)[0]["reported_by"]
    assert kept.startswith("gzt1:")
    assert opened_text(kept) == "13900000000"
    (bad,) = pq_rows(quarantine_file(batch))
    assert bad["reported_by"].startswith("gzt1:")  # type: ignore[index]
    assert quarantine_of(source, batch)[0]["values"]["reported_by"] == ""
    drop(source, "2.csv", *good(1, 9), "")
    assert run(source)[0].known == 9  # sealed anew each time, and the same all the same


def test_the_same_delivery_twice_changes_nothing_and_a_newer_row_wins(town: Area) -> None:
    source = lamps()
    path = drop(source, "1.csv", *good(1, 20))
    run(source)
    before, entries = holds(source), Entry.objects.count()
    assert not path.exists()
    drop(source, "1.csv", *good(1, 20))
    assert run(source) == []
    assert Entry.objects.count() == entries
    drop(source, "2.csv", *good(1, 20), *good(21, 1))
    (batch,) = run(source)
    assert (batch.kept, batch.known) == (1, 20)
    drop(source, "3.csv", "L-00001,lancheng,不亮,60,2026/11/21 08:00,", *good(2, 10))
    assert run(source)[0].kept == 1
    drop(source, "4.csv", "L-00001,lancheng,维修,60,2026/11/10 08:00,", *good(2, 10))
    assert run(source)[0].kept == 1
    now_held = holds(source)
    assert now_held[0]["state"] == "dark"  # an older inspection does not undo a newer one
    assert now_held[1:20] == before[1:]


def test_of_a_source_that_delivers_all_what_is_missing_is_gone(town: Area) -> None:
    source = lamps(contract={"delivers": "whole", "volume": {}})
    drop(source, "1.csv", *good(1, 20))
    run(source)
    drop(source, "2.csv", *good(5, 10))
    run(source)
    assert [row["lamp"] for row in holds(source)] == [f"L-{n:05}" for n in range(5, 15)]


def test_too_few_rows_hold_the_whole_delivery_until_a_person_decides(
    town: Area, steward: Actor
) -> None:
    source = lamps()
    for n in range(3):
        drop(source, f"{n}.csv", *good(1 + n * 50, 50))
        run(source)
    drop(source, "short.csv", *good(500, 5))
    drop(source, "short2.csv", *good(600, 4))
    held, other = sorted(run(source), key=lambda one: -one.read)
    assert (held.state, held.reasons) == (State.HELD, ["volume_fell"])
    assert len(holds(source)) == 150  # nothing half-written
    release(steward, source, held)
    assert len(holds(source)) == 155
    actions.turn_away(steward, other)
    assert len(holds(source)) == 155
    with pytest.raises(Refused, match="已经"):
        actions.turn_away(steward, held)
    with pytest.raises(Refused):
        release(Actor.system("x"), source, other)


def test_a_stale_one_a_bad_one_and_one_without_a_column_are_held(
    town: Area, steward: Actor
) -> None:
    stale = lamps(contract={"fresh": {"field": "inspected_at", "oldest": "P1D"}})
    drop(stale, "1.csv", *good(1, 20, day=1))
    assert run(stale)[0].reasons == ["stale"]
    drop(stale, "2.csv", *(["x,y,z,1,2,3"] * 5), *good(1, 5))
    assert "many_bad" in run(stale)[0].reasons
    drop(stale, "3.csv", "L-00001,正常", head="灯杆号,状态")
    (batch,) = run(stale)
    assert batch.reasons[0] == "columns:lamp"
    with pytest.raises(Refused, match="缺列"):
        release(steward, stale, batch)
    drop(stale, "4.csv", head="")
    drop(stale, "5.xls", head="\xd0\xcf\x11\xe0\xa1\xb1", code="latin-1")
    reasons = [one.reasons for one in run(stale)]
    assert sorted(reasons) == [["empty"], ["unreadable:old_excel"]]


def test_a_mapping_is_corrected_and_the_delivery_replayed(town: Area, steward: Actor) -> None:
    source = lamps()
    drop(source, "1.csv", *good(1, 20), "L-00100,lancheng,忽明忽暗,60,2026/11/20 09:30,")
    (batch,) = run(source)
    assert reasons_of(source, batch) == {"state:choice": 1}
    with pytest.raises(Refused, match="只能是"):
        actions.read_as(steward, source, "state", "忽明忽暗", "broken")
    actions.read_as(steward, source, "state", "忽明忽暗", "dark")
    again = replay(source, batch)
    assert (again.kept, again.quarantined, again.revision) == (21, 0, 2)
    assert holds(source)[-1]["state"] == "dark"
    # The same by the file: a bound that was too narrow.
    drop(source, "2.csv", *good(1, 20), "L-00101,lancheng,正常,5,2026/11/20 09:30,")
    (batch,) = run(source)
    plain = source.model_dump(mode="json")
    plain["contract"]["fields"][3]["least"] = 1
    assert replay(Connector.model_validate(plain), batch).quarantined == 0
    # A column that is called otherwise: nothing lies here, so the file is read again.
    drop(source, "3.csv", *good(300, 9), head=HEAD.replace("乡镇", "街道"))
    (held,) = run(source)
    plain["contract"]["fields"][1]["column"] = "街道"
    assert replay(Connector.model_validate(plain), held).kept == 9


def test_a_span_of_days_is_fetched_again_and_twice_is_once(town: Area) -> None:
    from datetime import UTC, datetime, timedelta

    source = lamps(contract={"volume": {}})
    for day in (18, 19, 20):
        drop(source, f"lamps-202611{day}.csv", *good(day * 10, 5, day))
    assert len(run(source)) == 3
    span = datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
    done = backfill(source, *span, timedelta(days=1))
    assert [(one.name, one.kept, one.known) for one in done] == [
        ("lamps-20261118.csv", 0, 5), ("lamps-20261119.csv", 0, 5),
    ]  # fmt: skip
    assert len(holds(source)) == 15
    with pytest.raises(Refused, match="不能按日期"):
        backfill(lamps(source={"day_in_name": None}), *span, timedelta(days=1))


def test_it_can_be_stopped_and_goes_on_where_it_was(
    town: Area, steward: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("staging", "lines.tables"):
        monkeypatch.setattr(f"gongzhi.watch.exchange.receiving.{module}.SIZE", 2048)
    source = lamps(contract={"volume": {}})
    path = drop(source, "1.csv", *good(1, 9000))

    def stop(batch: Batch) -> None:
        if batch.pieces == 2:
            actions.ask_to_stop(steward, batch)

    (batch,) = run(source, stop)
    assert (batch.state, batch.read) == (State.STOPPED, 4096)
    assert path.exists()
    assert holds(source) == []
    read: list[int] = []
    actions.resume(steward, batch)
    (done,) = run(source, lambda one: read.append(one.read))
    assert read[0] == 6144  # it did not begin anew
    assert (done.state, done.kept, done.known) == (State.LOADED, 9000, 0)
    assert not path.exists()


def test_a_killed_process_leaves_nothing_that_counts_and_the_next_goes_on(
    town: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = lamps()
    drop(source, "1.csv", *good(1, 30))

    def die(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(actions, "load_batch", die)
        with pytest.raises(KeyboardInterrupt):
            run(source)
    assert holds(source) == []
    Line.objects.update(held_until=None)
    (done,) = run(source)
    assert (done.kept, Batch.objects.count()) == (30, 1)
    assert len(holds(source)) == 30


def test_two_processes_do_not_work_at_one_source(town: Area) -> None:
    source = lamps()
    drop(source, "1.csv", *good(1, 3))

    def other(_batch: Batch) -> None:
        with pytest.raises(Refused, match="正在接收"):
            run(source)

    assert run(source, other)[0].kept == 3
