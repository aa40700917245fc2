"""Where the SCIM server reads and writes: our accounts and groups, by our actions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import Model, QuerySet
from scim2_models import (
    Meta,
    NotFoundException,
    PreconditionFailedException,
    Reference,
    Resource,
    ResourceType,
    SCIMException,
    ScimFilter,
    SearchRequest,
)
from scim2_models.path import CompareOperator, Comparison
from scim2_models.resources.user import GroupMembership
from scim2_server.storage import ScimStorage, SearchPage

from gongzhi.base.access.models import ApiKey
from gongzhi.base.log.actor import Actor
from gongzhi.base.people import actions
from gongzhi.base.people.api.shapes import Group, Member, User
from gongzhi.base.people.models import Account
from gongzhi.base.people.models import Group as OurGroup
from gongzhi.base.ui.errors import Refused

INDEXED = {
    ("User", "username"): "username__iexact",
    ("User", "externalid"): "provisioning__external_id",
    ("Group", "displayname"): "display_name__iexact",
    ("Group", "externalid"): "external_id",
}
"""What directories ask for again and again: answered by an index, not by looking through all."""


class OurStorage(ScimStorage):
    """Accounts and groups, as one key sees and changes them."""

    def __init__(self, key: ApiKey | None) -> None:
        self.key = key

    @property
    def by(self) -> Actor:
        """The program."""
        return Actor.key(cast("ApiKey", self.key))

    def get(
        self, resource_type: ResourceType, resource_id: str, *, response_parameters: Any = None
    ) -> Resource[Any]:
        """One account or group."""
        return _shown(_row(resource_type, resource_id))

    def search(
        self,
        resource_types: list[ResourceType],
        search_request: SearchRequest[Any],
        *,
        position: Any = None,
    ) -> SearchPage:
        """A page of those that the filter matches, sorted."""
        found = [
            one
            for kind in resource_types
            for one in map(_shown, _rows(kind, search_request.filter))
            if search_request.filter is None or search_request.filter.match(one)
        ]
        found.sort(key=lambda one: _order(search_request, one), reverse=_is_falling(search_request))
        start = search_request.start_index_0 or 0
        stop = None if search_request.count is None else start + search_request.count
        return SearchPage(len(found), found[start:stop])

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        """A new account, in the unit that answers for the key; a new group."""
        if isinstance(resource, Group):
            return _shown(self._kept(None, resource))
        user = cast("User", resource)
        with _as_scim():
            account = actions.provision_account(
                self.by, unit=cast("ApiKey", self.key).unit, **_told(user, None)
            )
        return _shown(account)

    def update(
        self,
        resource_type: ResourceType,
        resource: Resource[Any],
        *,
        expected_version: str | None = None,
    ) -> Resource[Any]:
        """The account or group as it is to be."""
        with transaction.atomic():
            row = _row(resource_type, str(resource.id), lock=True)
            _require_version(row, expected_version)
            if isinstance(resource, Group):
                return _shown(self._kept(cast("OurGroup", row), resource))
            account = cast("Account", row)
            with _as_scim():
                account = actions.change_provisioned(
                    self.by, account, **_told(cast("User", resource), account)
                )
            return _shown(account)

    def delete(
        self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None
    ) -> None:
        """An account is closed and no more shown; a group goes."""
        with transaction.atomic(), _as_scim():
            row = _row(resource_type, resource_id, lock=True)
            _require_version(row, expected_version)
            if isinstance(row, Account):
                actions.withdraw_account(self.by, row)
            else:
                actions.remove_group(self.by, cast("OurGroup", row))

    def _kept(self, group: OurGroup | None, resource: Group) -> OurGroup:
        values = [one.value or "" for one in resource.members or ()]
        members = [int(one) for one in values if one.isdecimal()]
        with _as_scim():
            return actions.keep_group(
                self.by, group, display_name=resource.display_name or "",
                external_id=resource.external_id or "", members=members,
            )  # fmt: skip


class _Refusal(SCIMException):
    """One of ours, in SCIM's form."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(detail=str(refused))
        self.status = 400 if refused.status == 422 else refused.status
        kinds = {409: "uniqueness", 422: "invalidValue"}
        self.scim_type = kinds.get(refused.status, "")


