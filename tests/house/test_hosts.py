"""No file sends a machine to somebody's package registry: a county installs from its own mirror."""

from __future__ import annotations

from tests.house.source import shown, tracked

# Spelled in two halves, or this file would be the first to fail.
REGISTRIES = [
    "".join(halves)
    for halves in [
        ("pypi", ".org"), ("python", "hosted.org"), ("registry.np", "mjs"), ("npm", "mirror.com"),
        ("mirrors.ali", "yun.com"), ("tuna.tsing", "hua"), ("unp", "kg.com"), ("jsde", "livr"),
        ("cdn", "js"), ("proxy.gol", "ang"), ("crates", ".io"), ("repo.maven", ".apache"),
        ("repo1.ma", "ven"), ("files.python", "hosted"),
    ]
]  # fmt: skip
FONTS_AND_TILES = ["".join(halves) for halves in [("fonts.goo", "gle"), ("tile.openst", "reetmap")]]


def test_no_tracked_file_names_a_registry() -> None:
    named = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "ignore").lower()
        named += [f"{shown(path)}: {host}" for host in REGISTRIES if host in text]
    assert not named, named


def test_no_page_is_built_with_somebody_elses_fonts_or_tiles() -> None:
    named = []
    for path in tracked():
        if path.suffix in {".html", ".css", ".js", ".mjs", ".json", ".py"}:
            text = path.read_text(encoding="utf-8", errors="ignore").lower()
            named += [f"{shown(path)}: {host}" for host in FONTS_AND_TILES if host in text]
    assert not named, named
