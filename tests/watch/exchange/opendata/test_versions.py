"""A version is prepared by one, let out by another, never changed; noise is drawn once and paid."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.test import Client
from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS
from typer.testing import CliRunner

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.config.cli_opendata import opendata_app
from gongzhi.watch.exchange.lake.writing import write_behind
from gongzhi.watch.exchange.opendata import actions, drafting, files, readers, selectors
from gongzhi.watch.exchange.opendata.checking import faults
from gongzhi.watch.exchange.opendata.dcat import IN_DCAT_3
from gongzhi.watch.exchange.opendata.models import Version
from tests.watch.exchange.datasets.shapes import SHAPES
from tests.watch.exchange.opendata.hands import finish, leader, on, publish, somebody, steward
from tests.watch.maps.facts import HERE, put

pytestmark = [pytest.mark.django_db]
TOWN, SERVICE = "incidents_by_town", "applications_by_service"
OCTOBER, NOVEMBER = on("2026-10-10"), on("2026-11-10")


def thefts(day: str, many: int) -> None:
    put([on(day)] * many, category="theft", town="east", cell=HERE)


def refused(code: str, *given: object, **more: object) -> None:
    """What is given can't be done, and the refusal has this code."""
    deed, *rest = given
    with pytest.raises(Refused) as found:
        deed(*rest, **more)  # type: ignore[operator]
    assert found.value.code == code


@pytest.mark.both_databases
def test_one_prepares_and_another_lets_it_out() -> None:
    thefts("2026-09-03", 12)
    with moment(OCTOBER):
        refused("not_permitted", actions.propose_version, leader(), TOWN, "第一版。")
        refused("change", actions.propose_version, steward(), TOWN, "  ")
        made = actions.propose_version(steward(), TOWN, "第一版。")
        refused("waiting", actions.propose_version, steward(), TOWN, "再来一版。")
        refused("own_version", actions.confirm_version, steward(), made)
        refused("not_permitted", actions.confirm_version, somebody("x", "analyst"), made)
        out = actions.confirm_version(leader(), made)
        refused("decided", actions.confirm_version, leader(), made)
    assert (out.number, out.rows, out.periods) == (1, 1, ["2026-09"])
    kinds = Entry.objects.filter(kind__startswith="opendata.").values_list("kind", flat=True)
    assert list(kinds) == ["opendata.version_proposed", "opendata.version_published"]


def test_its_files_say_the_same_in_all_forms_and_what_it_means() -> None:
    thefts("2026-09-03", 12)
    out = publish(TOWN, OCTOBER)
    text = files.read(out, f"{TOWN}.csv")
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert [(one["period"], one["category_zh"], one["count"]) for one in rows] == [
        ("2026-09", "财物被盗", "10")
    ]
    table = pq.read_table(io.BytesIO(files.read(out, f"{TOWN}.parquet"))).to_pylist()
    assert [{name: str(one) for name, one in row.items()} for row in table] == rows
    told = json.loads(files.read(out, f"{TOWN}.dictionary.json"))
    assert [one["name"] for one in told["columns"]] == list(rows[0])
    assert (told["licence"]["spdx"], told["k"], told["version"]) == ("CC-BY-4.0", 5, 1)
    web = json.loads(files.read(out, f"{TOWN}.csv-metadata.json"))
    assert [one["name"] for one in web["tableSchema"]["columns"]] == list(rows[0])
    places = json.loads(files.read(out, f"{TOWN}.geojson"))
    assert places["features"][0]["properties"]["periods"] == {"2026-09": 10}
    sums = files.read(out, files.SUMS).decode()
    assert f"{out.files[f'{TOWN}.csv']['sha256']}  {TOWN}.csv\n" in sums


