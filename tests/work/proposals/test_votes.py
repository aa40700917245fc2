"""One person, one vote; counted by itself; and counted again by anybody."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.config.cli import app
from gongzhi.work.proposals import actions, boxes
from gongzhi.work.proposals.boxes import published
from gongzhi.work.proposals.models import Box, Vote
from gongzhi.work.proposals.readers import tend_votes
from gongzhi.work.proposals.selectors.votes import file_of, outcome, took_part
from tests.work.proposals.hands import (
    RESIDENT,
    SYSTEM,
    drawn,
    ended,
    mark,
    new_vote,
    officer,
    opened,
    signed,
    voted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
CHOICES = ["a", "a,b", "b", "c", "a,c", "b"]


def counted(choices: list[str] = CHOICES) -> Vote:
    vote = opened()
    for number, choice in enumerate(choices):
        voted(vote, f"1380000000{number}", choice)
    with moment(ended(vote)):
        return actions.count_vote(SYSTEM, vote)


def test_a_vote_opens_and_is_counted_by_itself() -> None:
    vote = actions.plan_vote(officer(), new_vote(opens_at=now() + timedelta(hours=1)))
    assert tend_votes() == 0
    with moment(vote.opens_at):
        assert tend_votes() == 1
        vote.refresh_from_db()
        voted(vote, "13800000001", "b")
    with moment(ended(vote)):
        assert tend_votes() == 1
    vote.refresh_from_db()
    assert (vote.cast, vote.signed, vote.secret) == (1, 1, None)
    assert vote.counted_at is not None


def test_what_came_out_is_told_in_the_order_of_the_options() -> None:
    vote = counted()
    assert [(one.name, one.count) for one in outcome(vote, published(vote))] == [
        ("红绿灯", 3), ("斑马线", 3), ("护学岗", 2),
    ]  # fmt: skip
    assert took_part(vote) == 6


def test_one_phone_gets_one_ballot() -> None:
    vote = opened()
    voted(vote, "13800000001", "a")
    with pytest.raises(Refused, match="一人一票"):
        signed(vote, "13800000001", drawn(vote, "b"))
    assert Entry.objects.filter(kind="proposals.ballot_signed").count() == 1


def test_a_lost_answer_is_given_again_and_is_no_second_ballot() -> None:
    vote = opened()
    one = drawn(vote)
    first = actions.sign_ballot(RESIDENT, vote, mark(vote, "13800000001"), one.blinded.sent)
    again = actions.sign_ballot(RESIDENT, vote, mark(vote, "13800000001"), one.blinded.sent)
    assert first == again
    actions.cast_ballot(RESIDENT, vote, one.signed(again))
    with moment(ended(vote)):
        vote = actions.count_vote(SYSTEM, vote)
    assert (vote.signed, vote.cast) == (1, 1)


def test_a_ballot_counts_once_and_leaves_nothing_when_it_comes_again() -> None:
    vote = opened()
    ballot = voted(vote, "13800000001")
    entries = Entry.objects.count()
    with pytest.raises(Refused, match="已经投过"):
        actions.cast_ballot(RESIDENT, vote, ballot)
    assert Entry.objects.count() == entries


def test_a_ballot_that_nobody_signed_or_that_was_changed_does_not_count() -> None:
    vote, other = opened(), opened()
    ballot = signed(vote, "13800000001", drawn(vote, "a"))
    for token, choice, where in (
        (ballot.token, "b", vote), ("0" * 64, "a", vote), (ballot.token, "a", other),
        (ballot.token, "a,b,c", vote), (ballot.token, "z", vote), (ballot.token, "b,a", vote),
    ):  # fmt: skip
        with pytest.raises(Refused, match="没有计入"):
            actions.cast_ballot(RESIDENT, where, type(ballot)(token, choice, ballot.signature))
    assert not Box.objects.filter(kind="ballots").exists()


def test_who_comes_too_early_or_too_late_is_told_so() -> None:
    vote = opened()
    ballot = signed(vote, "13800000001", drawn(vote))
    with moment(ended(vote)):
        with pytest.raises(Refused, match="已经结束"):
            actions.cast_ballot(RESIDENT, vote, ballot)
        with pytest.raises(Refused, match="已经结束"):
            signed(vote, "13800000002", drawn(vote))
    early = actions.plan_vote(officer(), new_vote(opens_at=now() + timedelta(hours=2)))
    with pytest.raises(Refused, match="还没有开始"):
        actions.sign_ballot(RESIDENT, early, "m", bytes(256))


def test_the_key_is_gone_after_the_count_so_that_nobody_adds_a_ballot() -> None:
    vote = counted()
    assert vote.secret is None
    with pytest.raises(Refused):
        actions.sign_ballot(SYSTEM, vote, "mark", bytes(256))
    with pytest.raises(Refused):
        actions.count_vote(SYSTEM, vote)


def test_a_vote_of_very_few_is_not_shown() -> None:
    vote = counted(["a", "a", "a", "a"])
    assert (vote.cast, vote.too_few) == (4, True)
    assert published(vote) == []
    with pytest.raises(Refused):
        file_of(vote)


def test_who_stops_a_vote_says_why_and_nothing_is_counted() -> None:
    vote = opened()
    voted(vote, "13800000001")
    with pytest.raises(Refused):
        actions.stop_vote(officer(), vote, " ")
    stopped = actions.stop_vote(officer(), vote, "选项写错了")
    assert (stopped.stopped, stopped.secret, Box.objects.count()) == ("选项写错了", None, 0)
    with pytest.raises(Refused):
        actions.plan_vote(RESIDENT, new_vote())


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": ["一个"]}, {"options": ["同", "同"]}, {"most": 9}, {"question": " "},
        {"closes_at": now()}, {"closes_at": now() + timedelta(days=200)},
    ],
)  # fmt: skip
def test_a_vote_in_which_nobody_could_vote_is_not_planned(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused) as told:
        actions.plan_vote(officer(), new_vote(**wrong))
    assert told.value.fields


def test_boxes_split_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "FULL", 4)
    vote = opened()
    ballots = {voted(vote, f"139000000{n:02}", "b") for n in range(14)}
    sizes = list(Box.objects.filter(kind="ballots").values_list("many", flat=True))
    assert sum(sizes) == 14
    assert min(sizes) >= 2
    with moment(ended(vote)):
        vote = actions.count_vote(SYSTEM, vote)
    assert set(published(vote)) == ballots
    assert published(vote) == sorted(ballots)


def verified(path: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["votes", "verify", str(path)])
    return result.exit_code, result.output


def test_anybody_counts_the_published_file_again(tmp_path: Path) -> None:
    file = tmp_path / "vote.json"
    file.write_text(file_of(counted()), "utf-8")
    code, said = verified(file)
    assert code == 0
    assert "6 ballots" in said
    assert "红绿灯" in said


def test_the_recount_names_the_first_ballot_that_is_wrong(tmp_path: Path) -> None:
    told = json.loads(file_of(counted()))
    file = tmp_path / "vote.json"

    def said(change: object) -> str:
        file.write_text(json.dumps(change), "utf-8")
        code, output = verified(file)
        assert code == 1
        return output

    rows = told["ballots"]
    flipped = [{**rows[0]}, {**rows[1], "choice": "c" if rows[1]["choice"] != "c" else "a"}]
    assert f"ballot 2 ({rows[1]['token'][:16]}" in said({**told, "ballots": flipped + rows[2:]})
    assert "there before" in said({**told, "ballots": [*rows, rows[0]]})
    assert "the ballots say" in said({**told, "ballots": rows[1:]})
    assert "only 3 were ever signed" in said({**told, "signed": 3})
    assert "no file of ballots" in said({"form": "else"})
    assert "no file of ballots" in said([])
    file.write_bytes(b"\xff\xfe\x00")
    assert verified(file)[0] == 1
