"""Keys and backups open for whom they should, and for nobody else; what was changed is noticed."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import pytest

from gongzhi.config.keeping.envelope import identity, lines_of, pieces_of, public_hex, sealed_file
from gongzhi.config.keeping.keys import opened_keys, sealed_keys
from gongzhi.config.keeping.packing import packed, unpacked
from gongzhi.config.keeping.state import Wont

MINE, THEIRS, NOBODY_S = (secrets.token_urlsafe(32) for _ in range(3))
WORDS = "correct horse battery"


def sealed(path: Path, content: bytes) -> Path:
    """Sealed to two keys."""
    to = [public_hex(identity(one)) for one in (MINE, THEIRS)]
    with sealed_file(path, to) as (sealing, _out):
        sealing.write(content)
    return path


def test_each_recipient_opens_it_and_nobody_else(tmp_path: Path) -> None:
    content = secrets.token_bytes(200_000)
    path = sealed(tmp_path / "part", content)
    assert content[:50] not in path.read_bytes()
    for one in (MINE, THEIRS):
        assert b"".join(pieces_of(path, identity(one))) == content
    with pytest.raises(Wont, match="sealed to others"):
        list(pieces_of(path, identity(NOBODY_S)))


@pytest.mark.parametrize("where", [3, 60, 5000, -1])
def test_a_changed_byte_is_noticed_wherever_it_is(tmp_path: Path, where: int) -> None:
    path = sealed(tmp_path / "part", bytes(100_000))
    content = bytearray(path.read_bytes())
    content[where] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(Wont, match="part"):
        list(pieces_of(path, identity(MINE)))


def test_what_was_cut_off_is_noticed(tmp_path: Path) -> None:
    path = sealed(tmp_path / "part", bytes(200_000))
    path.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(Wont, match="damaged"):
        list(pieces_of(path, identity(MINE)))


def test_what_is_stopped_while_it_is_written_is_not_there(tmp_path: Path) -> None:
    def stopped() -> None:
        with sealed_file(tmp_path / "part", [public_hex(identity(MINE))]) as (sealing, _out):
            sealing.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert not (tmp_path / "part").exists()


def test_lines_are_packed_and_come_back() -> None:
    lines = [json.dumps({"n": n, "words": "灯" * (n % 300)}) for n in range(3000)]
    small = list(packed(lines))
    assert sum(map(len, small)) < sum(map(len, lines)) / 5
    assert list(lines_of(unpacked(small))) == lines


def test_the_keys_open_with_their_passphrase_only(tmp_path: Path) -> None:
    (tmp_path / "personal-fields").write_text("secret")
    (tmp_path / "personal-fields.1").write_text("older")
    box = sealed_keys(tmp_path, WORDS)
    assert b"secret" not in box
    assert opened_keys(box, WORDS) == {"personal-fields": b"secret", "personal-fields.1": b"older"}
    with pytest.raises(Wont, match="passphrase"):
        opened_keys(box, "another passphrase")
    with pytest.raises(Wont, match="no file of a county's keys"):
        opened_keys(b"{}", WORDS)
    with pytest.raises(Wont, match="characters"):
        sealed_keys(tmp_path, "short")
