"""The counter's page for votes: look at the paper, give a code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.proposals.actions import give_right
from gongzhi.work.proposals.forms import RightForm
from gongzhi.work.proposals.permissions import GIVE
from gongzhi.work.proposals.selectors.votes import running


@staff(GIVE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give somebody who shows a paper the right to one ballot. The code is shown once."""
    votes = running()
    form = RightForm(request.POST or None, votes=votes)
    code, vote = "", None
    if form.is_valid():
        with refused_in(form):
            vote = form.cleaned_data["vote"]
            code = give_right(by_of(request), vote, form.cleaned_data["number"])
    here = {"votes": votes, "form": form, "code": code, "vote": vote}
    return render(request, "proposals/counter.html", here, status=422 if form.errors else 200)
