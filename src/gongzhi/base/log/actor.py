"""Who acts, as the log names them: an id or a code, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model


@dataclass(frozen=True)
class Actor:
    """The one who acts. ``source`` is the account or API key itself, for permission checks."""

    kind: str
    ref: str = ""
    source: Any = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref}" if self.ref else self.kind

    @classmethod
    def account(cls, account: Model) -> Actor:
        """A signed-in member of staff."""
        return cls("account", str(account.pk), account)

    @classmethod
    def key(cls, key: Model) -> Actor:
        """A program with an API key."""
        return cls("key", str(key.pk), key)

    @classmethod
    def resident(cls) -> Actor:
        """Somebody of the public; who it is, the log does not know."""
        return cls("resident")

    @classmethod
    def partner(cls, code: str, request: Model) -> Actor:
        """Somebody of a partner, by the link of one request; who, the log does not know."""
        return cls("partner", code, request)

    @classmethod
    def system(cls, name: str) -> Actor:
        """The platform itself: a reader, an import, a sweep."""
        return cls("system", name)
