"""Small files as other systems write them, made up; and a mapping that reads them."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping as Cells
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gongzhi.base.catalogue.kinds.mapping import Mapping

HEADINGS = ["no", "when", "what", "where", "lon", "lat", "sent", "there", "done"]
MAPPING: dict[str, Any] = {
    "code": "elsewhere",
    "name": {"zh": "别处", "en": "Elsewhere"},
    "procedure": "incident",
    "id": ["no"],
    "opened": "when",
    "words": ["what"],
    "place": ["where"],
    "times": {"zone": "Asia/Shanghai", "formats": ["%Y-%m-%d %H:%M", "excel"]},
    "position": {
        "x": "lon",
        "y": "lat",
        "box": {"south": 29, "west": 121, "north": 31, "east": 123},
        "defaults": [{"x": 122.0, "y": 30.0}],
    },
    "category": {
        "column": "what",
        "rules": [
            {"begins": "crash", "category": "traffic_damage"},
            {"equals": "病人", "category": "medical", "priority": 2},
        ],
    },
    "steps": [
        {"code": "dispatched", "at": ["sent", "there"]},
        {"code": "on_scene", "at": ["there"]},
        {
            "code": "cleared",
            "at": ["done"],
            "needs": ["there"],
            "elements": {"disposition": {"otherwise": "not_stated"}},
        },
        {"code": "closed", "at": ["done"], "needs": ["there"]},
        {"code": "archived", "unless": ["done"]},
    ],
    "examples": [{"row": {}, "rejected": "no_id"}],
}
GOOD = {
    "no": "1", "when": "2026-03-01 08:00", "what": "crash", "where": "滨海路 3 号",
    "lon": "122.2", "lat": "30.1",
    "sent": "2026-03-01 08:01", "there": "2026-03-01 08:09", "done": "2026-03-01 08:40",
}  # fmt: skip


def mapping(**changes: Any) -> Mapping:
    """The mapping, with these parts changed; a part that is a table is changed in it."""
    told = dict(MAPPING)
    for name, value in changes.items():
        merge = isinstance(value, dict) and isinstance(told.get(name), dict)
        told[name] = {**told[name], **value} if merge else value
    return Mapping.model_validate(told)


def row(number: int, **changes: str) -> dict[str, str]:
    """A good row with this number, and these cells changed."""
    return {**GOOD, "no": str(number), **changes}


def table(rows: Sequence[Cells[str, str]], delimiter: str = ",") -> str:
    """The rows as the text of a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write(path: Path, rows: Sequence[Cells[str, str]], encoding: str = "utf-8") -> Path:
    """A CSV file, packed when it is called so."""
    content = table(rows).encode(encoding)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path
