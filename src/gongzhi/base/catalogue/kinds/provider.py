"""An identity provider (OpenID Connect): who else may say who somebody is, and what that means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

LOCAL = {"127.0.0.1", "localhost", "::1"}


def _secure(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL):
        return address
    raise ValueError("expected an https address")


class Provider(BaseModel):
    """One file in ``catalogue/providers``; none ships. The client's secret is no part of it: it
    lies in the home as ``keys/provider-<code>``, or in ``GONGZHI_PROVIDER_<CODE>``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    issuer: Annotated[str, AfterValidator(_secure)]
    """As the provider itself writes it, down to the last slash."""
    client_id: str = Field(min_length=1, max_length=200)
    scopes: tuple[str, ...] = ("openid", "profile")
    leeway: int = Field(default=60, ge=0, le=600)
    """Seconds by which its clock and ours may differ."""

    username_claim: str = "preferred_username"
    name_claim: str = "name"
    unit_claim: str = ""
    """Where its answer says the unit; dots lead into it, as ``org.department``."""
    units: Mapping[str, str] = {}
    """What stands there, and the code of the unit that it means."""
    roles_claim: str = ""
    """Where its answer lists groups or roles; "" leaves roles to our own administrator."""
    roles: Mapping[str, tuple[Code, ...]] = {}
    """What stands there, and the roles that it means. What is not here means nothing."""
    opens_accounts: bool = False
    """Whether somebody new gets an account, if their unit is known. Without a role they can do
    nothing with it."""
    external_id: bool = False
    """Whether its subject is the ``externalId`` that the directory provisions accounts with."""
    second_factors: tuple[str, ...] = ()
    """The ``amr`` that count as a second factor, as ``mfa`` or ``hwk``; none do by themselves."""
    local_roles: tuple[Code, ...] | None = None
    """Roles that may sign in with a password, too, as when the provider can't be reached; left
    out, all may."""

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if "openid" not in self.scopes:
            raise ValueError('scopes: expected "openid" among them')
        if self.opens_accounts and not (self.unit_claim and self.units):
            raise ValueError("opens_accounts: needs unit_claim and units, for each account has one")
        return self


def unfit_provider(one: Provider, roles: Mapping[str, object]) -> list[str]:
    """Roles that the catalogue doesn't have."""
    named = {role for few in one.roles.values() for role in few} | set(one.local_roles or ())
    return [
        f"providers/{one.code}.toml: roles: there is no role {role!r}"
        for role in sorted(named - set(roles))
    ]
