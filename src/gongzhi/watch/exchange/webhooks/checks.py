"""What `gongzhi exchange check` says of partners and of hooks."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.catalogue.kinds.partner import Partner
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.watch.exchange.checks import Found
from gongzhi.watch.exchange.outside import LineFailed, parsed, port_of, require_allowed
from gongzhi.watch.exchange.outside_words import why_failed
from gongzhi.watch.exchange.webhooks.models import Hook

ANSWERS = "linked.answer_request"


def partners() -> Iterator[Found]:
    """Whether each partner that answers by its program has a unit and a key for it."""
    units = set(Unit.objects.values_list("code", flat=True))
    keys = ApiKey.objects.filter(revoked_at=None).select_related("unit")
    able = {one.unit.code for one in keys if ANSWERS in one.permissions}
    for partner in catalogue().partners.values():
        yield from _partner(partner, units, able)


def _partner(partner: Partner, units: set[str], able: set[str]) -> Iterator[Found]:
    name = {"partner": str(partner.name), "unit": partner.unit}
    lone = partner.unit and partner.unit != "town" and partner.unit not in units
    if lone:
        yield Found(_("%(partner)s：没有单位“%(unit)s”。") % name, wrong=True)
    elif partner.ways[0] == "api" and partner.unit not in able:
        yield Found(_("%(partner)s：靠系统答复，可是它的单位没有接口密钥。") % name, wrong=True)
    else:
        yield Found(_("%(partner)s：设好了。") % name)


def faults() -> Iterator[Found]:
    """Each hook: whether its address may be asked, how it answers, what waits and what it refused.
    Nothing is sent: `gongzhi partners try` does that."""
    dead = Q(deliveries__dead_at__isnull=False)
    waits = Count("deliveries", filter=Q(deliveries__done_at=None) & ~dead)
    found = Hook.objects.filter(ended_at=None).select_related("unit").order_by("pk")
    hooks = found.annotate(waits=waits, aside=Count("deliveries", filter=dead))
    for hook in hooks:
        yield from _hook(hook, hook.waits, hook.aside)
    if not hooks:
        yield Found(_("没有推送。"))


def _hook(hook: Hook, waits: int, aside: int) -> Iterator[Found]:
    told = {"unit": str(hook.unit), "host": hook.host, "n": waits, "aside": aside}
    why = "" if hook.disabled_at else _may_not(hook) or hook.failure
    told["why"] = why_failed(why or hook.failure)
    if hook.disabled_at:
        yield Found(_("%(unit)s（%(host)s）：停用了，%(why)s。积着 %(n)s 条。") % told, wrong=True)
    elif why:
        yield Found(_("%(unit)s（%(host)s）：送不到，%(why)s。积着 %(n)s 条。") % told, wrong=True)
    else:
        yield Found(_("%(unit)s（%(host)s）：正常，还有 %(n)s 条没送到。") % told)
    if aside:
        yield Found(_("%(unit)s（%(host)s）：%(aside)s 条对方不收。") % told, wrong=True)


def _may_not(hook: Hook) -> str:
    from django.conf import settings

    try:
        parts = parsed(hook.address)
        within = parts.scheme == "http"
        require_allowed(
            str(parts.hostname), port_of(parts), intranet=settings.INTRANET, within=within
        )
    except LineFailed as failed:
        return failed.code
    return ""
