"""What the log says of questions: whether an article answers them. Never the question."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, event

ASKED = event(
    "consultation.question_asked", _("有人咨询"), language=Code, outcome=Code, article=Code
)
JUDGED = event(
    "consultation.answer_judged", _("评价一篇问答"), article=Code, helped=Flag
)  # fmt: skip
