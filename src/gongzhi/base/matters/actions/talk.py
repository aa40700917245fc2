"""Words between people about a matter, and the files that go with them."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import action, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.events import WORDS_ADDED
from gongzhi.base.matters.intake import checked_words
from gongzhi.base.matters.models import Attachment, Matter, Message
from gongzhi.base.matters.telling import tell_words
from gongzhi.base.people.models import Account


@action
def add_words(
    by: Actor,
    matter: Matter,
    kind: str,
    words: str,
    *,
    public: bool = False,
    files: Sequence[StoredFile] = (),
) -> Message:
    """Put words on the matter's timeline. Refuses none, and too many."""
    author = by.source if isinstance(by.source, Account) else None
    message = Message.objects.create(
        matter=matter,
        kind=Message.Kind(kind),
        words=checked_words(words),
        public=public,
        author=author,
        at=now(),
    )
    Attachment.objects.bulk_create(
        Attachment(matter=matter, message=message, file=file, public=public, at=now())
        for file in files
    )
    tell_words(message, files=len(files))
    move_clocks(matter, WORDS_ADDED.kind, facts={"use": kind, "public": public})
    return message
