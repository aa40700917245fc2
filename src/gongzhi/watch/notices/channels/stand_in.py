"""The demo county's phone and mailbox: messages are kept in a table and shown on a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gongzhi.base.log.actions import now
from gongzhi.watch.notices.channels.letter import Letter
from gongzhi.watch.notices.models import Shown
from gongzhi.watch.notices.states import Channel

KEPT = 500
"""Messages; older ones go."""


@dataclass(frozen=True)
class StandIn:
    """Takes everything, shows it on ``/notices/phone/``, sends nothing anywhere."""

    channel: str

    @contextmanager
    def open(self) -> Iterator[StandIn]:
        """Always there."""
        yield self

    def send(self, letter: Letter) -> None:
        """Keep it, once."""
        mail = self.channel == Channel.EMAIL
        told = {
            "channel": self.channel, "to": letter.address, "subject": letter.subject,
            "words": _mail(letter) if mail else letter.short, "language": letter.language,
            "at": now(),
        }  # fmt: skip
        Shown.objects.get_or_create(name=letter.name, defaults=told)
        newest = Shown.objects.order_by("-pk").values_list("pk", flat=True)[KEPT : KEPT + 1]
        if old := list(newest):
            Shown.objects.filter(pk__lte=old[0]).delete()


def _mail(letter: Letter) -> str:
    """A mail's words, and what would come with it."""
    return "\n".join([letter.text, *(f"📎 {one.name}" for one in letter.enclosed)])
