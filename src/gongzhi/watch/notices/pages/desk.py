"""How notices go, for whoever oversees them; and what each says."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices.actions import send_again
from gongzhi.watch.notices.models import Notice
from gongzhi.watch.notices.permissions import OVERSEE
from gongzhi.watch.notices.selectors import counts, dead, failing_lanes, latest, name_of
from gongzhi.watch.notices.states import Channel
from gongzhi.watch.notices.texts import Written, sample, written
from gongzhi.watch.notices.words import why


@staff(OVERSEE)
@never_cache
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Counts, what could not be sent, and the latest; to whom stands nowhere."""
    told = latest()
    here = {
        "counts": counts(),
        "lanes": [
            (Channel(one.name.partition(":")[0]).label, why(one.failure), one.again_at)
            for one in failing_lanes()
        ],
        "dead": [(one, name_of(one.template), why(one.failure)) for one in dead()],
        "latest": [(one, name_of(one.template)) for one in told],
    }
    return render(request, "notices/notices.html", here)


@staff(OVERSEE)
@require_POST
def again(request: HttpRequest, key: int) -> HttpResponse:
    """Send one again that was given up."""
    found = Notice.objects.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这条消息。"), code="no_notice", status=404)
    send_again(by_of(request), found)
    messages.success(request, _("马上再发一次。"))
    return redirect("notices:notices")


@staff(OVERSEE)
@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """What each notice says, in both languages, with made-up fields."""
    rows = [
        (text, [(tag, _said(text.code, code)) for code, tag in LANGUAGES])
        for text in catalogue().notices.values()
    ]
    return render(request, "notices/texts.html", {"rows": rows})


LANGUAGES = (("zh-hans", "zh-Hans"), ("en", "en"))


def _said(code: str, language: str) -> Written:
    with override(language):
        return written(code, sample(catalogue().notices[code]), language)
