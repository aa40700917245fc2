"""Words that mean the same to whoever asks, in either language."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Text


class Synonyms(BaseModel):
    """One file in ``catalogue/synonyms``: groups of words, each group one thing.

    A Chinese word is looked for anywhere in a question; an English one as whole words, whatever
    their endings.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    groups: tuple[Annotated[tuple[Text, ...], Field(min_length=2)], ...] = Field(min_length=1)
