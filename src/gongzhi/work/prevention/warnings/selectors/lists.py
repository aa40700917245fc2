"""The lists of those who write warnings."""

from __future__ import annotations

from django.db.models import QuerySet

from gongzhi.work.prevention.warnings.models import Draft, Message, Warning


def drafts() -> QuerySet[Draft]:
    """What is being written; what waits for the second person first."""
    found = Draft.objects.select_related("warning__current", "by")
    return found.order_by("state", "-changed_at")  # "waiting" stands before "writing"


def in_force() -> QuerySet[Warning]:
    """What holds, exercises among them."""
    found = Warning.objects.filter(state=Warning.State.ACTIVE).select_related("current")
    return found.order_by("-opened_at")


def hasty() -> QuerySet[Message]:
    """What one person published alone and nobody else has read yet."""
    found = Message.objects.filter(emergency=True, endorsement=None)
    return found.select_related("warning__current", "publisher").order_by("-sent")


def ended() -> QuerySet[Warning]:
    """What was called off or ran out, the last first."""
    over = [Warning.State.CANCELLED, Warning.State.EXPIRED]
    return Warning.objects.filter(state__in=over).select_related("current").order_by("-ended_at")
