"""What an applicant does on the page that follows the application."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.catalogue.kinds.service_checks import APPLICATION
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.pages.kept import own_deed
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.uploads import received


@public
@require_POST
@throttled("application.add", tries=60, seconds=600)
@own_deed(kind=APPLICATION)
def add(request: HttpRequest, receipt: Receipt) -> str:
    """Add an upload."""
    sent = request.FILES.get("file")
    if sent is None or not sent.name:
        words = _("请先选一张照片或者一个 PDF。")
        raise Refused(words, code="upload", status=422, fields={"file": words})
    code = request.POST.get("material", "")
    actions.add_material(Actor.resident(), receipt, code, received(sent))
    return _("收到了。")


@public
@require_POST
@throttled("application.supplement", tries=20, seconds=600)
@own_deed(kind=APPLICATION)
def supplement(request: HttpRequest, receipt: Receipt) -> str:
    """All that was asked for is there."""
    actions.supplement(Actor.resident(), receipt)
    return _("收到了，窗口会接着看。")


@public
@require_POST
@throttled("application.withdraw", tries=20, seconds=600)
@own_deed(kind=APPLICATION)
def withdraw(request: HttpRequest, receipt: Receipt) -> str:
    """Take one's application back."""
    actions.withdraw_application(Actor.resident(), receipt)
    return _("已经撤回。")


@public
@require_POST
@throttled("application.erase", tries=20, seconds=600)
@own_deed(kind=APPLICATION)
def erase(request: HttpRequest, receipt: Receipt) -> str:
    """Forget who applied and with what."""
    actions.erase_words(Actor.resident(), receipt)
    return _("您留下的内容、材料和联系方式已经清除。")
