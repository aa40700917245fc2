"""A connector: a source of rows from outside, what was agreed about them, how often it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.connector_fields import NEVER_KEPT, NOT_KEPT, Contract
from gongzhi.base.catalogue.kinds.connector_sources import Source
from gongzhi.base.catalogue.kinds.mapping import Mapping as SourceMapping
from gongzhi.base.catalogue.words import Words, in_both

NO_MAPPING = _("没有名为“%(name)s”的映射")
NOT_NAMED = _("映射“%(mapping)s”要用的列“%(column)s”不在约定里，或者是个人信息")
NO_SOURCE = _("字段“%(field)s”引用的“%(refers)s”不存在")


class Example(BaseModel):
    """A made-up row and what becomes of it, replayed by the tests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    row: dict[str, str]
    """By the source's headings."""
    reads: dict[Code, str] = {}
    """What some fields say when it is good."""
    fails: tuple[str, ...] = ()
    """``field:reason`` for each thing that is wrong; none for a good row."""


class Connector(BaseModel):
    """One file in ``catalogue/connectors``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    """What it is and what it is used for."""
    unit: Code
    """The code of the unit that is responsible for it: it sees the source and is told when
    nothing comes."""
    source: Source
    every: timedelta = Field(default=timedelta(hours=1), ge=timedelta(seconds=30))
    silent_after: timedelta = Field(default=timedelta(days=2), ge=timedelta(minutes=1))
    """With nothing for so long somebody is told."""
    paused: bool = False
    keep_received: timedelta = Field(default=timedelta(days=30), le=timedelta(days=366))
    """How long what was received stays beside what it became, to be replayed; and rows in
    quarantine."""
    mapping: Code | None = None
    """A mapping of ``catalogue/mappings`` by which good rows become incidents or requests, too."""
    contract: Contract
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_lawful(self) -> Connector:
        named = (self.code, self.name.zh, self.name.en.lower(), self.about.zh)
        if any(NEVER_KEPT.search(one) for one in named):
            raise ValueError(in_both(NOT_KEPT, name=self.code))
        return self


def unfit_connectors(
    connectors: Mapping[str, Connector], mappings: Mapping[str, SourceMapping]
) -> Iterator[str]:
    """What a connector names and isn't there, a line each."""
    for one in connectors.values():
        where = f"connectors/{one.code}.toml"
        yield from (f"{where}: mapping: {said}" for said in _unmapped(one, mappings))
        for field in one.contract.fields:
            if "." in field.refers and not _is_there(field.refers, connectors):
                said = in_both(NO_SOURCE, field=field.name, refers=field.refers)
                yield f"{where}: contract.fields: {said}"


def _unmapped(one: Connector, mappings: Mapping[str, SourceMapping]) -> Iterator[str]:
    if one.mapping is None:
        return
    mapping = mappings.get(one.mapping)
    if mapping is None:
        yield in_both(NO_MAPPING, name=one.mapping)
        return
    plain = {field.source_column for field in one.contract.fields if field.personal is None}
    for column in mapping.columns:
        if column not in plain:
            yield in_both(NOT_NAMED, mapping=one.mapping, column=column)


def _is_there(refers: str, connectors: Mapping[str, Connector]) -> bool:
    source, _dot, field = refers.partition(".")
    other = connectors.get(source)
    found = other.contract.field(field) if other else None
    return found is not None and found.personal is None
