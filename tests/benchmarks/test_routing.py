"""The benchmark of routing runs where there are messages, and beats the usual way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

DATA = ROOT.parent / "shared" / "data"


@pytest.mark.slow
@pytest.mark.skipif(not DATA.exists(), reason="no messages of residents beside the project")
def test_it_beats_the_usual_way(tmp_path: Path) -> None:
    figures = tmp_path / "routing.json"
    command = [sys.executable, ROOT / "benchmarks" / "routing.py", "--quick", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert told["macro_f1"] > told["tfidf_svm_tuned_macro_f1"] > told["tfidf_svm_macro_f1"] - 0.02
    assert told["ms_per_message"] < 5
    assert told["expected_calibration_error"] < 0.06
