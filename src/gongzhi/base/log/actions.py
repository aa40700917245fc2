"""`@action`: the only code that writes. `record`: the only way into the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Model

from gongzhi.base.log import chain
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.events import Event
from gongzhi.base.log.spans import Note, span
from gongzhi.base.log.turns import in_turn

P = ParamSpec("P")
R = TypeVar("R")


class NothingRecorded(RuntimeError):
    """An action ended without an event: it did nothing, or did it in secret. Rolled back."""


class OutsideAction(RuntimeError):
    """`record` was called where no action is open."""


@dataclass
class _Open:
    by: Actor
    drafts: list[chain.Draft] = field(default_factory=list)


MOST_TOLD = 8
"""Events of one action that whoever watches is told of."""
_open: ContextVar[_Open | None] = ContextVar("open_action", default=None)
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The time that actions write: the real one (UTC), or the one `moment` set."""
    return _moment.get() or datetime.now(UTC)


@contextmanager
def moment(at: datetime) -> Iterator[None]:
    """Let actions inside happen at another time: the demo county's history, replays."""
    token = _moment.set(at)
    try:
        yield
    finally:
        _moment.reset(token)


def subject_of(thing: Model | str) -> str:
    """``app.model:key`` of a model instance; a string stays as it is."""
    if isinstance(thing, str):
        return thing
    return f"{thing._meta.label_lower}:{thing.pk}"  # noqa: SLF001  (Django's documented API)


def record(event: Event, about: Model | str, /, **fields: object) -> None:
    """Write `event` about a model instance (or a named subject) when the open action commits.

    Raises OutsideAction outside an action, ValueError for a field the event does not declare.
    """
    opened = _open.get()
    if opened is None:
        raise OutsideAction(f"{event.kind} recorded outside an action")
    written = event.write(fields)
    opened.drafts.append(chain.draft(now(), str(opened.by), event.kind, subject_of(about), written))


@contextmanager
def recalling(by: Actor, at: datetime) -> Iterator[None]:
    """Inside the open action: what is recorded now is `by`'s, and happened at `at`.

    For what was done before the platform knew of it. The entries still take their places in the
    order of the commits; only their ``at`` and ``by`` are the past's. Raises OutsideAction where
    no action is open: recalling lets nobody write who could not.
    """
    opened = _open.get()
    if opened is None:
        raise OutsideAction("recalling outside an action")
    before, opened.by = opened.by, by
    try:
        with moment(at):
            yield
    finally:
        opened.by = before


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function`, whose first argument is its `Actor`, an action.

    It runs in one transaction that ends with its entries. An action called inside another joins
    that one's transaction. Without an event nothing is committed (`NothingRecorded`).
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = _open.get()
        if outer is not None:
            return _joined(outer, function, *args, **kwargs)
        with span("action", action=_name(function)) as note, in_turn():
            return _alone(_actor(args), note, function, *args, **kwargs)

    run.is_action = True  # type: ignore[attr-defined]
    return run


def _name(function: Callable[..., Any]) -> str:
    """``app.name``, as permissions and events are called."""
    app = function.__module__.partition(".actions")[0].rpartition(".")[2]
    return f"{app}.{function.__name__}"


def _alone(by: Actor, note: Note, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    opened = _Open(by)
    token = _open.set(opened)
    try:
        result = function(*args, **kwargs)
    finally:
        _open.reset(token)
    _refuse_silence(function, opened.drafts)
    chain.append(opened.drafts)
    note(seq=opened.drafts[-1].seq, kinds=tuple(one.kind for one in opened.drafts[:MOST_TOLD]))
    return result


def _joined(outer: _Open, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Inside another action: its savepoint takes the entries away again with the writes."""
    before, by = len(outer.drafts), outer.by
    outer.by = _actor(args)
    try:
        with transaction.atomic():
            result = function(*args, **kwargs)
            _refuse_silence(function, outer.drafts[before:])
    except BaseException:
        del outer.drafts[before:]
        raise
    finally:
        outer.by = by
    return result


def _refuse_silence(function: Callable[..., Any], drafts: list[chain.Draft]) -> None:
    if not drafts:
        raise NothingRecorded(f"{function.__module__}.{function.__qualname__} recorded nothing")


def _actor(args: tuple[Any, ...]) -> Actor:
    if not args or not isinstance(args[0], Actor):
        raise TypeError("an action's first argument is the Actor who takes it")
    return args[0]
