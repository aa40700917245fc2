"""Keys for programs: who has one, what it opens, giving and taking back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access import actions, selectors
from gongzhi.base.access.actions.keys import BOTH
from gongzhi.base.access.asker import by_of
from gongzhi.base.access.forms import KeyForm
from gongzhi.base.access.marks import staff
from gongzhi.base.access.models import ApiKey
from gongzhi.base.ui.forms import refused_in


@staff("access.manage_keys", again=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """All keys, and a form for one more; a new one is shown this once."""
    form = KeyForm(request.POST or None)
    here: dict[str, object] = {"both_days": BOTH.days}
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            key, secret = actions.issue_key(by_of(request), **form.issued())
            here |= {"issued": key, "secret": secret}
            form = KeyForm()
    here |= {"form": form, "rows": [(key, selectors.allowed(key)) for key in selectors.all_keys()]}
    return render(request, "access/keys.html", here, status=422 if form.is_bound else 200)


@staff("access.manage_keys", again=True)
@never_cache
@require_POST
def rotate(request: HttpRequest, key: int) -> HttpResponse:
    """Give the program another key, shown this once; the old one opens for some days more."""
    found, secret = actions.rotate_key(by_of(request), get_object_or_404(ApiKey, pk=key))
    here = {"issued": found, "secret": secret, "both_days": BOTH.days, "form": KeyForm()}
    here["rows"] = [(one, selectors.allowed(one)) for one in selectors.all_keys()]
    return render(request, "access/keys.html", here)


@staff("access.manage_keys", again=True)
@require_POST
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """Take a key back."""
    actions.revoke_key(by_of(request), get_object_or_404(ApiKey, pk=key))
    messages.success(request, _("密钥已收回，从现在起打不开任何接口。"))
    return redirect("access:keys")
