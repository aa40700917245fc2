"""How well messages about the same matter, and planted series, are found, and how fast.

    .venv/bin/python benchmarks/linkage.py [--quick] [--data FOLDER] [--json FILE]

- ``messages``: pairs of 4,326 residents' messages (`zh_messages_hot_4326.csv.gz` below
  `../shared/data`) that were read and labelled (`benchmarks/data/linked_messages.json`, ids only):
  precision, recall, F1 and average precision of our weight of words, of the cosine of TF-IDF of
  character pairs and of words over title and text (scikit-learn), and of equal texts. The pairs
  were drawn evenly over the range of a cosine, far more of the high ones than there are:
  ``as_drawn`` counts them alike, ``as_found`` each as often as it stands for others. Half of the
  pairs set each way's threshold (best F1) and what `analysis.linkage` assumes of requests' words
  (`by_cosines`); figures are of the other half, whose topics are none of the first half's, with
  intervals (95 %) of a bootstrap over topics.
- ``candidates_recall``: the part of that half's linked pairs that is compared at all, counted in
  both ways.
- ``series``: of series planted in a synthetic county, how many are found whole, and how many groups
  are found that were not planted; ``seconds_50k`` for 50,000 incidents of a year.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
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
from numpy.typing import NDArray  # noqa: E402
from scipy.sparse import coo_array  # noqa: E402
from scipy.sparse.csgraph import connected_components  # noqa: E402
from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402
from sklearn.metrics import average_precision_score  # noqa: E402

django.setup()

from _report import SEED, machine  # noqa: E402
from gongzhi.analysis.linkage import Corpus, Fact, candidates, series_among  # noqa: E402
from gongzhi.base.matters.terms import terms_of  # noqa: E402
from tests.analysis.planted import STEPS, planted  # noqa: E402

LABELS = HERE / "data" / "linked_messages.json"
DATA = HERE.parent.parent / "shared" / "data"
PEERS = ("numpy", "scipy", "scikit-learn", "rjieba")
ROUNDS = 1_000
Floats = NDArray[np.float64]
Figures = dict[str, Any]


def read(folder: Path) -> dict[int, str]:
    """Title and text of each message, by its number."""
    with gzip.open(folder / "zh_messages_hot_4326.csv.gz", "rt", encoding="utf-8-sig") as file:
        return {
            int(row["留言编号"]): f"{row['留言主题'].strip()}。{''.join(row['留言详情'].split())}"
            for row in csv.DictReader(file)
        }


def messages(folder: Path) -> Figures:
    """Every way's figures on the half that set nothing."""
    told = read(folder)
    labels = np.array(json.loads(LABELS.read_text("utf-8"))["pairs"], float)
    place = {key: n for n, key in enumerate(told)}
    pairs = np.array([[place[int(a)], place[int(b)]] for a, b in labels[:, :2]])
    same, half, weight = labels[:, 2] == 1, labels[:, 3], labels[:, 4]
    corpus = Corpus([
        Fact(key, 0.0, 0.0, "message", "message", terms=terms_of(words))
        for key, words in told.items()
    ])  # fmt: skip
    texts = list(told.values())
    ways = {
        "ours": corpus.cosine(pairs),
        "tfidf_pairs": _cosine(texts, pairs, analyzer="char", ngram_range=(2, 2)),
        "tfidf_words": _cosine(texts, pairs, analyzer="word", tokenizer=_words, lowercase=False),
        "equal": np.array([float(_body(texts[a]) == _body(texts[b])) for a, b in pairs.tolist()]),
    }
    topics = _topics(pairs, same, len(told))
    found: Figures = {"pairs": len(pairs), "same": int(same.sum())}
    for counted, weights in (("as_drawn", np.ones(len(pairs))), ("as_found", weight)):
        found[counted] = {
            name: _judged(scores, same, half, weights, topics) for name, scores in ways.items()
        }
    compared = {tuple(pair) for pair in candidates(corpus, metres=1, days=1, span=1e9).tolist()}
    reached = np.array([tuple(sorted(pair)) in compared for pair in pairs.tolist()])
    rest = same & (half == 1)
    found["candidates_recall"] = {
        "as_drawn": round(float(reached[rest].mean()), 3),
        "as_found": round(float(np.average(reached[rest], weights=weight[rest])), 3),
    }
    found["candidates"] = len(compared)
    return found


def _words(text: str) -> list[str]:
    import rjieba

    return [word for word in rjieba.cut(text) if len(word) > 1]


