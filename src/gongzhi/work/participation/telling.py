"""How residents' part reads on a matter's timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells


@tells("participation.request_filed")
def _filed(matter: Matter, fields: Fields) -> Line:
    return Line("")  # the opening says it already


@tells("participation.request_joined")
def _joined(matter: Matter, fields: Fields) -> Line:
    return Line(_("又有一位居民反映"), "people", public=True)


@tells("participation.outcome_judged")
def _judged(matter: Matter, fields: Fields) -> Line:
    if fields["solved"]:
        return Line(_("居民说解决了"), "smile", "good", public=True)
    return Line(_("居民说还没解决"), "sad", "warn", public=True)


@tells("participation.request_lapsed")
def _lapsed(matter: Matter, fields: Fields) -> Line:
    said = _("答复后 %(n)s 天没有回应，系统自动办结；没解决随时可以重新办理")
    return Line(said % {"n": fields["days"]}, "clock", public=True)


@tells("participation.words_erased")
def _erased(matter: Matter, fields: Fields) -> Line:
    return Line(_("按居民要求清除了内容和联系方式"), "trash", public=True)


@tells("participation.handling_rated")
def _rated(matter: Matter, fields: Fields) -> Line:
    return Line(_("居民评了 %(n)s 星") % {"n": fields["stars"]}, "star", public=True)
