"""Pieces that one room's page shows for another: a roll-call on the crew's page, say.

An app registers what it has to show at a named place (`add_piece`), and the page there says where:
``{% pieces "crew" %}``. So a page needs to know nothing of the rooms above it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

Drawn = tuple[str, Mapping[str, Any]]
"""A template, and what it shows."""
Piece = Callable[[HttpRequest], Drawn | None]
PieceAbout = Callable[[HttpRequest, int], Drawn | None]
_pieces: dict[str, list[Piece]] = {}
_about: dict[str, list[PieceAbout]] = {}


def add_piece(place: str, piece: Piece) -> None:
    """Show this at the place, whenever it has something to show to whoever looks."""
    _pieces.setdefault(place, []).append(piece)


def add_piece_about(place: str, piece: PieceAbout) -> None:
    """The same where the page shows one thing and says which: ``{% pieces "incident" 12 %}``."""
    _about.setdefault(place, []).append(piece)


def drawn_at(place: str, request: HttpRequest | None, about: int | None = None) -> list[str]:
    """What there is to show now, as HTML."""
    if request is None:
        return []
    found = [piece(request) for piece in _pieces.get(place, ())]
    if about is not None:
        found += [piece(request, about) for piece in _about.get(place, ())]
    return [render_to_string(one[0], dict(one[1]), request) for one in found if one is not None]
