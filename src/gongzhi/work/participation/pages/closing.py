"""Answering a request: how it ends, what shows it, and hints while one writes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.files.sent import photos_of
from gongzhi.base.matters.course import LONGEST_ELEMENT
from gongzhi.work.participation.actions import answer_request, plan_request
from gongzhi.work.participation.closing import Closing
from gongzhi.work.participation.pages.answering import done, opened
from gongzhi.work.participation.plain_words import hints_for
from gongzhi.work.participation.selectors.alike import alike_answers


@staff("participation.answer_request")
@require_POST
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Tell the resident the outcome, with what shows it, or until when it will be done."""
    told, photos = request.POST, photos_of(request)
    matter, words = opened(request, key), told.get("words", "")
    if told.get("outcome") == "planned":
        promised = told.get("promised", "")
        plan_request(by_of(request), matter, words, promised=promised, photos=photos)
        return done(request, key, _("已告诉居民列入计划。"))
    closing = Closing(
        told.get("outcome", "done"),
        told.get("evidence", ""),
        told.get("evidence_note", ""),
        told.get("because", ""),
    )
    before = told.get("before_parts", "")
    by = by_of(request)
    answer_request(by, matter, words, photos=photos, closing=closing, before_parts=before)
    return done(request, key, _("已答复居民。"))


@staff("participation.answer_request")
@never_cache
@require_POST
def hints(request: HttpRequest, key: int) -> HttpResponse:
    """What could be plainer in the words so far, and whether many got nearly the same. Nothing is
    kept of them."""
    matter, words = opened(request, key), request.POST.get("words", "")[:LONGEST_ELEMENT]
    here = {"hints": hints_for(words), "alike": alike_answers(matter, words)}
    return render(request, "participation/_hints.html", here)
