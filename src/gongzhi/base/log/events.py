"""What may stand in the log: events with typed fields, none of which can hold free text.

An event is declared once, in an app's ``events.py``, with its label and the type of each field.
There is no type for a name, a phone number or a sentence, so no action can write one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Value = str | int | float | bool | None | list[str]

_CODE = re.compile(r"[a-z0-9][a-z0-9_.:/-]{0,79}", re.ASCII)


@dataclass(frozen=True)
class Type:
    """How a field is checked and written; ``write`` raises ValueError for what does not fit."""

    name: str
    write: Callable[[object], Value]


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("expected a whole number")
    return value


def _id(value: object) -> int:
    if _whole(value) < 0:
        raise ValueError("expected an id, a whole number from 0")
    return _whole(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("expected a number")
    # Rounded, so that the same number is the same text on every platform and in every database.
    return round(float(value), 6)


def _code(value: object) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise ValueError("expected a code: a-z, 0-9 and _.:/-, at most 80 characters")
    return value


def _codes(value: object) -> list[str]:
    if not isinstance(value, list | tuple | set | frozenset):
        raise ValueError("expected a list of codes")
    return [_code(one) for one in value]


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("expected true or false")
    return value


def _when(value: object) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("expected a time with its zone")
    return value.isoformat()


Id = Type("id", _id)
Whole = Type("whole", _whole)
Number = Type("number", _number)
Code = Type("code", _code)
Codes = Type("codes", _codes)
Flag = Type("flag", _flag)
When = Type("when", _when)


@dataclass(frozen=True)
class Event:
    """A past-tense fact: its kind (``app.what_happened``), its label and its fields."""

    kind: str
    label: _StrOrPromise
    fields: Mapping[str, Type]

    def write(self, values: Mapping[str, object]) -> dict[str, Value]:
        """The values as they stand in the log; fields that are None are left out.

        Raises ValueError naming the event and the field that is unknown or does not fit.
        """
        unknown = set(values) - set(self.fields)
        if unknown:
            raise ValueError(f"{self.kind} has no field {min(unknown)!r}")
        return {k: self._one(k, v) for k, v in values.items() if v is not None}

    def _one(self, name: str, value: object) -> Value:
        try:
            return self.fields[name].write(value)
        except ValueError as wrong:
            raise ValueError(f"{self.kind}.{name}: {wrong}") from wrong


_events: dict[str, Event] = {}


def event(kind: str, label: _StrOrPromise, /, **fields: Type) -> Event:
    """Declare an event. A kind never changes its meaning: add optional fields or a new kind."""
    if kind in _events:
        raise ValueError(f"the event {kind} is declared twice")
    _events[kind] = Event(kind, label, fields)
    return _events[kind]


def declared_events() -> dict[str, Event]:
    """Every event that the loaded apps declare, by kind."""
    return dict(sorted(_events.items()))
