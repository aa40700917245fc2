"""An offer (可供数据): rows that another department may ask to get, field by field.

A list of what may, as with the events that leave: of the county's own matters only the fields of
`FIELDS`, of what a source delivers only what its contract doesn't seal. Nothing about complaints,
petitions, care, appraisal or integrity can be written here, whatever a county tries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.dataset import Dataset, Sensitivity
from gongzhi.base.catalogue.kinds.forecast import VOICES
from gongzhi.base.catalogue.words import Words, in_both

DATASETS = {"matters:resident_request": "requests", "matters:incident": "calls"}
"""What of the platform's own is offered, and in which dataset it stands."""
RECEIVED = "exchange"
"""The dataset of all that sources deliver."""
Use = Literal["place", "time", "kind", ""]
FIELDS: Mapping[str, Use] = {
    "row": "", "procedure": "", "category": "kind", "priority": "kind", "channel": "kind",
    "step": "kind", "unit": "kind", "town": "place", "h7": "place", "opened_on": "time",
    "closed_on": "time",
}  # fmt: skip
"""The fields of a matter that may be offered, and what each tells. ``row`` is a number of the
agreement's own, by which nothing else can be found."""
NOT_OFFERED = _("“%(name)s”不能共享：投诉、信访、意见、警心、考评、廉洁的内容从来不给")
NO_FIELD = _("没有名为“%(name)s”的字段可以共享")
SEALED = _("“%(name)s”是封存的个人信息，不能共享")
SENSITIVE = _("“%(name)s”是敏感数据，不能共享")
TWICE = _("“%(name)s”写了两次")
NEVER = frozenset({
    "appraisal", "care", "cases", "complaints", "contacts", "files", "integrity", "log", "movement",
    "notices", "officers", "personal", "proofs", "rights", "rosters", "sharing", "take_part",
    "volunteering",
})  # fmt: skip
"""Datasets of which nothing is shared, whatever their file says of them."""
INSIDE = frozenset({"appraisal", "care", "integrity", "officer_rights", "police_complaint"})


class OfferedField(BaseModel):
    """One field that may be ticked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Code
    says: Words
    sensitivity: Literal["open", "internal"]
    """Anything more sensitive is not offered at all."""


class Offer(BaseModel):
    """One file in ``catalogue/offers``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    source: str = Field(pattern=r"^(matters|connector):[a-z][a-z0-9_]*$")
    """``matters:`` and a procedure, or ``connector:`` and a source of rows."""
    owner: Code
    """The unit that consents: its duty is the data."""
    fields: tuple[OfferedField, ...] = Field(min_length=1)
    never: Words | None = None
    """What is held beside it and never given, in words."""

    @property
    def dataset(self) -> str:
        """The dataset that its rows belong to."""
        return DATASETS.get(self.source, RECEIVED)

    @property
    def connector(self) -> str:
        """The source that delivers it; "" for the county's own."""
        kind, _colon, code = self.source.partition(":")
        return code if kind == "connector" else ""

    @property
    def procedure(self) -> str:
        """The procedure whose matters it offers; "" for what a source delivers."""
        return "" if self.connector else self.source.partition(":")[2]

    def field(self, name: str) -> OfferedField | None:
        """The field of this name."""
        return next((one for one in self.fields if one.name == name), None)

    @model_validator(mode="after")
    def _is_lawful(self) -> Offer:
        if not self.connector and self.source not in DATASETS:
            raise ValueError(in_both(NOT_OFFERED, name=self.source))
        names = [one.name for one in self.fields]
        if double := next((one for one in names if names.count(one) > 1), None):
            raise ValueError(in_both(TWICE, name=double))
        told = [self.code, self.name.zh, self.name.en, *names]
        told += [words for one in self.fields for words in (one.says.zh, one.says.en)]
        if any(VOICES.search(one) or one in INSIDE for one in told):
            raise ValueError(in_both(NOT_OFFERED, name=self.code))
        return self


def unfit_offers(
    offers: Mapping[str, Offer], connectors: Mapping[str, Connector],
    datasets: Mapping[str, Dataset],
) -> Iterator[str]:  # fmt: skip
    """What only the whole catalogue shows: sources and fields that aren't there or are sealed."""
    for one in offers.values():
        where = f"offers/{one.code}.toml"
        dataset = datasets.get(one.dataset)
        if dataset is None or dataset.sensitivity == Sensitivity.SENSITIVE or one.dataset in NEVER:
            yield f"{where}: source: {in_both(SENSITIVE, name=one.dataset)}"
        source = connectors.get(one.connector)
        if one.connector and source is None:
            yield f"{where}: source: there is no connector {one.connector!r}"
        elif source is not None and source.unit != one.owner:
            yield f"{where}: owner: expected {source.unit!r}, as connectors/{source.code}.toml says"
        for field in one.fields:
            if said := _unfit_field(one, field.name, source):
                yield f"{where}: fields: {said}"


def _unfit_field(offer: Offer, name: str, source: Connector | None) -> str:
    if not offer.connector:
        return "" if name in FIELDS else in_both(NO_FIELD, name=name)
    known = source.contract.field(name) if source else None
    if known is None:
        return in_both(NO_FIELD, name=name) if source else ""
    words = (known.name, known.says.zh, known.says.en, known.source_column)
    if any(VOICES.search(one) for one in words):
        return in_both(NOT_OFFERED, name=name)
    return in_both(SEALED, name=name) if known.personal else ""


def use_of(offer: Offer, name: str, connectors: Mapping[str, Connector]) -> Use:
    """What a field can be counted by: a place, a time, a kind; "" for none of them."""
    if offer.field(name) is None:
        return ""
    if not offer.connector:
        return FIELDS[name]
    source = connectors.get(offer.connector)
    known = source.contract.field(name) if source else None
    if known is None or known.personal:
        return ""
    if known.type in {"day", "time"}:
        return "time"
    if known.type == "code":
        return "place" if known.refers == "towns" else "kind" if known.one_of else ""
    return "kind" if known.type == "flag" else ""
