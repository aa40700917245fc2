"""Somebody's details: closed until a purpose is said, and who has looked."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.people import actions
from gongzhi.base.people.fields import labelled
from gongzhi.base.people.forms import ErasureForm, PurposeForm
from gongzhi.base.people.models import Person
from gongzhi.base.people.permissions import is_known_to, require_concern
from gongzhi.base.people.purposes import Purpose
from gongzhi.base.people.selectors import all_reads, looks, looks_at
from gongzhi.base.ui.forms import refused_in


@staff("people.read_person")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, key: int) -> HttpResponse:
    """Asks what for, then shows name and phone; a page, or for htmx the piece that changes.

    Other pages include ``people/_contact.html`` with ``person`` and `PurposeForm` as ``form``.
    """
    by = by_of(request)
    person = _person(request, key)
    require_concern(by, person)
    form = PurposeForm(request.POST or None)
    here: dict[str, object] = {"person": person, "form": form}
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        with refused_in(form):
            opened = actions.read_person(by, person, purpose=purpose)
            seen = {"purpose": Purpose(purpose).label, "at": timezone.now()}
            here |= {"fields": labelled(opened, person), **seen}
    template = (
        "people/_contact.html" if request.headers.get("HX-Request") else "people/contact.html"
    )
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, here, status=status)


@staff("people.view_reads")
@require_safe
def reads(request: HttpRequest) -> HttpResponse:
    """Who looked at whose details, the latest first."""
    page = Paginator(all_reads(), 25).get_page(request.GET.get("page"))
    return render(request, "people/reads.html", {"page": page, "looks": looks(page)})


@staff("people.view_reads")
@never_cache
@require_safe
def person(request: HttpRequest, key: int) -> HttpResponse:
    """What is kept of one person, without opening it, and everybody who looked."""
    found = _person(request, key)
    here = {
        "person": found,
        "looks": looks_at(found),
        "form": ErasureForm() if may(request.user, "people.erase_person") else None,
    }
    return render(request, "people/person.html", here)


@staff("people.erase_person", again=True)
@require_POST
def erase(request: HttpRequest, key: int) -> HttpResponse:
    """Forget who it was."""
    by = by_of(request)
    actions.erase_person(by, _person(request, key), reason=request.POST.get("reason", ""))
    messages.success(request, _("已清除。事情的经过和日志保留，但再也看不到是谁。"))
    return redirect("people:person", key)


def _person(request: HttpRequest, key: int) -> Person:
    """The person; not found, too, where this account must not know of their matter."""
    found = get_object_or_404(Person.objects.select_related("party__matter"), pk=key)
    if not is_known_to(account_of(request), found):
        raise Http404
    return found
