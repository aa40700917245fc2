"""A group of the county's directory: what belonging to it means here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code


class GroupMeaning(BaseModel):
    """One file in ``catalogue/groups``; none ships. A group that none names means nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    display_name: str = Field(min_length=1, max_length=200)
    """As the directory calls it (``displayName``)."""
    unit: str = ""
    """The code of the unit that its members belong to."""
    roles: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _means_something(self) -> Self:
        if not self.unit and not self.roles:
            raise ValueError("expected a unit or roles")
        return self


def unfit_group(one: GroupMeaning, roles: Mapping[str, object]) -> list[str]:
    """Roles that the catalogue doesn't have."""
    return [
        f"groups/{one.code}.toml: roles: there is no role {role!r}"
        for role in one.roles
        if role not in roles
    ]
