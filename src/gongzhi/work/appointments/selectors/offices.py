"""Which offices can be booked, for what, and by which rules."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.counters import ANY_STATION, LONGEST_VISIT, Counters
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.public_services.selectors.services import Group, offices_of

MOST_THINGS = 5


def rules_of(office: Unit) -> Counters | None:
    """The counters of an office: of its own file, or of that for all stations; None without."""
    found = list(catalogue().counters.values())
    own = next((one for one in found if office.code in one.offices), None)
    if own is None and office.kind == Unit.Kind.STATION:
        own = next((one for one in found if ANY_STATION in one.offices), None)
    return own


def rules_for(office: Unit) -> Counters:
    """The same; refused where nothing can be booked."""
    found = rules_of(office)
    if found is None:
        words = _("这个网点还不能网上预约，请打电话约，或者直接来取号。")
        raise Refused(words, code="not_bookable", status=404)
    return found


def dealt_with(rules: Counters, service: Service) -> bool:
    """Whether a service is dealt with at these offices, and by some counter there."""
    return bool(set(rules.offices) & set(service.offices) and rules.able([service]))


def served_at(office: Unit) -> list[Service]:
    """What can be had at an office."""
    rules = rules_for(office)
    return [one for one in catalogue().services.values() if dealt_with(rules, one)]


def bookable_groups() -> list[Group]:
    """Every service that some counter can be booked for, by part of life."""
    rules = catalogue().counters.values()
    found: dict[str, list[Service]] = {}
    for service in catalogue().services.values():
        if any(_serves(one, service) for one in rules):
            found.setdefault(str(service.group), []).append(service)
    return [Group(name, services) for name, services in found.items()]


def _serves(rules: Counters, service: Service) -> bool:
    return dealt_with(rules, service) and bool(rules.able([service], booking=True))


def is_bookable(service: Service) -> bool:
    """Whether a time can be booked for it anywhere."""
    return any(_serves(one, service) for one in catalogue().counters.values())


def services_asked(codes: Sequence[str]) -> list[Service]:
    """These services, each once. Refuses none, too many, and any that can't be booked."""
    known = catalogue().services
    found = [known[code] for code in dict.fromkeys(codes) if code in known]
    if not found:
        words = _("请先选要办什么。")
        raise Refused(words, code="services", status=422, fields={"service": words})
    if len(found) > MOST_THINGS or minutes_for(found) > LONGEST_VISIT:
        words = _("一次办不了这么多，请少选几样，分两次约。")
        raise Refused(words, code="services", status=422, fields={"service": words})
    unfit = [one for one in found if not is_bookable(one)]
    if unfit:
        words = _("“%(name)s”不用预约，或者还不能网上预约。") % {"name": unfit[0].name}
        raise Refused(words, code="services", status=422, fields={"service": words})
    return found


def minutes_for(services: Sequence[Service]) -> int:
    """How long all of them take together."""
    return sum(one.minutes for one in services)


def offices_for(services: Sequence[Service]) -> list[Unit]:
    """Where one counter can do all of these at once, in the order of the first one's offices."""
    found = offices_of(services[0])
    for one in services[1:]:
        there = {unit.pk for unit in offices_of(one)}
        found = [unit for unit in found if unit.pk in there]
    return [unit for unit in found if (it := rules_of(unit)) and it.able(services, booking=True)]


def office_asked(services: Sequence[Service], code: str) -> Unit | None:
    """The office of this code; the only one needs no choice; None where it isn't chosen yet.

    Refuses things that no one counter can do together.
    """
    offices = offices_for(services)
    if not offices:
        words = _("没有一个窗口能同时办这几样，请分开约。")
        raise Refused(words, code="not_together", status=409, fields={"service": words})
    if len(offices) == 1:
        return offices[0]
    return next((one for one in offices if one.code == code), None)
