"""A list of people from a file: chosen, looked at line by line, and written after a yes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.actions import Outcome
from gongzhi.work.workforce.officers.forms import ListForm
from gongzhi.work.workforce.officers.listing import COLUMNS
from gongzhi.work.workforce.officers.models import ReadList
from gongzhi.work.workforce.officers.permissions import KEEP

LARGEST = 4 * 1024 * 1024
SHOWN = 200


@staff(KEEP)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Choose a file; or what would become of the one that was chosen."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.read_people(by_of(request), form.cleaned_data["file"].name, _content(form))
            return redirect("officers:list")
    kept = _kept(request)
    outcomes = _tried(request, kept) if kept and request.method != "POST" else []
    here = {"form": form, "kept": kept, "columns": _titles(), **_counted(outcomes)}
    return render(request, "officers/list.html", here, status=422 if form.is_bound else 200)


def _content(form: ListForm) -> bytes:
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        words = _("文件太大了，最多 4 MB。")
        raise Refused(words, code="file", status=413, fields={"file": words})
    return bytes(file.read())


def _tried(request: HttpRequest, kept: ReadList) -> list[Outcome]:
    try:
        actions.try_people(by_of(request), kept)
    except actions.Tried as tried:
        return tried.outcomes
    return []


def _counted(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """What is wrong first; of many, the first `SHOWN`."""
    order = sorted(outcomes, key=lambda one: (not one.wrong, one.row.number))
    return {
        "outcomes": [(one, one.row.cells.get(one.column, "")) for one in order[:SHOWN]],
        "many": len(outcomes), "left": max(0, len(outcomes) - SHOWN),
        "faulty": sum(bool(one.wrong) for one in outcomes),
        "new": sum(not one.wrong and one.new > 0 for one in outcomes),
        "known": sum(not one.wrong and not one.new for one in outcomes),
    }  # fmt: skip


def _kept(request: HttpRequest) -> ReadList | None:
    return ReadList.objects.filter(pk=account_of(request).pk).first()


@staff(KEEP)
@require_POST
def then(request: HttpRequest, deed: str) -> HttpResponse:
    """Write what can be written; fetch what can't, to mend it; or let it all go."""
    kept = _kept(request)
    if kept is None:
        raise Refused(_("名单不在了，请重新选文件。"), code="no_list", status=409)
    if deed == "write":
        return _write(request, kept)
    if deed == "rest":
        return _rest(_tried(request, kept))
    if deed == "drop":
        actions.drop_people(by_of(request), [kept])
        messages.success(request, _("放弃了，什么也没有登记。"))
        return redirect("officers:list")
    raise Refused(_("没有这个操作。"), code="deed", status=404)


def _write(request: HttpRequest, kept: ReadList) -> HttpResponse:
    outcomes = actions.write_people(by_of(request), kept)
    many = sum(not one.wrong and one.new > 0 for one in outcomes)
    words = ngettext("登记了 %(n)s 行。", "登记了 %(n)s 行。", many) % {"n": many}
    messages.success(request, words)
    return redirect("officers:people")


def _rest(outcomes: Sequence[Outcome]) -> HttpResponse:
    """The rows that can't be written, each with why, as a file that can be mended and read."""
    wrong = [one for one in outcomes if one.wrong]
    titles = dict(zip(COLUMNS, _titles(), strict=True))
    rows = [[*titles.values(), _("第几行"), _("原因")]]
    rows += [
        [*(one.row.cells.get(code, "") for code in titles), str(one.row.number), one.wrong]
        for one in wrong
    ]
    return _csv(rows, "list.rejected.csv")


@staff(KEEP)
@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The headings alone, to be filled in."""
    return _csv([_titles()], "list.csv")


def _titles() -> list[str]:
    return [str(one) for one in COLUMNS.values()]


def _csv(rows: Sequence[Sequence[str]], name: str) -> HttpResponse:
    """With a byte-order mark, so that Excel reads Chinese."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    answer = HttpResponse(
        out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
