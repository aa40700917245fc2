"""What the log says of officers' rights: that help was asked for and arranged; no words."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, event

REPORTED = event("rights.reported", _("民警报告受到侵害"), happened=Code)
HELP_ASKED = event("rights.help_asked", _("要帮助"), sort=Code)
HELP_ARRANGED = event("rights.help_arranged", _("安排了帮助"), sort=Code)
SHOWN_TO_HEAD = event("rights.shown_to_head", _("让单位负责人知道"), shown=Flag)
ADDED = event("rights.words_added", _("补充了情况"))
