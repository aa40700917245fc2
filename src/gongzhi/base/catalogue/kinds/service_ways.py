"""Every way through a service's check and form: for what may depend on several answers at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from gongzhi.base.catalogue.kinds.service_parts import When, applies

if TYPE_CHECKING:
    from gongzhi.base.catalogue.kinds.service import Service

MOST = 50_000
"""Ways that are walked. A file with more of them is believed."""


def ways(service: Service) -> Iterator[dict[str, str]]:
    """Each way through the check that lets one apply: question → answer, in order."""
    if not service.questions:
        yield {}
        return
    waiting: list[tuple[dict[str, str], str]] = [({}, service.questions[0].code)]
    while waiting:
        way, code = waiting.pop()
        question = service.question(code)
        for reply in question.answers if question else ():
            further = {**way, code: reply.code}
            verdict = service.verdict(reply.verdict) if reply.verdict else None
            if verdict is not None and verdict.kind == "yes":
                yield further
            elif reply.next:
                waiting.append((further, reply.next))


def never_holding(service: Service) -> Iterator[str]:
    """What no way through check and form leads to: pages, fields, materials, fees, by their place
    in the file."""
    waiting = dict(_conditions(service))
    told = list(islice(_situations(service, waiting), MOST))
    if len(told) == MOST:
        return
    for where, whens in waiting.items():
        if not any(all(applies(when, one) for when in whens) for one in told):
            yield where


def _conditions(service: Service) -> Iterator[tuple[str, tuple[When, ...]]]:
    for section in service.sections:
        yield f"sections.{section.code}", (section.when,)
        for field in section.fields:
            yield f"sections.{section.code}.{field.code}", (section.when, field.when)
    for material in service.materials:
        yield f"materials.{material.code}", (material.when,)
    for number, fee in enumerate(service.fees, 1):
        yield f"fees.{number}", (fee.when,)


def _situations(
    service: Service, conditions: Mapping[str, tuple[When, ...]]
) -> Iterator[dict[str, str]]:
    """What may have been answered and chosen in the end; fields that nothing depends on are left
    out."""
    matters = {code for whens in conditions.values() for when in whens for code in when}
    fields = [one for one in service.fields if one.code in matters]
    for way in ways(service):
        waiting = [(way, 0)]
        while waiting:
            told, at = waiting.pop()
            if at == len(fields):
                yield told
                continue
            field = fields[at]
            if field not in service.fields_for(told):
                waiting.append((told, at + 1))
                continue
            waiting += [({**told, field.code: one.code}, at + 1) for one in field.choices]
            if not field.required:
                waiting.append((told, at + 1))