def _body(text: str) -> str:
    return text.partition("。")[2]


def _cosine(texts: list[str], pairs: Any, **asked: Any) -> Floats:
    rows = TfidfVectorizer(sublinear_tf=True, token_pattern=None, **asked).fit_transform(texts)
    return np.asarray(rows[pairs[:, 0]].multiply(rows[pairs[:, 1]]).sum(axis=1)).ravel()


def _topics(pairs: Any, same: Any, many: int) -> Any:
    """What hangs together by labelled pairs is one topic; a pair belongs to its first message's."""
    linked = pairs[same]
    graph = coo_array((np.ones(len(linked)), (linked[:, 0], linked[:, 1])), shape=(many, many))
    return connected_components(graph, directed=False)[1][pairs[:, 0]]


def _judged(scores: Floats, same: Any, half: Any, weights: Floats, topics: Any) -> Figures:
    fit, rest = half == 0, half == 1
    tried = np.unique(scores[fit & (scores > 0)])
    f1 = [_figures(scores[fit] >= one, same[fit], weights[fit])[2] for one in tried]
    threshold = float(tried[int(np.argmax(f1))])

    def figures(chosen: Any) -> list[float]:
        by = (scores[chosen], same[chosen], weights[chosen])
        average = average_precision_score(by[1], by[0], sample_weight=by[2])
        return [*_figures(by[0] >= threshold, by[1], by[2]), float(average)]

    rows = np.flatnonzero(rest)
    drawn = np.array([figures(one) for one in _draws(rows, topics[rows])])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    names = ("precision", "recall", "f1", "average_precision")
    told = zip(names, figures(rows), low, high, strict=True)
    return {"threshold": round(threshold, 3)} | {
        name: [round(float(one), 3) for one in (value, least, most)]
        for name, value, least, most in told
    }


def _draws(rows: Any, topics: Any) -> Any:
    """Whole topics drawn with putting back, so that one large topic counts as one."""
    dice = np.random.default_rng(SEED)
    groups = [rows[topics == topic] for topic in np.unique(topics)]
    for _ in range(ROUNDS):
        yield np.concatenate([groups[n] for n in dice.integers(0, len(groups), len(groups))])


def _figures(said: Any, same: Any, weights: Floats) -> tuple[float, float, float]:
    hits = float(weights[said & same].sum())
    precision = hits / max(1e-12, float(weights[said].sum()))
    recall = hits / max(1e-12, float(weights[same].sum()))
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def series(many: int, days: int, planted_series: int, seed: int) -> Figures:
    """How many of the planted series come back whole, and how many others."""
    facts = planted(many, days=days, series=planted_series, seed=seed)
    began = time.perf_counter()
    found = [one.keys for one in series_among(facts, smallest=3)]
    took = time.perf_counter() - began
    sown = {tuple(range(n, n + STEPS)) for n in range(many, len(facts), STEPS)}
    whole = len(sown & set(found))
    others = sum(all(key < many for key in keys) for keys in found)
    return {"planted": len(sown), "whole": whole, "others": others, "seconds": round(took, 2)}


def main() -> None:
    """Run all, print, and write the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="no county of 50,000")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with the messages")
    parser.add_argument("--json", type=Path, help="write the figures there")
    asked = parser.parse_args()
    found: Figures = {"machine": machine() | {name: version(name) for name in PEERS}}
    if (asked.data / "zh_messages_hot_4326.csv.gz").exists():
        found["messages"] = messages(asked.data)
        _tell(found["messages"])
    else:
        print(f"no messages below {asked.data}: left out")
    found["series"] = [series(2_000, 90, 8, seed) for seed in range(1 if asked.quick else 5)]
    print("series", *found["series"], sep="\n  ")
    if not asked.quick:
        large = series(50_000, 365, 20, SEED)
        found["series_50k"], found["seconds_50k"] = large, large["seconds"]
        print("series_50k", large)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _tell(found: Figures) -> None:
    names = ("precision", "recall", "f1", "average_precision")
    for counted in ("as_drawn", "as_found"):
        print(f"{counted:14}" + "".join(f"{name:>24}" for name in names))
        for way, one in found[counted].items():
            print(f"  {way:12}" + "".join(f"{_shown(one[name]):>24}" for name in names))
    print("candidates", found["candidates"], "recall", found["candidates_recall"])


def _shown(told: list[float]) -> str:
    value, low, high = told
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


if __name__ == "__main__":
    main()
