"""What only the whole catalogue shows of counters: services, and the working calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar.workdays import WorkCalendar
from gongzhi.base.catalogue.kinds.counters import Counters, Example
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.words import in_both

ON_HOLIDAY = _("%(on)s 是%(name)s，放假的日子窗口不开，不能放号")
NO_NEED = _("“%(counter)s”号窗口没有事可办：这里办的服务没有一项用得上它")
NOBODY = _("“%(service)s”在这里办，却没有一个窗口会办")
NO_SUCH_SKILL = _("没有叫“%(skill)s”的服务或者服务类别")
COMES_OUT = _("%(on)s 算出来是 %(found)s")
TWO_FILES = _("“%(office)s”已经写在 %(other)s 里")
CLOSED = _("不开门")


def unfit_counters(
    found: Mapping[str, Counters],
    services: Mapping[str, Service],
    calendars: Mapping[str, WorkCalendar],
) -> list[str]:
    """What is wrong with them beside the rest of the catalogue, a line each. The county works by
    the first of the calendars."""
    wrong: list[str] = []
    named: dict[str, str] = {}
    for one in found.values():
        faults = [*_unfit_days(one, calendars), *_unfit_skills(one, services)]
        for office in one.offices:
            if office in named:
                faults.append(f"offices: {in_both(TWO_FILES, office=office, other=named[office])}")
            named.setdefault(office, f"counters/{one.code}.toml")
        wrong += [f"counters/{one.code}.toml: {fault}" for fault in faults]
    return wrong


def _unfit_days(one: Counters, calendars: Mapping[str, WorkCalendar]) -> Iterator[str]:
    ours = next(iter(calendars.values()))
    for extra in one.extra:
        day = ours.day(extra.on)
        if not day.works and day.name is not None:
            facts = {"on": extra.on.isoformat(), "name": day.name.zh}
            yield f"extra: {in_both(ON_HOLIDAY, **facts)}"
    for example in one.examples:
        if example.calendar not in calendars:
            yield f"examples.calendar: there is no calendar {example.calendar!r}"
        else:
            yield from _replayed(one, example, calendars[example.calendar])


def _replayed(one: Counters, example: Example, calendar: WorkCalendar) -> Iterator[str]:
    open_then = [str(stretch) for stretch in one.open_on(example.on, calendar)]
    day = calendar.day(example.on)
    if example.open and not open_then and day.name is not None:
        facts = {"on": example.on.isoformat(), "name": day.name.zh}
        yield f"examples: {in_both(ON_HOLIDAY, **facts)}"
    elif list(example.open) != open_then:
        told = ", ".join(open_then) or str(CLOSED)
        yield f"examples: {in_both(COMES_OUT, on=example.on.isoformat(), found=told)}"


def _unfit_skills(one: Counters, services: Mapping[str, Service]) -> Iterator[str]:
    here = [it for it in services.values() if set(it.offices) & set(one.offices)]
    known = set(services) | {it.group.zh for it in services.values()}
    for counter in one.counters:
        for skill in counter.skills:
            if skill not in known:
                yield f"counters.{counter.code}.skills: {in_both(NO_SUCH_SKILL, skill=skill)}"
        if not any(counter.serves(it) for it in here):
            yield f"counters.{counter.code}: {in_both(NO_NEED, counter=counter.code)}"
    for service in here:
        if service.visits and not one.able([service]):
            yield f"counters: {in_both(NOBODY, service=service.name.zh)}"
