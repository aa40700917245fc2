"""How what was done in a case reads on its timeline."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.matters.timeline import Fields, Line, tells, whose
from gongzhi.base.people.models import Account
from gongzhi.base.ui.spans import moment
from gongzhi.work.cases.models import Case


@tells("cases.case_opened")
def _opened(matter: Matter, fields: Fields) -> Line:
    officers = _("主办 %(lead)s，协办 %(second)s") % {
        "lead": _name(matter, fields["lead"]),
        "second": _name(matter, fields["second"]),
    }
    return Line(_("开立案件"), "clipboard", "note", officers)


@tells("cases.case_handed_over")
def _handed_over(matter: Matter, fields: Fields) -> Line:
    words = _("主办 %(lead)s，协办 %(second)s") % {
        "lead": _name(matter, fields["lead"]),
        "second": _name(matter, fields["second"]),
    }
    return Line(_("案件移交"), "hand-over", "warn", words)


@tells("cases.incident_led_on")
def _led_on(matter: Matter, fields: Fields) -> Line:
    return Line(_("转为案件办理"), "clipboard", "note", public=True)


@tells("cases.party_added")
def _party(matter: Matter, fields: Fields) -> Line:
    who = whose(matter, fields) or Party.Role(fields["role"]).label
    return Line(_("登记当事人：%(who)s") % {"who": who}, "person")


@tells("cases.team_joined")
def _joined(matter: Matter, fields: Fields) -> Line:
    return Line(_("%(who)s 加入联合办案") % {"who": _name(matter, fields["account"])}, "people")


@tells("cases.team_left")
def _left(matter: Matter, fields: Fields) -> Line:
    return Line(_("%(who)s 退出联合办案") % {"who": _name(matter, fields["account"])}, "people")


@tells("cases.task_given")
def _task(matter: Matter, fields: Fields) -> Line:
    due = moment(datetime.fromisoformat(fields["due_at"]))
    words = _("%(who)s，%(due)s 前") % {"who": _name(matter, fields["account"]), "due": due}
    return Line(_("分派任务"), "flag", "plain", words)


@tells("cases.deed_begun")
def _begun(matter: Matter, fields: Fields) -> Line:
    item = matter.version_item.deed(fields["deed"])
    if item is None:
        return Line(fields["deed"])
    icon = "lock" if item.custody else "hourglass"
    return Line(str(item.name), icon, "note", whose(matter, fields))


@tells("cases.deed_ended")
def _ended(matter: Matter, fields: Fields) -> Line:
    item = matter.version_item.deed(fields["deed"])
    if item is None or item.end is None:
        return Line(fields["deed"])
    said, who = _("“%(deed)s”结束") % {"deed": item.name}, whose(matter, fields)
    words = _("%(who)s：%(what)s") % {"who": who, "what": said} if who else said
    return Line(str(item.end), "check", "plain", words)


@tells("cases.case_joined")
def _into(matter: Matter, fields: Fields) -> Line:
    return Line(_("并入 %(number)s") % {"number": _number(fields["into"])}, "merge")


@tells("cases.case_took_in")
def _took_in(matter: Matter, fields: Fields) -> Line:
    return Line(_("并入了 %(number)s") % {"number": _number(fields["other"])}, "merge")


@tells("cases.case_split")
def _split(matter: Matter, fields: Fields) -> Line:
    return Line(_("分出 %(number)s") % {"number": _number(fields["other"])}, "split")


@tells("cases.case_split_off")
def _split_off(matter: Matter, fields: Fields) -> Line:
    return Line(_("由 %(number)s 分出") % {"number": _number(fields["origin"])}, "split")


@tells("cases.case_archived")
def _archived(matter: Matter, fields: Fields) -> Line:
    return Line(_("案卷归档"), "lock", "good", fields["manifest"][:16])


def _number(key: int) -> str:
    return str(Case.objects.filter(pk=key).first() or "")


def _name(matter: Matter, key: int) -> str:
    """Who that was; one query a timeline, however many are named."""
    names: dict[int, str] | None = matter.__dict__.get("case_names")
    if names is None:
        units = {matter.owner_unit_id, *matter.handovers.values_list("giver", flat=True)}
        of_it = Account.objects.filter(unit__in=units) | Account.objects.filter(
            in_cases__case=matter.pk
        )
        names = {one.pk: str(one) for one in of_it.distinct()}
        matter.__dict__["case_names"] = names
    return names.get(key, "")
