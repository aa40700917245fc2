"""What is tidied up every so often."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings

from gongzhi.base.log.jobs import every


@every(6 * 3600, "access.expired_sessions")
def remove_expired_sessions() -> None:
    """A session that is over opens nothing; its row need not stay either."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
