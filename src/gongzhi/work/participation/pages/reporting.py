"""The resident's report."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.files.photos import Photo
from gongzhi.base.files.sent import photos_of
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.answers import wants_problem
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions import file_request, join_request
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.forms import RequestForm
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.pages.kept import keep, to_matter
from gongzhi.work.participation.selectors import receipt_of, request_categories
from gongzhi.work.participation.selectors.nearby import Nearby, nearby_requests


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("report", tries=30, seconds=600)
def report(request: HttpRequest) -> HttpResponse:
    """The form; a good one leads to its receipt, also when it is sent twice."""
    form = RequestForm(request.POST or None, initial={"idempotency_key": secrets.token_urlsafe(24)})
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        if wants_problem(request):
            raise _refused(form)
        return _page(request, form, status=422)
    neighbours = _not_seen_yet(request, form)
    if neighbours:
        return _page(request, form, neighbours=neighbours)
    receipt = _received(request, form.cleaned_data, photos_of(request))
    if wants_problem(request):
        return keep(JsonResponse({"location": reverse("participation:matter")}), receipt)
    return to_matter(receipt)


@public
@never_cache
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """What neighbours have reported near a pin, for the form to show before it is sent."""
    form = RequestForm(request.GET)
    form.is_valid()
    found = _nearby(form.cleaned_data)
    return render(request, "participation/_similar.html", {"neighbours": found})


def _received(request: HttpRequest, told: dict[str, Any], photos: Sequence[Photo]) -> Receipt:
    """File it or join it to a neighbour's; what was received before is the same again."""
    try:
        return _file_or_join(request, told, photos)
    except IntegrityError:  # sent twice: the first one stands
        code = hashed(code_for(told["idempotency_key"]))
        if not Receipt.objects.filter(code_hash=code).exists():
            raise
        return _the_same(receipt_of(code_for(told["idempotency_key"])), told)


def _file_or_join(request: HttpRequest, told: dict[str, Any], photos: Sequence[Photo]) -> Receipt:
    by, key = Actor.resident(), told["idempotency_key"]
    if request.POST.get("joins"):
        chosen = _chosen(request.POST["joins"], told)
        return join_request(
            by, chosen.matter, words=told["words"], idempotency_key=key, photos=photos
        )
    return file_request(
        by,
        category=told["category"],
        words=told["words"],
        place=told["place"],
        idempotency_key=key,
        point=told["point"],
        accuracy=told["accuracy"],
        answers=told["answers"],
        contact={"name": told["name"], "phone": told["phone"]},
        photos=photos,
    )


def _chosen(number: str, told: dict[str, Any]) -> Nearby:
    """The neighbour's request that was chosen, if it is still one of those nearby."""
    for one in _nearby(told):
        if str(one.matter.pk) == number:
            return one
    raise Refused(
        _("这一件已经办结，或者离您选的位置太远，不能加入。请直接提交您的诉求。"),
        code="can_not_join",
        status=409,
    )


def _nearby(told: dict[str, Any]) -> list[Nearby]:
    if told.get("point") is None or not told.get("category"):
        return []
    return nearby_requests(told["point"], told["category"], told.get("words", ""))


def _not_seen_yet(request: HttpRequest, form: RequestForm) -> list[Nearby]:
    """Neighbours' requests to show first. A page with scripts has shown them already."""
    if request.POST.get("joins") or request.POST.get("looked"):
        return []
    return _nearby(form.cleaned_data)


def _the_same(receipt: Receipt, told: dict[str, Any]) -> Receipt:
    """The first send's receipt; a form that was changed since and sent again is not the same."""
    said = receipt.message.words if receipt.message else receipt.matter.narrative.words
    if said != told["words"].strip():
        raise Refused(
            _("这份表已经提交过了。要反映另一件事，请重新打开“我要反映”。"),
            code="used_before",
            status=409,
        )
    return receipt


def _refused(form: RequestForm) -> Refused:
    fields = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
    return Refused(next(iter(fields.values())), code="form", status=422, fields=fields)


def _page(
    request: HttpRequest,
    form: RequestForm,
    *,
    status: int = 200,
    neighbours: Sequence[Nearby] = (),
) -> HttpResponse:
    here = {
        "form": form,
        "groups": _groups(form),
        "neighbours": neighbours,
        "map": map_of(),
    }
    return render(request, "participation/report.html", here, status=status)


def _groups(form: RequestForm) -> list[dict[str, Any]]:
    """The categories under their headings, with what was chosen and answered."""
    chosen = str(form["category"].value() or "")
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in request_categories():
        questions = [
            (question, form.given_answer(one.code, question.code)) for question in one.questions
        ]
        card = {"item": one, "chosen": one.code == chosen, "questions": questions}
        groups.setdefault(str(one.group), []).append(card)
    return [{"name": name, "cards": cards} for name, cards in groups.items()]
