"""The ambulance service's own system in the demo county: it is told what it is asked, at once."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from threading import Thread

PORT = 9120
ADDRESS = f"http://127.0.0.1:{PORT}/gongzhi"


def within_reach() -> None:
    """Name this machine as an inner network, before the settings are read: there it listens."""
    os.environ.setdefault("GONGZHI_INTRANET", "127.0.0.0/8")


def register(until: datetime) -> None:
    """Let the ambulance service be told since before the scenes in which it is asked."""
    from gongzhi.base.log.actions import moment
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.people.models import Unit
    from gongzhi.watch.exchange.webhooks.actions import open_hook
    from gongzhi.watch.exchange.webhooks.models import Hook

    unit = Unit.objects.filter(code="ambulance_120").first()
    if unit is not None and not Hook.objects.filter(address=ADDRESS).exists():
        with moment(until - timedelta(hours=1)):
            open_hook(Actor.system("demo"), unit, ADDRESS)


def listen() -> str:
    """Let its system listen beside the county; where one sees what came, "" without one."""
    from gongzhi.base.people.sealing import unseal
    from gongzhi.config.listening import PartnerSystem
    from gongzhi.watch.exchange.webhooks.models import Hook

    hook = Hook.objects.filter(address=ADDRESS, ended_at=None).first()
    if hook is None:
        return ""
    try:
        system = PartnerSystem(PORT, unseal(bytes(hook.sealed_secret))["secret"])
    except OSError:  # another demo has it
        return ""
    Thread(target=system.serve_forever, name="partner", daemon=True).start()
    return f"http://127.0.0.1:{PORT}/"
