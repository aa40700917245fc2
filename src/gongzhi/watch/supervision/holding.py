"""A case of which supervision still asks something isn't erased."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.watch.supervision.models import Finding
from gongzhi.watch.supervision.states import State
from gongzhi.work.dossier.obstacles import add_obstacle


@add_obstacle
def open_finding(matter: Matter) -> str:
    """Why not, while a finding about it isn't accepted."""
    waiting = Finding.objects.filter(matter=matter).exclude(state=State.ACCEPTED)
    return _("有监督问题没有了结。") if waiting.exists() else ""
