"""`Refused`: the one error that a person may read.

Raise it wherever something can't be done, with a sentence in the reader's language. The
middleware makes a page, a fragment or an RFC 9457 problem of it, so no page catches it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Refused(Exception):
    """Something was asked for that can't be done, said so that the asker understands it.

    ``message``: one or two plain sentences: what is wrong and what helps. ``code``: stable name
    for programs. ``status``: an HTTP 4xx. ``fields``: what is wrong with which form field.
    ``retry_after``: seconds until another try makes sense.
    """

    def __init__(
        self,
        message: _StrOrPromise,
        *,
        code: str = "refused",
        status: int = 400,
        fields: Mapping[str, _StrOrPromise] | None = None,
        retry_after: int | None = None,
    ) -> None:
        if not 400 <= status <= 499:
            raise ValueError(f"a refusal is a 4xx, not {status}")
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.fields = dict(fields or {})
        self.retry_after = retry_after

    def __str__(self) -> str:
        """The sentence in the language that is active now."""
        return str(self.message)
