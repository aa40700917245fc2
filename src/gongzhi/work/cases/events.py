"""What the log says of cases: kinds, numbers, officers by id; never what anybody did or is."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Id, When, Whole, event

CASE_OPENED = event(
    "cases.case_opened", _("开立案件"),
    unit=Id, year=Whole, count=Whole, lead=Id, second=Id, incident=Id,
)  # fmt: skip
INCIDENT_LED_ON = event("cases.incident_led_on", _("转为案件办理"), case=Id)
CASE_HANDED_OVER = event("cases.case_handed_over", _("移交案件"), lead=Id, second=Id, unit=Id)
PARTY_ADDED = event("cases.party_added", _("登记了当事人"), party=Id, role=Code)
TEAM_JOINED = event("cases.team_joined", _("加入联合办案"), account=Id, unit=Id)
TEAM_LEFT = event("cases.team_left", _("退出联合办案"), account=Id)
TASK_GIVEN = event("cases.task_given", _("分派了任务"), task=Id, account=Id, due_at=When)
TASK_FINISHED = event("cases.task_finished", _("完成了任务"), task=Id)
DEED_BEGUN = event("cases.deed_begun", _("开始办案事项"), deed=Code, number=Id, party=Id)
DEED_ENDED = event("cases.deed_ended", _("办案事项结束"), deed=Code, number=Id, party=Id)
CASE_JOINED = event("cases.case_joined", _("并入另一案件"), into=Id)
CASE_TOOK_IN = event("cases.case_took_in", _("并入了一个案件"), other=Id)
CASE_SPLIT = event("cases.case_split", _("分出了一个案件"), other=Id, parties=Whole)
CASE_SPLIT_OFF = event("cases.case_split_off", _("由另一案件分出"), origin=Id)
RECEIPT_GIVEN = event("cases.receipt_given", _("给了当事人查询码"), party=Id)
CASE_ARCHIVED = event("cases.case_archived", _("案卷归档"), manifest=Code)
