"""How requests to partners read on an incident's timeline."""

from __future__ import annotations

from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.base.ui.parts import Tone
from gongzhi.base.ui.spans import moment
from gongzhi.work.linked.selectors.partners import name_of
from gongzhi.work.linked.states import Reason, State, Via


@tells("linked.partner_asked")
def _asked(matter: Matter, fields: Fields) -> Line:
    known = catalogue().partners.get(fields["partner"])
    offers = [known.offer(code) for code in fields.get("offers", ())] if known else []
    what = _("、").join(str(one) for one in offers if one)
    title = _("请求%(partner)s联动") % {"partner": _name(matter, fields)}
    return Line(_("%(title)s：%(what)s") % {"title": title, "what": what} if what else title,
                "bell", "note")  # fmt: skip


@tells("linked.request_answered")
def _answered(matter: Matter, fields: Fields) -> Line:
    answer = State(fields["answer"])
    title = _title(answer) % {"partner": _name(matter, fields)}
    reason = Reason(fields["reason"]).label if "reason" in fields else ""
    tone: Tone = {State.REFUSED: "bad", State.DONE: "good"}.get(answer, "plain")  # type: ignore[assignment]
    by_phone = _("电话里说的") if fields["via"] == Via.PHONE else ""
    words = _("，").join(str(one) for one in (reason, by_phone) if one)
    icon = {State.THERE: "pin", State.UNDER_WAY: "car", State.REFUSED: "close"}.get(answer, "check")
    return Line(title, icon, tone, words)


@tells("linked.answer_without_effect")
def _without_effect(matter: Matter, fields: Fields) -> Line:
    return Line("")  # on record; nobody has to read it here


@tells("linked.answer_overdue")
def _overdue(matter: Matter, fields: Fields) -> Line:
    asked = fields["state"] == "asked"
    said = _("%(partner)s没有按时答复") if asked else _("%(partner)s没有按时到场")
    due = moment(datetime.fromisoformat(fields["due_at"]))
    return Line(said % {"partner": _name(matter, fields)}, "late", "bad",
                _("到期时间：%(time)s") % {"time": due})  # fmt: skip


@tells("linked.partner_phoned")
def _phoned(matter: Matter, fields: Fields) -> Line:
    return Line(_("已电话告知%(partner)s") % {"partner": _name(matter, fields)}, "phone")


@tells("linked.request_cancelled")
def _cancelled(matter: Matter, fields: Fields) -> Line:
    reasons = {"incident_over": _("警情已经结束"), "asked_twice": _("合并的警情里已经请求过")}
    title = _("取消对%(partner)s的请求") % {"partner": _name(matter, fields)}
    return Line(title, "undo", "plain", reasons.get(fields["reason"], ""))


@tells("linked.request_moved")
def _moved(matter: Matter, fields: Fields) -> Line:
    return Line(_("%(partner)s的联动转到这件") % {"partner": _name(matter, fields)}, "merge")


@tells("linked.link_made")
def _linked(matter: Matter, fields: Fields) -> Line:
    return Line(_("给%(partner)s开了链接") % {"partner": _name(matter, fields)}, "link")


@tells("linked.contact_opened")
def _contact(matter: Matter, fields: Fields) -> Line:
    return Line(_("%(partner)s查看了联系方式") % {"partner": _name(matter, fields)}, "eye", "warn")


def _title(answer: State) -> str:
    return {
        State.ACCEPTED: _("%(partner)s已受理"),
        State.UNDER_WAY: _("%(partner)s出发"),
        State.THERE: _("%(partner)s到场"),
        State.DONE: _("%(partner)s办完"),
    }.get(answer, _("%(partner)s无法协助"))


def _name(matter: Matter, fields: Fields) -> str:
    """What the partner is called; all of an incident's requests are read once."""
    if "linked_requests" not in getattr(matter, "_prefetched_objects_cache", {}):
        prefetch_related_objects([matter], "linked_requests__unit")
    names = {one.pk: name_of(one) for one in matter.linked_requests.all()}
    return names.get(fields["request"]) or str(fields["partner"])