def test_what_was_looked_at_is_what_is_let_out() -> None:
    thefts("2026-09-03", 12)
    with moment(OCTOBER):
        seen = drafting.drafted(catalogue().open_data[TOWN]).digest
        thefts("2026-09-05", 9)
        refused("moved_on", actions.propose_version, steward(), TOWN, "第一版。", seen=seen)
        made = actions.propose_version(steward(), TOWN, "第一版。")
        thefts("2026-09-06", 9)
        refused("moved_on", actions.confirm_version, leader(), made)
        actions.drop_version(steward(), made)
    assert publish(TOWN, OCTOBER).number == 1


def test_a_later_version_adds_a_period_and_leaves_the_others_as_they_were() -> None:
    thefts("2026-09-03", 12)
    first = publish(TOWN, OCTOBER)
    refused("nothing_new", publish, TOWN, OCTOBER)
    thefts("2026-09-20", 20)  # told late
    thefts("2026-10-04", 6)
    second = publish(TOWN, NOVEMBER)
    recipe = catalogue().open_data[TOWN]
    before, now = files.rows_in(recipe, first), files.rows_in(recipe, second)
    assert now[: len(before)] == before
    assert {row["period"] for row in now[len(before) :]} == {"2026-10"}
    assert not faults(recipe, [first, second])


@pytest.mark.both_databases
def test_a_correction_is_a_version_of_its_own_and_says_so() -> None:
    thefts("2026-09-03", 12)
    publish(TOWN, OCTOBER)
    refused("again", publish, TOWN, NOVEMBER, again=["2026-08"])
    thefts("2026-09-20", 2)
    refused("small_change", publish, TOWN, NOVEMBER, again=["2026-09"])
    thefts("2026-09-21", 20)
    second = publish(TOWN, NOVEMBER, "九月补了一批。", again=["2026-09"])
    recipe = catalogue().open_data[TOWN]
    assert [row["count"] for row in files.rows_in(recipe, second)] == [30]
    assert "2026-09" in second.again
    assert not faults(recipe, selectors.versions_of(TOWN))


def test_a_withdrawn_version_says_why_and_is_offered_no_longer(client: Client) -> None:
    thefts("2026-09-03", 12)
    out = publish(TOWN, OCTOBER)
    refused("why", actions.withdraw_version, leader(), out, "")
    actions.withdraw_version(leader(), out, "九月少了一个派出所。")
    page = client.get(f"/about/data/open/{TOWN}/")
    assert "九月少了一个派出所。" in page.content.decode()
    gone = client.get(f"/about/data/open/{TOWN}/v1/{TOWN}.csv")
    assert gone.status_code == 410
    assert "九月少了一个派出所。" in gone.content.decode()
    assert client.get(f"/about/data/open/{TOWN}/latest/{TOWN}.csv").status_code == 404


def test_files_of_another_life_of_the_county_are_set_aside_not_destroyed(home: Path) -> None:
    """A database was restored that doesn't know of the version whose files lie there."""
    folder = home / "open_data" / TOWN / "v1"
    folder.mkdir(parents=True)
    (folder / f"{TOWN}.csv").write_text("published before", "utf-8")
    thefts("2026-09-03", 12)
    publish(TOWN, OCTOBER)
    (aside,) = folder.parent.glob("v1.set-aside-*")
    assert (aside / f"{TOWN}.csv").read_text("utf-8") == "published before"
    assert "published" not in (folder / f"{TOWN}.csv").read_text("utf-8-sig")


def test_a_file_somebody_changed_is_found_and_not_given_out(client: Client, home: Path) -> None:
    thefts("2026-09-03", 12)
    out = publish(TOWN, OCTOBER)
    path = home / "open_data" / TOWN / "v1" / f"{TOWN}.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    assert faults(catalogue().open_data[TOWN], [out]) == [
        f"v1/{TOWN}.parquet is not the file that was published"
    ]
    assert "文件和发布时不一样了" in client.get(f"/about/data/open/{TOWN}/").content.decode()


