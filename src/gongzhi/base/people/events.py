"""What the log says of units, accounts, and of those who looked at somebody's details."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, Whole, event

UNIT_OPENED = event("people.unit_opened", _("设立了单位"), unit=Code, kind=Code, parent=Id)
ACCOUNT_OPENED = event("people.account_opened", _("开通了账号"), unit=Id, roles=Codes)
ROLES_CHANGED = event("people.roles_changed", _("调整了岗位"), unit=Id, roles=Codes, previous=Codes)
ACCOUNT_CLOSED = event("people.account_closed", _("停用了账号"))
ACCOUNT_REOPENED = event("people.account_reopened", _("恢复了账号"))
PASSWORD_RESET = event("people.password_reset", _("重置了密码"))
PASSWORD_CHANGED = event("people.password_changed", _("修改了自己的密码"))
PERSON_READ = event(
    "people.person_read", _("查看了联系方式"), purpose=Code, matter=Id, unit=Id, roles=Codes
)
PERSON_CORRECTED = event("people.person_corrected", _("更正了个人信息"), fields=Codes)
PERSON_ERASED = event("people.person_erased", _("清除了个人信息"), reason=Code)
WORDS_SEALED = event("people.words_sealed", _("加密了早先写下的文字"), rows=Whole)
ERASED_AGAIN = event("people.erased_again", _("恢复备份后，重新清除了后来清除过的内容"), rows=Whole)
ACCOUNT_PROVISIONED = event(
    "people.account_provisioned", _("目录同步了账号"), unit=Id, renewed=Flag
)
PROVISIONED_CHANGED = event("people.provisioned_changed", _("目录改了账号"), changed=Codes)
ACCOUNT_WITHDRAWN = event("people.account_withdrawn", _("目录删除了账号"))
GROUP_KEPT = event("people.group_kept", _("目录同步了群组"), joined=Whole, left=Whole)
GROUP_REMOVED = event("people.group_removed", _("目录删除了群组"), left=Whole)
