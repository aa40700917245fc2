"""Looking at one's own details and taking a copy along: at once, with nobody in between."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.throttle import limit
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Person
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.personal.copies import packed
from gongzhi.work.personal.events import COPY_TAKEN, OWN_SHOWN
from gongzhi.work.personal.selectors.held import held, photos_of
from gongzhi.work.personal.selectors.looks import looks_under
from gongzhi.work.personal.selectors.own import persons_of, proven, told_by

TRIES_A_DAY = 5


@action
def show_own(by: Actor, receipt: Receipt, ends: str) -> Person:
    """The person whose number ends so, to whom what is sealed is shown; on record, for them to see.

    Refuses a wrong ending, in the same words where there is nobody, and the sixth try of a day.
    """
    limit("own_details", str(receipt.pk), tries=TRIES_A_DAY, seconds=86400)
    person = proven(receipt, ends)
    if person is None:
        wrong = _("和当时留的号码对不上。请填电话或者证件号码的最后四位，一天可以试五次。")
        raise Refused(wrong, code="not_proven", status=422, fields={"ends": wrong})
    record(OWN_SHOWN, person, fields=sorted(told_by(person)))
    return person


@action
def take_copy(by: Actor, receipt: Receipt, person: Person | None) -> bytes:
    """Everything under the code as one file that programs read, too: JSON, CSV and pictures."""
    if person is not None and person not in persons_of(receipt):
        raise Refused(_("这不是您的信息。"), code="not_yours", status=403)
    parts = held(receipt, person)
    record(COPY_TAKEN, receipt.matter, datasets=[one.dataset.code for one in parts])
    return packed(receipt.matter, parts, looks_under(receipt, person), photos_of(receipt))
