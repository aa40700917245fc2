"""Making a proposal, supporting it, having a say; and what its author may do later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.actions import erase_file, keep_photo
from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter, take_step
from gongzhi.base.matters.models import Narrative
from gongzhi.base.people.holding import require_not_held
from gongzhi.base.places.coordinates import Point
from gongzhi.base.reach.actions import prove
from gongzhi.base.reach.models import Proof
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.receiving import new_receipt, require_key
from gongzhi.work.participation.selectors import unit_for
from gongzhi.work.proposals import events
from gongzhi.work.proposals.models import Comment, Proposal, Support
from gongzhi.work.proposals.permissions import require_official
from gongzhi.work.proposals.selectors.following import own_proposal
from gongzhi.work.proposals.states import NEEDED, PROCEDURE, SPOKEN, SUPPORTED
from gongzhi.work.proposals.texts import checked_line, checked_text, for_everybody

SUPPORT = "support"
"""What a phone is proved for when its owner supports a proposal."""
SYSTEM = Actor.system("proposals")
LONGEST_COMMENT = 500


@dataclass(frozen=True)
class NewProposal:
    """What is proposed; all but title and words may stay empty."""

    title: str
    words: str
    place: str = ""
    point: Point | None = None
    accuracy: int | None = None
    photos: Sequence[Photo] = ()


@action
def propose(by: Actor, new: NewProposal, *, idempotency_key: str) -> Receipt:
    """Open a proposal, which is public at once, what must not be public in it masked. The code is
    `code_for(idempotency_key)`; a key used before is refused by the database."""
    require_key(idempotency_key)
    title = for_everybody(checked_line(new.title, "title"))
    matter = open_matter(
        by,
        NewMatter(
            procedure=PROCEDURE, category=PROCEDURE,
            owner=unit_for(catalogue().categories[PROCEDURE], None),
            words=for_everybody(checked_text(new.words, "words", needed=True)),
            place=for_everybody(new.place), point=new.point, accuracy=new.accuracy,
            files=[keep_photo(by, one) for one in new.photos], idempotency_key=idempotency_key,
        ),
    )  # fmt: skip
    Proposal.objects.create(matter=matter, title=title)
    receipt = new_receipt(matter, idempotency_key)
    record(events.PROPOSED, matter, receipt=receipt.pk)
    return receipt


@action
def support_proposal(by: Actor, proposal: Proposal, mark: str) -> Proposal:
    """Support it: once for each mark of a phone. With enough support it is discussed at once."""
    held = _open(proposal, SUPPORTED, _("已经过了附议的时候。"))
    _support, fresh = Support.objects.get_or_create(proposal=held, mark=mark)
    if not fresh:
        raise Refused(_("这个号码已经附议过了，谢谢您。"), code="supported_before", status=409)
    held.supported += 1
    held.save(update_fields=["supported"])
    record(events.SUPPORTED, held.matter)
    if held.supported >= NEEDED and held.matter.step == "collecting":
        take_step(SYSTEM, held.matter, "discussing")
    return held


@action
def support_by_phone(by: Actor, proposal: Proposal, *, proof: str, code: str) -> Proposal:
    """Prove the phone by the code it got, and support; all or nothing."""
    held = Proof.objects.filter(key=proof, purpose=SUPPORT).first()
    if held is None or held.proved_at is None:
        held = prove(by, proof, code)
    return support_proposal(by, proposal, held.mark(f"proposal-{proposal.pk}"))


@action
def comment(by: Actor, proposal: Proposal, words: str, *, idempotency_key: str) -> Comment:
    """Say something of it in public, without a name. The code finds it again."""
    require_key(idempotency_key)
    held = _open(proposal, SPOKEN, _("讨论已经结束。"))
    made = Comment.objects.create(
        proposal=held, at=now(), code_hash=hashed(code_for(idempotency_key)),
        words=for_everybody(checked_text(words, "words", LONGEST_COMMENT, needed=True)),
    )  # fmt: skip
    record(events.COMMENTED, held.matter, comment=made.pk, official=False)
    return made


@action
def answer_officially(by: Actor, proposal: Proposal, words: str, *, key: str) -> Comment:
    """Answer in the name of one's unit; marked as such, at any step."""
    account = require_official(by)
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    made = Comment.objects.create(
        proposal=held, at=now(), code_hash=hashed(code_for(key)), unit=account.unit,
        author=account, words=checked_text(words, "words", needed=True),
    )  # fmt: skip
    record(events.COMMENTED, held.matter, comment=made.pk, official=True)
    return made


@action
def withdraw_proposal(by: Actor, receipt: Receipt) -> Proposal:
    """Take one's proposal back while nobody works on it."""
    proposal = own_proposal(receipt)
    take_step(by, proposal.matter, "withdrawn")
    proposal.supports.all().delete()
    return proposal


@action
def erase_proposal(by: Actor, receipt: Receipt) -> Proposal:
    """Erase what its author wrote and showed. Refused while somebody works on it."""
    proposal = own_proposal(receipt)
    if proposal.matter.closed_at is None:
        raise Refused(
            _("还在办理，要用到这些内容。办结或者撤回以后就可以清除。"),
            code="still_needed", status=409,
        )  # fmt: skip
    matter = proposal.matter
    require_not_held(matter.pk)
    files = [one.file for one in matter.attachments.filter(message=None).select_related("file")]
    matter.attachments.filter(message=None).delete()
    for file in files:
        erase_file(by, file, reason="asked")
    Narrative.objects.filter(matter=matter).update(words="", place="")
    Proposal.objects.filter(pk=proposal.pk).update(title="")
    record(events.WORDS_ERASED, matter, files=len(files) or None)
    return proposal


@action
def erase_comment(by: Actor, comment: Comment) -> None:
    """Erase one's own comment for good."""
    held = Comment.objects.select_related("proposal__matter").get(pk=comment.pk)
    record(events.COMMENT_ERASED, held.proposal.matter, comment=held.pk)
    held.delete()


@action
def forget_told(by: Actor, proposal: Proposal) -> None:
    """The matter's words were erased: its title and comments go, too."""
    proposal.comments.all().delete()
    proposal.supports.all().delete()
    Proposal.objects.filter(pk=proposal.pk).update(title="")
    record(events.WORDS_ERASED, proposal.matter)


def _open(proposal: Proposal, steps: Sequence[str], over: str) -> Proposal:
    """The proposal, locked; refused at another step, and where it is out of view."""
    held = Proposal.objects.select_for_update(of=("self",)).select_related("matter")
    found = held.get(pk=proposal.pk)
    if found.matter.step not in steps:
        raise Refused(over, code="over", status=409)
    removal = getattr(found, "removal", None)
    if removal is not None and removal.hides:
        raise Refused(_("这条建议按规则撤下了。"), code="removed", status=409)
    return found
