"""Who sees how much is asked and how much stays unanswered; who writes articles, who lets them
out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.consultation.models import Wording

VIEW = "consultation.view_counts"
WRITE = "consultation.write_article"
REVIEW = "consultation.review_article"


def require_second(by: Actor, wording: Wording) -> Account:
    """Whoever decides on a wording; refuses the one who wrote it, and whoever may not."""
    require(by, REVIEW)
    if not isinstance(by.source, Account) or by.source.pk == wording.author_id:
        words = _("自己写的要由另一个人来审。")
        raise Refused(words, code="own_article", status=403)
    return by.source
