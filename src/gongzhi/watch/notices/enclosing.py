"""What goes with a mail, made when it is sent: nothing of it lies in the line."""

from __future__ import annotations

import logging
from collections.abc import Callable

from gongzhi.watch.notices.channels.letter import Enclosure
from gongzhi.watch.notices.models import Notice
from gongzhi.watch.notices.states import Channel

Maker = Callable[[Notice], tuple[Enclosure, ...]]
_makers: dict[str, Maker] = {}
_log = logging.getLogger(__name__)


def encloses(template: str, maker: Maker) -> None:
    """Let this make what goes with the mails of a template; from an app's ``ready``."""
    _makers[template] = maker


def enclosed_in(notice: Notice) -> tuple[Enclosure, ...]:
    """What goes with this one. A mail whose file can't be made goes without it: its words say the
    same, and its link leads to the rest."""
    maker = _makers.get(notice.template)
    if maker is None or notice.channel != Channel.EMAIL:
        return ()
    try:
        return maker(notice)
    except Exception:  # noqa: BLE001  (one file must not hold up every mail)
        _log.exception("%s goes without its file", notice.template)
        return ()
