"""Photos that come with a form or from a program."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.files.photos import Photo, make_anew
from gongzhi.base.ui.errors import Refused

MOST = 4


def photos_of(request: HttpRequest) -> list[Photo]:
    """The photos sent as ``photos``, made anew before any transaction begins. Refuses (422) more
    than `MOST`, and what is no photo."""
    sent = [one for one in request.FILES.getlist("photos") if one.name]
    if len(sent) > MOST:
        wrong = _("最多放 %(n)s 张照片，请去掉几张。") % {"n": MOST}
        raise Refused(wrong, code="too_many_photos", status=422, fields={"photos": wrong})
    return [make_anew(one) for one in sent]
