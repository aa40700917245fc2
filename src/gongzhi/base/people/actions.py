"""Setting up the organisation."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.events import ACCOUNT_OPENED, UNIT_OPENED
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused


@action
def open_unit(
    by: Actor, *, code: str, kind: str, name_zh: str, name_en: str, parent: Unit | None = None
) -> Unit:
    """Add a unit to the organisation. Refuses an unknown kind and a code already in use."""
    if kind not in Unit.Kind.values:
        raise Refused(_("没有“%(kind)s”这种单位。") % {"kind": kind}, code="unknown_kind")
    if Unit.objects.filter(code=code).exists():
        raise Refused(_("编码“%(code)s”已有单位在用。") % {"code": code}, code="taken", status=409)
    unit = Unit.objects.create(
        code=code, kind=kind, name_zh=name_zh, name_en=name_en, parent=parent
    )
    record(UNIT_OPENED, unit, unit=code, kind=kind, parent=parent.pk if parent else None)
    return unit


@action
def open_account(
    by: Actor,
    *,
    username: str,
    display_name: str,
    unit: Unit,
    roles: Sequence[str],
    password: str | None = None,
) -> Account:
    """Open an account; without a password nobody can sign in with one.

    Refuses a role that the catalogue does not know and a user name already in use.
    """
    unknown = sorted(set(roles) - set(catalogue().roles))
    if unknown:
        raise Refused(_("没有“%(role)s”这个岗位。") % {"role": unknown[0]}, code="unknown_role")
    if Account.objects.filter(username=username).exists():
        raise Refused(
            _("用户名“%(name)s”已被使用。") % {"name": username}, code="taken", status=409
        )
    account = Account(username=username, display_name=display_name, unit=unit, roles=list(roles))
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save()
    record(ACCOUNT_OPENED, account, unit=unit.pk, roles=roles)
    return account
