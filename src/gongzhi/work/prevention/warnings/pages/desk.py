"""For those who write warnings: what waits, what stands, what was; and the deeds with one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.context import address, live_line
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.warnings import actions
from gongzhi.work.prevention.warnings.content import lacking
from gongzhi.work.prevention.warnings.forms import DraftForm
from gongzhi.work.prevention.warnings.models import Draft, Message, Warning
from gongzhi.work.prevention.warnings.permissions import (
    PUBLISH,
    WRITE,
    may_publish,
    needs_second,
)
from gongzhi.work.prevention.warnings.selectors.finding import no_warning
from gongzhi.work.prevention.warnings.selectors.lists import drafts, ended, hasty, in_force
from gongzhi.work.prevention.warnings.selectors.reach import reach_of
from gongzhi.work.prevention.warnings.words import DRAFTS, TYPES, called, card, in_both

A_PAGE = 20


@staff(WRITE)
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """All warnings. As many queries for a hundred as for one."""
    page = Paginator(ended(), A_PAGE).get_page(request.GET.get("page"))
    here = {
        **live_line(),
        "drafts": [(one, DRAFTS[one.msg_type], called(one.warning, one)) for one in drafts()],
        "active": [(one, called(one)) for one in in_force()],
        "hasty": hasty(),
        "page": page,
        "ended": [(one, called(one)) for one in page.object_list],
        "may_publish": may(request.user, PUBLISH),
        "account": request.user,
        "outside_url": address("alerts:outside"),
    }
    return render(request, "warnings/desk.html", here)


@staff(WRITE)
@never_cache
@require_safe
def warning(request: HttpRequest, key: int) -> HttpResponse:
    """One warning: its draft as residents would see it, what holds, and what was published."""
    found = _warning(key)
    draft = _draft(found)
    said: Draft | Message | None = draft or found.current
    here: dict[str, Any] = {
        "warning": found, "draft": draft, "said": said, "map": map_of(),
        "title": called(found, said) if said else str(found),
        "course": [(m, TYPES[m.msg_type]) for m in _messages(found)],
        "shapes": _shapes(found, said), "reach": reach_of(said) if said else None,
        "previews": _previews(found, said) if said else [],
        "may_endorse": may(request.user, PUBLISH), "account": request.user,
    }  # fmt: skip
    if draft:
        here |= _publishing(account_of(request), draft)
    return render(request, "warnings/warning.html", here)


def _publishing(account: Account, draft: Draft) -> dict[str, Any]:
    """What stands in the way, and who may."""
    names = DraftForm.base_fields
    wrong = lacking(draft, now()).items()
    return {
        "lacking": [(names[name].label or "", words) for name, words in wrong],
        "type": DRAFTS[draft.msg_type],
        "needs_second": needs_second(draft),
        "may_publish": may_publish(account, draft),
        "may_judge": may(account, PUBLISH),
        "own": draft.by_id == account.pk,
    }


@staff(WRITE)
@require_POST
def submit(request: HttpRequest, key: int) -> HttpResponse:
    """Hand the draft to the second person."""
    actions.submit_draft(by_of(request), _the_draft(key))
    return _done(request, key, _("已送审，等另一个人看过发布。"))


@staff(WRITE)
@require_POST
def back(request: HttpRequest, key: int) -> HttpResponse:
    """Back to its writer."""
    actions.send_back(by_of(request), _the_draft(key))
    return _done(request, key, _("已退回。"))


@staff(WRITE)
@require_POST
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Publish what was read; ``emergency``: alone, because lives are at risk."""
    emergency = request.POST.get("emergency") == "lives_at_risk"
    seen = request.POST.get("seen", "")
    actions.publish_draft(by_of(request), _the_draft(key), seen=seen, emergency=emergency)
    return _done(request, key, _("已经发布，居民现在看得到。"))


@staff(WRITE)
@require_POST
def drop(request: HttpRequest, key: int) -> HttpResponse:
    """Give the draft up."""
    found = actions.drop_draft(by_of(request), _the_draft(key))
    messages.success(request, _("草稿已放弃。"))
    return redirect("warnings:warning", key) if found.current_id else redirect("warnings:desk")


@staff(WRITE)
@require_POST
def update(request: HttpRequest, key: int) -> HttpResponse:
    """Begin an update."""
    actions.begin_update(by_of(request), _warning(key))
    return redirect("warnings:write", key)


@staff(WRITE)
@require_POST
def cancel(request: HttpRequest, key: int) -> HttpResponse:
    """Begin the all-clear."""
    actions.begin_cancel(by_of(request), _warning(key))
    return redirect("warnings:write", key)


@staff(PUBLISH)
@require_POST
def endorse(request: HttpRequest, key: int) -> HttpResponse:
    """Say that one has read what was published in an emergency."""
    found = _messages(_warning(key)).filter(emergency=True, endorsement=None).first()
    if found is None:
        raise Refused(_("没有等确认的紧急发布。"), code="nothing_hasty", status=409)
    actions.endorse_emergency(by_of(request), found)
    return _done(request, key, _("已确认。"))


def _previews(found: Warning, said: Draft | Message) -> list[tuple[str, str]]:
    exact = said if isinstance(said, Draft) else None
    return in_both(lambda: render_to_string("warnings/_card.html", {"card": card(found, exact)}))


def _shapes(found: Warning, said: Draft | Message | None) -> dict[str, Any]:
    shape = said.shape if said else None
    level = said.severity if said else "Unknown"
    one = {"type": "Feature", "geometry": shape, "properties": {"level": level}}
    return {"type": "FeatureCollection", "features": [one] if shape else []}


def _messages(found: Warning) -> Any:
    linked = ("writer", "publisher", "endorsement__by")
    return found.messages.select_related(*linked).order_by("-serial")


def _warning(key: int) -> Warning:
    found = Warning.objects.select_related("current").filter(pk=key).first()
    if found is None:
        raise no_warning()
    return found


def _draft(found: Warning) -> Draft | None:
    draft = Draft.objects.select_related("by").filter(warning=found).first()
    if draft:
        draft.warning = found
    return draft


def _the_draft(key: int) -> Draft:
    draft = _draft(_warning(key))
    if draft is None:
        words = _("这份草稿已经发布或者放弃了，请刷新页面。")
        raise Refused(words, code="no_draft", status=409)
    return draft


def _done(request: HttpRequest, key: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("warnings:warning", key)
