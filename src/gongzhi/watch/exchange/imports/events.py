"""What the log says of imports. The matters' own entries say what came in."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Whole, event

BATCH_IMPORTED = event(
    "imports.batch_imported",
    _("导入了一批"),
    mapping=Code, position=Whole, imported=Whole, known=Whole, rejected=Whole,
)  # fmt: skip
IMPORT_FINISHED = event(
    "imports.import_finished",
    _("导入完成"),
    mapping=Code, read=Whole, imported=Whole, known=Whole, rejected=Whole,
)  # fmt: skip
