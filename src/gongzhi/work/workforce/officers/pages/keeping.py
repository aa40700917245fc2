"""What personnel writes down of posts: what there are, who takes and who leaves them."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.forms import PostForm
from gongzhi.work.workforce.officers.models import Holding, Post
from gongzhi.work.workforce.officers.permissions import KEEP
from gongzhi.work.workforce.officers.selectors import units


@staff(KEEP)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_post(request: HttpRequest) -> HttpResponse:
    """A post for a unit (``?unit=``)."""
    unit = units.unit_for(account_of(request), request.GET.get("unit", ""))
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.open_post(by_of(request), unit, actions.NewPost(**form.cleaned_data))
            messages.success(request, _("岗位设好了。"))
            return _to(unit.pk)
    status = 422 if form.is_bound else 200
    return render(request, "officers/post.html", {"form": form, "unit": unit}, status=status)


@staff(KEEP)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, key: int) -> HttpResponse:
    """Change a post."""
    one = _post(request, key)
    fields = ("name_zh", "name_en", "line", "places", "sensitive", "skills")
    form = PostForm(request.POST or None, initial={name: getattr(one, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.change_post(by_of(request), one, actions.NewPost(**form.cleaned_data))
            messages.success(request, _("改好了。"))
            return _to(one.unit_id)
    here = {"form": form, "unit": one.unit, "post": one}
    return render(request, "officers/post.html", here, status=422 if form.is_bound else 200)


@staff(KEEP)
@require_POST
def close(request: HttpRequest, key: int) -> HttpResponse:
    """There is no such post any more."""
    one = _post(request, key)
    actions.close_post(by_of(request), one)
    messages.success(request, _("岗位撤销了。"))
    return _to(one.unit_id)


@staff(KEEP)
@require_POST
def take(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody, by user name, takes the post."""
    one = _post(request, key)
    name = request.POST.get("username", "").strip()
    whose = Account.objects.filter(username=name, is_active=True).first()
    if whose is None:
        words = _("没有“%(name)s”这个用户名。") % {"name": name[:40]}
        raise Refused(words, code="username", status=422, fields={"username": words})
    share = request.POST.get("share", "100")
    actions.take_post(
        by_of(request), one, whose, since=_day(request, "since"),
        share=int(share) if share.isdecimal() else 0,
    )  # fmt: skip
    messages.success(request, _("到岗登记好了。"))
    return _to(one.unit_id)


@staff(KEEP)
@require_POST
def leave(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody leaves a post."""
    held = Holding.objects.select_related("post__unit").filter(pk=key).first()
    if held is None:
        raise Refused(_("没有这个任职。"), code="no_such_holding", status=404)
    actions.leave_post(by_of(request), held, on=_day(request, "on"))
    messages.success(request, _("离岗登记好了。"))
    return _to(held.post.unit_id)


def _post(request: HttpRequest, key: int) -> Post:
    found = Post.objects.select_related("unit__parent").filter(pk=key).first()
    if found is None or found.unit not in units.units_for(account_of(request)):
        raise Refused(_("没有这个岗位，或者不归您管。"), code="no_such_post", status=404)
    return found


def _day(request: HttpRequest, name: str) -> date | None:
    told = request.POST.get(name, "")
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as wrong:
        words = _("请写是哪一天。")
        raise Refused(words, code=name, status=422, fields={name: words}) from wrong


def _to(unit: int) -> HttpResponse:
    return redirect(f"{reverse('officers:people')}?unit={unit}")
