"""What is done with warnings."""

from gongzhi.work.prevention.warnings.actions.drafting import (
    begin_cancel,
    begin_update,
    begin_warning,
    change_draft,
    drop_draft,
    send_back,
    submit_draft,
)
from gongzhi.work.prevention.warnings.actions.ending import endorse_emergency, expire_warnings
from gongzhi.work.prevention.warnings.actions.publishing import publish_draft
from gongzhi.work.prevention.warnings.actions.relaying import Office, call_off_relayed, relay_alert

__all__ = [
    "Office", "begin_cancel", "begin_update", "begin_warning", "call_off_relayed", "change_draft",
    "drop_draft", "endorse_emergency", "expire_warnings", "publish_draft", "relay_alert",
    "send_back", "submit_draft",
]  # fmt: skip
