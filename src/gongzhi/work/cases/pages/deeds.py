"""What is done in a case, each a form of the case's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.calendar.periods import Period, PeriodError
from gongzhi.base.matters.course import LONGEST_ELEMENT
from gongzhi.base.matters.models import Party
from gongzhi.base.ui.again import Again, shown_again
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.cases import actions
from gongzhi.work.cases.models import Case, CaseDeed, Task
from gongzhi.work.cases.pages.case import again_of_case
from gongzhi.work.cases.pages.reading import account_in, case_of, done, time_in
from gongzhi.work.cases.permissions import APPROVE, VIEW, WORK
from gongzhi.work.cases.selectors.course import require_archivable
from gongzhi.work.dossier.archive.exporting import archive_in_home


def _again_of_task(request: HttpRequest, again: Again, key: int) -> HttpResponse:
    """The page of the case that the task is one of."""
    found = Task.objects.filter(pk=key).first()
    return again_of_case(request, again, key=found.case_id if found else 0)


@staff(WORK)
@require_POST
@shown_again("step:{code}", again_of_case)
def step(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """Take a step, with its elements as the form has them."""
    case = case_of(request, key)
    found = case.matter.version_item.step(code)
    codes = [one.code for one in found.elements] if found else []
    given = {one: request.POST[one][:LONGEST_ELEMENT] for one in codes if one in request.POST}
    party = _party_in(request, case)
    matter = actions.take_case_step(by_of(request), case, code, elements=given, party=party)
    return done(request, case, _("已进入“%(step)s”。") % {"step": matter.step_item.name})


@staff(APPROVE)
@require_POST
@shown_again("approve:{code}", again_of_case)
def approve(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """Approve what a next step asks for."""
    case = case_of(request, key)
    actions.approve_in_case(by_of(request), case, code)
    return done(request, case, _("已批准。"))


@staff(APPROVE)
@require_POST
@shown_again("extend:{code}", again_of_case)
def extend(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """Grant a clock more time."""
    case = case_of(request, key)
    reason, length = request.POST.get("reason", ""), _length(request)
    whose = _party_in(request, case)
    actions.extend_in_case(by_of(request), case, code, reason, length, party=whose)
    return done(request, case, _("已延长时限。"))


@staff(WORK)
@require_POST
@shown_again("journey", again_of_case)
def journey(request: HttpRequest, key: int) -> HttpResponse:
    """Leave time on the way out of a clock."""
    case = case_of(request, key)
    clock, _of, whose = request.POST.get("clock", "").partition(":")
    since, until = time_in(request, "since"), time_in(request, "until")
    party, reason = _party(case, whose) if whose else None, request.POST.get("reason", "")
    actions.leave_journey_out(by_of(request), case, clock, since, until, reason, party=party)
    return done(request, case, _("已扣除在途时间。"))


@staff(WORK)
@require_POST
@shown_again("begin", again_of_case)
def begin(request: HttpRequest, key: int) -> HttpResponse:
    """Begin a deed."""
    case = case_of(request, key)
    planned_at = time_in(request, "planned_at") if request.POST.get("planned_at") else None
    code = request.POST.get("deed", "")
    if not code:
        wrong = _("请选一个办案事项。")
        raise Refused(wrong, code="no_deed", status=422, fields={"deed": wrong})
    item = case.matter.version_item.deed(code)
    party = _party_in(request, case) if item and item.of else None
    made = actions.begin_deed(by_of(request), case, code, planned_at, party=party)
    said = {"deed": made.item.name if made.item else ""}
    if made.party:
        words = _("已登记%(who)s的“%(deed)s”。")
        return done(request, case, words % {**said, "who": made.party.label})
    return done(request, case, _("已登记“%(deed)s”。") % said)


@staff(WORK)
@require_POST
@shown_again("end", again_of_case)
def end(request: HttpRequest, key: int) -> HttpResponse:
    """End a deed that lasts."""
    case = case_of(request, key)
    found = CaseDeed.objects.filter(case=case, pk=id_in(request.POST.get("deed"))).first()
    if found is None:
        raise Refused(_("没有这个办案事项。"), code="no_such_deed", status=404)
    actions.end_deed(by_of(request), case, found)
    return done(request, case, _("已登记。"))


@staff(WORK)
@require_POST
@shown_again("party", again_of_case)
def add_party(request: HttpRequest, key: int) -> HttpResponse:
    """Put somebody down as a party."""
    case = case_of(request, key)
    fields = {
        name: request.POST.get(name, "") for name in ("name", "phone", "id_number", "address")
    }
    actions.add_party(by_of(request), case, request.POST.get("role", ""), fields)
    return done(request, case, _("已登记，身份信息加密保存。"))


@staff(WORK)
@require_POST
@shown_again("receipt", again_of_case)
def receipt(request: HttpRequest, key: int) -> HttpResponse:
    """A code for a party, shown once."""
    case = case_of(request, key)
    party = _party(case, request.POST.get("party"))
    code = actions.give_receipt(by_of(request), case, party)
    here = {"case": case, "party": party, "code": code}
    return render(request, "cases/code_once.html", here)


@staff(VIEW)
@require_POST
@shown_again("hand-over", again_of_case)
def hand_over(request: HttpRequest, key: int) -> HttpResponse:
    """Give the case to other officers."""
    case = case_of(request, key)
    lead, second = account_in(request, "lead"), account_in(request, "second")
    actions.hand_over_case(by_of(request), case, lead, second)
    return done(request, case, _("已移交。"))


@staff(VIEW)
@require_POST
@shown_again("join", again_of_case)
def join(request: HttpRequest, key: int) -> HttpResponse:
    """Take somebody onto the team."""
    case = case_of(request, key)
    actions.join_team(by_of(request), case, account_in(request, "account"))
    return done(request, case, _("已加入联合办案。"))


@staff(VIEW)
@require_POST
@shown_again("leave", again_of_case)
def leave(request: HttpRequest, key: int) -> HttpResponse:
    """Let somebody off the team."""
    case = case_of(request, key)
    actions.leave_team(by_of(request), case, account_in(request, "account"))
    return done(request, case, _("已退出联合办案。"))


@staff(VIEW)
@require_POST
@shown_again("task", again_of_case)
def give_task(request: HttpRequest, key: int) -> HttpResponse:
    """Give somebody of the team something to do."""
    case = case_of(request, key)
    due = time_in(request, "due_at")
    words = request.POST.get("words", "")
    actions.give_task(by_of(request), case, words, account_in(request, "lead"), due)
    return done(request, case, _("任务已分派。"))


@staff(WORK)
@require_POST
@shown_again("finish:{key}", _again_of_task)
def finish_task(request: HttpRequest, key: int) -> HttpResponse:
    """Say that a task is done."""
    found = Task.objects.select_related("case").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个任务。"), code="no_such_task", status=404)
    actions.finish_task(by_of(request), found, request.POST.get("outcome", ""))
    return done(request, found.case, _("任务完成。"))


@staff(WORK)
@require_POST
@shown_again("merge", again_of_case)
def merge(request: HttpRequest, key: int) -> HttpResponse:
    """Go on with it in another case."""
    case = case_of(request, key)
    into = case_of(request, id_in(request.POST.get("into")) or 0)
    actions.join_cases(by_of(request), case, into)
    return done(request, into, _("已并案。"))


@staff(WORK)
@require_POST
@shown_again("split", again_of_case)
def split(request: HttpRequest, key: int) -> HttpResponse:
    """Open another case for some of the parties."""
    case = case_of(request, key)
    parties = [_party(case, one) for one in request.POST.getlist("parties")[:50]]
    made = actions.split_case(by_of(request), case, parties, request.POST.get("words", ""))
    return done(request, made, _("已分案，新案件是 %(number)s。") % {"number": made.number})


@staff(WORK)
@require_POST
@shown_again("archive", again_of_case)
def archive(request: HttpRequest, key: int) -> HttpResponse:
    """Write the case's file, which its last step asks for."""
    case = case_of(request, key)
    require_archivable(case)  # before anything is written
    manifest = archive_in_home(by_of(request), case.matter)
    actions.note_archived(by_of(request), case, manifest=manifest)
    return done(request, case, _("案卷已归档。"))


def _length(request: HttpRequest) -> Period | None:
    """How much is granted; the whole of what may be, when nothing is said."""
    given = request.POST.get("length", "").strip()
    try:
        return Period.parse(given) if given else None
    except PeriodError as wrong:
        words = _("请选要延长多久。")
        raise Refused(words, code="no_length", status=422, fields={"length": words}) from wrong


def _party_in(request: HttpRequest, case: Case) -> Party | None:
    """Whom the form names; None where it names nobody."""
    key = request.POST.get("party")
    return _party(case, key) if key else None


def _party(case: Case, key: str | None) -> Party:
    found = Party.objects.filter(matter=case.matter, pk=id_in(key)).first()
    if found is None:
        raise Refused(_("没有这个当事人。"), code="no_such_party", status=404)
    return found
