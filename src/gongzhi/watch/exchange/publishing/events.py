"""What the log says of streams: never where a broker lies."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Whole, event

STREAM_BEGUN = event("publishing.stream_begun", _("开始发布数据流"), stream=Code, after=Whole)
STREAM_FAILING = event("publishing.stream_failing", _("数据流发不出去"), stream=Code, why=Code)
STREAM_BACK = event("publishing.stream_back", _("数据流恢复"), stream=Code)
STREAM_REWOUND = event(
    "publishing.stream_rewound", _("数据流重发"), stream=Code, after=Whole, previous=Whole
)
