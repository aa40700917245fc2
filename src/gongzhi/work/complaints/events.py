"""What the log says of complaints: never of whom, and never which unit."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Id, event

FILED = event("complaints.complaint_filed", _("投诉"), receipt=Id)
UNIT_NAMED = event("complaints.unit_named", _("查明了被投诉的单位"))
WORDS_ERASED = event("complaints.words_erased", _("按投诉人要求清除"), receipt=Id)
