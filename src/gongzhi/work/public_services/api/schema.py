"""The JSON Schema (2020-12) of an application, from the service's file.

It says all that doesn't depend on the day or on a check digit; those two are told in words and
checked when the application comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import FormField, When
from gongzhi.base.catalogue.kinds.service_ways import ways
from gongzhi.base.people.models import Unit
from gongzhi.work.participation.receiving import PHONE
from gongzhi.work.public_services.fields import LARGEST, LONGEST
from gongzhi.work.public_services.models import BY_THEMSELVES

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

DIALECT = "https://json-schema.org/draft/2020-12/schema"
END = r"(?![\s\S])"
"""The end of a text in every dialect; `$` lets a line break follow in some."""
WRITTEN = rf"^[^\s\u0000]([^\u0000]*[^\s\u0000])?{END}"
"""Something, without blanks around it."""
PATTERNS: Mapping[str, str] = {
    "phone": f"^{PHONE.pattern}{END}",
    "email": rf"^[^@\s\u0000]{{1,64}}@[^@\s.\u0000]+(\.[^@\s.\u0000]+)+{END}",
    "id_number": f"^([0-9]{{17}}[0-9X]|[A-Z0-9]{{6,17}}){END}",
    "date": f"^(19[0-9]{{2}}|20[0-9]{{2}}|2100)-[0-9]{{2}}-[0-9]{{2}}{END}",
}
DESCRIBED: Mapping[str, _StrOrPromise] = {
    "id_number": gettext_lazy(
        "18 位身份证号（最后一位要对得上，GB 11643），或者护照、通行证号码。"
    ),
}


def schema_of(service: Service, offices: Sequence[Unit]) -> dict[str, Any]:
    """What the body of an application must be; names in the active language."""
    needed = ["consent", "fields"]
    needed += ["answers"] if service.questions else []
    needed += ["office"] if len(offices) > 1 else []
    conditions = [one for field in _when_asked(service) for one in field]
    schema: dict[str, Any] = {
        "$schema": DIALECT,
        "title": str(service.name),
        "description": str(service.about),
        "x-version": service.version,
        "type": "object",
        "additionalProperties": False,
        "required": sorted(needed),
        "properties": {
            "answers": _answers(service),
            "fields": _fields(service),
            "office": _choice([(one.code, str(one)) for one in offices]),
            "filled_by": _choice([(one.value, str(one.label)) for one in BY_THEMSELVES]),
            "consent": {"const": True, "description": _("申请人同意窗口为办这件事使用这些信息。")},
        },
    }
    return schema | ({"allOf": conditions} if conditions else {})


def _answers(service: Service) -> dict[str, Any]:
    if not service.questions:
        return {"type": "object", "maxProperties": 0}
    return {
        "type": "object",
        "properties": {
            one.code: {"title": str(one.ask), **_choice([(it.code, str(it)) for it in one.answers])}
            for one in service.questions
        },
        "oneOf": [
            {
                "properties": {code: {"const": answer} for code, answer in way.items()},
                "required": list(way),
                "additionalProperties": False,
            }
            for way in ways(service)
        ],
    }


def _fields(service: Service) -> dict[str, Any]:
    always = [
        field.code
        for section in service.sections
        for field in section.fields
        if field.required and not section.when and not field.when
    ]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {one.code: _field(one) for one in service.fields},
        "required": always,
    }


def _when_asked(service: Service) -> Iterator[list[dict[str, Any]]]:
    """For each field that depends on something: asked then, and not to be told otherwise."""
    questions = {one.code for one in service.questions}
    for section in service.sections:
        for field in section.fields:
            if not (section.when or field.when):
                continue
            holds = [_holds(one, questions) for one in (section.when, field.when) if one]
            asked = {"properties": {"fields": {"required": [field.code]}}}
            yield [{
                "if": {"allOf": holds},
                "then": asked if field.required else True,
                "else": {"properties": {"fields": {"properties": {field.code: False}}}},
            }]  # fmt: skip


def _holds(when: When, questions: set[str]) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for code, choices in when.items():
        part = wanted.setdefault(
            "answers" if code in questions else "fields", {"properties": {}, "required": []}
        )
        part["properties"][code] = {"enum": list(choices)}
        part["required"].append(code)
    return {"properties": wanted, "required": sorted(wanted)}


def _field(field: FormField) -> dict[str, Any]:
    told: dict[str, Any] = {"title": str(field.name)}
    said = [str(field.help or ""), str(DESCRIBED.get(field.kind, "")), _day_in_words(field)]
    if words := " ".join(one for one in said if one):
        told["description"] = words
    if field.fact:
        told["x-fact"] = field.fact
    return told | _taken(field)


def _taken(field: FormField) -> dict[str, Any]:
    if field.kind == "choice":
        return _choice([(one.code, str(one)) for one in field.choices])
    if field.kind == "number":
        return {"type": "integer", "minimum": 0, "maximum": field.most or LARGEST}
    text: dict[str, Any] = {"type": "string", "pattern": PATTERNS.get(field.kind, WRITTEN)}
    if field.kind == "date":
        return {**text, "format": "date"}
    if field.kind in LONGEST:
        most = LONGEST[field.kind] if field.kind == "email" else field.most
        text["maxLength"] = most or LONGEST[field.kind]
    return text


def _day_in_words(field: FormField) -> str:
    if field.earliest == "today":
        return _("今天或者以后的日子。")
    return _("今天或者以前的日子。") if field.latest == "today" else ""


def _choice(choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    said = [{"const": code, "title": words} for code, words in choices]
    return {"enum": [code for code, _words in choices], "x-choices": said}
