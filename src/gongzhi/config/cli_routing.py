"""``gongzhi route`` and ``gongzhi topics``: where messages belong, and what many of them say."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongzhi.config.begin import HomeOption, begin
from gongzhi.config.message_files import (
    BODY,
    LABEL,
    SUBJECT,
    WrittenMessage,
    written_messages,
)

if TYPE_CHECKING:
    from gongzhi.analysis.routing import Judged, Message

route_app = typer.Typer(no_args_is_help=True, help="Which department a message is for.")
DataOption = Annotated[
    Path, typer.Option("--data", help=f"CSV or CSV.gz with {SUBJECT}, {BODY} (and {LABEL}).")
]
JsonOption = Annotated[Path | None, typer.Option("--json", help="Write the figures there.")]
SeedOption = Annotated[int, typer.Option(help="Of the parts that messages are drawn into.")]


@route_app.callback()
def route() -> None:
    """Which department a message is for."""


@route_app.command("evaluate")
def evaluate(
    data: DataOption, json_file: JsonOption = None, seed: SeedOption = 0, home: HomeOption = None
) -> None:
    """Print how well departments are suggested for messages that were not learned from.

    Five-fold cross-validation on DATA. The suggestions' odds are held against what was right.
    """
    told = _messages(data, [SUBJECT, BODY, LABEL])
    labelled = [one for one in told if one.label]
    begin(home)
    from gongzhi.analysis.routing import judge

    began = time.perf_counter()
    messages = [routed(one) for one in labelled]
    seconds = time.perf_counter() - began
    try:
        judged = judge(messages, [one.label for one in labelled], seed=seed)
    except ValueError as wrong:
        sys.exit(f"{data}: {wrong}")
    found = figures(judged, seconds)
    found["repeated"] = len(messages) - len({(one.head, one.body) for one in messages})
    _print_judged(found)
    if json_file:
        json_file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


def routed(one: WrittenMessage) -> Message:
    """The message as routing gets it: numbers of terms, without persons."""
    from gongzhi.analysis.routing import Message
    from gongzhi.base.matters.terms import counted_terms

    return Message(one.number, counted_terms(one.subject), counted_terms(one.body))


def figures(judged: Judged, seconds: float) -> dict[str, Any]:
    """What is told of a cross-validation; ``seconds``: that making the terms took."""
    return {
        "messages": len(judged.said),
        "macro_f1": round(judged.macro_f1, 4),
        "right": round(judged.right, 4),
        "in_two": round(judged.in_two, 4),
        "expected_calibration_error": round(judged.calibration_error, 4),
        "calibration_error_by_chance": round(judged.calibration_error_by_chance, 4),
        "ms_per_message": round((seconds + judged.seconds) / max(1, len(judged.said)) * 1e3, 3),
        "by_label": {
            label: {"precision": round(p, 3), "recall": round(r, 3), "f1": round(f, 3), "n": n}
            for label, p, r, f, n in judged.by_label
        },
    }


def _print_judged(found: dict[str, Any]) -> None:
    print(f"{found['messages']} messages, {found['repeated']} of them repeat another one")
    for name in ("macro_f1", "right", "in_two", "expected_calibration_error", "ms_per_message"):
        print(f"{name:28} {found[name]}")
    print(f"{'(odds that are exactly true':28} {found['calibration_error_by_chance']})")
    for label, row in found["by_label"].items():
        told = f"precision {row['precision']:.3f}  recall {row['recall']:.3f}  F1 {row['f1']:.3f}"
        print(f"  {told}  {row['n']:5}  {label}")


def topics(
    data: DataOption,
    least: Annotated[int, typer.Option(min=2, help="Messages that a topic has.")] = 5,
    most: Annotated[int, typer.Option(min=1, help="Topics that are printed.")] = 20,
    json_file: JsonOption = None,
    home: HomeOption = None,
) -> None:
    """Print what many messages of DATA are about, the largest topics first; count the copies.

    A topic is told by the words that its messages share and by its middle message's subject.
    """
    told = _messages(data, [SUBJECT, BODY])
    begin(home)
    from gongzhi.analysis.topics import Telling, copies_among, topics_among
    from gongzhi.base.matters.terms import bare, shared_words, terms_of

    began = time.perf_counter()
    by_key = {str(at): one for at, one in enumerate(told)}
    tellings = [Telling(key, terms_of(one.whole), one.backing) for key, one in by_key.items()]
    found, copied = topics_among(tellings, least=least), copies_among(tellings)
    rows = [
        {
            "messages": len(topic),
            "backing": topic.backing,
            "words": shared_words(by_key[key].whole for key in topic.keys),
            "subject": bare(by_key[topic.keys[0]].subject).replace("\n", "…"),
            "numbers": [by_key[key].number for key in topic.keys],
        }
        for topic in found
    ]
    copies = {"groups": len(copied), "messages": sum(len(group) for group in copied)}
    print(
        f"{len(told)} messages; {copies['messages']} of them copies, in {copies['groups']} groups"
    )
    print(f"{len(rows)} topics with {least} or more, {sum(len(one) for one in found)} messages")
    for row in rows[:most]:
        words = " ".join(row["words"])  # type: ignore[arg-type]
        print(f"{row['messages']:5}  +{row['backing']:<5} {words} | {row['subject']}")
    print(f"{time.perf_counter() - began:.1f} s")
    if json_file:
        kept = {"messages": len(told), "copies": copies, "topics": rows}
        json_file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _messages(data: Path, needs: list[str]) -> list[WrittenMessage]:
    try:
        told = written_messages(data, needs=needs)
    except (OSError, ValueError) as wrong:
        sys.exit(f"{data}: {wrong}")
    if not told:
        sys.exit(f"{data}: no messages")
    return told
