"""Topics: what many residents report at once, so that one answer can do for all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.context import live_line
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.participation.actions import merge_requests
from gongzhi.work.participation.permissions import may_open, oversees, own_requests
from gongzhi.work.prevention.linking import actions
from gongzhi.work.prevention.linking.counts import counted
from gongzhi.work.prevention.linking.models import Series
from gongzhi.work.prevention.linking.permissions import ANSWER, TOPICS
from gongzhi.work.prevention.linking.selectors import Shown, shown, topics_for
from gongzhi.work.prevention.linking.states import REJECTING

A_PAGE = 15
STEP = "matters.take_step"


@staff(TOPICS)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Topics in which this unit has something to answer, those of most people first."""
    account = account_of(request)
    page = Paginator(topics_for(account), A_PAGE).get_page(request.GET.get("page"))
    found = shown(list(page.object_list))
    own = set(own_requests(account).filter(
        pk__in=[matter.pk for told in found for matter in told.matters]
    ).values_list("pk", flat=True))  # fmt: skip
    here = {
        **live_line(),
        "page": page, "topics": [_card(told, own) for told in found],
        "may_join": may(account, STEP), "may_part": may(account, ANSWER),
        "rejecting": REJECTING.items(), "all": oversees(account),
    }  # fmt: skip
    return render(request, "linking/topics.html", here)


def _card(told: Shown, own: set[int]) -> dict[str, Any]:
    """Own requests with the one that the others can join: the first that is still open. Of other
    units' requests only how many there are, and that not when it is a small number."""
    mine = [one for one in told.matters if one.pk in own]
    into = next((one for one in mine if one.closed_at is None), None)
    others = len(told.matters) - len(mine)
    to_join = [one for one in mine if one.closed_at is None and one != into]
    return {
        "told": told, "mine": mine, "into": into if to_join else None,
        "others": counted(others) if others else "",
    }  # fmt: skip


@staff(STEP)
@require_POST
def join(request: HttpRequest, key: int) -> HttpResponse:
    """Make one request part of the topic's first open one: who follows it is answered there."""
    told, account = _told(key), account_of(request)
    chosen = {one.pk: one for one in told.matters}
    matter = _chosen(account, chosen, request.POST.get("matter", ""))
    into = _chosen(account, chosen, request.POST.get("into", ""))
    merge_requests(Actor.account(account), matter, into)
    words = _("已并入 %(number)s，答复时两边的居民都收得到。")
    messages.success(request, words % {"number": into.number})
    return redirect("linking:topics")


@staff(ANSWER)
@require_POST
def part(request: HttpRequest, key: int) -> HttpResponse:
    """Say that they are not about one thing."""
    told, account = _told(key), account_of(request)
    if not any(may_open(account, one) for one in told.matters):
        raise _none()
    reason = request.POST.get("reason", "")
    actions.reject_series(Actor.account(account), told.series, reason=reason)
    messages.success(request, _("已分开，不会再提示这几件。"))
    return redirect("linking:topics")


def _chosen(account: Account, among: dict[int, Matter], key: str) -> Matter:
    found = among.get(id_in(key))
    if found is None or not may_open(account, found):
        raise _none()
    return found


def _told(key: int) -> Shown:
    found = Series.objects.filter(topic=True, pk=key).first()
    if found is None:
        raise _none()
    return shown([found])[0]


def _none() -> Refused:
    words = _("没有这件诉求，或者它已经并入别的了。请刷新页面。")
    return Refused(words, code="no_topic", status=404)
