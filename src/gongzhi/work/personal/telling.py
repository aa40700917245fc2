"""How requests about people's own data read on their timeline, and what they are about."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.work.personal.models import PersonalRequest


@tells("personal.asked")
def _asked(matter: Matter, fields: Fields) -> Line:
    return Line("")  # the opening says it already


@tells("personal.file_opened")
def _opened(matter: Matter, fields: Fields) -> Line:
    return Line("")


@tells("personal.copy_taken")
def _taken(matter: Matter, fields: Fields) -> Line:
    return Line(_("本人下载了自己的信息"), "download", public=True)


@tells("personal.carried_out")
def _carried_out(matter: Matter, fields: Fields) -> Line:
    label = PersonalRequest.Asks(str(fields["asks"])).label
    return Line(_("已经照办：%(asks)s") % {"asks": label}, "check", public=True)


@tells("personal.words_erased")
def _erased(matter: Matter, fields: Fields) -> Line:
    return Line(_("请求里写的内容也清除了"), "trash", public=True)
