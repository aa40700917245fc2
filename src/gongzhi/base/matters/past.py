"""What is handed in of a past matter: how it began, and what happened to it since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.drafts import NewMatter
from gongzhi.base.people.models import Account, Unit


@dataclass(frozen=True)
class PastStep:
    """A step was taken, and showed these elements."""

    at: datetime
    code: str
    by: Actor
    elements: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PastHandover:
    """The matter went to another unit."""

    at: datetime
    taker: Unit
    reason: str
    by: Actor


@dataclass(frozen=True)
class PastOwner:
    """One member of the owning unit was made responsible."""

    at: datetime
    account: Account
    by: Actor


@dataclass(frozen=True)
class PastPriority:
    """It became more or less urgent."""

    at: datetime
    priority: int
    by: Actor


@dataclass(frozen=True)
class PastWords:
    """Somebody wrote something."""

    at: datetime
    kind: str
    words: str
    by: Actor
    public: bool = False
    files: Sequence[StoredFile] = ()


Happening = PastStep | PastHandover | PastOwner | PastPriority | PastWords


@dataclass(frozen=True)
class PastMatter:
    """A matter, when and by whom it was opened, and its `course` in the order of time."""

    new: NewMatter
    opened_at: datetime
    opened_by: Actor
    course: Sequence[Happening] = ()
    due_at: datetime | None = None
    """Until when an imported source itself wanted it done."""
