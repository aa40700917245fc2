"""Opening and ending a hook, and what becomes of one that can't be reached."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.people.sealing import seal
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.outside import LineFailed, parsed
from gongzhi.watch.exchange.webhooks import events
from gongzhi.watch.exchange.webhooks.models import Delivery, Hook
from gongzhi.watch.exchange.webhooks.signing import new_secret

MANAGE = "access.manage_keys"
GIVE_UP = timedelta(days=3)
"""After failing for so long a hook is disabled."""
FORMS = ("structured", "binary")
KEPT = timedelta(days=30)
"""How long it can be seen what was told."""


@action
def open_hook(by: Actor, unit: Unit, address: str, form: str = "structured") -> tuple[Hook, str]:
    """Tell this address of the unit's requests from now on; the secret is given back this once.

    Refuses what is no https address (http within an inner network that the county names), a
    second hook of the same address, and a form that CloudEvents do not have.
    """
    require(by, MANAGE)
    if form not in FORMS:
        raise Refused(_("写法只有 structured 和 binary。"), code="form", status=422)
    _require_address(address)
    if Hook.objects.filter(unit=unit, address=address, ended_at=None).exists():
        raise Refused(_("这个地址已经登记过了。"), code="hook_exists", status=409)
    secret = new_secret()
    sealed = seal({"secret": secret})
    hook = Hook.objects.create(
        unit=unit, address=address, form=form, sealed_secret=sealed, opened_at=now()
    )
    record(events.HOOK_OPENED, hook, hook=hook.pk, unit=unit.pk)
    return hook, secret


@action
def end_hook(by: Actor, hook: Hook) -> Hook:
    """Tell it nothing more; what waited is dropped, and the secret destroyed."""
    require(by, MANAGE)
    held = _held(hook)
    if held.ended_at is not None:
        raise Refused(_("这条推送已经结束。"), code="hook_ended", status=409)
    held.ended_at, held.sealed_secret = now(), b""
    held.save(update_fields=["ended_at", "sealed_secret"])
    Delivery.objects.filter(hook=held, done_at=None).delete()
    record(events.HOOK_ENDED, held, hook=held.pk, unit=held.unit_id)
    return held


@action
def enable_hook(by: Actor, hook: Hook) -> Hook:
    """Try one again that was disabled; what waited since is told, too."""
    require(by, MANAGE)
    held = _held(hook)
    if held.ended_at is not None or held.disabled_at is None:
        raise Refused(_("这条推送没有停用。"), code="not_disabled", status=409)
    held.disabled_at = held.failing_since = held.again_at = None
    held.failures, held.failure = 0, ""
    held.save()
    record(events.HOOK_ENABLED, held, hook=held.pk, unit=held.unit_id)
    return held


@action
def mark_failing(by: Actor, hook: Hook, why: str) -> None:
    """It can't be reached; told once, until it is back or was given up."""
    Hook.objects.filter(pk=hook.pk).update(failing_since=now())
    record(events.HOOK_FAILING, hook, hook=hook.pk, unit=hook.unit_id, why=why)


@action
def mark_back(by: Actor, hook: Hook) -> None:
    """It took something again."""
    Hook.objects.filter(pk=hook.pk).update(
        failing_since=None, failures=0, failure="", again_at=None
    )
    record(events.HOOK_BACK, hook, hook=hook.pk, unit=hook.unit_id)


@action
def disable_hook(by: Actor, hook: Hook, why: str) -> None:
    """Send it nothing until somebody has looked: it failed too long, or says that it is gone."""
    Hook.objects.filter(pk=hook.pk).update(disabled_at=now())
    record(events.HOOK_DISABLED, hook, hook=hook.pk, unit=hook.unit_id, why=why)


@action
def set_aside(by: Actor, letter: Delivery, why: str) -> None:
    """Let the others by: the receiver has refused this one again and again."""
    Delivery.objects.filter(pk=letter.pk).update(dead_at=now(), failure=why)
    hook = letter.hook
    record(events.LETTER_SET_ASIDE, hook, hook=hook.pk, unit=hook.unit_id, why=why)


@action
def replay(
    by: Actor, hook: Hook, *, letter: int | None = None, since: datetime | None = None
) -> int:
    """Tell again, with the same ids: one letter, or all since a moment whether they were taken or
    not, or else all that were set aside. How many; refuses none, and a hook that has ended."""
    require(by, MANAGE)
    held = _held(hook)
    if held.ended_at is not None:
        raise Refused(_("这条推送已经结束。"), code="hook_ended", status=409)
    chosen = Delivery.objects.filter(hook=held)
    if letter is not None:
        chosen = chosen.filter(pk=letter)
    elif since is not None:
        chosen = chosen.filter(at__gte=since)
    else:
        chosen = chosen.filter(dead_at__isnull=False)
    many = chosen.update(done_at=None, dead_at=None, tries=0, failure="")
    if not many:
        raise Refused(_("没有可以重新推送的。推送过的留三十天。"), code="nothing", status=409)
    Hook.objects.filter(pk=held.pk).update(again_at=None)
    record(events.HOOK_REPLAYED, held, hook=held.pk, unit=held.unit_id, letters=many)
    return many


def _held(hook: Hook) -> Hook:
    return Hook.objects.select_for_update(of=("self",)).get(pk=hook.pk)


def _require_address(address: str) -> None:
    wrong = Refused(
        _("推送地址要以 https:// 开头，不带用户名和密码；只有写明的内部网络可以用 http://。"),
        code="bad_address", status=422,
    )  # fmt: skip
    try:
        scheme = parsed(address).scheme
    except LineFailed as failed:
        raise wrong from failed
    if len(address) > 500 or not address.isascii() or (scheme == "http" and not settings.INTRANET):
        raise wrong
