"""What the log says of nodes: kinds, places, minutes and days; no words."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Id, Whole, event

NODES_OPENED = event("nodes.nodes_opened", _("按地名库设立巡逻点"), sort=Code, nodes=Whole)
_SAID = {
    "sort": Code, "cells": Codes, "town": Code, "minutes": Whole, "visits": Whole, "since": Code,
    "until": Code,
}  # fmt: skip
NODE_OPENED = event("nodes.node_opened", _("设立巡逻点"), reason=Code, owner=Id, **_SAID)
NODE_CHANGED = event("nodes.node_changed", _("调整巡逻点"), fields=Codes, **_SAID)
NODE_ENDED = event("nodes.node_ended", _("撤销巡逻点"), sort=Code, reason=Code)
