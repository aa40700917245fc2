"""What only the operating system can bring: a browser, fonts, Python's venv module."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from steps import Stop, run, step

QUIET = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable")
A_BROWSER = "chromium-headless-shell|chromium"  # Debian has the first, others only the second


def _administrator() -> list[str] | None:
    """The words before a command that needs root: none, ``sudo -n``, None where neither works."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    ):
        return ["sudo", "-n"]
    return None


def install(packages: Sequence[str], why: str) -> None:
    """Install Debian packages without asking; Stop with the command to type where we may not.

    Of ``one|another`` the first is installed that the archive has.
    """
    wanted = " ".join(package.split("|")[-1] for package in packages)
    administrator = _administrator()
    if administrator is None or not shutil.which("apt-get"):
        raise Stop(
            f"For {why} this machine lacks {wanted}; only its administrator can install that.\n"
            f"On Debian or Ubuntu: sudo apt-get install -y {wanted}\n"
            "Then start the same command again."
        )
    apt = [*administrator, "env", *(f"{k}={v}" for k, v in QUIET.items()), "apt-get", "-qq"]
    with step(f"installing {wanted} with apt-get ({why})"):
        run([*apt, "update"], log="apt")
        chosen = [_offered(package) for package in packages]
        run([*apt, "install", "-y", "--no-install-recommends", *chosen], log="apt")


def browser() -> str | None:
    """The path of an installed chromium, or None."""
    return os.environ.get("GONGZHI_CHROMIUM") or next(
        filter(None, map(shutil.which, BROWSERS)), None
    )


def browser_needs() -> None:
    """Everything the browser tests need of the system; quick when it is all there."""
    missing = []
    if not browser():
        missing.append(A_BROWSER)
    if not _has_library("libatomic.so.1"):  # the driver of the browser is linked against it
        missing.append("libatomic1")
    if not _speaks_chinese():
        missing.append("fonts-noto-cjk")
    if missing:
        install(missing, "the browser tests")


def _offered(package: str) -> str:
    """The first of ``one|another`` that the archive has, as far as apt was just told; else the
    last, whose name apt then says."""
    *first, last = package.split("|")
    return next((one for one in first if _archive_has(one)), last)


def _archive_has(package: str) -> bool:
    asked = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return asked.returncode == 0


def _has_library(name: str) -> bool:
    folders = ("/usr/lib", "/usr/lib64", "/lib", "/usr/local/lib")
    machine = f"{os.uname().machine}-linux-gnu"
    return any(
        os.path.exists(os.path.join(folder, *below, name))  # noqa: PTH110, PTH118
        for folder in folders
        for below in ((), (machine,))
    )


def _speaks_chinese() -> bool:
    """Whether a font with Chinese letters is there; without one every page shows boxes."""
    if not shutil.which("fc-list"):
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
    return bool(fonts.stdout.strip())
