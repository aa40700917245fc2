"""The data catalogue as DCAT-AP 3, the application profile that European portals exchange.

Terms: W3C DCAT 3, DCAT-AP 3.0; access rights, themes, frequencies and languages by the EU
vocabularies' own addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS

from gongzhi.base.catalogue.kinds.dataset import Dataset, Distribution, Sensitivity
from gongzhi.watch.exchange.datasets.selectors import Told

VOCABULARY = "http://publications.europa.eu/resource/authority/"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
RIGHTS = {Sensitivity.OPEN: "PUBLIC", Sensitivity.INTERNAL: "RESTRICTED"}
"""Personal and sensitive ones are NON_PUBLIC: that they exist is told, what they hold is not."""
THEME = "JUST"
"""Justice, legal system and public safety."""
FORMATS = {"turtle": "text/turtle", "json-ld": "application/ld+json", "xml": "application/rdf+xml"}
LANGUAGES = {"zh-hans": "zh-Hans", "en": "en"}


@dataclass(frozen=True)
class County:
    """Who publishes: the county's names, and where its platform answers."""

    name_zh: str
    name_en: str
    site: str
    """``https://…`` without a slash at its end."""


More = Callable[[Graph, County, URIRef], None]
"""Adds datasets of its own to the catalogue, given by its name."""
_more: list[More] = []


def add_more(more: More) -> None:
    """Let an app add what it publishes, from `AppConfig.ready()`."""
    _more.append(more)


def all_more() -> tuple[More, ...]:
    """What apps add, in the order in which they were loaded."""
    return tuple(_more)


def graph(county: County, datasets: Iterable[Told], more: Iterable[More] = ()) -> Graph:
    """The whole catalogue, every dataset with what it is made from and how to get it; `more` is
    added to it."""
    found = Graph()
    for prefix, space in {"dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "vcard": VCARD}.items():
        found.bind(prefix, space)
    catalogue = URIRef(f"{county.site}/about/data/#catalogue")
    publisher = publisher_of(found, county)
    found.add((catalogue, RDF.type, DCAT.Catalog))
    say(found, catalogue, DCTERMS.title, _("数据目录"))
    say(
        found,
        catalogue,
        DCTERMS.description,
        _("平台保存和收到的每一类数据：为了什么、依据什么、留多久、谁能看。"),
    )
    found.add((catalogue, DCTERMS.publisher, publisher))
    point(found, catalogue, FOAF.homepage, f"{county.site}/about/data/", FOAF.Document)
    for code in ("ZHO", "ENG"):
        term(found, catalogue, DCTERMS.language, "language", code)
    for told in datasets:
        one = _dataset(found, county, told, publisher)
        found.add((catalogue, DCAT.dataset, one))
    for add in more:
        add(found, county, catalogue)
    return found


def written(found: Graph, form: str) -> bytes:
    """The graph in one of `FORMATS`."""
    return found.serialize(format=form, encoding="utf-8")


def publisher_of(found: Graph, county: County) -> URIRef:
    """The county, as who publishes all of it."""
    publisher = URIRef(f"{county.site}/#county")
    found.add((publisher, RDF.type, FOAF.Agent))
    found.add((publisher, FOAF.name, Literal(county.name_zh, lang="zh-Hans")))
    found.add((publisher, FOAF.name, Literal(county.name_en or county.name_zh, lang="en")))
    return publisher


def address(county: County, dataset: Dataset) -> URIRef:
    """The dataset's own name on the web, below that of its page."""
    return URIRef(f"{_page(county, dataset)}#dataset")


def _page(county: County, dataset: Dataset) -> str:
    return f"{county.site}/about/data/{dataset.code}/"


def _dataset(found: Graph, county: County, told: Told, publisher: URIRef) -> URIRef:
    dataset = told.dataset
    one = address(county, dataset)
    found.add((one, RDF.type, DCAT.Dataset))
    found.add((one, RDF.type, RDFS.Resource))
    found.add((one, DCTERMS.identifier, Literal(dataset.code)))
    found.add((one, DCTERMS.publisher, publisher))
    say(found, one, DCTERMS.title, dataset.name)
    say(found, one, DCTERMS.description, dataset.about)
    say(found, one, DCAT.keyword, dataset.purpose)
    point(found, one, DCAT.landingPage, _page(county, dataset), FOAF.Document)
    found.add((one, DCAT.contactPoint, _contact(found, dataset)))
    rights = RIGHTS.get(dataset.sensitivity, "NON_PUBLIC")
    theme = term(found, one, DCAT.theme, "data-theme", THEME)
    say(found, theme, SKOS.prefLabel, _("司法与公共安全"))
    term(found, one, DCTERMS.accrualPeriodicity, "frequency", dataset.changes)
    term(found, one, DCTERMS.accessRights, "access-right", rights)
    for source in told.made_from:
        found.add((one, DCTERMS.source, address(county, source)))
    for other in told.refers_to:
        found.add((one, DCTERMS.relation, address(county, other)))
    for n, way in enumerate(dataset.distributions):
        found.add((one, DCAT.distribution, _distribution(found, county, dataset, n, way)))
    return one


def _contact(found: Graph, dataset: Dataset) -> BNode:
    contact = BNode()
    found.add((contact, RDF.type, VCARD.Kind))
    say(found, contact, VCARD.fn, dataset.owner)
    return contact


def _distribution(
    found: Graph, county: County, dataset: Dataset, n: int, way: Distribution
) -> URIRef:
    one = URIRef(f"{_page(county, dataset)}#way-{n}")
    found.add((one, RDF.type, DCAT.Distribution))
    say(found, one, DCTERMS.title, way.name)
    where = _page(county, dataset) if "{" in way.path else f"{county.site}{way.path}"
    point(found, one, DCAT.accessURL, where, RDFS.Resource)
    kind = f"https://www.iana.org/assignments/media-types/{way.media_type}"
    point(found, one, DCAT.mediaType, kind, DCTERMS.MediaType)
    return one


CLASSES = {
    "access-right": DCTERMS.RightsStatement,
    "data-theme": SKOS.Concept,
    "frequency": DCTERMS.Frequency,
    "language": DCTERMS.LinguisticSystem,
}
"""What the terms of each EU vocabulary are: said beside each, so that nobody has to fetch it."""


def term(found: Graph, subject: Any, what: URIRef, table: str, code: str) -> URIRef:
    """Lead to a term of one of the EU's vocabularies."""
    return point(found, subject, what, f"{VOCABULARY}{table}/{code}", CLASSES[table])


def point(found: Graph, subject: Any, what: URIRef, to: str, kind: URIRef) -> URIRef:
    """Lead to an address, and say what kind of thing is there."""
    found.add((subject, what, URIRef(to)))
    found.add((URIRef(to), RDF.type, kind))
    return URIRef(to)


def say(found: Graph, subject: Any, what: URIRef, words: Promise | str | Any) -> None:
    """The same in both languages, each marked with its own."""
    for language, tag in LANGUAGES.items():
        with override(language):
            found.add((subject, what, Literal(str(words), lang=tag)))
