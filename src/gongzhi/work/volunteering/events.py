"""What the log says of volunteering: tasks, places, times and how many; never who."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, When, Whole, event

TASK_OPENED = event(
    "volunteering.task_opened", _("发布志愿任务"),
    task=Code, unit=Id, town=Code, starts=When, ends=When, places=Whole, origin=Code,
)  # fmt: skip
TASK_CANCELLED = event(
    "volunteering.task_cancelled", _("取消志愿任务"), reason=Code, unit=Id, signed=Whole
)
TASK_OVER = event("volunteering.task_over", _("志愿任务结束"), unit=Id, came=Whole)
THANKED = event("volunteering.task_thanked", _("感谢志愿者"), unit=Id)
JOINED = event("volunteering.volunteer_joined", _("有人来做志愿者"), minor=Flag)
SIGNED_UP = event("volunteering.signed_up", _("报名志愿任务"), row=Id, waiting=Flag)
PLACE_FREE = event("volunteering.place_came_free", _("候补的人补上了"), row=Id)
GIVEN_UP = event("volunteering.sign_up_given_up", _("退出志愿任务"), row=Id)
CAME = event("volunteering.volunteer_came", _("志愿者到了"), row=Id)
FINISHED = event("volunteering.volunteer_finished", _("志愿者做完了"), row=Id, minutes=Whole)
TRAINED = event("volunteering.training_attended", _("登记参加了培训"), training=Code, on=Code)
CONTACT_READ = event(
    "volunteering.contact_read", _("查看了志愿者的联系方式"), unit=Id, purpose=Code
)
CONTACT_ERASED = event("volunteering.contact_erased", _("清除了志愿者的称呼和电话"), reason=Code)
THANKS_SENT = event("volunteering.thanks_sent", _("居民写来感谢"), row=Id)
THANKS_LOOKED_AT = event("volunteering.thanks_looked_at", _("看过居民的感谢"), row=Id, shown=Flag)
