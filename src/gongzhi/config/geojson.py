"""Reading GeoJSON (RFC 7946) that an operator brings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused


def features_of(path: Path) -> list[Any]:
    """The features of a collection. Refuses a file that can't be read as one."""
    try:
        told = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as wrong:
        reason = wrong.strerror or str(wrong)
        said = _("打不开文件“%(file)s”：%(reason)s。") % {"file": path, "reason": reason}
        raise Refused(said, code="no_file") from wrong
    except (ValueError, RecursionError):
        told = None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list):
        raise Refused(
            _("“%(file)s”不是 GeoJSON：应是一个带 features 的 FeatureCollection。")
            % {"file": path},
            code="no_geojson",
        )
    return features
