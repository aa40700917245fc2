"""The end of a form: its papers, a last look at everything, and sending it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.participation.pages.kept import kept_receipt, to_matter
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.forms import SendForm
from gongzhi.work.public_services.models import Unfinished
from gongzhi.work.public_services.pages.filling import (
    RESIDENT,
    around,
    at_form,
    no_form,
    told_before,
)
from gongzhi.work.public_services.pages.kept_form import kept_form, let_go
from gongzhi.work.public_services.selectors.facts import in_part, looked_up
from gongzhi.work.public_services.selectors.forms import (
    content_of,
    fields_on,
    pages_of,
    service_of,
    told_in,
    wanted_of,
)
from gongzhi.work.public_services.selectors.services import office_named, offices_of
from gongzhi.work.public_services.uploads import received


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("services.upload", tries=60, seconds=600)
def papers(request: HttpRequest) -> HttpResponse:
    """The materials: what to upload, what to bring, and what we have ourselves."""
    form = kept_form(request)
    if form is None:
        return no_form()
    wrong: Refused | None = None
    if request.method == "POST":
        try:
            _upload(request, form)
            return redirect("public_services:papers")
        except Refused as refused:
            if refused.status not in (413, 422):
                raise
            wrong = refused
    wanted = wanted_of(form)
    here = {
        **around(form),
        "uploads": [one for one in wanted if one.item.by_upload],
        "brought": [one for one in wanted if one.item.is_asked_for and not one.item.by_upload],
        "held": [one for one in wanted if not one.item.is_asked_for],
        "wrong": wrong,
        "wrong_at": request.POST.get("material", "") if wrong else "",
        "before": [one.section.code for one in pages_of(form)][-1],
    }
    return render(request, "public_services/papers.html", here, status=422 if wrong else 200)


@public
@require_POST
@throttled("services.drop", tries=60, seconds=600)
def drop(request: HttpRequest, key: int) -> HttpResponse:
    """Take an upload away again."""
    actions.drop_material(RESIDENT, at_form(request), key)
    return redirect("public_services:papers")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("services.send", tries=20, seconds=600)
def send(request: HttpRequest) -> HttpResponse:
    """Everything once more, and off it goes; a form that was sent leads to its receipt."""
    form, receipt = kept_form(request), kept_receipt(request)
    if form is None and receipt is not None:
        return to_matter(receipt)
    if form is None:
        return no_form()
    service = service_of(form)
    offices = offices_of(service)
    ask = SendForm(offices, request.POST or None, initial={"filled_by": "self"})
    if request.method == "POST" and ask.is_valid():
        office = office_named(service, ask.cleaned_data["office"])
        with refused_in(ask):
            sent = actions.send(RESIDENT, form, office, filled_by=ask.cleaned_data["filled_by"])
            return let_go(to_matter(sent))
    here = {
        **around(form), "ask": ask, "told": told_pages(form), "wanted": wanted_of(form),
        "fees": service.fees_for(told_in(form)), "undone": _undone(form),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "public_services/send.html", here, status=status)


def _upload(request: HttpRequest, form: Unfinished) -> None:
    sent = request.FILES.get("file")
    if sent is None or not sent.name:
        words = _("请先选一张照片或者一个 PDF。")
        raise Refused(words, code="upload", status=422, fields={"file": words})
    actions.keep_material(RESIDENT, form, request.POST.get("material", ""), received(sent))


def told_pages(form: Unfinished) -> list[tuple[str, str, list[tuple[str, str, str, bool]]]]:
    """Each page (code, heading) with what was filled in, and where that was told before."""
    service, told, content = service_of(form), told_in(form), content_of(form)
    shown, sources, kept = [], told_before(form), looked_up(form)
    for page in pages_of(form):
        lines = []
        for field in fields_on(service, page.section, told):
            text = content.get(field.code, "")
            choice = field.choice(text)
            if field.code in kept:
                choice, text = None, in_part(field, text)
            source, changed = sources.get(field.code, ("", False))
            lines.append((str(field.name), str(choice) if choice else text, source, changed))
        shown.append((page.section.code, str(page.section.name), lines))
    return shown


def _undone(form: Unfinished) -> list[tuple[str, str]]:
    """Pages on which something is missing still."""
    found = [one.section for one in pages_of(form) if not one.done]
    return [(one.code, str(one.name)) for one in found]
