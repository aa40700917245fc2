"""For everybody: which figures there are, what they mean, and their files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.analysis.disclosure.noise import off_by
from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.catalogue.kinds.open_dataset import OpenDataset
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.opendata import drawing, files
from gongzhi.watch.exchange.opendata.columns import columns_of
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.watch.exchange.opendata.selectors import (
    budget_of,
    current_of,
    recipe_named,
    versions_of,
)
from gongzhi.watch.exchange.opendata.tables import Row
from gongzhi.watch.exchange.opendata.wording import (
    FORMS,
    codes_said,
    headings,
    last_day_of,
    what_a_row_is,
)

KIND = {".csv": "CSV", ".parquet": "Parquet", ".geojson": "GeoJSON",
        ".dictionary.json": "JSON", ".csv-metadata.json": "CSVW"}  # fmt: skip
MAIN = (".csv", ".parquet", ".geojson")
"""What the list names; the rest tells what is in them."""
DAY = 86400
SHOWN = 12
"""Rows of the preview."""
FILES, PAGES = 60, 240
"""How often one address may ask for files, a minute; and for pages, in ten."""


@public
@require_safe
def datasets(request: HttpRequest) -> HttpResponse:
    """All open datasets, with their current versions."""
    limit("opendata.pages", address_of(request), tries=PAGES, seconds=600)
    rows = []
    for recipe in catalogue().open_data.values():
        current = current_of(versions_of(recipe.code))
        rows.append({"one": recipe, "current": current, "forms": _forms(recipe, current),
                     "until": last_day_of(recipe, current)})  # fmt: skip
    rows.sort(key=lambda row: row["current"] is None)
    return render(request, "opendata/datasets.html", {"rows": rows})


@public
@require_safe
def dataset(request: HttpRequest, code: str) -> HttpResponse:
    """One: its files, what a row is, how it looks, its columns and versions."""
    limit("opendata.pages", address_of(request), tries=PAGES, seconds=600)
    recipe = recipe_named(code)
    versions = versions_of(code)
    current = current_of(versions)
    here = {
        "one": recipe, "versions": versions, "current": current, "columns": columns_of(recipe),
        "forms": _forms(recipe, current), "budget": budget_of(recipe),
        "row": what_a_row_is(recipe), "until": last_day_of(recipe, current),
        "source": catalogue().datasets[recipe.dataset],
        "off_by": off_by(recipe.privacy.epsilon) if recipe.privacy else None,
        **(_seen(recipe, current) if current else {}),
    }  # fmt: skip
    return render(request, "opendata/dataset.html", here)


@public
@require_safe
def file(request: HttpRequest, code: str, number: int, name: str) -> HttpResponse:
    """A file of a version, as it was published; whoever has it is told that it is the same. One
    that was withdrawn says why, in place of its files (410)."""
    limit("opendata.files", address_of(request), tries=FILES, seconds=60)
    version = Version.objects.filter(dataset=code, number=number).first()
    if version is None or name not in version.files:
        raise Refused(_("没有这个文件。"), code="no_file", status=404)
    if version.state == Version.State.WITHDRAWN:
        said = _("第 %(n)s 版已经撤下：%(why)s")
        raise Refused(said % {"n": number, "why": version.withdrawn_why}, code="withdrawn",
                      status=410)  # fmt: skip
    told = version.files[name]
    mark = f'"{told["sha256"]}"'
    if mark in request.headers.get("If-None-Match", ""):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(files.read(version, name), content_type=_media(told["media_type"]))
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["ETag"] = mark
    answer["Access-Control-Allow-Origin"] = "*"
    if name.endswith(".csv"):
        where = reverse("opendata:file", args=[code, number, f"{name}-metadata.json"])
        answer["Link"] = f'<{where}>; rel="describedby"; type="application/csvm+json"'
    patch_cache_control(answer, public=True, max_age=DAY)
    return answer


@public
@require_safe
def latest(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """The same of the current version, by an address that stays."""
    limit("opendata.files", address_of(request), tries=FILES, seconds=60)
    current = current_of(versions_of(recipe_named(code).code))
    if current is None or name not in current.files:
        raise Refused(_("还没有发布过。"), code="no_version", status=404)
    return redirect("opendata:file", code, current.number, name)


def _media(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _forms(recipe: OpenDataset, version: Version | None) -> list[dict[str, Any]]:
    """The files of a version as people choose among them."""
    return [
        {
            "name": name,
            "words": FORMS[name.removeprefix(recipe.code)],
            "kind": KIND[name.removeprefix(recipe.code)],
            "main": name.removeprefix(recipe.code) in MAIN,
            **told,
        }
        for name, told in (version.files if version else {}).items()
        if name.removeprefix(recipe.code) in FORMS
    ]


def _seen(recipe: OpenDataset, version: Version) -> dict[str, Any]:
    """How its rows look: pictures, and the first ones of the last period."""
    try:
        rows = files.rows_in(recipe, version)
    except files.Altered:
        return {"altered": True}
    last = max((row["period"] for row in rows), default="")
    first = [row for row in rows if row["period"] == last]
    first.sort(key=lambda row: -(row["count"] or 0))
    names = headings(recipe)[1:]
    bars = drawing.bars(rows)
    return {
        "bars": bars, "most": max((bar.count for bar in bars), default=0), "last": last,
        "map": drawing.drawn(recipe, rows), "many": len(rows), "rest": max(0, len(first) - SHOWN),
        "rows": _said(recipe, first[:SHOWN]),
        "headings": names, "box": drawing.BOX,
    }  # fmt: skip


def _said(recipe: OpenDataset, rows: list[Row]) -> list[list[Any]]:
    names = codes_said(recipe)
    return [
        [*(names.get(column, {}).get(row[column.value], row[column.value]) or "—"
           for column in recipe.by[1:]), row["count"]]
        for row in rows
    ]  # fmt: skip
