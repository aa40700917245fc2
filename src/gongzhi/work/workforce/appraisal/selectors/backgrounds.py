"""What officers told of themselves, as groups for the audit. Nothing else opens it (a test)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from gongzhi.base.people.models import Account
from gongzhi.base.people.sealing import unseal
from gongzhi.work.workforce.appraisal.models import Background
from gongzhi.work.workforce.appraisal.states import Sex

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

DECADES = ("1960", "1970", "1980", "1990", "2000")
PERSONAL = frozenset({"sex", "decade"})
"""Groupings that are of what somebody told."""
UNTOLD = ""
"""Who didn't say: counted as hidden, told of nowhere."""


def own_background(account: Account) -> Mapping[str, str]:
    """What this account told, for its own page; empty when it told nothing."""
    held = Background.objects.filter(account=account).first()
    return unseal(bytes(held.told)) if held else {}


def by_sex(people: Sequence[Account]) -> Mapping[int, str]:
    """Account → what it says of itself, or `UNTOLD`."""
    return _by("sex", people)


def by_decade(people: Sequence[Account]) -> Mapping[int, str]:
    """Account → the first year of the decade of birth, or `UNTOLD`."""
    return _by("decade", people)


def _by(key: str, people: Sequence[Account]) -> Mapping[int, str]:
    rows = Background.objects.filter(account__in=[one.pk for one in people])
    told = {whose: unseal(bytes(it))[key] for whose, it in rows.values_list("account", "told")}
    return {one.pk: told.get(one.pk, UNTOLD) for one in people}


def name_of(grouping: str, group: str) -> _StrOrPromise:
    """A group in words; units have their names already."""
    words: Mapping[str, Callable[[str], _StrOrPromise]] = {
        "sex": lambda code: Sex(code).label,
        "decade": lambda code: _("%(year)s 年代出生") % {"year": code},
    }
    return words[grouping](group) if grouping in words else group
