"""One line of JSON for each thing the program says, without anything of a person.

What a program logs on the way is written for whoever mends it, and may quote what somebody typed:
a database says which value it refused. So only three things get into a line: the sentence as it
stands in the code, such values in it as are plainly codes or small numbers, and where in the code
an error arose, with its type but never its message.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HIDDEN = "…"
FRAMES = 8
_CODE = re.compile(r"[a-z][a-z0-9_.:-]{0,60}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{5}")
_MANY = 1_000_000
"""A number from here on may be a telephone's."""


class JsonLine(logging.Formatter):
    """The form of GONGZHI_LOG=json."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "logger": record.name, "said": said(record),
        }  # fmt: skip
        told.update(getattr(record, "told", {}))
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__qualname__
            told["where"] = where(record.exc_info[2])
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def said(record: logging.LogRecord) -> str:
    """The sentence of the code, with what may be said of its values. A sentence that was put
    together before it got here isn't known to be one, so it is left out."""
    template = str(record.msg)
    if not record.args:
        return template if record.name.startswith("gongzhi") else HIDDEN
    values = record.args
    try:
        if isinstance(values, dict):
            return template % {key: shown(value) for key, value in values.items()}
        return template % tuple(shown(value) for value in values)
    except (TypeError, ValueError):  # a number was expected where something is hidden
        return template


def shown(value: object) -> object:
    """A value of a sentence, if nobody can be in it."""
    if isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        return value if abs(value) < _MANY else HIDDEN
    if isinstance(value, str) and _CODE.fullmatch(value) and not _NUMBER.search(value):
        return value
    return HIDDEN


def where(trace: Any) -> list[str]:
    """The innermost places of the code that an error came through."""
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]
