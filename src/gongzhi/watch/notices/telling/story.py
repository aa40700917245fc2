"""One event as something to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from gongzhi.watch.notices.models import Subscription
from gongzhi.watch.notices.queue import News


def _all(_subscription: Subscription) -> bool:
    return True


@dataclass(frozen=True)
class Story:
    """``asked``: subscriptions it may concern; ``wants``: whether it does; ``facts``: what its text
    says, in the active language."""

    news: News
    asked: Q
    facts: Callable[[], Mapping[str, str]]
    wants: Callable[[Subscription], bool] = field(default=_all)
