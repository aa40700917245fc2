"""Collecting the texts to translate, with Babel: no gettext programs are needed.

Chinese is the language of the source; ``locale/en`` holds the English. Django's own `templatize`
turns a template into something that reads like Python, so both come out of one extractor.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, None] = dict.fromkeys(
    (
        "_", "_lazy", "gettext", "gettext_lazy", "gettext_noop", "_n", "ngettext", "ngettext_lazy",
        "pgettext", "pgettext_lazy",
    )
)  # fmt: skip
_NAMES = re.compile(r"%\((\w+)\)")


def collect() -> Catalog:
    """Every text in the source, without translations."""
    found = Catalog(project="Gongzhi", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"}:
            _collect_from(path, found)
    return found


def _collect_from(path: Path, found: Catalog) -> None:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        # What is left of the markup must not look indented to Python's tokenizer.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    source = io.BytesIO(text.encode())
    for _, function, message, _ in extract_python(source, KEYWORDS, [], {"encoding": "utf-8"}):
        context, told = _arguments(function, message)
        if told and told[0]:
            found.add(told if len(told) > 1 else told[0], context=context)


def _arguments(function: object, message: object) -> tuple[str | None, tuple[str, ...]]:
    parts = message if isinstance(message, tuple | list) else (message,)
    texts = tuple(str(part) for part in parts if isinstance(part, str))
    name = str(function)
    if "pgettext" in name:
        return (texts[0], texts[1:]) if len(texts) > 1 else (None, ())
    return None, texts[:2] if "ngettext" in name or name == "_n" else texts[:1]


def english() -> Catalog:
    """The English catalogue as it stands."""
    if not ENGLISH.exists():
        return Catalog(locale="en", charset="utf-8")
    with ENGLISH.open("rb") as source:
        return read_po(source, locale="en", charset="utf-8")


def update() -> Catalog:
    """Bring the English file up to date with the source, and compile it."""
    known = english()
    # Not fuzzy: a fuzzy file is not compiled. The old date: nothing changes when no text does.
    fresh = Catalog(
        locale="en",
        project="Gongzhi",
        charset="utf-8",
        copyright_holder="the Gongzhi maintainers",
        fuzzy=False,
        creation_date=known.creation_date,
        revision_date=known.creation_date,
        header_comment="# English for Gongzhi; the msgids are the Chinese source.",
    )
    for message in collect():
        if message.id:
            fresh.add(message.id, _kept(known, message), context=message.context)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as out:
        write_po(out, fresh, width=100, omit_header=False, sort_output=True)
    compile_english(fresh)
    return fresh


def _kept(known: Catalog, message: Message) -> str | tuple[str, ...]:
    """What it is in English already; a text that was given a plural, or lost it, begins anew."""
    old = known.get(message.id, message.context)
    if old is None or isinstance(old.id, str) != isinstance(message.id, str):
        return ""
    return old.string if isinstance(old.string, str) else tuple(old.string or ())


def compile_english(texts: Catalog | None = None) -> None:
    """Write the compiled file that the running platform reads (not kept in git)."""
    with ENGLISH.with_suffix(".mo").open("wb") as out:
        write_mo(out, texts or english())


def missing() -> list[str]:
    """Texts without English, each as the source has it."""
    known = english()
    return [
        str(message.id)
        for message in collect()
        if message.id and not _is_told(known, message.id, message.context)
    ]


def unfit(texts: Catalog | None = None) -> list[str]:
    """English that names what the Chinese doesn't, or can't be filled in: its page would break."""
    return [
        told
        for message in texts or english()
        if message.id and message.python_format
        for told in _both(message.string)
        if told and not _fits(told, {*_NAMES.findall("".join(_both(message.id)))})
    ]


def _fits(english: str, names: set[str]) -> bool:
    try:
        return bool(english % dict.fromkeys(names, 1))
    except (KeyError, TypeError, ValueError):
        return False


def _both(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _is_told(known: Catalog, text: object, context: str | None) -> bool:
    message = known.get(text, context)  # type: ignore[arg-type]
    if message is None:
        return False
    told = message.string
    return all(told) if isinstance(told, tuple | list) else bool(told)
