"""Every text a person sees can be translated, and no page carries what is forbidden."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, parsed, python_files, shown, tracked

PRODUCT = "共治"  # is called so in every language
CHINESE = re.compile(r"[\u3400-\u9fff\uff01-\uff5e\u3001-\u3011]")
GETTEXT = {
    "_", "_lazy", "_n",
    "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext",
    "pgettext_lazy", "npgettext", "npgettext_lazy",
    "compile",  # a pattern reads, it says nothing
}  # fmt: skip
# Names of made-up places and people, names of languages, ranges of characters.
NOT_SPOKEN = [
    PACKAGE / "work" / "dossier" / "paper",  # official papers are in Chinese
    PACKAGE / "work" / "cases" / "numbering.py",  # and so are their numbers
    PACKAGE / "config" / "demo",
    PACKAGE / "config" / "settings.py",
    PACKAGE / "config" / "message_files.py",  # columns, as petition offices call them
    PACKAGE / "base" / "places" / "search" / "words.py",
    PACKAGE / "work" / "consultation" / "search" / "terms.py",  # words that mean nothing
    PACKAGE / "base" / "matters" / "terms.py",  # surnames, and how people are called
    PACKAGE / "base" / "matters" / "masking.py",  # how numbers are written
    PACKAGE / "work" / "participation" / "phrases.py",  # what offices say instead of an answer
]

COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*trans(?:late)?\b.*?%}"
    r"|_\(\s*(['\"]).*?\1\s*\)"
    r"|<[^>]*\slang=\"zh[^>]*>[^<]*<",  # Chinese for readers of Chinese, and marked as such
    re.DOTALL,
)
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", re.IGNORECASE),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "another host": re.compile(r"(?:src|href|action|poster)\s*=\s*['\"]?(?:https?:)?//[^{]"),
    "a drawn time, read out as markup": re.compile(r'="[^"<>]*\|(?:hour|ago|waited)\b[^"<>]*"'),
    "a box that only a pointer scrolls": re.compile(r'<div class="table-box(?![^>]*tabindex="0")'),
}


def templates() -> list[Path]:
    return [
        path for path in tracked() if path.suffix in {".html", ".txt"} and PACKAGE in path.parents
    ]


def scripts() -> list[Path]:
    folder = ROOT / "frontend"
    return [path for path in tracked() if path.suffix == ".js" and folder in path.parents]


def blank(match: re.Match[str]) -> str:
    """Nothing but the line breaks, so that line numbers stay right."""
    return "\n" * match[0].count("\n")


def chinese_lines(path: Path, text: str) -> list[str]:
    return [
        f"{shown(path, number)} {line.strip()[:60]}"
        for number, line in enumerate(text.splitlines(), 1)
        if CHINESE.search(line)
    ]


def test_chinese_in_templates_is_translatable() -> None:
    bare = []
    for path in templates():
        text = COMMENT.sub(blank, path.read_text(encoding="utf-8"))
        bare += chinese_lines(path, TRANSLATED.sub(blank, text))
    assert not bare, "put into {% translate %}:\n" + "\n".join(bare)


def test_chinese_in_scripts_comes_from_the_page() -> None:
    """Scripts read their words from data attributes, where the templates translate them."""
    bare = []
    for path in scripts():
        text = re.sub(r"/\*.*?\*/", blank, path.read_text(encoding="utf-8"), flags=re.DOTALL)
        bare += chinese_lines(path, re.sub(r"(^|\s)//.*", "", text))
    assert not bare, "\n".join(bare)


def spoken_constants(tree: ast.Module) -> list[ast.Constant]:
    """String constants with Chinese in them, except documentation, what is translated, and what
    stands in ``… if chinese else …``, said in both languages on the spot."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        docstring = isinstance(node, ast.Expr) and is_text(node.value)
        translated = isinstance(node, ast.Call) and called(node) in GETTEXT
        if docstring or translated or isinstance(node, ast.IfExp):
            silent |= {id(inner) for inner in ast.walk(node)}
    return [
        node
        for node in ast.walk(tree)
        if is_text(node)
        and id(node) not in silent
        and CHINESE.search(str(node.value).replace(PRODUCT, ""))
    ]


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_chinese_in_code_is_translatable() -> None:
    bare = [
        f"{shown(path, constant.lineno)} {constant.value!r:.60}"
        for path in python_files("src")
        if not any(path == root or root in path.parents for root in NOT_SPOKEN)
        for constant in spoken_constants(parsed(path))
    ]
    assert not bare, "put into _():\n" + "\n".join(bare)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has_what_is_forbidden(what: str) -> None:
    found = []
    for path in templates():
        if path.suffix == ".html":
            text = COMMENT.sub(blank, path.read_text(encoding="utf-8"))
            for match in FORBIDDEN[what].finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{shown(path, line)} {match[0]!r}")
    assert not found, found
