"""What the log says of webhooks: never an address, never a secret."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Id, Whole, event

HOOK_OPENED = event("webhooks.hook_opened", _("登记了推送"), hook=Id, unit=Id)
HOOK_ENDED = event("webhooks.hook_ended", _("结束了推送"), hook=Id, unit=Id)
HOOK_FAILING = event("webhooks.hook_failing", _("推送不到对方"), hook=Id, unit=Id, why=Code)
HOOK_BACK = event("webhooks.hook_back", _("推送恢复"), hook=Id, unit=Id)
HOOK_DISABLED = event("webhooks.hook_disabled", _("推送停用"), hook=Id, unit=Id, why=Code)
LETTER_SET_ASIDE = event(
    "webhooks.letter_set_aside", _("对方不收，先放一边"), hook=Id, unit=Id, why=Code
)
HOOK_REPLAYED = event("webhooks.hook_replayed", _("重新推送"), hook=Id, unit=Id, letters=Whole)
HOOK_ENABLED = event("webhooks.hook_enabled", _("推送重新启用"), hook=Id, unit=Id)
