"""What the log says of applications: which service, which office; never who applies or why."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, Whole, event

FORM_BEGUN = event("public_services.form_begun", _("开始填表"), service=Code)
FORM_SAVED = event("public_services.form_saved", _("保存了没填完的表"), service=Code)
FORM_ERASED = event("public_services.form_erased", _("清除了没填完的表"), service=Code, reason=Code)
FILED = event(
    "public_services.application_filed", _("提交申请"), receipt=Id, service=Code, version=Code,
    filled_by=Code, channel=Code, asked=Whole, held=Whole,
    reused=Whole,
)  # fmt: skip
"""``asked``: how many fields and materials were asked for; ``held``: how many the office has itself
and did not ask for; ``reused``: how many of those asked were only confirmed, not typed again."""
FACTS_SHOWN = event(
    "public_services.facts_shown", _("凭查询码调出了填过的信息"), service=Code, fields=Whole
)
"""About what was told before: somebody with its code saw it, to use it for this service."""
FACTS_TAKEN = event(
    "public_services.facts_taken", _("同意用以前填的信息"),
    source=Code, of=Code, fields=Whole,
)  # fmt: skip
"""About the form that uses it: consent. ``source``: application, form or register; ``of``: its
code."""
REGISTER_ASKED = event(
    "public_services.register_asked", _("经同意查了登记"),
    register=Code, service=Code, found=Flag, entry=Id,
)  # fmt: skip
"""About the form it was asked for. Which entry, only where there was one: for its person to ask."""
REGISTER_LOADED = event(
    "public_services.register_loaded", _("换上了新的登记数据"), register=Code, entries=Whole
)
FACT_LEFT = event("public_services.fact_left", _("改为自己填"), field=Code)
MATERIAL_ADDED = event("public_services.material_added", _("交了材料"), material=Code)
MATERIAL_CHECKED = event(
    "public_services.material_checked", _("看了材料"), material=Code, good=Flag
)
MATERIAL_READ = event("public_services.material_read", _("查看了材料"), material=Code, unit=Id)
VISITED = event(
    "public_services.visit_counted", _("来了一趟窗口"), service=Code, number=Whole, why=Code
)
WORDS_ERASED = event("public_services.words_erased", _("按申请人要求清除"), receipt=Id, files=Whole)
