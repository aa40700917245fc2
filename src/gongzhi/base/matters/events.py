"""What the log says of matters. Each is recorded about its matter, so that one subject has all."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, When, Whole, event

OPENED = event(
    "matters.matter_opened",
    _("立件"),
    procedure=Code, version=Code, category=Code, priority=Whole, unit=Id,
    channel=Code, town=Code, h7=Code, parties=Whole, files=Whole,
)  # fmt: skip
STEP_TAKEN = event(
    "matters.step_taken",
    _("进入下一环节"),
    step=Code, previous=Code, elements=Codes, choices=Codes, party=Id,
)  # fmt: skip
APPROVED = event("matters.element_approved", _("批准"), element=Code)
ELEMENT_SHOWN = event("matters.element_shown", _("补上了材料"), element=Code)
CLOCK_EXTENDED = event(
    "matters.clock_extended", _("延长了时限"),
    clock=Code, due_at=When, previous=When, times=Whole, party=Id,
)  # fmt: skip
JOURNEY_LEFT_OUT = event(
    "matters.journey_left_out", _("扣除了在途时间"),
    clock=Code, due_at=When, previous=When, party=Id,
)  # fmt: skip
HANDED_OVER = event(
    "matters.matter_handed_over", _("移交"), giver=Id, taker=Id, reason=Code, bounce=Flag
)
TAKEN_ON = event("matters.matter_taken_on", _("专人承办"), account=Id)
PRIORITY_CHANGED = event(
    "matters.priority_changed", _("调整了紧急程度"), priority=Whole, previous=Whole
)
RECATEGORISED = event("matters.recategorised", _("改了类别"), category=Code, previous=Code)
PLACE_CORRECTED = event("matters.place_corrected", _("更正了位置"), town=Code, h7=Code)
WORDS_ADDED = event(
    "matters.words_added", _("记录了内容"), message=Id, use=Code, public=Flag, files=Whole
)
TOLD_ERASED = event("matters.told_erased", _("清除了内容"), reason=Code, files=Whole)
MERGED = event("matters.matter_merged", _("并入另一件"), into=Id)
ABSORBED = event("matters.matter_absorbed", _("合并进来一件"), other=Id)
MANY_ABSORBED = event("matters.many_absorbed", _("一次合并进来多件"), many=Whole)
CLOCK_WARNED = event(
    "matters.clock_warned", _("时限快到了"), clock=Code, due_at=When, unit=Id, party=Id
)
CLOCK_MISSED = event(
    "matters.clock_missed", _("超过时限"), clock=Code, due_at=When, unit=Id, law=Flag, party=Id
)
CLOCK_PASSED = event(
    "matters.clock_passed", _("期限已满"), clock=Code, ended_at=When, unit=Id, party=Id
)
CLOCK_RECOUNTED = event(
    "matters.clock_recounted", _("重新计算了到期时间"),
    clock=Code, due_at=When, previous=When, party=Id,
)  # fmt: skip
PARTY_MOVED = event("matters.party_moved", _("当事人转到另一件"), party=Id, into=Id)
PARTY_CAME = event("matters.party_came", _("当事人从另一件转来"), party=Id, origin=Id)
PART_ASKED = event("matters.part_asked", _("请别的单位办一部分"), part=Id, matter=Id, unit=Id)
PART_ENDED = event("matters.part_ended", _("一部分有了结果"), part=Id, matter=Id, step=Code)
PARTS_LEFT_OPEN = event("matters.parts_left_open", _("没等各部分办完就答复"), parts=Whole)
PARTS_MOVED = event("matters.parts_moved", _("各部分随件合并"), parts=Whole, origin=Id)
