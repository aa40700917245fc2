"""A case of which supervision or a complainant still asks something isn't erased."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.watch.supervision.models import Finding
from gongzhi.watch.supervision.states import State
from gongzhi.work.complaints.models import Complaint
from gongzhi.work.dossier.obstacles import add_obstacle


@add_obstacle
def still_asked(matter: Matter) -> str:
    """Why not. In the same words for a finding and for a complaint: that there is a complaint is
    nothing that whoever erases should learn."""
    findings = Finding.objects.filter(matter=matter).exclude(state=State.ACCEPTED)
    complaints = Complaint.objects.filter(about=matter, matter__closed_at=None)
    return _("有监督事项没有了结。") if findings.exists() or complaints.exists() else ""
