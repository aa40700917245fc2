"""Each view says who may open it: `public`, `staff(permission)` or `programs`.

The mark alone opens nothing: `middleware.DenyByDefault` reads it before the view runs, and
refuses a view that carries none. ``docs/reference/permissions.md`` is written from the marks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from inspect import getclosurevars
from types import FunctionType
from typing import Any, Literal, TypeVar

from ninja.openapi.views import default_home
from ninja.operation import Operation, PathView

from gongzhi.base.access.known import known

V = TypeVar("V", bound=Callable[..., Any])
_NAME = "access_mark"


@dataclass(frozen=True)
class Mark:
    """Who: everybody, signed-in staff with ``permission`` ("" for any staff), or programs.

    ``again``: whoever has not shown who they are within the last minutes does so first.
    """

    who: Literal["public", "staff", "programs"]
    permission: str = ""
    again: bool = False


def public(view: V) -> V:
    """Everybody may open it, signed in or not."""
    return _marked(view, Mark("public"))


def staff(permission: str = "", *, again: bool = False) -> Callable[[V], V]:
    """Signed-in staff whose roles give `permission`; without one, any signed-in staff. With
    `again`, for what can't be taken back, only somebody who has just shown who they are.

    Raises ValueError for a permission that `known` does not list.
    """
    mark = Mark("staff", known(permission) if permission else "", again)
    return lambda view: _marked(view, mark)


def programs(view: V) -> V:
    """A program may open it, with or without a key; no cookie counts, so no form token either.

    What only some keys may do, the view asks with `require(by, …)`.
    """
    view.csrf_exempt = True  # type: ignore[attr-defined]
    return _marked(view, Mark("programs"))


def mark_of(view: Callable[..., Any], method: str = "GET") -> Mark | None:
    """The mark of a view, or of the API operation behind it for this HTTP method."""
    if (operations := api_operations(view)) is not None:
        return _operation_mark(operations, method)
    if isinstance(view, partial) and view.func is default_home:  # ninja's own: always a 404
        return Mark("public")
    found = getattr(view, _NAME, None)
    return found if isinstance(found, Mark) else None


@cache
def api_operations(view: Callable[..., Any]) -> tuple[Operation, ...] | None:
    """What an API's view chooses from by method; None for a page. Ninja keeps it in a closure."""
    if not isinstance(view, FunctionType) or view.__closure__ is None:
        return None
    held = getclosurevars(view).nonlocals.get("self")
    return tuple(held.operations) if isinstance(held, PathView) else None


def _operation_mark(operations: tuple[Operation, ...], method: str) -> Mark | None:
    for operation in operations:
        if method in operation.methods:
            return mark_of(operation.view_func)
    # A method that nobody serves: any mark will do, for ninja answers 405.
    return Mark("public")


def _marked(view: V, mark: Mark) -> V:
    setattr(view, _NAME, mark)
    return view
