"""A copy of what is held, to take along: one ZIP with the same as JSON and as CSV, the looks, and
the pictures as they were sent. Plain and described, so that another program can read it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.files.contents import whole
from gongzhi.base.files.kinds import ending_of
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.work.personal.selectors.held import Held
from gongzhi.work.personal.selectors.looks import Looks

FORM = "gongzhi-own-data/1"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def packed(
    matter: Matter, parts: Sequence[Held], looks: Looks, pictures: Sequence[StoredFile]
) -> bytes:
    """The ZIP's bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as box:
        told = json.dumps(_told(matter, parts, looks), ensure_ascii=False, indent=2)
        box.writestr("held.json", told)
        box.writestr("held.csv", _table(_rows(parts)))
        box.writestr("looks.csv", _table(_look_rows(looks)))
        for number, one in enumerate(pictures, start=1):
            box.writestr(f"files/{number:02}.{ending_of(one.media_type)}", whole(one))
    return written.getvalue()


def _told(matter: Matter, parts: Iterable[Held], looks: Looks) -> dict[str, Any]:
    return {
        "form": FORM,
        "matter": matter.number,
        "taken_at": now().isoformat(timespec="seconds"),
        "datasets": [
            {
                "code": one.dataset.code,
                "name": str(one.dataset.name),
                "purpose": str(one.dataset.purpose),
                "basis": [str(basis) for basis in one.dataset.basis],
                "kept": str(one.dataset.keep),
                "fields": [
                    {"code": item.code, "label": item.label, "text": item.text}
                    for item in one.items
                ],
            }
            for one in parts
        ],
        "looks_kept_by_law": looks.kept,
        "looks": [
            {
                "at": look.at.isoformat(timespec="seconds"), "unit": str(look.unit or ""),
                "roles": look.roles, "purpose": look.purpose,
            }
            for look in looks.reads
        ],
    }  # fmt: skip


def _rows(parts: Iterable[Held]) -> list[list[str]]:
    rows = [[_("数据集"), _("编码"), _("项目"), _("内容")]]
    for one in parts:
        rows += [[str(one.dataset.name), item.code, item.label, item.text] for item in one.items]
    return rows


def _look_rows(looks: Looks) -> list[list[str]]:
    rows = [[_("时间"), _("单位"), _("岗位"), _("用途")]]
    for look in looks.reads:
        at = look.at.isoformat(timespec="seconds")
        rows.append([at, str(look.unit or ""), look.roles, look.purpose])
    return rows


def _table(rows: Iterable[Sequence[str]]) -> str:
    """CSV that spreadsheets open as text: no cell of it is a formula."""
    written = io.StringIO()
    writer = csv.writer(written)
    for row in rows:
        writer.writerow(["'" + cell if cell.startswith(_FORMULA) else cell for cell in row])
    return "\ufeff" + written.getvalue()