@contextmanager
def _as_scim() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise _Refusal(refused) from refused


def _told(user: User, account: Account | None) -> dict[str, Any]:
    """What the directory says, as our actions take it."""
    username = user.user_name or (account.username if account else "")
    return {
        "username": username,
        "display_name": (user.display_name or username)[:80],
        "external_id": (user.external_id or "")[:255],
        "active": bool(user.active),
    }


def _rows(kind: ResourceType, wanted: ScimFilter[Any] | None) -> QuerySet[Any]:
    found = _all(str(kind.name))
    node = wanted.ast if wanted is not None else None
    if isinstance(node, Comparison) and node.op == CompareOperator.eq:
        lookup = INDEXED.get((str(kind.name), str(node.attr_path).casefold()))
        if lookup and isinstance(node.value, str):
            return found.filter(**{lookup: node.value})
    return found


def _all(kind: str) -> QuerySet[Any]:
    if kind == "Group":
        return OurGroup.objects.prefetch_related("members").order_by("pk")
    accounts = Account.objects.select_related("provisioning", "unit").prefetch_related("groups")
    return accounts.exclude(provisioning__withdrawn_at__isnull=False).order_by("pk")


def _row(kind: ResourceType, key: str, *, lock: bool = False) -> Model:
    found = _all(str(kind.name)).filter(pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        raise NotFoundException
    if lock:  # whoever changes it waits here until the other has; a bare lock, for joins take none
        list(type(found).objects.select_for_update().filter(pk=found.pk))
        found = _all(str(kind.name)).get(pk=found.pk)
    return cast("Model", found)


def _shown(row: Model) -> Resource[Any]:
    resource, at = _group(row) if isinstance(row, OurGroup) else _user(cast("Account", row))
    kind = "Group" if isinstance(row, OurGroup) else "User"
    resource.meta = Meta(
        resource_type=kind, created=at[0], last_modified=at[1], version=_version(resource)
    )
    return resource


def _user(account: Account) -> tuple[Resource[Any], tuple[datetime | None, datetime | None]]:
    known = getattr(account, "provisioning", None)
    groups = [
        GroupMembership(
            value=str(one.pk), ref=Reference(f"Groups/{one.pk}"), display=one.display_name,
            type="direct",
        )
        for one in sorted(account.groups.all(), key=lambda one: one.pk)
    ]  # fmt: skip
    user = User(
        id=str(account.pk), user_name=account.username,
        display_name=account.display_name if account.display_name != account.username else None,
        active=account.is_active, external_id=(known.external_id or None) if known else None,
        groups=groups or None,
    )  # fmt: skip
    return user, (known.made_at, known.changed_at) if known else (None, None)


def _group(group: OurGroup) -> tuple[Resource[Any], tuple[datetime, datetime]]:
    members = [
        Member(value=str(one.pk), ref=Reference(f"Users/{one.pk}"), type="User")
        for one in sorted(group.members.all(), key=lambda one: one.pk)
    ]
    shown = Group(
        id=str(group.pk), display_name=group.display_name, members=members or None,
        external_id=group.external_id or None,
    )  # fmt: skip
    return shown, (group.made_at, group.changed_at)


def _version(resource: Resource[Any]) -> str:
    """Of what is shown: the same again when it is again the same."""
    told = resource.model_dump_json(exclude={"meta"})
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:16]}"'


def _require_version(row: Model, expected: str | None) -> None:
    meta = _shown(row).meta
    if expected is not None and (meta is None or meta.version != expected):
        raise PreconditionFailedException


def _order(wanted: SearchRequest[Any], one: Resource[Any]) -> tuple[bool, Any, int]:
    value = wanted.sort_value(one)
    return value is None, value if value is not None else "", int(str(one.id))


def _is_falling(wanted: SearchRequest[Any]) -> bool:
    return bool(wanted.sort_by) and wanted.sort_order == SearchRequest.SortOrder.descending
