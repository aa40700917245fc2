"""Recusal beside a case: asked for by oneself, decided by the head."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import part_in
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.workforce.integrity import actions
from gongzhi.work.workforce.integrity.forms import RecusalForm
from gongzhi.work.workforce.integrity.models import Recusal
from gongzhi.work.workforce.integrity.permissions import DECIDE
from gongzhi.work.workforce.integrity.selectors.recusals import of_matter


def beside_case(request: HttpRequest, matter: int) -> Drawn | None:
    """Recusals of a case, for whoever may read it (the page has asked)."""
    account = request.user
    if not isinstance(account, Account):
        return None
    found = of_matter(matter)
    here = {
        "recusals": found, "matter": matter, "form": RecusalForm(),
        "decides": may(account, DECIDE), "account": account,
        "can_ask": part_in(account, matter) == "works"
        and not any(one.account_id == account.pk and one.state != "refused" for one in found),
    }  # fmt: skip
    return "integrity/_recusal.html", here


@staff()
@require_POST
def ask(request: HttpRequest, matter: int) -> HttpResponse:
    """Ask that oneself is kept from the case."""
    found = Matter.objects.filter(pk=matter).first()
    account = account_of(request)
    if found is None or part_in(account, matter) not in ("reads", "works"):
        raise Refused(_("没有这个案件。"), code="no_such_case", status=404)
    ground, words = request.POST.get("ground", ""), request.POST.get("words", "")
    actions.ask_recusal(by_of(request), found, account, ground, words)
    messages.success(request, _("提出了。决定以前照常办。"))
    return redirect(f"/cases/{matter}/")


@staff(DECIDE)
@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Keep somebody from it, or not."""
    one = Recusal.objects.filter(pk=key).first()
    if one is None or part_in(account_of(request), one.matter_id) not in ("reads", "works"):
        raise Refused(_("没有这个回避申请。"), code="no_such_recusal", status=404)
    grant = request.POST.get("grant") == "yes"
    actions.decide_recusal(by_of(request), one, grant=grant)
    messages.success(request, _("决定回避：他办不了这个案件的事了。") if grant else _("不用回避。"))
    return redirect(f"/cases/{one.matter_id}/")
