"""What every page's shell needs to know."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from gongzhi.base.log import chain
from gongzhi.base.places.own import own_name
from gongzhi.base.ui.banners import banners
from gongzhi.base.ui.navigation import alarms, rail
from gongzhi.base.ui.reading import reads_large


def shell(request: HttpRequest) -> dict[str, Any]:
    """The county's name, the rail, and addresses that a county may not have mounted.

    The rail, the alarms and the banners are callables: a page without them asks nothing.
    """
    return {
        "county": county_name(),
        "large": reads_large(request),
        "rail": partial(rail, request),
        "alarms_url": partial(alarms, request),
        "banners": partial(banners, request),
        "start_url": address("access:start", "/"),
        "sign_in_url": address("access:sign_in"),
        "complain_url": address("complaints:complain"),
        "my_data_url": address("personal:mine"),
        "ask_url": address("consultation:ask"),
        "services_url": address("public_services:services"),
        "take_part_url": address("proposals:take_part"),
        "forecasts_url": address("forecasts:about"),
        "results_url": address("outcomes:results"),
        "datasets_url": address("datasets:datasets"),
        "sign_out_url": address("access:sign_out"),
        "notices_url": address("notices:mine"),
        "my_sign_in_url": address("access:mine"),
        "password_url": address("people:password"),
    }


def live_line() -> dict[str, Any]:
    """For the context of a staff page that listens to what happens (``ui/base.html``).

    Call it before you read what the page shows: what is written in between comes by the line.
    """
    return {"live_url": address("live:stream"), "live_after": chain.head()[0]}


def county_name(*, ask: bool = True) -> str:
    """The county's own name in the reader's language, or the product's.

    Without ``ask`` the database is left alone, for pages that must be shown without it.
    """
    return own_name(ask=ask) or _("共治")


def address(url_name: str, otherwise: str = "") -> str:
    """The address of a named page; `otherwise` where it isn't mounted."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return otherwise
