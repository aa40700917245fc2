"""What the log says of sources: which, how many rows, and why not."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Whole, event

_COUNTS = {"read": Whole, "kept": Whole, "known": Whole, "quarantined": Whole}
BATCH_BEGAN = event("receiving.batch_began", _("开始接收一批"), connector=Code)
BATCH_LOADED = event("receiving.batch_loaded", _("收下一批"), connector=Code, **_COUNTS)
BATCH_HELD = event(
    "receiving.batch_held", _("一批等人决定"), connector=Code, unit=Code, reasons=Codes, read=Whole
)
BATCH_RELEASED = event("receiving.batch_released", _("决定收下一批"), connector=Code, **_COUNTS)
BATCH_TURNED_AWAY = event("receiving.batch_turned_away", _("决定不收一批"), connector=Code)
BATCH_REPLAYED = event("receiving.batch_replayed", _("重新核对一批"), connector=Code, **_COUNTS)
BATCH_STOPPED = event("receiving.batch_stopped", _("停下一批"), connector=Code, pieces=Whole)
BATCH_RESUMED = event("receiving.batch_resumed", _("接着读一批"), connector=Code, pieces=Whole)
SOURCE_ASKED = event("receiving.source_asked", _("要求马上取一次"), connector=Code)
SOURCE_FAILING = event(
    "receiving.source_failing", _("来源取不到"), connector=Code, unit=Code, why=Code
)
SOURCE_BACK = event("receiving.source_back", _("来源恢复"), connector=Code)
SOURCE_SILENT = event("receiving.source_silent", _("来源没有动静"), connector=Code, unit=Code)
SOURCE_HEARD = event("receiving.source_heard", _("来源又有数据"), connector=Code)
TEXT_READ_AS = event(
    "receiving.text_read_as", _("规定来源的写法怎么读"), connector=Code, field=Code
)
RECEIVED_FORGOTTEN = event("receiving.received_forgotten", _("清理收到的原样"), many=Whole)
