"""What a version is, beside its rows: CSV on the Web for programs, a dictionary for people.

CSVW: "Metadata Vocabulary for Tabular Data", W3C Recommendation, 17 December 2015.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongzhi.base.catalogue.kinds.open_dataset import OpenDataset
from gongzhi.watch.exchange.opendata.columns import Said, codes_of, columns_of
from gongzhi.watch.exchange.opendata.models import Version


def csvw(recipe: OpenDataset, version: Version) -> dict[str, Any]:
    """Beside the CSV file, as ``{file}-metadata.json``: where programs look for it."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": f"{recipe.code}.csv",
        "dc:title": _both(recipe.name.zh, recipe.name.en),
        "dc:description": _both(recipe.about.zh, recipe.about.en),
        "dc:publisher": _both(recipe.publisher.zh, recipe.publisher.en),
        "dc:license": {"@id": recipe.licence_url},
        "dc:hasVersion": str(version.number),
        "dc:issued": {"@value": f"{version.decided_at:%Y-%m-%d}", "@type": "xsd:date"},
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [
                {"name": one.name, "titles": one.name, "datatype": one.kind,
                 "dc:description": _both(one.zh, one.en), "required": False}
                for one in columns_of(recipe)
            ],
            "primaryKey": [one.value for one in recipe.by],
        },
    }  # fmt: skip


def dictionary(recipe: OpenDataset, version: Version, towns: Mapping[str, Said]) -> dict[str, Any]:
    """All that one has to know to use the rows, in both languages."""
    codes = codes_of(recipe, towns)
    noise = recipe.privacy and {"epsilon": recipe.privacy.epsilon, "mechanism": "discrete Laplace"}
    return {
        "dataset": recipe.code, "version": version.number, "change": version.change,
        "issued": f"{version.decided_at:%Y-%m-%d}", "periods": version.periods,
        "put_right": version.again,
        "name": recipe.name.model_dump(), "about": recipe.about.model_dump(),
        "publisher": recipe.publisher.model_dump(),
        "licence": {"spdx": recipe.licence, "url": recipe.licence_url},
        "k": recipe.k, "noise": noise, "period": recipe.period, "cell_size": recipe.cell_size,
        "columns": [
            {"name": one.name, "type": one.kind, "standard": one.standard, **one.words,
             **({"codes": codes[one.name]} if one.name in codes else {})}
            for one in columns_of(recipe)
        ],
    }  # fmt: skip


def _both(zh: str, en: str) -> list[dict[str, str]]:
    return [{"@value": zh, "@language": "zh"}, {"@value": en, "@language": "en"}]
