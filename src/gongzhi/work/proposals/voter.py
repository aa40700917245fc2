"""The voter's part, as the browser does it: for the demo county and the tests. Plain Python."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from gongzhi.work.proposals import blind
from gongzhi.work.proposals.ballots import Ballot, Paper, message


@dataclass(frozen=True)
class Drawn:
    """A ballot whose number is drawn and which is blinded, before it is signed."""

    token: str
    choice: str
    told: bytes
    blinded: blind.Blinded
    public: bytes

    def signed(self, answer: bytes) -> Ballot:
        """The ballot, ready to be cast, of what the signer answered."""
        signature = blind.finalize(self.public, self.told, answer, self.blinded.inverse)
        return Ballot(self.token, self.choice, signature)


def draw(paper: Paper, public: bytes, choice: str) -> Drawn:
    """Draw a number, fill in the choice, blind both."""
    token = secrets.token_hex(blind.PREFIX)
    told = message(paper, token, choice)
    return Drawn(token, choice, told, blind.blind(public, told), public)
