"""Open datasets and their versions in the data catalogue, as DCAT-AP 3 has them.

A dataset leads to its versions (``dcat:hasVersion``), each a dataset of its own with its number,
what changed (``adms:versionNotes``), its files, their licence and checksums (SPDX).
"""

from __future__ import annotations

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, XSD

from gongzhi.base.catalogue.kinds.open_dataset import OpenDataset
from gongzhi.base.catalogue.load import catalogue
from gongzhi.watch.exchange.datasets.dcat import (
    THEME,
    County,
    address,
    point,
    publisher_of,
    say,
    term,
)
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.watch.exchange.opendata.selectors import current_of, versions_of
from gongzhi.watch.exchange.opendata.wording import FORMS

IN_DCAT_3 = Namespace("http://www.w3.org/ns/dcat#")
"""Terms that rdflib's own list of DCAT does not have yet."""
ADMS = Namespace("http://www.w3.org/ns/adms#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")


def add_versions(found: Graph, county: County, whole: URIRef) -> None:
    """Add every dataset of which something was published."""
    found.bind("adms", ADMS)
    found.bind("spdx", SPDX)
    for recipe in catalogue().open_data.values():
        versions = versions_of(recipe.code)
        if current := current_of(versions):
            one = _dataset(found, county, recipe, URIRef(f"{page(county, recipe)}#dataset"))
            found.add((whole, DCAT.dataset, one))
            _version(found, one, current)
            _files(found, county, recipe, current, one)
            for version in versions:
                found.add((one, IN_DCAT_3.hasVersion, _of(found, county, recipe, version)))


def page(county: County, recipe: OpenDataset) -> str:
    """Where people read of it."""
    return f"{county.site}/about/data/open/{recipe.code}/"


def _of(found: Graph, county: County, recipe: OpenDataset, version: Version) -> URIRef:
    one = URIRef(f"{page(county, recipe)}#v{version.number}")
    _dataset(found, county, recipe, one)
    _version(found, one, version)
    if version.state == Version.State.PUBLISHED:
        _files(found, county, recipe, version, one)
    return one


def _dataset(found: Graph, county: County, recipe: OpenDataset, one: URIRef) -> URIRef:
    found.add((one, RDF.type, DCAT.Dataset))
    found.add((one, RDF.type, RDFS.Resource))
    found.add((one, DCTERMS.identifier, Literal(str(one).rpartition("/open/")[2])))
    found.add((one, DCTERMS.publisher, publisher_of(found, county)))
    say(found, one, DCTERMS.title, recipe.name)
    say(found, one, DCTERMS.description, recipe.about)
    point(found, one, DCAT.landingPage, page(county, recipe), FOAF.Document)
    contact = BNode()
    found.add((contact, RDF.type, VCARD.Kind))
    say(found, contact, VCARD.fn, recipe.publisher)
    found.add((one, DCAT.contactPoint, contact))
    term(found, one, DCAT.theme, "data-theme", THEME)  # named where the other datasets stand
    term(found, one, DCTERMS.accrualPeriodicity, "frequency", recipe.changes)
    term(found, one, DCTERMS.accessRights, "access-right", "PUBLIC")
    found.add((one, DCTERMS.source, address(county, catalogue().datasets[recipe.dataset])))
    return one


def _version(found: Graph, one: URIRef, version: Version) -> None:
    found.add((one, IN_DCAT_3.version, Literal(str(version.number))))
    notes = version.change
    if version.state == Version.State.WITHDRAWN:
        notes = f"{notes} / {version.withdrawn_why}"
    found.add((one, ADMS.versionNotes, Literal(notes, lang="zh-Hans")))
    if version.decided_at:
        day = Literal(f"{version.decided_at:%Y-%m-%d}", datatype=XSD.date)
        found.add((one, DCTERMS.issued, day))


def _files(found: Graph, county: County, recipe: OpenDataset, version: Version, of: URIRef) -> None:
    for name, told in version.files.items():
        words = FORMS.get(name.removeprefix(recipe.code))
        if words is None:
            continue
        where = f"{page(county, recipe)}v{version.number}/{name}"
        one = URIRef(f"{where}#distribution")
        found.add((of, DCAT.distribution, one))
        found.add((one, RDF.type, DCAT.Distribution))
        say(found, one, DCTERMS.title, words)
        point(found, one, DCAT.accessURL, page(county, recipe), RDFS.Resource)
        point(found, one, DCAT.downloadURL, where, RDFS.Resource)
        point(found, one, DCTERMS.license, recipe.licence_url, DCTERMS.LicenseDocument)
        kind = f"https://www.iana.org/assignments/media-types/{told['media_type']}"
        point(found, one, DCAT.mediaType, kind, DCTERMS.MediaType)
        size = Literal(told["bytes"], datatype=XSD.nonNegativeInteger)
        found.add((one, DCAT.byteSize, size))
        _checksum(found, one, told["sha256"])


def _checksum(found: Graph, one: URIRef, digest: str) -> None:
    summed = BNode()
    found.add((one, SPDX.checksum, summed))
    found.add((summed, RDF.type, SPDX.Checksum))
    point(found, summed, SPDX.algorithm, str(SPDX.checksumAlgorithm_sha256), SPDX.ChecksumAlgorithm)
    found.add((summed, SPDX.checksumValue, Literal(digest, datatype=XSD.hexBinary)))
