"""The data catalogue leaves no table out, calls nothing milder than it is; portals can read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF

from gongzhi.base.catalogue.kinds.dataset import Sensitivity
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.base.places.models import County
from gongzhi.watch.exchange.datasets import dcat, selectors
from gongzhi.watch.exchange.datasets.fields import table_of

SHAPES = Path(__file__).parent / "dcat_ap.ttl"
COUNTY = dcat.County("听澜县", "Tinglan County", "https://county.example")


@pytest.fixture
def county(db: None) -> None:
    County.objects.create(
        code="x",
        name_zh="听澜县",
        name_en="Tinglan",
        own=True,
        south=28,
        west=121,
        north=29,
        east=123,
    )


def test_every_table_of_the_platform_stands_in_a_dataset() -> None:
    assert selectors.homeless() == []


def test_no_dataset_with_sealed_fields_calls_itself_open_or_internal() -> None:
    assert selectors.too_open() == []


def test_a_dataset_that_calls_sealed_words_internal_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rights = catalogue().datasets["rights"].model_copy(update={"sensitivity": Sensitivity.INTERNAL})
    monkeypatch.setattr(selectors, "everything", lambda: [selectors.told_of(rights)])
    assert "rights: rights.help" in selectors.too_open()


def test_every_field_says_what_it_means() -> None:
    silent = [
        f"{table.label}.{field.name}"
        for told in selectors.everything()
        for table in told.tables
        for field in table.fields
        if not field.says
    ]
    assert silent == [], "say it in catalogue/elements, or in a comment below the field"


def test_what_names_no_table_and_no_field_is_told_apart_from_what_does() -> None:
    homes = set(selectors.home_of_tables())
    held = {name for one in catalogue().datasets.values() for name in one.holds}
    assert {name for name in held if name not in homes} == {
        name for name in held if any(home.startswith(f"{name}.") for home in homes)
    }


def test_fields_are_read_from_the_models() -> None:
    told = {field.name: field for field in table_of(Person).fields}
    assert told["sealed"].sealed
    assert not told["made_at"].sealed
    assert told["made_at"].kind == "time"


@pytest.mark.both_databases
@pytest.mark.django_db
def test_the_steward_sees_how_full_it_is_and_nobody_else_does(client: Client) -> None:
    page = "/about/data/organisation/"
    assert "people.account" in client.get(page).content.decode()
    assert client.get(page).context.get("full") is None
    unit = Unit.objects.create(code="u", name_zh="局", name_en="Bureau")
    client.force_login(Account.objects.create(username="s", unit=unit, roles=["data_steward"]))
    full = {one.table.label: one for one in client.get(page).context["full"]}
    assert full["people.account"].rows == 1
    assert "full" in client.get("/about/data/care/").context
    assert client.get("/about/data/care/").context["full"] == []  # three talks are a story


def test_portals_find_what_dcat_ap_demands() -> None:
    found = dcat.graph(COUNTY, selectors.everything())
    shapes = Graph().parse(SHAPES)
    fits, _report, said = validate(found, shacl_graph=shapes)
    assert fits, said
    found.remove((None, DCTERMS.publisher, None))
    assert not validate(found, shacl_graph=shapes)[0]


def test_care_is_told_of_but_not_public_and_facts_name_their_sources() -> None:
    found = dcat.graph(COUNTY, selectors.everything())
    care = URIRef("https://county.example/about/data/care/#dataset")
    rights = f"{dcat.VOCABULARY}access-right/"
    assert (care, DCTERMS.accessRights, URIRef(f"{rights}NON_PUBLIC")) in found
    facts = URIRef("https://county.example/about/data/facts/#dataset")
    calls = URIRef("https://county.example/about/data/calls/#dataset")
    assert (facts, DCTERMS.source, calls) in found
    assert (calls, DCTERMS.title, Literal("Calls for service", lang="en")) in found
    assert (calls, DCTERMS.title, Literal("报警来电", lang="zh-Hans")) in found


@pytest.mark.parametrize(
    ("form", "name", "media"),
    [
        ("ttl", "turtle", "text/turtle"),
        ("jsonld", "json-ld", "application/ld+json"),
        ("rdf", "xml", "application/rdf+xml"),
    ],
)
def test_each_form_reads_back_as_the_same_datasets(
    county: None, client: Client, form: str, name: str, media: str
) -> None:
    answer = client.get(f"/about/data/catalogue.{form}")
    assert answer["Content-Type"].startswith(media)
    read = Graph().parse(data=answer.content, format=name)
    datasets = set(read.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == len(catalogue().datasets)
    assert client.get("/about/data/catalogue.exe").status_code == 404
