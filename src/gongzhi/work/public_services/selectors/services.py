"""Services as residents look for them: by part of life or a word; their limits and counters."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.base.calendar.sentences import in_words
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_checks import BEGINS
from gongzhi.base.catalogue.kinds.service_parts import FieldKind, FormField, Section
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.catalogue.words import Words
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused

ANY_STATION = "station"
LONGEST_SEARCH = 40
"""Characters that are looked for."""


@dataclass(frozen=True)
class Group:
    """A part of life with its services."""

    name: str
    services: list[Service]


@dataclass(frozen=True)
class Term:
    """How long it may take: the time in words, and whose word that is."""

    words: str
    basis: str
    law: bool


def service_named(code: str) -> Service:
    """The service; refused (404) where there is none."""
    found = catalogue().services.get(code)
    if found is None:
        raise Refused(_("没有这项服务，或者本县不再办理。"), code="no_such_service", status=404)
    return found


def groups(words: str = "") -> list[Group]:
    """All services under their parts of life; those that one of the words is found in."""
    wanted = words.casefold().split()
    found: dict[str, list[Service]] = {}
    for one in catalogue().services.values():
        if all(word in _said(one) for word in wanted):
            found.setdefault(str(one.group), []).append(one)
    return [Group(name, services) for name, services in found.items()]


def _said(service: Service) -> str:
    told = (service.name, service.about, service.group)
    both = [text for words in told for text in (words.zh, words.en)]
    return " ".join([*both, *service.keywords]).casefold()


def at_counter(service: Service) -> Service:
    """The service as a counter fills it in: where there is no form, who came is enough."""
    if service.sections:
        return service
    return service.model_copy(update={"sections": (_who_came(),)})


def _who_came() -> Section:
    """A page made for this answer, so its words are those of the active language."""
    asked: tuple[tuple[str, FieldKind, str], ...] = (
        ("name", "name", _("姓名")),
        ("id_number", "id_number", _("证件号码")),
        ("phone", "phone", _("电话")),
    )
    fields = [
        FormField(code=code, kind=kind, name=Words(zh=words, en=words))
        for code, kind, words in asked
    ]
    title = _("来人是谁")
    return Section(code="who", name=Words(zh=title, en=title), fields=tuple(fields))


def groups_at(unit: Unit, words: str = "") -> list[Group]:
    """The same for what is dealt with at this unit's counter."""
    told = [
        (one.name, [it for it in one.services if unit in offices_of(it)]) for one in groups(words)
    ]
    return [Group(name, services) for name, services in told if services]


def terms_of(service: Service) -> list[Term]:
    """The promised time and the legal limit, the one that people will see first."""
    clocks = [_clock(service.promise), *_limits(service)]
    return [
        Term(in_words(one.limit), one.citation, one.authority == "law") for one in clocks if one
    ]


def _limits(service: Service) -> list[Clock | None]:
    """The law's: the service's own clock, or what its procedure begins with acceptance."""
    if service.limit:
        return [_clock(service.limit)]
    version = catalogue().procedures[service.procedure].versions[-1]
    moves = [move for step in version.steps if step.code in BEGINS for move in step.moves]
    return [_clock(move.removeprefix("begin:")) for move in moves if move.startswith("begin:")]


def _clock(code: str | None) -> Clock | None:
    return catalogue().clocks.get(code) if code else None


def offices_of(service: Service) -> list[Unit]:
    """The units at whose counters it is dealt with, those named first; the bureau itself where the
    county has none of them."""
    units = list(Unit.objects.order_by("pk"))
    named = [one for code in service.offices for one in units if one.code == code]
    if ANY_STATION in service.offices:
        starts = f"{ANY_STATION}_"
        stations = [one for one in units if one.kind == Unit.Kind.STATION]
        named += [one for one in stations if one.code.startswith(starts)] or stations
    found = list(dict.fromkeys(named))
    return found or [one for one in units if one.kind == Unit.Kind.BUREAU][:1]


def office_named(service: Service, code: str) -> Unit:
    """One of its counters; refused where it isn't one. The only one needs no choice."""
    offices = offices_of(service)
    if len(offices) == 1:
        return offices[0]
    found = next((one for one in offices if one.code == code), None)
    if found is None:
        wrong = _("请选一个窗口。")
        raise Refused(wrong, code="office", status=422, fields={"office": wrong})
    return found
