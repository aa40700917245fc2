"""The county's own facts, from its lake's files: the incidents that residents called about."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.forecast import foreseen
from gongzhi.base.catalogue.load import Catalogue
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.forecasts.counting import CALLS, PRESENCE, UNCOUNTED, Read

COLUMNS = ["source", "kind", "category", "resident", "opened_at", "h8", "merged"]
INCIDENT = "incident"


def read_lake(folder: Path, whole: Catalogue) -> Read:
    """Refuses a lake without a file. What is merged tells of something twice; what came with an
    import is judged with its own mapping."""
    files = sorted(folder.glob("month=*/facts.parquet"))
    if not files:
        raise Refused(_("分析数据里还没有文件：先运行 gongzhi lake export。"), code="no_lake")
    harm = {code: code for code in foreseen(whole.forecasts, "harm")}
    series = dict.fromkeys(foreseen(whole.forecasts, "demand"), CALLS) | harm
    found = Read()
    for file in files:
        table: pa.Table = pq.ParquetFile(file).read(columns=COLUMNS)
        for row in table.to_pylist():
            _keep(found, row, series)
    return found


def _keep(found: Read, row: dict[str, object], series: dict[str, str]) -> None:
    found.rows += 1
    if row["source"] or row["kind"] != INCIDENT or row["merged"]:
        found.out["merged" if row["merged"] else "not_this_county_s_calls"] += 1
        return
    code = str(row["category"])
    category = series.get(code, UNCOUNTED)
    if category == UNCOUNTED:
        found.not_listed[code] += 1
    if not row["resident"]:
        found.out["own_work"] += 1
        category = PRESENCE
    elif not row["h8"] and category != UNCOUNTED:
        found.out["no_place"] += 1
        category = UNCOUNTED
    found.add(cast("datetime", row["opened_at"]), int(str(row["h8"] or 0)), category)
