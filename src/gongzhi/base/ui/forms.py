"""A refusal shown where it belongs: beside the field of the form that caused it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import Form

from gongzhi.base.ui.errors import Refused


@contextmanager
def refused_in(form: Form) -> Iterator[None]:
    """Put a `Refused` from inside into the form; what belongs to no field stands above it.

    >>> with refused_in(form):
    ...     some_action(by, **form.cleaned_data)
    ...     return redirect("there")
    """
    try:
        yield
    except Refused as refused:
        if refused.status == 403:
            raise
        shown = {name: words for name, words in refused.fields.items() if name in form.fields}
        for name, words in shown.items():
            form.add_error(name, str(words))
        if not shown:
            form.add_error(None, str(refused))
