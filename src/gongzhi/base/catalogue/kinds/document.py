"""A document (文书): what it says, from which facts, who signs, its number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.procedure import Procedure
from gongzhi.base.catalogue.versions import in_force_on, require_apart, with_code
from gongzhi.base.catalogue.words import Text, Words

MATTER_FACTS = frozenset({"matter.number", "matter.category", "matter.opened_on", "matter.unit"})
"""What every matter tells by itself."""
GIVEN = frozenset({"number", "date", "unit"})
"""Names that every template may use: its own number, day of issue, and who issues it."""
Source = Annotated[
    str, StringConstraints(pattern=r"^(written|matter\.[a-z_]+|element\.[a-z][a-z0-9_]{1,39})$")
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentField(_Part):
    """One named field; ``element.CODE`` is filled from what the matter has shown."""

    code: Code
    name: Words
    source: Source = "written"
    long: bool = False
    personal: bool = False
    """Whether it tells who somebody is."""
    required: bool = True


class Block(_Part):
    """A paragraph, or the rows of a table: each row is one cell or label and cell pairs."""

    kind: Literal["paragraph", "heading", "table"] = "paragraph"
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.kind == "table") != bool(self.rows) or (self.kind == "table") == bool(self.text):
            raise ValueError('expected rows with kind = "table", text otherwise')
        if any(len(row) not in (2, 4) for row in self.rows):
            raise ValueError("rows: expected two or four cells: a label and what it is, in turn")
        return self

    def texts(self) -> Iterator[str]:
        """All its texts."""
        yield self.text
        for row in self.rows:
            yield from row

    def names(self) -> Iterator[str]:
        """The names between braces in its texts."""
        for text in self.texts():
            for _text, name, form, conversion in Formatter().parse(text):
                if form or conversion:
                    raise ValueError(f"{{{name}}}: expected a name alone between the braces")
                if name is not None:
                    yield name


class Basis(_Part):
    """What the document rests on."""

    statute: Text
    articles: tuple[Text, ...] = Field(min_length=1)


class DocumentVersion(_Part):
    """The document as it is made out from a day on."""

    code: str = Field(pattern=r"^\d{4}-\d{2}$")
    in_force_from: date
    basis: tuple[Basis, ...] = Field(min_length=1)
    fields: tuple[DocumentField, ...] = Field(min_length=1)
    body: tuple[Block, ...] = Field(min_length=1)
    signed_by: tuple[Text, ...] = ()
    """Whose signature it has a line for, in the document's own language."""

    @model_validator(mode="after")
    def _names_only_its_fields(self) -> Self:
        codes = [field.code for field in self.fields]
        if len(set(codes)) != len(codes):
            raise ValueError("fields: each code may stand only once")
        for number, block in enumerate(self.body):
            lost = sorted(set(block.names()) - set(codes) - GIVEN)
            if lost:
                raise ValueError(f"body.{number}: it has no field {lost[0]!r}")
        unused = sorted(set(codes) - {name for block in self.body for name in block.names()})
        if unused:
            raise ValueError(f"fields.{unused[0]}: the body doesn't use it")
        return self


class Document(_Part):
    """One file in ``catalogue/documents``."""

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    title: Text
    """As it stands at the head of the paper."""
    about: Words
    procedures: tuple[Code, ...] = ()
    """In which procedures it is made out; in any when left out."""
    step: Code | None = None
    """The step that it belongs to."""
    fulfils: Code | None = None
    """The element of that step that is shown by issuing it."""
    word: str = Field(default="", pattern=r"^[\u4e00-\u9fff\uff08\uff09]{0,12}$")
    """What its number begins with, as 公行罚决字; documents without a word have no number."""
    approved_by: tuple[Code, ...] = ()
    """Roles of which one must approve it; none: no approval is asked."""
    seal: bool = True
    """Whether the authority's seal belongs on it."""
    versions: tuple[DocumentVersion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _versions_are_apart(self) -> Self:
        require_apart(self.versions)
        return self

    def version_on(self, day: date) -> DocumentVersion:
        """The version in force on `day` (the first one before that)."""
        return in_force_on(self.versions, day)

    def version(self, code: str) -> DocumentVersion:
        """The version with this code; KeyError when a county took it away."""
        return with_code(self.versions, code, self.code)


def lacking(document: Document, procedures: dict[str, Procedure]) -> list[str]:
    """What the document names and its procedures don't have, as `key: reason`."""
    wrong = []
    for code in document.procedures:
        procedure = procedures.get(code)
        if procedure is None:
            wrong.append(f"procedures: there is no procedure {code!r}")
        else:
            wrong += _lacking_in(document, procedure)
    if document.fulfils and not document.procedures:
        every = [v for one in procedures.values() for v in one.versions]
        if document.fulfils not in {e.code for v in every for s in v.steps for e in s.elements}:
            wrong.append(f"fulfils: no procedure has an element {document.fulfils!r}")
    return wrong + _facts_nobody_gives(document)


def _lacking_in(document: Document, procedure: Procedure) -> list[str]:
    steps = [step for version in procedure.versions for step in version.steps]
    elements = {element.code for step in steps for element in step.elements}
    wrong = []
    if document.step and document.step not in {step.code for step in steps}:
        wrong.append(f"step: {procedure.code} has no step {document.step!r}")
    here = {e.code for s in steps if document.step in (None, s.code) for e in s.elements}
    if document.fulfils and document.fulfils not in here:
        wrong.append(f"fulfils: {procedure.code} has no element {document.fulfils!r} there")
    for where, source in _sources(document):
        kind, _dot, code = source.partition(".")
        if kind == "element" and code not in elements:
            wrong.append(f"{where}: {procedure.code} has no element {code!r}")
    return wrong


def _facts_nobody_gives(document: Document) -> list[str]:
    wrong = []
    for where, source in _sources(document):
        if source.startswith("matter.") and source not in MATTER_FACTS:
            wrong.append(f"{where}: a matter has no {source!r}")
        if source.startswith("element.") and not document.procedures:
            wrong.append(f"{where}: expected procedures, whose element it is")
    return wrong


def _sources(document: Document) -> Iterator[tuple[str, str]]:
    for version in document.versions:
        for field in version.fields:
            yield f"versions.{version.code}.fields.{field.code}.source", field.source
