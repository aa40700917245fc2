"""How residents' part reads on a matter's timeline."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import VOICES, Fields, Line, tells


@tells("participation.request_filed")
def _filed(matter: Matter, fields: Fields) -> Line:
    return Line("")  # the opening says it already


@tells("participation.request_joined")
def _joined(matter: Matter, fields: Fields) -> Line:
    return Line(_("又有一位居民反映"), "people", public=True, fold=VOICES)


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
    said = _("居民评了 %(n)s 星") % {"n": fields["stars"]}
    return Line(said, "star", public=True, fold="stars")


@tells("participation.suggestion_judged")
def _suggestion(matter: Matter, fields: Fields) -> Line:
    return Line("")  # the category's own line says what became of it


@tells("participation.reminded")
def _reminded(matter: Matter, fields: Fields) -> Line:
    if fields["resident"]:
        return Line(_("居民催了一次"), "bell", "warn", public=True)
    return Line(_("统筹单位催办"), "bell", "warn", public=True)


@tells("participation.promise_made")
def _promised(matter: Matter, fields: Fields) -> Line:
    until = timezone.localdate(datetime.fromisoformat(fields["planned_at"])) - timedelta(days=1)
    said = _("答应 %(day)s 以前办好") % {"day": until.isoformat()}
    return Line(said, "calendar", "note", public=True)


@tells("participation.answer_alike")
def _alike(matter: Matter, fields: Fields) -> Line:
    said = _("这次答复和本单位另外 %(n)s 件几乎一样") % {"n": fields["alike"]}
    return Line(said, "copy", "warn")
