"""The report's timeline as a figure on paper: the page's drawing, with its colours and its key."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _

from gongzhi.work.command.selectors.drawing import Drawing, Strip

INK, SOFT, LINE = "#14262c", "#41545b", "#d8e0e1"
FILLS = {"waiting": "#93600a", "moving": "#abc8e2", "there": "#0b5f6e", "roll": "#41545b"}
"""As `frontend/css/command.css` has them, which no paper reads."""
SIZE, SMALL = 17, 15
"""Of letters, in the drawing's units: nearly eight points on A4."""
LONGEST = 11
"""Letters of a row's name that fit beside it."""
KEY = 34


def figure(drawing: Drawing, fonts: Sequence[str]) -> str:
    """The drawing as SVG that stands by itself; whatever it says is escaped."""
    height = drawing.height + KEY
    box = f"0 0 {drawing.width} {height}"
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": box,
                           "width": str(drawing.width), "height": str(height),
                           "font-family": ", ".join(fonts)})  # fmt: skip
    for x, words in drawing.ticks:
        _put(root, "line", x1=x, x2=x, y1=20, y2=drawing.height, stroke=LINE)
        _said(root, words, x, 14, "middle", SMALL, SOFT)
    for strip in drawing.strips:
        _strip(root, strip, drawing.label)
    _key(root, drawing)
    return tostring(root, encoding="unicode")


def _strip(root: Element, strip: Strip, label: int) -> None:
    name = strip.label if len(strip.label) <= LONGEST else f"{strip.label[: LONGEST - 1]}…"
    _said(root, name, label, strip.middle + 6, "end", SIZE, INK)
    for bar in strip.bars:
        shape = {"x": bar.x, "y": strip.y + 5, "width": bar.width, "height": 16, "rx": 3}
        _put(root, "rect", fill=FILLS[bar.kind], **shape)
    for x in strip.dots:
        _put(root, "circle", cx=x, cy=strip.middle, r=4, fill=INK)


def _key(root: Element, drawing: Drawing) -> None:
    """What each colour means."""
    y, x = drawing.height + 10, drawing.label + 10
    said = {"waiting": _("等答复"), "moving": _("在路上"), "there": _("在场"), "roll": _("点名")}
    for kind, words in said.items():
        _put(root, "rect", x=x, y=y, width=20, height=14, rx=3, fill=FILLS[kind])
        _said(root, words, x + 28, y + 13, "start", SIZE, INK)
        x += 140


def _said(root: Element, words: str, x: float, y: float, anchor: str, size: int, ink: str) -> None:
    text = _put(root, "text", x=x, y=y, fill=ink)
    text.set("text-anchor", anchor)
    text.set("font-size", str(size))
    text.text = words


def _put(root: Element, name: str, **told: object) -> Element:
    return SubElement(root, name, {key: str(value) for key, value in told.items()})
