"""Who may hear what happens."""

from __future__ import annotations

from gongzhi.base.access.permissions import may
from gongzhi.watch.live.shown import HEARD


def apps_heard_by(user: object) -> frozenset[str]:
    """The apps whose events this user may hear, because their pages are open to them.

    Empty for whoever is not staff, not signed in, or has a role that looks at none of them.
    """
    return frozenset(
        app for app, heard in HEARD.items() if any(may(user, one) for one in heard.permissions)
    )
