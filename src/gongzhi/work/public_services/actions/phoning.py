"""Applying by telephone: for whoever doesn't go online and can't come."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.public_services.actions.applying import NewApplication, file_application
from gongzhi.work.public_services.models import FilledInBy
from gongzhi.work.public_services.permissions import PHONE
from gongzhi.work.public_services.selectors.services import offices_of


@action
def file_by_phone(
    by: Actor, new: NewApplication, *, agreed: bool, read_back: bool, key: str
) -> Receipt:
    """Open an application for somebody on the telephone, at the counter that they choose.

    Refuses without their consent to what was read to them, before everything was read back, and a
    counter that isn't the service's. No visit is counted: nobody came.
    """
    require(by, PHONE)
    if new.office not in offices_of(new.service):
        words = _("请选一个窗口。")
        raise Refused(words, code="office", status=422, fields={"office": words})
    if not agreed:
        wrong = _("先念给来电人听，他同意了再勾。")
        raise Refused(wrong, code="consent", status=422, fields={"agreed": wrong})
    if not read_back:
        wrong = _("先把填的念一遍，来电人说对了再提交。")
        raise Refused(wrong, code="read_back", status=422)
    told = replace(new, filled_by=FilledInBy.PHONE, channel="phone")
    return file_application(by, told, key=key)
