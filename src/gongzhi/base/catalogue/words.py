"""Text in both languages, as catalogue files carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils.translation import get_language, override
from pydantic import BaseModel, ConfigDict, StringConstraints

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Words(BaseModel):
    """The same thing said in Chinese and in English; ``str(words)`` is in the active language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: Text
    en: Text

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


def in_both(reason: _StrOrPromise, **facts: object) -> str:
    """Why a file is refused, in both languages: whoever wrote it reads one of them."""
    said = []
    for language in ("zh-hans", "en"):
        with override(language):
            said.append(str(reason) % facts if facts else str(reason))
    return " / ".join(said)
