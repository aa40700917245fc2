"""What a field of a service's form takes: one way to check it, for pages, programs and counters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import FormField
from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.receiving import LONGEST_NAME, PHONE

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

LONGEST = {"text": 120, "long_text": 2000, "address": 200, "name": LONGEST_NAME, "email": 120}
LARGEST = 1_000_000
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_CARD = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_PAPER = re.compile(r"[A-Z0-9]{6,17}", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LAST = "10X98765432"


def checked_field(field: FormField, given: str) -> str:
    """The text as it is kept; "" where nothing was given and nothing is needed.

    Refuses (422) what the field can't take, in a sentence under the field's code.
    """
    text = given.strip()
    if not text:
        wrong = _("请填“%(name)s”。") % {"name": field.name} if field.required else ""
        if wrong and field.kind == "choice":
            wrong = _("请选“%(name)s”。") % {"name": field.name}
    else:
        text, wrong = _KINDS[field.kind](field, text)
    if not wrong and not _can_be_kept(text):
        wrong = _("里面有无法保存的字符，请重新填写。")
    if wrong:
        raise Refused(wrong, code="field", status=422, fields={field.code: wrong})
    return text


def checked_form(
    service: Service, answers: Mapping[str, str], given: Mapping[str, str]
) -> dict[str, str]:
    """All fields that apply, by code. Refuses once, with everything that is wrong."""
    told, fields = dict(answers), dict[str, str]()
    wrong: dict[str, _StrOrPromise] = {}
    for field in [one for section in service.sections for one in section.fields]:
        if field not in service.fields_for(told):
            continue
        try:
            fields[field.code] = told[field.code] = checked_field(field, given.get(field.code, ""))
        except Refused as refused:
            wrong |= refused.fields
    if wrong:
        first = next(iter(wrong.values()))
        raise Refused(first, code="form", status=422, fields=wrong)
    return {code: text for code, text in fields.items() if text}


def _can_be_kept(text: str) -> bool:
    """Neither NUL, which PostgreSQL doesn't take, nor half a character, which no file does."""
    return "\x00" not in text and not any("\ud800" <= one <= "\udfff" for one in text)


def _text(field: FormField, text: str) -> tuple[str, str]:
    most = field.most or LONGEST[field.kind]
    said = _("最多写 %(n)s 个字，请精简一些。") % {"n": most}
    return text, said if len(text) > most else ""


def _choice(field: FormField, text: str) -> tuple[str, str]:
    return text, "" if field.choice(text) else _("请从给出的选项里选一个。")


def _date(field: FormField, text: str) -> tuple[str, str]:
    today = timezone.localdate(now())
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text, _("请写成年-月-日，比如 2026-11-20。")
    if field.earliest == "today" and day < today:
        return text, _("这一天已经过了，请选今天或者以后的日子。")
    if field.latest == "today" and day > today:
        return text, _("这一天还没有到，请再看一下。")
    return day.isoformat(), "" if 1900 <= day.year <= 2100 else _("年份不对，请再看一下。")


def _number(field: FormField, text: str) -> tuple[str, str]:
    most = field.most or LARGEST
    good = text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= most
    return (str(int(text)) if good else text), (
        "" if good else _("请填 0 到 %(most)s 的数字。") % {"most": most}
    )


def _phone(field: FormField, text: str) -> tuple[str, str]:
    return text, "" if PHONE.fullmatch(text) else _("这不像电话号码，请检查。")


def _email(field: FormField, text: str) -> tuple[str, str]:
    long = len(text) > LONGEST["email"]
    good = _EMAIL.fullmatch(text) and not long
    return text, "" if good else _("这不像电子邮箱，请检查。")


def _id_number(field: FormField, text: str) -> tuple[str, str]:
    return id_number(text)


def id_number(text: str) -> tuple[str, str]:
    """A resident's number with the check digit of GB 11643, or that of another paper, as it is
    kept; and what is wrong with it, in words ("": nothing)."""
    number = text.upper().replace(" ", "")
    if len(number) == 18:
        if not _CARD.fullmatch(number) or _last_of(number) != number[17]:
            return number, _("身份证号的最后一位对不上，请照着证件再核对一遍。")
        return number, ""
    good = _PAPER.fullmatch(number)
    return number, "" if good else _("请填 18 位身份证号，或者护照、通行证号码。")


def _last_of(number: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _LAST[total % 11]


_KINDS: Mapping[str, Callable[[FormField, str], tuple[str, str]]] = {
    "text": _text, "long_text": _text, "address": _text, "name": _text, "choice": _choice,
    "date": _date, "number": _number, "phone": _phone, "email": _email, "id_number": _id_number,
}  # fmt: skip
