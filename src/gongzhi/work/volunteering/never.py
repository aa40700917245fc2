"""What no volunteer does, whatever the task. It stands on every task, and no county's file can
take a line away."""

from django.utils.translation import gettext_lazy as _

NEVER = (
    _("不拦人、不盘问、不搜身、不看别人的证件和手机"),
    _("不拍人、不录音"),
    _("不打听、不上报邻居家的事，不给任何人记一笔"),
    _("不进别人家门"),
    _("不追人、不劝打架、不处置警情：退开，打 110"),
)
