"""What the log says of notices: ids, codes and counts; never to whom, never a word."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Id, Whole, event

SUBSCRIBED = event("notices.subscribed", _("订阅了消息"), channel=Code, about=Code)
SETTINGS_CHANGED = event("notices.settings_changed", _("改了收消息的方式"), channel=Code)
UNSUBSCRIBED = event("notices.unsubscribed", _("退订了消息"), channel=Code, about=Code)
ALL_ENDED = event("notices.all_ended", _("全部退订，清除了地址"), channel=Code, count=Whole)
NOTICE_DEAD = event("notices.notice_dead", _("一条消息发不出去"), notice=Id, channel=Code, why=Code)
SENT_AGAIN = event("notices.sent_again", _("重新发送"), notice=Id, channel=Code)
STAFF_CHOSE = event("notices.staff_chose", _("选了收提醒的方式"), channel=Code)
"""A member of staff chose how to be told of their own deadlines."""