def test_noise_is_drawn_once_kept_and_paid_for() -> None:
    finish("residence_permit", [on("2026-09-03")] * 60)
    first = publish(SERVICE, OCTOBER)
    recipe = catalogue().open_data[SERVICE]
    once = files.rows_in(recipe, first)
    assert len(once) == len(catalogue().services), "a row tells nothing by being there"
    assert all(row["count"] is None or row["count"] >= recipe.k for row in once)
    finish("residence_permit", [on("2026-10-03")] * 60)
    second = publish(SERVICE, NOVEMBER)
    assert files.rows_in(recipe, second)[: len(once)] == once, "nobody can average noise away"
    assert (first.epsilon, second.epsilon) == (0.5, 0.5)
    with moment(NOVEMBER):
        budget = selectors.budget_of(recipe)
    assert budget is not None
    assert (budget.spent, budget.left) == (1.0, 7.0)


@pytest.mark.both_databases
def test_no_version_is_let_out_that_the_budget_does_not_hold() -> None:
    finish("residence_permit", [on("2026-09-03")] * 60)
    first = publish(SERVICE, OCTOBER)
    Version.objects.filter(pk=first.pk).update(epsilon=7.6)  # what earlier ones have spent
    finish("residence_permit", [on("2026-10-03")] * 60)
    refused("budget", publish, SERVICE, NOVEMBER)
    actions.withdraw_version(leader(), first, "重来。")
    refused("budget", publish, SERVICE, NOVEMBER)  # what was told stays spent
    finish("residence_permit", [on("2026-12-03")] * 60)
    assert publish(SERVICE, on("2027-01-10")).number == 2  # another year


def test_when_a_period_is_over_somebody_is_told_and_nothing_is_published(client: Client) -> None:
    thefts("2026-09-03", 12)
    with moment(on("2026-10-07")):
        assert readers.look_for_what_is_due() == 0
    with moment(OCTOBER):
        assert readers.look_for_what_is_due() >= 1
        assert readers.look_for_what_is_due() == 0
    assert not Version.objects.exclude(number=None).exists()
    assert selectors.waiting_of(TOWN).state == Version.State.DUE  # type: ignore[union-attr]
    assert publish(TOWN, OCTOBER).number == 1
    assert selectors.waiting_of(TOWN) is None


def test_another_shape_is_another_dataset(monkeypatch: pytest.MonkeyPatch) -> None:
    thefts("2026-09-03", 12)
    publish(TOWN, OCTOBER)
    thefts("2026-10-03", 12)
    whole = catalogue()
    other = whole.open_data[TOWN].model_copy(update={"k": 10})
    with moment(NOVEMBER):
        refused("shape", drafting.drafted, other)


