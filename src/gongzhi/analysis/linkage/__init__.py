"""Which incidents look like one series, which messages are about one thing. Never who."""

from gongzhi.analysis.linkage.candidates import candidates
from gongzhi.analysis.linkage.facts import Corpus, Fact
from gongzhi.analysis.linkage.groups import Series, series_among
from gongzhi.analysis.linkage.weights import INCIDENTS, PARTS, REQUESTS, Rules, Weights

__all__ = [
    "INCIDENTS", "PARTS", "REQUESTS", "Corpus", "Fact", "Rules", "Series", "Weights", "candidates",
    "series_among",
]  # fmt: skip
