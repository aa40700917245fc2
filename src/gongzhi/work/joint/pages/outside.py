"""Asking outside, and what the link opens: one question, and a form to answer it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.links import limit_guessing, private
from gongzhi.base.access.marks import public, staff
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.files.sent import photos_of
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.actions import answer_outside, ask_outside, end_link
from gongzhi.work.joint.actions.outside import ASKED
from gongzhi.work.joint.codes import hashed
from gongzhi.work.joint.models import AskedOutside
from gongzhi.work.joint.pages.parts import done
from gongzhi.work.joint.permissions import ANSWER
from gongzhi.work.joint.selectors.outside import require_open_link
from gongzhi.work.joint.selectors.parts import part_named, part_of_matter
from gongzhi.work.participation.permissions import require_open

MINUTES = 600


@staff(ANSWER)
@require_POST
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """Make a link for this matter."""
    # Sealed ones are as if there were nothing, in whatever words.
    rows = Matter.objects.select_related("owner_unit").filter(procedure__in=ASKED)
    matter = get_object_or_404(rows, pk=key)
    page = _page(request, matter)
    told, days = request.POST, request.POST.get("days", "")
    ask_outside(
        by_of(request), matter, told.get("kind", ""), told.get("words", ""),
        days=int(days) if days.isdecimal() else 0,
    )  # fmt: skip
    return done(request, page, _("链接做好了，复制以后发给对方。"))


@staff(ANSWER)
@require_POST
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Take a link back."""
    asked = get_object_or_404(AskedOutside.objects.select_related("matter__owner_unit"), pk=key)
    page = _page(request, asked.matter)
    end_link(by_of(request), asked)
    return done(request, page, _("链接已收回。"))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, code: str) -> HttpResponse:
    """The question; a form to answer it; and thanks. Guessing is throttled, by address."""
    limit_guessing(request, "joint")
    rows = AskedOutside.objects.select_related("matter", "question", "asked_by")
    asked = rows.filter(link_hash=hashed(code)).first()
    if asked is None:
        words = _("没有这个链接，请核对收到的地址是否完整。")
        raise Refused(words, code="no_link", status=404)
    if request.method == "POST":
        limit("joint.answer", address_of(request), tries=20, seconds=MINUTES)
        words, photos = request.POST.get("words", ""), photos_of(request)
        answer_outside(Actor.partner("outside", asked), asked, words, photos=photos)
        return private(redirect("joint:link", code))
    if asked.answered_at is None:
        require_open_link(asked)
    return private(render(request, "joint/outside.html", {"asked": asked, "code": code}))


def _page(request: HttpRequest, matter: Matter) -> str:
    """Where the matter is seen; refused to whoever may not."""
    account = account_of(request)
    if matter.procedure == "resident_request":
        require_open(account, matter)
        return f"/requests/{matter.pk}/"
    part = part_of_matter(account, matter.pk)
    return f"/parts/{part_named(account, part.pk if part else 0).pk}/"
