"""One measure by its code, for whoever may see it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.measure import Measure
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused


def measure_named(code: str, *, public: bool) -> Measure:
    """Refuses what isn't there, or isn't this reader's; to both it says the same."""
    one = catalogue().measures.get(code)
    if one is None or (public and one.measured and one.audience != "public"):
        raise Refused(_("没有这个指标。"), code="no_such_measure", status=404)
    return one
