"""What `gongzhi exchange check` says of agreements."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Unit
from gongzhi.watch.exchange.agreements.models import Agreement
from gongzhi.watch.exchange.agreements.permissions import READ, owners_of
from gongzhi.watch.exchange.agreements.selectors import ends_soon
from gongzhi.watch.exchange.agreements.states import State
from gongzhi.watch.exchange.checks import Found


def look() -> Iterator[Found]:
    """Each agreement in force, those that end soon, and keys that no agreement stands behind."""
    standing = Agreement.objects.filter(state=State.IN_FORCE).select_related("unit")
    units = set(Unit.objects.values_list("code", flat=True))
    for one in standing.order_by("until"):
        yield _one(one, units)
    if not standing:
        yield Found(_("没有生效的共享约定。"))
    yield from _loose_keys()


def _one(agreement: Agreement, units: set[str]) -> Found:
    told = {"number": agreement.number, "unit": str(agreement.unit),
            "day": date_format(agreement.until, "Y-m-d")}  # fmt: skip
    if not agreement.opens_at(now()):
        return Found(_("%(number)s（%(unit)s）：%(day)s 到期，已经不给数据了。") % told, wrong=True)
    if (agreement.offer and agreement.offer_item is None) or len(agreement.question_items) != len(
        agreement.questions
    ):
        return Found(_("%(number)s（%(unit)s）：约定的数据或问题不在目录里了。") % told, wrong=True)
    if owners_of(agreement.offer, agreement.questions) - units:
        return Found(_("%(number)s（%(unit)s）：数据的归口单位没有了。") % told, wrong=True)
    if ends_soon(agreement):
        return Found(_("%(number)s（%(unit)s）：%(day)s 到期，快到了。") % told, wrong=True)
    return Found(_("%(number)s（%(unit)s）：生效，到 %(day)s。") % told)


def _loose_keys() -> Iterator[Found]:
    keys = ApiKey.objects.filter(revoked_at=None, sharing=None).select_related("unit")
    for key in keys:
        if READ in key.permissions and key.opens_at(now()):
            told = {"name": key.name, "unit": str(key.unit)}
            yield Found(
                _(
                    "密钥“%(name)s”（%(unit)s）：能读约定的数据，可是没有约定，打不开任何东西。请收回。"
                )
                % told,
                wrong=True,
            )
