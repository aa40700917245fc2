"""Signing in and out, what is shown for it, where one is signed in, and keys for programs."""

from gongzhi.base.access.actions.keys import issue_key, revoke_key, rotate_key
from gongzhi.base.access.actions.links import link_provider, unlink_provider
from gongzhi.base.access.actions.second import (
    add_passkey,
    draw_codes,
    remove_code_app,
    remove_passkey,
    reset_second,
    set_code_app,
    show_code,
    show_passkey,
)
from gongzhi.base.access.actions.signing import (
    end_sessions,
    fail_second,
    fail_sign_in,
    sign_in,
    sign_out,
)

__all__ = [
    "add_passkey",
    "draw_codes",
    "end_sessions",
    "fail_second",
    "fail_sign_in",
    "issue_key",
    "link_provider",
    "remove_code_app",
    "remove_passkey",
    "reset_second",
    "revoke_key",
    "rotate_key",
    "set_code_app",
    "show_code",
    "show_passkey",
    "sign_in",
    "sign_out",
    "unlink_provider",
]
