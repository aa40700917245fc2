"""The steward's pages: what must go by its time, and the record of processing (PIPL art. 56)."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.events import declared_events
from gongzhi.watch.exchange.datasets.pages import SENSITIVITY
from gongzhi.watch.exchange.datasets.selectors import Told
from gongzhi.watch.retention.selectors import (
    assessed,
    by_person,
    holds,
    limits,
    unassessed,
    without_limit,
)
from gongzhi.watch.retention.selectors import (
    processing as processed,
)

STEWARD = "people.view_reads"


@staff(STEWARD)
@never_cache
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Each limit with what is past it, what went and when; what the law holds; what people had
    erased."""
    lines = limits()
    labels = {kind: one.label for kind, one in declared_events().items()}
    here = {
        "lines": lines,
        "late": [one for one in lines if one.any_overdue],
        "holds": holds(),
        "decided": [(labels.get(kind, kind), n, at) for kind, n, at in by_person()],
        "others": without_limit(),
    }
    return render(request, "retention/kept.html", here)


@staff(STEWARD)
@never_cache
@require_safe
def processing(request: HttpRequest) -> HttpResponse:
    """What is processed of persons: generated from the data catalogue, so that it is never typed
    twice and never lags behind."""
    told = [(one, *SENSITIVITY[one.dataset.sensitivity]) for one in processed()]
    here = {"told": told, "unassessed": unassessed(), "assessed": assessed()}
    return render(request, "retention/processing.html", here)


@staff(STEWARD)
@never_cache
@require_safe
def processing_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table, to hand to whoever inspects."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([
        _("数据"), _("级别"), _("处理目的"), _("依据"), _("有哪些项目"), _("谁能看"), _("来自"),
        _("去向"), _("保存多久"), _("保护措施"), _("谁负责"),
    ])  # fmt: skip
    for one in processed():
        writer.writerow(_row(one))
    answer = HttpResponse(
        "\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8"
    )  # fmt: skip
    answer["Content-Disposition"] = 'attachment; filename="processing.csv"'
    return answer


def _row(one: Told) -> list[str]:
    between = _("、")
    held = one.dataset
    fields = (f"{table.label}.{field.name}" for table in one.tables for field in table.fields)
    keepings = [str(catalogue().keeping[code].name) for code in held.keepings]
    return [
        str(held.name), str(SENSITIVITY[held.sensitivity][0]), str(held.purpose),
        between.join(str(basis) for basis in held.basis),
        between.join(fields),
        between.join(str(role) for role in one.roles) or _("没有岗位能直接看，只由平台使用"),
        between.join(str(other.name) for other in one.made_from),
        between.join(str(other.name) for other in one.feeds),
        between.join([str(held.keep), *keepings]), between.join(measures(one)), str(held.owner),
    ]  # fmt: skip


def measures(one: Told) -> list[str]:
    """How it is protected, as the tables themselves show."""
    found = [_("按岗位授权，每次查看有记录")] if one.rights else [_("没有页面显示")]
    if any(table.sealed for table in one.tables):
        found.append(_("加密存放"))
    return found