def test_programs_are_told_whether_they_have_it_already(client: Client) -> None:
    thefts("2026-09-03", 12)
    publish(TOWN, OCTOBER)
    where = f"/about/data/open/{TOWN}/v1/{TOWN}.csv"
    first = client.get(where)
    assert first["Content-Type"] == "text/csv; charset=utf-8"
    again = client.get(where, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/about/data/open/{TOWN}/latest/{TOWN}.csv")["Location"] == where
    assert client.get(f"/about/data/open/{TOWN}/v1/behind.json").status_code == 404
    assert client.get(f"/about/data/open/{TOWN}/v2/{TOWN}.csv").status_code == 404


def test_whoever_asks_too_often_waits(client: Client) -> None:
    answers = {client.get("/about/data/open/x/v1/x.csv").status_code for _n in range(70)}
    assert answers == {404, 429}


def test_other_catalogues_find_versions_files_and_licences(client: Client) -> None:
    County.objects.create(code="x", name_zh="听澜县", name_en="Tinglan", own=True,
                          south=28, west=121, north=29, east=123)  # fmt: skip
    thefts("2026-09-03", 12)
    publish(TOWN, OCTOBER)
    thefts("2026-10-03", 12)
    publish(TOWN, NOVEMBER, "加了十月。")
    text = client.get("/about/data/catalogue.ttl").content
    found = Graph().parse(text, format="turtle")
    fits, _report, said = validate(found, shacl_graph=Graph().parse(SHAPES))
    assert fits, said
    page = f"http://testserver/about/data/open/{TOWN}/"
    one = URIRef(f"{page}#dataset")
    assert (one, IN_DCAT_3.version, Literal("2")) in found
    assert {str(other) for other in found.objects(one, IN_DCAT_3.hasVersion)} == {
        f"{page}#v1", f"{page}#v2"
    }  # fmt: skip
    notes = Namespace("http://www.w3.org/ns/adms#").versionNotes
    assert (URIRef(f"{page}#v2"), notes, Literal("加了十月。", lang="zh-Hans")) in found
    files_of = list(found.objects(one, DCAT.distribution))
    assert len(files_of) == 5
    for file in files_of:
        assert found.value(file, DCTERMS.license) == URIRef(
            "https://creativecommons.org/licenses/by/4.0/"
        )
        where = str(found.value(file, DCAT.downloadURL)).removeprefix("http://testserver")
        assert client.get(where).status_code == 200


def test_the_steward_sees_what_is_not_told_and_a_second_person_decides(client: Client) -> None:
    thefts("2026-09-03", 12)
    put([on("2026-09-04")] * 3, category="fire", town="west", cell=None)
    with moment(OCTOBER):
        client.force_login(steward().source)
        page = client.get(f"/open-data/{TOWN}/")
        held = page.context["draft"].withheld
        assert (held.facts, held.told, held.small, held.silent) == (15, 10, 1, 1)
        sent = {"change": "", "seen": page.context["draft"].digest}
        wrong = client.post(f"/open-data/{TOWN}/propose/", sent)
        assert (wrong.status_code, "一句话" in wrong.content.decode()) == (422, True)
        sent["change"] = "第一版。"
        assert client.post(f"/open-data/{TOWN}/propose/", sent).status_code == 302
        assert "要由另一个人审核" in client.get(f"/open-data/{TOWN}/").content.decode()
        client.force_login(leader().source)
        assert "看过了，发布" in client.get(f"/open-data/{TOWN}/").content.decode()
        assert "等另一个人审核" in client.get("/open-data/").content.decode()
        publish_it = Version.objects.get(state="proposed")
        actions.confirm_version(leader(), publish_it)
    page = client.get(f"/about/data/open/{TOWN}/").content.decode()
    assert "第 1 版" in page
    assert "第一版。" in page
    assert "财物被盗" in page
    client.logout()
    assert client.get("/about/data/open/").status_code == 200
    assert client.get(f"/open-data/{TOWN}/").status_code in {302, 403}


def test_the_command_line_lists_previews_and_checks(home: Path) -> None:
    thefts("2026-09-03", 12)
    publish(TOWN, OCTOBER)
    run = CliRunner()
    for asked, said in ((["list"], "v1, 1 rows"), (["preview", TOWN], ""), (["check"], "·")):
        found = run.invoke(opendata_app, [*asked, "--home", str(home)])
        assert said in found.output
    assert found.exit_code == 0, found.output
    path = home / "open_data" / TOWN / "v1" / f"{TOWN}.csv"
    path.write_text("gone", "utf-8")
    assert run.invoke(opendata_app, ["check", "--home", str(home)]).exit_code == 1


def test_nothing_is_counted_while_the_lake_is_behind_and_nothing_empty_is_published() -> None:
    """Marks come from the lake's files, what is behind them from its table: both the same facts."""
    thefts("2026-09-03", 3)
    refused("empty", publish, TOWN, OCTOBER)
    put([on("2026-09-04")] * 12, category="theft", town="east", cell=HERE, written=False)
    refused("counting", publish, TOWN, OCTOBER)
    write_behind()  # as the platform does within a minute; what the page had looked at is older
    assert publish(TOWN, OCTOBER).rows == 1
