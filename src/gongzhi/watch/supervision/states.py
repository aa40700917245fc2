"""How far a finding has come, and what may follow."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a finding stands."""

    RAISED = "raised", _("待答复")
    ANSWERED = "answered", _("已答复")
    SENT_BACK = "sent_back", _("退回重答")
    ESCALATED = "escalated", _("已提级")
    ACCEPTED = "accepted", _("已认可")


class Severity(TextChoices):
    """How grave the lapse is; the gravest first."""

    GRAVE = "grave", _("严重")
    SERIOUS = "serious", _("较重")
    MINOR = "minor", _("轻微")


TO_ANSWER = (State.RAISED, State.SENT_BACK, State.ESCALATED)
"""Those in which the answering unit has the word."""
MAY_FOLLOW: dict[str, tuple[str, ...]] = {
    State.RAISED: (),
    State.ANSWERED: TO_ANSWER,
    State.SENT_BACK: (State.ANSWERED,),
    State.ESCALATED: (State.RAISED, State.SENT_BACK, State.ANSWERED),
    State.ACCEPTED: (State.ANSWERED,),
}
