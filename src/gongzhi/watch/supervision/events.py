"""What the log says of findings: which rule, which unit, which matter. Never whom."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Id, When, Whole, event

RAISED = event(
    "supervision.finding_raised",
    _("监督发现问题"),
    rule=Code, severity=Code, unit=Id, answerer=Id, matter=Id, happened_at=When, due_at=When,
)  # fmt: skip
ANSWERED = event("supervision.finding_answered", _("答复了监督问题"), unit=Id)
ACCEPTED = event("supervision.finding_accepted", _("认可了答复"), unit=Id)
SENT_BACK = event("supervision.finding_sent_back", _("退回了答复"), unit=Id, due_at=When)
ESCALATED = event("supervision.finding_escalated", _("提级办理"), unit=Id, to=Id, due_at=When)
ANSWER_MISSED = event("supervision.answer_missed", _("答复超过时限"), unit=Id, due_at=When)
DRAWN = event(
    "supervision.cases_drawn",
    _("抽签评查案卷"),
    checklist=Code,
    seed=Whole,
    among=Whole,
    drawn=Whole,
)
REVIEWED = event(
    "supervision.case_reviewed", _("评查了案卷"),
    matter=Id, unit=Id, points=Whole, of=Whole, faults=Codes,
)  # fmt: skip
RECORDED = event(
    "supervision.recording_registered", _("登记了录音录像"),
    recording=Id, kind=Code, sha256=Code, begun_at=When, ended_at=When,
)  # fmt: skip
