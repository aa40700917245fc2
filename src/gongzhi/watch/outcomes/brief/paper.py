"""The brief on paper. What it says goes in as data, never as markup, so no text is a command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.places.own import own_name
from gongzhi.watch.outcomes import saying
from gongzhi.watch.outcomes.brief.making import Brief, Line
from gongzhi.watch.outcomes.drawing import Picture
from gongzhi.work.dossier.paper.pdf import fonts

_LAYOUT = Path(__file__).with_name("layout.typ")


def as_pdf(brief: Brief) -> bytes:
    """One A4 page or two, with its fonts embedded. Refuses where no font can show Chinese."""
    import typst

    told = {"brief": json.dumps(plain(brief)), "fonts": json.dumps(fonts())}
    made = typst.compile(_LAYOUT.read_bytes(), sys_inputs=told, format="pdf")
    assert isinstance(made, bytes)  # noqa: S101  (one document, no output path)
    return made


def plain(brief: Brief) -> dict[str, Any]:
    """As JSON can carry it."""
    words = saying.serves()
    return {
        "lang": "zh" if (get_language() or "").startswith("zh") else "en",
        "title": brief.title, "period": brief.period, "county": own_name(),
        "summary": brief.summary, "none": _("这一周还没有数。"),
        "heads": [_("指标"), _("这一周"), _("平常的范围"), _("近来"), _("怎么看")],
        "lines": [{**_line(one), "serves": words[one.serves]} for one in brief.lines],
        "unmeasured": [list(one) for one in brief.unmeasured],
        "unmeasured_title": _("还没有统计"),
        "how": _("灰带是平常的范围。超出灰带，或者连着八周都在中线一边又差得够远，才说变了；"
                 "别的起落多半是偶然。"),
    }  # fmt: skip


def _line(one: Line) -> dict[str, Any]:
    return {
        "words": one.words, "value": one.value, "usual": _usual(one),
        "verdict": f"{one.verdict} {one.side}".strip(), "changed": one.changed,
        "svg": _svg(one.picture) if one.picture else "",
    }  # fmt: skip


def _usual(one: Line) -> str:
    target = _("目标 %(target)s") % {"target": one.target} if one.target else ""
    return "\n".join(told for told in (one.usual, target) if told) or "—"


def _svg(shown: Picture) -> str:
    band = f'<polygon points="{shown.band}" fill="#e4e8e8"/>' if shown.band else ""
    last = shown.dots[-1]
    aims = "".join(
        f'<polyline points="{one}" fill="none" stroke="#444" stroke-width="3"'
        ' stroke-dasharray="4 8"/>'
        for one in shown.targets
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="50 0 600 170">{band}{aims}'
        f'<polyline points="{shown.line}" fill="none" stroke="#0b5f6e" stroke-width="5"/>'
        f'<circle cx="{last.x}" cy="{last.y}" r="9" fill="#0b5f6e"/></svg>'
    )
