"""The way into a county where nobody has an account yet."""

from __future__ import annotations

from django.utils.translation import override

from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account_with_password, open_unit
from gongzhi.base.people.models import Unit


def open_administrator(username: str) -> str:
    """Open an account that can open all others, in the county's bureau; its password.

    An empty county gets its bureau first. Refuses a user name already in use.
    """
    by = Actor.system("cli")
    bureau = Unit.objects.filter(kind=Unit.Kind.BUREAU).order_by("pk").first() or _bureau(by)
    _account, password = open_account_with_password(
        by, username=username, display_name=username, unit=bureau, roles=["admin"]
    )
    return password


def _bureau(by: Actor) -> Unit:
    names = {}
    for language in ("zh-hans", "en"):
        with override(language):
            names[language] = str(Unit.Kind.BUREAU.label)
    return open_unit(
        by, code="bureau", kind=Unit.Kind.BUREAU, name_zh=names["zh-hans"], name_en=names["en"]
    )
