"""The edge: one view for every address below ``/scim/v2/``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongzhi.base.access.marks import programs


@programs
def scim(request: HttpRequest, path: str = "") -> HttpResponse:
    """Discovery, users and groups; for a program whose key may provision accounts.

    What answers is read in when the first directory asks: its library reads the source of each of
    its classes, which would take a third of every process's start.
    """
    from gongzhi.base.people.api.answering import answered

    return answered(request, path)
