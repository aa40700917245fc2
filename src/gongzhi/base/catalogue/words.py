"""Text in both languages, as catalogue files carry it."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Words(BaseModel):
    """The same thing said in Chinese and in English; ``str(words)`` is in the active language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: Text
    en: Text

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh
