"""Where the shapes of DCAT-AP lie: `dcat_ap.ttl`, for every test that judges by them."""

from __future__ import annotations

from pathlib import Path

SHAPES = Path(__file__).parent / "dcat_ap.ttl"
