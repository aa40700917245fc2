"""Whatever somebody sends as a photo: what it shows is kept, what it tells about them is not."""

from __future__ import annotations

import io
import random
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from gongzhi.base.files.photos import LARGEST, LONGEST_SIDE, SMALL_SIDE, make_anew
from gongzhi.base.ui.errors import Refused
from tests.base.files.pictures import huge_png, picture, upload, with_gps


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def refused(content: bytes, name: str = "photo.jpg") -> Refused:
    with pytest.raises(Refused) as wrong:
        make_anew(upload(content, name))
    assert wrong.value.fields.keys() == {"photos"}
    return wrong.value


def test_where_and_with_what_it_was_taken_is_gone() -> None:
    sent = with_gps()
    assert opened(sent).getexif().get_ifd(0x8825)  # it was there
    made = make_anew(upload(sent))
    for content in (made.content, made.small):
        image = opened(content)
        assert image.format == "JPEG"
        assert not image.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(image.info)
        for told in (b"SecretCameraMaker", b"GPS", b"Exif", b"taken at home"):
            assert told not in content


def test_a_photo_held_sideways_stands_upright() -> None:
    made = make_anew(upload(with_gps(orientation=6)))  # the left edge is up
    assert (made.width, made.height) == (480, 640)
    top = opened(made.content).getpixel((240, 40))
    assert isinstance(top, tuple)
    assert top[0] > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "MPO"])
def test_the_usual_kinds_become_jpeg_whatever_they_are_called(kind: str) -> None:
    made = make_anew(upload(picture(kind), "holiday.exe", "text/html"))
    assert opened(made.content).format == "JPEG"
    assert opened(made.content).size == (made.width, made.height) == (640, 480)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "CMYK", "I;16"])
def test_every_way_to_store_colours_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new("I;16", (40, 40)) if mode == "I;16" else Image.new(mode, (40, 40))
    out = io.BytesIO()
    image.save(out, kind)
    assert make_anew(upload(out.getvalue())).width == 40


def test_what_shines_through_is_white() -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")
    assert opened(make_anew(upload(out.getvalue())).content).getpixel((9, 9)) == (255, 255, 255)


def test_a_large_photo_is_kept_small() -> None:
    made = make_anew(upload(picture(size=(4000, 3000))))
    assert (made.width, made.height) == (LONGEST_SIDE, 1536)
    assert max(opened(made.small).size) == SMALL_SIDE


def test_twenty_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    sent = picture()
    assert make_anew(upload(sent + b"\x00" * (LARGEST - len(sent)))).width == 640
    wrong = refused(sent + b"\x00" * (LARGEST - len(sent) + 1))
    assert (wrong.status, wrong.code) == (413, "photo_too_big")
    assert "20 MB" in str(wrong)


BAD = {
    "photo_empty": b"",
    "not_a_photo": "这只是文字，不是照片。".encode() * 40,
    "photo_broken": picture(size=(900, 900), quality=95)[:3000],
    "photo_moving": picture("GIF"),
    "photo_heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 400,
    "photo_too_large": huge_png(9000),
}


@pytest.mark.parametrize("code", BAD)
def test_what_is_no_photo_is_refused_with_what_helps(code: str) -> None:
    wrong = refused(BAD[code])
    assert (wrong.status, wrong.code) == (422, code)


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n" + b"x" * 500,
        b"BM" + b"\x00" * 500,
        b"II*\x00" + b"\x00" * 500,
        b"PK\x03\x04" + b"x" * 500,
    ],
)
def test_what_a_browser_could_run_is_no_photo(content: bytes) -> None:
    assert refused(content).code == "not_a_photo"


def test_pictures_that_move_are_refused() -> None:
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "green", "blue")]
    for kind in ("GIF", "PNG", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=80)
        assert refused(out.getvalue()).code == "photo_moving", kind
    assert refused(b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 400).code == "photo_moving"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    for side in (30_000, 65_000):
        assert refused(huge_png(side)).code == "photo_too_large"


def test_no_damage_is_ever_more_than_a_refusal() -> None:
    rng = random.Random(5)
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = picture(kind, (120, 90))
        for _ in range(60):
            broken = bytearray(whole)
            for _ in range(rng.randint(1, 12)):
                broken[rng.randrange(len(broken))] = rng.randrange(256)
            with suppress(Refused):
                make_anew(upload(bytes(broken[: rng.randint(20, len(broken))])))


def test_a_name_with_nul_or_a_path_is_never_used(tmp_path: Path) -> None:
    sent = upload(picture(), "x.jpg")
    sent.name = "../../\x00etc/passwd"
    assert make_anew(sent).width == 640
