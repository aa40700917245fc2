"""How an officer's matter reads on its own timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.work.workforce.rights.states import Sort


@tells("rights.reported")
def _reported(matter: Matter, fields: Fields) -> Line:
    return Line("")  # the opening says it already


@tells("rights.help_asked")
def _asked(matter: Matter, fields: Fields) -> Line:
    return Line(_("要%(help)s") % {"help": Sort(fields["sort"]).label}, "question")


@tells("rights.help_arranged")
def _arranged(matter: Matter, fields: Fields) -> Line:
    return Line(_("安排了%(help)s") % {"help": Sort(fields["sort"]).label}, "check")


@tells("rights.shown_to_head")
def _shown(matter: Matter, fields: Fields) -> Line:
    words = _("让单位负责人知道") if fields["shown"] else _("不再让单位负责人知道")
    return Line(words, "eye")


@tells("rights.words_added")
def _added(matter: Matter, fields: Fields) -> Line:
    return Line(_("补充了情况"), "chat")
