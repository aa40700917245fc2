"""Who may: roles are lists of permissions, an account has the permissions of all its roles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.access.known import PERMISSIONS, known
from gongzhi.base.access.models import ApiKey
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """What these roles may do together; a role that the catalogue has lost may do nothing."""
    found = catalogue().roles
    return frozenset().union(*(found[role].permissions for role in roles if role in found))


def asks_for_second(roles: Iterable[str]) -> bool:
    """Whether the county asks for more than a password of somebody with these roles."""
    found = catalogue().roles
    return any(found[role].second_factor for role in roles if role in found)


def may(holder: object, permission: str) -> bool:
    """Whether this account or API key may do it. Nothing else may do anything, and no key does
    what its owner can't.

    Raises ValueError for a permission that `known` does not list.
    """
    known(permission)
    if isinstance(holder, ApiKey):
        if not holder.opens_at(datetime.now(UTC)) or permission not in holder.permissions:
            return False
        return holder.owner is None or may(holder.owner, permission)
    if not isinstance(holder, Account) or not holder.is_active:
        return False
    return permission in permissions_of(holder.roles)


def holds(permission: str) -> Callable[[HttpRequest], bool]:
    """For the rail: ``Place(…, may=holds("dispatch.view_console"))``."""
    known(permission)
    return lambda request: may(getattr(request, "user", None), permission)


def require(by: Actor, permission: str) -> None:
    """Refuse (403) an actor without this permission. The platform itself needs none."""
    known(permission)
    if by.kind == "system" or may(by.source, permission):
        return
    raise lacking(permission)


def lacking(permission: str) -> Refused:
    """The refusal that names what one may not do."""
    said = _("您的岗位没有“%(what)s”的权限。工作需要的话，请联系本单位管理员。")
    return Refused(said % {"what": PERMISSIONS[permission]}, code="not_permitted", status=403)
