"""The Common Alerting Protocol 1.2 (OASIS Standard, 1 July 2010), in plain Python.

`message` is what one says, `writing` and `reading` are XML, `sense` finds what can't be meant.
"""

from gongzhi.work.prevention.warnings.cap.message import (
    Alert,
    Area,
    Block,
    Reference,
)
from gongzhi.work.prevention.warnings.cap.reading import Fault, NotReadable, read_alert
from gongzhi.work.prevention.warnings.cap.writing import alert_xml

__all__ = ["Alert", "Area", "Block", "Fault", "NotReadable", "Reference", "alert_xml", "read_alert"]
