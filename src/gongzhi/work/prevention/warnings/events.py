"""What the log says of warnings: kinds, levels and times; never a word of their texts."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, When, event

WARNING_BEGUN = event("warnings.warning_begun", _("起草预警"), about=Code, exercise=Flag)
DRAFT_BEGUN = event("warnings.draft_begun", _("起草预警的更新或者解除"), type=Code)
DRAFT_CHANGED = event("warnings.draft_changed", _("修改预警草稿"))
DRAFT_SUBMITTED = event("warnings.draft_submitted", _("预警送第二人审"))
DRAFT_SENT_BACK = event("warnings.draft_sent_back", _("预警草稿退回修改"))
DRAFT_DROPPED = event("warnings.draft_dropped", _("放弃预警草稿"))
_TOLD = {
    "about": Code, "severity": Code, "message": Id, "exercise": Flag, "emergency": Flag,
    "expires": When, "source": Code,
}  # fmt: skip
WARNING_PUBLISHED = event("warnings.warning_published", _("发布预警"), **_TOLD)
WARNING_UPDATED = event("warnings.warning_updated", _("更新预警"), **_TOLD)
WARNING_CANCELLED = event("warnings.warning_cancelled", _("解除预警"), **_TOLD)
WARNING_EXPIRED = event("warnings.warning_expired", _("预警到期结束"), about=Code)
EMERGENCY_ENDORSED = event("warnings.emergency_endorsed", _("事后确认紧急发布"), message=Id)
