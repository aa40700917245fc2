"""Who may see the photos of a request."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.permissions import let_see
from gongzhi.base.matters.models import Attachment
from gongzhi.base.people.models import Account
from gongzhi.work.participation.pages.kept import kept_receipt
from gongzhi.work.participation.permissions import may_open
from gongzhi.work.participation.selectors import matter_followed


@let_see
def those_of_a_matter(request: HttpRequest, file: StoredFile) -> bool:
    """Staff who may open the request; the resident whose receipt this browser has opened."""
    attachment = Attachment.objects.filter(file=file).select_related("matter", "message").first()
    if attachment is None or attachment.matter.procedure != "resident_request":
        return False
    if isinstance(request.user, Account) and may_open(request.user, attachment.matter):
        return True
    return _follows(request, attachment)


def _follows(request: HttpRequest, attachment: Attachment) -> bool:
    """A neighbour who joined sees what the unit shows, not what another resident sent."""
    receipt = kept_receipt(request)
    if receipt is None:
        return False
    message = attachment.message
    if message is not None and message.pk == receipt.message_id:
        return True
    if not attachment.public:
        return False
    own = not receipt.joined and receipt.matter_id == attachment.matter_id
    by_staff = message is not None and message.author_id is not None
    return own or (by_staff and matter_followed(receipt).pk == attachment.matter_id)
