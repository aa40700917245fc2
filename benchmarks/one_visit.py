"""How long it takes to apply on a phone, from the landing page to the receipt.

    .venv/bin/python benchmarks/one_visit.py [--quick] [--json FILE] [--home HOME]

A browser of a phone's size goes through the pages of five common services as fast as people read
and type (`tests/browser/visiting.py` says how fast, and by whom that was measured), the longest way
through the check, every field, every photo. ``seconds``: from the landing page to the receipt;
``answers``: questions, fields, photos, the counter and the consent; ``script_kb``: of the heaviest
page, unpacked. Which are the commonest no county has published by name: these are the first in the
catalogue's own order that are applied for by everybody, and the certificate of no record. --quick
adds the time that people take instead of waiting for it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")

import django  # noqa: E402

django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402

from _report import machine  # noqa: E402
from gongzhi.base.catalogue.load import catalogue  # noqa: E402
from tests.browser.conftest import FLAGS, WITHOUT_GRAPHICS, chromium_program  # noqa: E402
from tests.browser.visiting import Visit, Visitor  # noqa: E402
from tests.county import GONGZHI, RunningCounty  # noqa: E402

FIVE = (
    "residence_permit", "identity_card", "household_move_in", "passport", "no_record_certificate",
)  # fmt: skip
MOST_SECONDS, MOST_ANSWERS, MOST_SCRIPT_KB = 180, 25, 150
PHONE = {"width": 390, "height": 844}


def visits(url: str, *, live: bool) -> list[Visit]:
    """One of each service."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_program(), args=[*FLAGS, WITHOUT_GRAPHICS]
        )
        found = []
        for code in FIVE:
            context = browser.new_context(
                base_url=url, viewport=PHONE, locale="zh-CN", is_mobile=True, has_touch=True,
                timezone_id="Asia/Shanghai",
            )  # fmt: skip
            page = context.new_page()
            found.append(Visitor(page, live=live).applies_for(catalogue().services[code]))
            context.close()
        browser.close()
    return found


def tell(found: list[Visit]) -> None:
    """A line each."""
    names = ("seconds", "person", "machine", "answers")
    print(f"{'':24}" + "".join(f"{one:>9}" for one in names) + f"{'keys':>7}{'script kB':>11}")
    for one in found:
        print(
            f"{one.service:24}{one.seconds:9.1f}{one.person:9.1f}{one.machine:9.1f}"
            f"{one.answers:9}{one.keys:7}{one.script_kb:11.1f}"
        )


def main() -> None:
    """Measure, tell, and end with 1 where one takes too long."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="add people's time, don't wait for it")
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--home", type=Path, help="a demo county made before")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder)
        if asked.home is None:
            made = [GONGZHI, "demo", "--no-serve", "--days", "1", "--home", str(home)]
            subprocess.run(made, check=True)
        with RunningCounty(home) as county:
            found = visits(county.url, live=not asked.quick)
    tell(found)
    figures: dict[str, Any] = {"machine": machine(), "live": not asked.quick}
    figures["services"] = {one.service: {**asdict(one), "seconds": one.seconds} for one in found}
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    late = [
        one.service for one in found
        if one.seconds > MOST_SECONDS or one.answers > MOST_ANSWERS
        or one.script_kb > MOST_SCRIPT_KB
    ]  # fmt: skip
    if late:
        raise SystemExit(f"more than 3 minutes, 25 answers or 150 kB of script: {', '.join(late)}")


if __name__ == "__main__":
    main()
