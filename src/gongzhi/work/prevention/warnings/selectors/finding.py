"""One warning or message, as an address names it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.prevention.warnings.models import Message, Warning
from gongzhi.work.prevention.warnings.selectors.standing import real


def shown_warning(number: str) -> Warning:
    """One that residents may see, by its number. Refuses (404) all others alike."""
    found = real().filter(pk=id_in(number)).first()
    if found is None or found.number != number:
        raise no_warning()
    return found


def shown_message(identifier: str) -> Message:
    """A published message of such a one."""
    found = Message.objects.filter(identifier=identifier, warning__exercise=False).first()
    if found is None:
        raise no_warning()
    return found


def no_warning() -> Refused:
    """It isn't there, or isn't for residents."""
    return Refused(_("没有这条预警，或者它还没有发布。"), code="no_warning", status=404)
