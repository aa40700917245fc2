"""What somebody comes to a counter for."""

from django.utils.translation import gettext_lazy as _

VISITS = {
    "apply": _("当面申请"),
    "show": _("核对原件、采集照片指纹"),
    "collect": _("来领结果"),
    "missing": _("补材料"),
    "unclear": _("没弄明白怎么办"),
    "again": _("上次没办成，又来"),
}
"""The last three are what one visit should have spared."""
