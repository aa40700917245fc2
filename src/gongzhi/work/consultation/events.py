"""What the log says of questions: whether an article answers them, never the question. And of
articles: which one was written, by whom it was let out; never its words."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, Whole, event

ASKED = event(
    "consultation.question_asked", _("有人咨询"), language=Code, outcome=Code, article=Code
)
JUDGED = event(
    "consultation.answer_judged", _("评价一篇问答"), article=Code, helped=Flag
)  # fmt: skip
PERSON_ASKED = event("consultation.person_asked", _("问人"))
PROPOSED = event(
    "consultation.article_proposed", _("提出一篇问答"), article=Code, number=Whole, unit=Id,
)  # fmt: skip
CHANGED = event("consultation.article_changed", _("改了一篇待审的问答"), article=Code, number=Whole)
PUBLISHED = event("consultation.article_published", _("发布一篇问答"), article=Code, number=Whole)
DECLINED = event("consultation.article_declined", _("没有采用一篇问答"), article=Code, number=Whole)
RETIRED = event("consultation.article_retired", _("下架一篇问答"), article=Code, number=Whole)
