"""How well departments are suggested for residents' messages, beside TF-IDF and a linear SVM.

    .venv/bin/python benchmarks/routing.py [--data FOLDER] [--quick] [--json FILE]

Five-fold cross-validation on `zh_messages_labelled_495.csv.gz` below `../shared/data` (seven
departments), the same folds for all: ``macro_f1`` of `analysis.routing`, ``tfidf_svm_macro_f1`` of
the baseline (words of subject and body, TF-IDF, `LinearSVC`, all at scikit-learn's defaults),
``tfidf_svm_tuned_macro_f1`` of a stronger one (logarithm of counts, words and character pairs to
triples, balanced classes), ``margin_over_tfidf_svm``. The mean of three ways to draw folds, on
which no choice was made. ``expected_calibration_error`` of the odds, and
``…_by_chance``: what odds that are exactly true have with so few messages. ``ms_per_message``: to
make its terms and suggest, one core; ``learn_seconds``: to learn from all.

``topics``: of the labelled pairs of `benchmarks/linkage.py`, the half that set nothing: how many of
the pairs in one topic belong together (``precision``), how many that belong together are in one
topic (``recall``); seconds for all 4,326 messages.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")

import django  # noqa: E402
import numpy as np  # noqa: E402
import rjieba  # noqa: E402
from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402
from sklearn.metrics import f1_score  # noqa: E402
from sklearn.pipeline import make_pipeline, make_union  # noqa: E402
from sklearn.svm import LinearSVC  # noqa: E402

django.setup()

from _report import machine  # noqa: E402
from gongzhi.analysis.routing import judge, learn  # noqa: E402
from gongzhi.analysis.routing.learning import parted  # noqa: E402
from gongzhi.analysis.topics import Telling, topics_among  # noqa: E402
from gongzhi.base.matters.terms import terms_of  # noqa: E402
from gongzhi.config.cli_routing import figures, routed  # noqa: E402
from gongzhi.config.message_files import (  # noqa: E402
    BODY,
    LABEL,
    SUBJECT,
    WrittenMessage,
    written_messages,
)

DATA = HERE.parent.parent / "shared" / "data"
LABELS = HERE / "data" / "linked_messages.json"
SEEDS = (11, 12, 13)
Figures = dict[str, Any]


def rounds(told: list[WrittenMessage], seeds: tuple[int, ...]) -> Figures:
    """All ways on the same folds, the mean of all seeds."""
    began = time.perf_counter()
    messages = [routed(one) for one in told]
    seconds = time.perf_counter() - began
    labels = [one.label for one in told]
    met = [figures(judge(messages, labels, seed=seed), seconds) for seed in seeds]
    plain = [baseline(told, seed, tuned=False) for seed in seeds]
    tuned = [baseline(told, seed, tuned=True) for seed in seeds]
    began = time.perf_counter()
    learn(messages, labels, seed=seeds[0])
    learned = time.perf_counter() - began
    names = ("macro_f1", "right", "in_two", "expected_calibration_error", "ms_per_message",
             "calibration_error_by_chance")  # fmt: skip
    found: Figures = {name: round(statistics.mean(one[name] for one in met), 4) for name in names}
    found["macro_f1_of_each"] = [one["macro_f1"] for one in met]
    found["tfidf_svm_macro_f1"] = round(statistics.mean(plain), 4)
    found["tfidf_svm_tuned_macro_f1"] = round(statistics.mean(tuned), 4)
    found["margin_over_tfidf_svm"] = round(found["macro_f1"] - found["tfidf_svm_macro_f1"], 4)
    found["learn_seconds"] = round(learned, 2)
    return found


def baseline(told: list[WrittenMessage], seed: int, *, tuned: bool) -> float:
    """Its macro-F1 on the folds that `judge` draws with the seed."""
    names, said = np.unique([one.label for one in told], return_inverse=True)
    suggested = np.full(len(said), -1)
    for learned, kept in parted(said.astype(np.int64), 5, seed):
        pipe = _tuned() if tuned else make_pipeline(_words(), LinearSVC(random_state=seed))
        pipe.fit([told[it].whole for it in learned], said[learned])
        suggested[kept] = pipe.predict([told[it].whole for it in kept])
    met = suggested >= 0
    return float(f1_score(said[met], suggested[met], average="macro", labels=range(len(names))))


def _words(**asked: Any) -> TfidfVectorizer:
    return TfidfVectorizer(tokenizer=rjieba.cut, token_pattern=None, lowercase=False, **asked)


def _tuned() -> Any:
    both = make_union(
        _words(sublinear_tf=True),
        TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True),
    )
    return make_pipeline(both, LinearSVC(class_weight="balanced", random_state=0))


def topics(told: list[WrittenMessage]) -> Figures:
    """Of the labelled pairs' second half."""
    began = time.perf_counter()
    tellings = [Telling(one.number, terms_of(one.whole), one.backing) for one in told]
    found = topics_among(tellings, least=2)
    seconds = time.perf_counter() - began
    of = {key: number for number, topic in enumerate(found) for key in topic.keys}
    pairs = [row for row in json.loads(LABELS.read_text("utf-8"))["pairs"] if row[3] == 1]
    together = [of.get(str(a), -1) == of.get(str(b), -2) for a, b, *_ in pairs]
    same = [bool(row[2]) for row in pairs]
    both = sum(a and b for a, b in zip(together, same, strict=True))
    return {
        "pairs": len(pairs), "topics": len(found), "largest": [len(one) for one in found[:5]],
        "precision": round(both / max(1, sum(together)), 3),
        "recall": round(both / max(1, sum(same)), 3), "seconds": round(seconds, 2),
    }  # fmt: skip


def main() -> None:
    """Print the figures, and write them."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="one way to draw folds")
    asked.add_argument("--json", type=Path, help="write the figures there")
    asked.add_argument("--data", type=Path, default=DATA, help="the folder of the messages")
    said = asked.parse_args()
    labelled = said.data / "zh_messages_labelled_495.csv.gz"
    if not labelled.exists():
        raise SystemExit(f"no messages in {said.data}: give their folder with --data")
    told = written_messages(labelled, needs=[SUBJECT, BODY, LABEL])
    found = rounds([one for one in told if one.label], SEEDS[: 1 if said.quick else None])
    hot = said.data / "zh_messages_hot_4326.csv.gz"
    if hot.exists():
        found["topics"] = topics(written_messages(hot, needs=[SUBJECT, BODY]))
    found["machine"] = {**machine(), "seed": SEEDS}
    found["machine"]["versions"] |= {n: version(n) for n in ("scikit-learn", "rjieba", "scipy")}
    for name, value in found.items():
        print(f"{name:28} {json.dumps(value, ensure_ascii=False)}")
    if said.json:
        said.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
