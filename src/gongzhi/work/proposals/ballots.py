"""What a ballot is, what is signed of it, and how ballots are counted again. Plain Python.

A ballot is a number that the voter's browser drew (32 bytes), the choice, and a signature over
both. No ballot says who cast it or when. The published file holds all of them, and the key with
which anybody verifies them: `recount` needs nothing else.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gongzhi.work.proposals import blind

Kind = Literal["one", "several", "yes_no"]
KINDS = ("one", "several", "yes_no")
YES_NO = ("yes", "no", "abstain")
FORM = "gongzhi ballots 1"
"""First line of the file, and of what is signed: how both are made."""
_TOKEN = re.compile(r"[0-9a-f]{64}", re.ASCII)


class BadBallot(ValueError):
    """Something about a ballot is wrong; the text is a short reason in English."""


@dataclass(frozen=True)
class Paper:
    """What can be chosen: a vote without its words and times."""

    ref: str
    """What the vote is called for ever: no ballot of one counts in another."""
    kind: Kind
    options: tuple[str, ...]
    most: int = 1
    """How many may be chosen at once."""


@dataclass(frozen=True, order=True)
class Ballot:
    """One ballot as it was cast."""

    token: str
    choice: str
    signature: bytes

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Ballot:
        """Of JSON. Raises BadBallot for what has another shape."""
        try:
            token, choice = told["token"], told["choice"]
            signature = b64decode(told["signature"], validate=True)
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadBallot("it needs a token, a choice and a signature in base 64") from wrong
        if not (isinstance(token, str) and _TOKEN.fullmatch(token) and isinstance(choice, str)):
            raise BadBallot("its token is not 64 hexadecimal digits")
        return cls(token, choice, signature)

    def written(self) -> dict[str, str]:
        """As JSON has it."""
        signature = b64encode(self.signature).decode()
        return {"token": self.token, "choice": self.choice, "signature": signature}


def message(paper: Paper, token: str, choice: str) -> bytes:
    """What is signed: the number, which vote, which choice."""
    return bytes.fromhex(token) + f"{FORM}\n{paper.ref}\n{choice}".encode()


def require_choice(paper: Paper, choice: str) -> None:
    """Raise BadBallot for what can't be chosen. Several are in the order of the options."""
    chosen = choice.split(",")
    if [one for one in paper.options if one in chosen] != chosen:
        raise BadBallot(f"{choice[:40]!r} is no choice of this vote")
    if len(chosen) > (paper.most if paper.kind == "several" else 1):
        raise BadBallot("more is chosen than may be")


def require_ballot(paper: Paper, public: bytes, ballot: Ballot) -> None:
    """Raise BadBallot unless it counts in this vote."""
    require_choice(paper, ballot.choice)
    try:
        blind.verify(public, message(paper, ballot.token, ballot.choice), ballot.signature)
    except blind.BadSignature as wrong:
        raise BadBallot("its signature is not the vote's") from wrong


def tally(paper: Paper, ballots: Iterable[Ballot]) -> dict[str, int]:
    """How often each option was chosen, in the order of the options."""
    counted = Counter(one for ballot in ballots for one in ballot.choice.split(","))
    return {one: counted[one] for one in paper.options}


def write_file(
    paper: Paper, public: bytes, ballots: Collection[Ballot], *, signed: int, question: str,
    names: Mapping[str, str],
) -> str:  # fmt: skip
    """The file that is published after a vote: everything that a recount needs."""
    told = {
        "form": FORM, "vote": paper.ref, "question": question, "kind": paper.kind,
        "options": [{"code": one, "name": names[one]} for one in paper.options],
        "most": paper.most, "key": b64encode(public).decode(), "signed": signed,
        "counted": tally(paper, ballots), "ballots": [one.written() for one in sorted(ballots)],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1)


@dataclass(frozen=True)
class Recount:
    """What came out; ``wrong`` is empty where all is well."""

    question: str
    names: Mapping[str, str]
    ballots: int
    signed: int
    counted: Mapping[str, int]
    wrong: str = ""


def recount(text: str) -> Recount:
    """Count a published file again, and name the first thing that is wrong with it."""
    try:
        told = json.loads(text)
        if told["form"] != FORM:
            raise BadBallot("it is no file of ballots of a form known here")
        paper = _paper(told)
        public, signed = b64decode(told["key"], validate=True), int(told["signed"])
        names = {one["code"]: str(one["name"]) for one in told["options"]}
        rows, claimed = list(told["ballots"]), dict(told["counted"])
        question = str(told["question"])
    except BadBallot:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise BadBallot("it is no file of ballots") from wrong
    ballots, bad = _good(paper, public, rows)
    counted = tally(paper, ballots)
    if not bad and counted != claimed:
        bad = f"the file says {claimed}, the ballots say {counted}"
    if not bad and signed < len(ballots):
        bad = f"{len(ballots)} ballots, but only {signed} were ever signed"
    return Recount(question, names, len(ballots), signed, counted, bad)


def _paper(told: Mapping[str, Any]) -> Paper:
    if told["kind"] not in KINDS:
        raise BadBallot("its kind of vote is not known here")
    options = tuple(str(one["code"]) for one in told["options"])
    return Paper(str(told["vote"]), told["kind"], options, int(told["most"]))


def _good(paper: Paper, public: bytes, rows: list[Any]) -> tuple[list[Ballot], str]:
    """The ballots up to the first that is wrong, and what is wrong with it."""
    ballots: list[Ballot] = []
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        try:
            ballot = Ballot.read(row if isinstance(row, dict) else {})
            require_ballot(paper, public, ballot)
            if ballot.token in seen:
                raise BadBallot("its token was there before")
        except (BadBallot, ValueError) as wrong:
            token = str(row.get("token", ""))[:16] if isinstance(row, dict) else ""
            return ballots, f"ballot {number} ({token}…): {wrong}"
        seen.add(ballot.token)
        ballots.append(ballot)
    return ballots, ""
