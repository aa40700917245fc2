"""What the log says of outside warnings: whose, how grave, and why one was turned away."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, Whole, event

SOURCE_KEPT = event("alerts.source_kept", _("登记外来预警的来源"), source=Code, trusted=Flag)
SOURCE_ENDED = event("alerts.source_ended", _("停用外来预警的来源"), source=Code)
SOURCE_FAILING = event("alerts.source_failing", _("外来预警的来源取不到"), source=Code, why=Code)
SOURCE_BACK = event("alerts.source_back", _("外来预警的来源恢复"), source=Code)
ALERT_HEARD = event(
    "alerts.alert_heard", _("收到外来预警"), source=Code, state=Code, type=Code, severity=Code
)
ALERT_TURNED_AWAY = event(
    "alerts.alert_turned_away", _("外来预警没有采用"), source=Code, reasons=Codes
)
ALERT_HANDED_ON = event("alerts.alert_handed_on", _("转发外来预警"), source=Code, warning=Id)
ALERT_SET_ASIDE = event("alerts.alert_set_aside", _("不转发外来预警"), source=Code)
ALERTS_LAPSED = event("alerts.alerts_lapsed", _("外来预警过期未转发"), many=Whole)
ALERTS_FORGOTTEN = event("alerts.alerts_forgotten", _("清理旧的外来预警"), many=Whole)
