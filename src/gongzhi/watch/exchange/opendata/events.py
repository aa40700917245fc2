"""What the log says of open data: which dataset and version, how many rows; never a figure."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Id, Number, Whole, event

VERSION_DUE = event("opendata.version_due", _("公共数据该出新版本"), dataset=Code, periods=Codes)
VERSION_PROPOSED = event(
    "opendata.version_proposed", _("准备好公共数据的新版本"),
    dataset=Code, version=Id, periods=Codes, again=Codes, rows=Whole,
)  # fmt: skip
VERSION_DROPPED = event(
    "opendata.version_dropped", _("公共数据的新版本不发布"), dataset=Code, version=Id
)
VERSION_PUBLISHED = event(
    "opendata.version_published", _("发布公共数据"),
    dataset=Code, version=Id, number=Whole, rows=Whole, epsilon=Number,
)  # fmt: skip
VERSION_WITHDRAWN = event(
    "opendata.version_withdrawn", _("撤下公共数据的一个版本"),
    dataset=Code, version=Id, number=Whole,
)  # fmt: skip
