"""A sheet that its officer took along, counted again from the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from math import isclose
from typing import Any

from gongzhi.work.workforce.appraisal.counting.facts import FINDERS, Fact, facts_of


def disagreements(taken: Mapping[str, Any]) -> Iterator[str]:
    """What of a sheet the log doesn't say, a line each; none when it is right.

    Every item is counted from the log alone: the same entries, each with the same worth, except
    those that an objection left out; and the number is their sum. Raises KeyError or ValueError
    for something that is no such file.
    """
    since, until = (datetime.fromisoformat(taken["round"][key]) for key in ("since", "until"))
    for item in taken["items"]:
        if item["source"] in FINDERS:
            own = [
                one for one in facts_of(item["source"], since, until)
                if one.account == taken["account"]
            ]  # fmt: skip
            yield from _of_item(item, own)


def _of_item(item: Mapping[str, Any], own: list[Fact]) -> Iterator[str]:
    code, told = item["item"], {one["seq"]: one for one in item["behind"]}
    logged = {one.seq: one for one in own}
    for seq in sorted(set(told) - set(logged)):
        yield f"{code}: entry {seq}: the log has no such fact of this officer"
    for seq in sorted(set(logged) - set(told)):
        yield f"{code}: entry {seq}: the log has it, the sheet hasn't"
    for seq in sorted(set(logged) & set(told)):
        one, row = logged[seq], told[seq]
        if (one.hit, one.of, one.matter) != (row["hit"], row["of"], row["matter"]):
            yield f"{code}: entry {seq}: the log says {one.hit} of {one.of}, matter {one.matter}"
    counting = [one for one in item["behind"] if not one["left_out"]]
    for key in ("hit", "of"):
        total = sum(one[key] for one in counting)
        if not isclose(total, item[key], abs_tol=1e-9):
            yield f"{code}: {key}: the matters give {total}, the sheet says {item[key]}"
