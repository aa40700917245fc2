"""What the log says of people's own data: that it was shown, asked about and decided; no words."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, Whole, event

OWN_SHOWN = event("personal.own_shown", _("本人查看了自己的信息"), fields=Codes)
COPY_TAKEN = event("personal.copy_taken", _("本人下载了自己的信息"), datasets=Codes)
ASKED = event("personal.asked", _("提出个人信息请求"), about=Id, asks=Code, proved=Flag)
CARRIED_OUT = event("personal.carried_out", _("按请求办了"), about=Id, asks=Code)
CONTACTS_LET_GO = event("personal.contacts_let_go", _("到期清除了联系方式"), rows=Whole, held=Whole)
FILE_OPENED = event(
    "personal.file_opened", _("登记了安全事件或者影响评估"), sort=Code, dataset=Code, drill=Flag
)
WORDS_ERASED = event("personal.words_erased", _("清除了请求里的内容"), receipt=Id)
