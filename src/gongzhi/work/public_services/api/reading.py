"""Reading an application that a program sends: the checks of the form, and nothing taken on
trust. What isn't asked is refused, so that a misspelt name is noticed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import FormField
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.public_services.fields import checked_field
from gongzhi.work.public_services.models import BY_THEMSELVES, FilledInBy
from gongzhi.work.public_services.selectors.checking import check

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

MOST_BYTES = 64 * 1024
NAMES = {"answers", "fields", "office", "filled_by", "consent"}
Wrong = dict[str, "_StrOrPromise"]


@dataclass(frozen=True)
class Sent:
    """An application as it came, in order."""

    office: str
    answers: Mapping[str, str]
    fields: Mapping[str, str]
    filled_by: str


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent. Refuses (400, 413) anything else."""
    try:
        if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
            raise Refused(_("内容太长。"), code="too_long", status=413)
        told = json.loads(request.body)
        if not isinstance(told, dict):
            raise TypeError
    except (ValueError, TypeError, RecursionError) as wrong:
        raise Refused(_("请发送一个 JSON 对象。"), code="not_json", status=400) from wrong
    return told


def read_application(service: Service, offices: Sequence[Unit], body: Mapping[str, Any]) -> Sent:
    """What was sent, checked like the form. Refuses (422) once, with all that is wrong."""
    wrong: Wrong = {name: _("没有这一项。") for name in map(_short, set(body) - NAMES)}
    answers = _answers(service, body.get("answers", {}), wrong)
    fields = _fields(service, answers, body.get("fields", {}), wrong)
    office = _office(offices, body.get("office"), wrong)
    filled_by = body.get("filled_by", FilledInBy.SELF.value)
    if filled_by not in [one.value for one in BY_THEMSELVES]:
        wrong["filled_by"] = _("请选是谁在填。")
    if body.get("consent") is not True:
        wrong["consent"] = _("没有申请人的同意，就没法办。")
    if wrong:
        said = _("请求的内容不对，请看 fields。")
        raise Refused(said, code="invalid", status=422, fields=wrong)
    return Sent(office, answers, fields, str(filled_by))


def _answers(service: Service, told: object, wrong: Wrong) -> dict[str, str]:
    given = _texts(told, "answers", wrong)
    come = check(service, given)
    for code in sorted(set(given) - set(come.answers)):
        wrong[f"answers.{_short(code)}"] = _("按这些回答不会问到这一项，或者没有这个回答。")
    if come.question is not None:
        wrong[f"answers.{come.question.code}"] = _("还要回答：%(ask)s") % {"ask": come.question.ask}
    elif come.verdict is not None and come.verdict.kind != "yes":
        wrong["answers"] = f"{come.verdict.name}{_('：')}{come.verdict.why}"
    return come.answers


def _fields(
    service: Service, answers: Mapping[str, str], told: object, wrong: Wrong
) -> dict[str, str]:
    given = _object(told, "fields", wrong)
    so_far, fields = dict(answers), dict[str, str]()
    for one in service.fields:
        if one not in service.fields_for(so_far):
            continue
        try:
            text = _exact(one, given.get(one.code)) if one.code in given else ""
            fields[one.code] = so_far[one.code] = text or checked_field(one, "")
        except Refused as refused:
            wrong[f"fields.{one.code}"] = next(iter(refused.fields.values()))
            fields[one.code] = ""
    for code in sorted(set(given) - set(fields)):
        wrong[f"fields.{_short(code)}"] = _("没有这一项，或者按这些回答不用填。")
    return {code: text for code, text in fields.items() if text}


def _exact(field: FormField, value: object) -> str:
    """The text as it is kept; refused where it is written in another way than that."""
    if field.kind == "number":
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        text = str(int(value)) if whole and not isinstance(value, bool) else "?"  # type: ignore[call-overload]
        return checked_field(field, text)
    text = value if isinstance(value, str) else ""
    good = checked_field(field, text) if text else ""
    if not text or good != text:
        said = _("请直接写成“%(good)s”。") % {"good": good} if good else _("不填就不要写这一项。")
        raise Refused(said, code="field", status=422, fields={field.code: said})
    return text


def _office(offices: Sequence[Unit], told: object, wrong: Wrong) -> str:
    codes = [one.code for one in offices]
    if told is None and len(codes) == 1:
        return codes[0]
    if not isinstance(told, str) or told not in codes:
        wrong["office"] = _("请选一个窗口。")
    return str(told)


def _object(told: object, name: str, wrong: Wrong) -> dict[str, object]:
    if isinstance(told, dict):
        return told
    wrong[name] = _("这里要一个 JSON 对象。")
    return {}


def _texts(told: object, name: str, wrong: Wrong) -> dict[str, str]:
    given = _object(told, name, wrong)
    return {code: text if isinstance(text, str) else "" for code, text in given.items()}


def _short(name: str) -> str:
    return name[:40]
