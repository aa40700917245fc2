"""The pages of sources: who sees which, what waits there, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from gongzhi.base.catalogue.load import catalogue, shipped
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.places.models import Area
from gongzhi.watch.exchange.receiving import readers
from gongzhi.watch.exchange.receiving.checks import look
from gongzhi.watch.exchange.receiving.lines.folder import place_of
from gongzhi.watch.exchange.receiving.models import Batch
from gongzhi.watch.exchange.receiving.running import connector_of, run
from gongzhi.watch.exchange.receiving.shelves import staged_folder
from tests.watch.receiving.sources import drop, good, holds
from tests.work.participation.cast import clerk, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def lamps(town: Area) -> Iterator[Path]:
    """The county has taken over the shipped source; its file, which can be changed."""
    own = settings.HOME.catalogue / "connectors"
    own.mkdir(parents=True, exist_ok=True)
    path = own / "street_lamps.toml"
    text = (shipped() / "connectors" / "street_lamps.toml").read_text("utf-8")
    text = text.replace("paused = true", "paused = false").replace("gb18030", "utf-8")
    text = text.replace('kind = "folder"', 'kind = "folder"\nsettled = 0')
    path.write_text(text.replace('oldest = "P7D"', 'oldest = "P3650D"'), "utf-8")
    catalogue.cache_clear()
    unit("city_management"), unit("bureau"), unit("housing")
    yield path
    path.unlink()
    catalogue.cache_clear()


def as_of(client: Client, of: str, role: str) -> Client:
    client.force_login(clerk(of, role))
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def waits(client: Client) -> dict[str, int]:
    told = client.get("/waiting/").json()["waiting"]
    return {one["key"]: one["many"] for one in told if one["at"] == "/sources/"}


def test_a_department_sees_its_own_sources_and_decides_nothing(lamps: Path, client: Client) -> None:
    source = connector_of("street_lamps")
    drop(source, "1.csv", *good(1, 5), "x,y,z,1,2,3")
    (batch,) = run(source)
    partner = as_of(client, "city_management", "partner")
    assert "路灯台账" in page(partner, "/sources/")
    assert "灯杆编号" in page(partner, "/sources/street_lamps/")
    assert "重新核对" not in page(partner, f"/sources/batches/{batch.pk}/")
    assert partner.post(f"/sources/batches/{batch.pk}/replay/").status_code == 403
    assert partner.get("/sources/hydrants/").status_code == 404
    stranger = as_of(client, "housing", "partner")
    assert "路灯台账" not in page(stranger, "/sources/")
    assert stranger.get(f"/sources/batches/{batch.pk}/").status_code == 404
    assert as_of(client, "city_management", "officer").get("/sources/").status_code == 403


def test_a_steward_sees_why_says_what_a_text_means_and_the_row_counts(
    lamps: Path, client: Client
) -> None:
    source = connector_of("street_lamps")
    drop(source, "1.csv", *good(1, 20), "L-00100,lancheng,忽明忽暗<b>,6000,2026/11/20 09:30,139")
    (batch,) = run(source)
    steward = as_of(client, "bureau", "data_steward")
    said = page(steward, f"/sources/batches/{batch.pk}/")
    assert "状态：不在约定的取值里" in said
    assert "忽明忽暗&lt;b&gt;" in said
    assert "功率（瓦）：超出约定的范围" in said
    assert "L-00100" in page(steward, f"/sources/batches/{batch.pk}/?reason=watts:range")
    address = f"/sources/batches/{batch.pk}/read-as/"
    told = {"field": "state", "said": "忽明忽暗<b>", "means": "dark"}
    assert steward.post(address, told).status_code == 302
    assert "状态：不在" not in page(steward, f"/sources/batches/{batch.pk}/")
    lamps.write_text(lamps.read_text("utf-8").replace("most = 1000", "most = 9000"), "utf-8")
    assert steward.post(f"/sources/batches/{batch.pk}/replay/").status_code == 302
    assert "每一行都合约定" in page(steward, f"/sources/batches/{batch.pk}/")
    assert len(holds(source)) == 21
    lamps.write_text("code = ", "utf-8")  # a slip of the pen is told, in words
    answer = steward.post(f"/sources/batches/{batch.pk}/replay/")
    assert answer.status_code == 409
    assert "目录文件有错" in answer.content.decode()


def test_a_held_one_waits_on_the_rail_until_it_is_decided(lamps: Path, client: Client) -> None:
    source = connector_of("street_lamps")
    drop(source, "1.csv", "L-1", head="灯杆号")
    drop(source, "2.csv", *["x,y,z,1,2,3"] * 9, *good(1, 3))
    away, held = sorted(run(source), key=lambda one: one.name)
    steward = as_of(client, "bureau", "data_steward")
    said = page(steward, "/sources/")
    assert waits(steward) == {"held": 2}
    assert "缺“灯杆编号”这一列" in said
    assert "照收" not in page(steward, f"/sources/batches/{away.pk}/")
    assert steward.post(f"/sources/batches/{away.pk}/turn-away/").status_code == 302
    assert not staged_folder(away).exists()
    assert "照收" in page(steward, f"/sources/batches/{held.pk}/")
    assert steward.post(f"/sources/batches/{held.pk}/release/").status_code == 302
    assert len(holds(source)) == 3
    assert waits(steward) == {}
    assert waits(as_of(client, "housing", "partner")) == {}


def test_silence_is_told_once_to_those_responsible_and_is_over_when_something_comes(
    lamps: Path, client: Client
) -> None:
    source = connector_of("street_lamps")
    drop(source, "1.csv", *good(1, 3))
    run(source)
    with moment(now() + timedelta(hours=47)):
        assert readers.listen() == []
    with moment(now() + timedelta(days=3)):
        assert readers.listen() == ["street_lamps"]
        assert readers.listen() == []
        assert any(one.wrong and "太久没有动静" in one.words for one in look())
        partner = as_of(client, "city_management", "partner")
        assert waits(partner) == {"silent": 1}
        assert "没有动静" in page(partner, "/sources/")
        drop(source, "2.csv", *good(5, 3))
        run(source)
    kinds = Entry.objects.filter(kind__startswith="receiving.source_").order_by("seq")
    assert list(kinds.values_list("kind", flat=True)) == [
        "receiving.source_silent", "receiving.source_heard",
    ]  # fmt: skip
    assert all("city_management" in one.text for one in kinds if one.kind.endswith("silent"))


def test_its_turn_comes_and_old_originals_go(lamps: Path, client: Client) -> None:
    assert [one.code for one in readers.due()] == ["street_lamps"]
    source = connector_of("street_lamps")
    drop(source, "1.csv", *good(1, 9), "x,y,z,1,2,3")
    (batch,) = run(source)
    assert readers.due() == []
    with moment(now() + timedelta(minutes=11)):
        assert [one.code for one in readers.due()] == ["street_lamps"]
    steward = as_of(client, "bureau", "data_steward")
    assert steward.post("/sources/street_lamps/ask-now/").status_code == 302
    assert [one.code for one in readers.due()] == ["street_lamps"]
    stray = place_of(source).parents[1] / "received" / source.code / "rows" / "x.parquet.part"
    stray.write_text("died")
    with moment(now() + timedelta(days=31)):
        assert readers.forget() == 1
    assert not staged_folder(batch).exists()
    assert not stray.exists()
    assert len(holds(source)) == 9  # what counts stays
    assert Batch.objects.get().staged is False


def test_as_many_queries_for_many_sources_as_for_one(
    lamps: Path, client: Client, django_assert_max_num_queries: object
) -> None:
    source = connector_of("street_lamps")
    for n in range(30):
        drop(source, f"{n}.csv", *good(n * 5 + 1, 3))
    run(source)
    steward = as_of(client, "bureau", "data_steward")
    page(steward, "/sources/")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        page(steward, "/sources/")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        page(steward, "/sources/street_lamps/")
