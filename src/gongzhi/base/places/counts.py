"""Small counts: how many people told of something at a place is shown only from some on.

Where few did, a number with a place and a time can be a person: the only one of a village who
wrote in May. So what is shown to others than those who handle these very matters says "fewer than
five" instead, on pages, in exports and interfaces alike, and never the rest of a sum from which it
could be reckoned. Zero is shown: nobody is in it.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

SMALL_COUNT = 5
"""The smallest count, above 0, that is shown as a number."""


def is_small(count: int) -> bool:
    """Whether this count is kept back."""
    return 0 < count < SMALL_COUNT


def counted(count: int) -> str:
    """The count for readers: a number, or that it is below `SMALL_COUNT`."""
    return _("少于 %(n)s") % {"n": SMALL_COUNT} if is_small(count) else str(count)
