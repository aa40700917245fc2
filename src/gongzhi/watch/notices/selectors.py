"""How notices go: counts, and what could not be sent; never to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.watch.notices.models import Lane, Notice
from gongzhi.watch.notices.states import Channel, State

LATELY = timedelta(days=30)
MOST = 50


@dataclass
class Told:
    """One kind of notice by one channel, in the last days."""

    template: str
    channel: str
    states: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the notice is called."""
        return name_of(self.template)

    @property
    def by(self) -> str:
        """The channel in words."""
        return str(Channel(self.channel).label)

    @property
    def sent(self) -> int:
        """How many went."""
        return self.states.get(State.SENT, 0) + self.states.get(State.MERGED, 0)

    @property
    def waiting(self) -> int:
        """How many are still to go."""
        return self.states.get(State.WAITING, 0) + self.states.get(State.HELD, 0)

    @property
    def dead(self) -> int:
        """How many were given up."""
        return self.states.get(State.DEAD, 0)


def name_of(template: str) -> str:
    """What a notice is called, in the reader's language."""
    text = catalogue().notices.get(template)
    return str(text.name) if text else template


def counts() -> list[Told]:
    """By kind and channel. One query."""
    rows = Notice.objects.filter(made_at__gte=now() - LATELY)
    found: dict[tuple[str, str], Told] = {}
    grouped = rows.values("template", "channel", "state").annotate(many=Count("pk")).order_by()
    for row in grouped:
        pair = row["template"], row["channel"]
        found.setdefault(pair, Told(*pair)).states[row["state"]] = row["many"]
    texts = list(catalogue().notices)
    return sorted(
        found.values(),
        key=lambda one: (texts.index(one.template) if one.template in texts else 99, one.channel),
    )


def dead() -> list[Notice]:
    """Those that were given up, the newest first."""
    rows = Notice.objects.filter(state=State.DEAD).defer("facts")
    return list(rows.order_by("-ended_at", "-pk")[:MOST])


def latest() -> list[Notice]:
    """What was tried last."""
    rows = Notice.objects.exclude(state__in=(State.HELD, State.DEAD)).defer("facts", "address")
    return list(rows.order_by("-pk")[:MOST])


def failing_lanes() -> list[Lane]:
    """Ways out that nothing goes through now."""
    return list(Lane.objects.filter(failures__gt=0).order_by("name"))
