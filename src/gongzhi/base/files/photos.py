"""Photos made anew: what they show is kept, what the camera wrote beside it is not.

What a file is, its decoded content says; never its name or what the sender calls it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import BinaryIO

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from gongzhi.base.ui.errors import Refused

LARGEST = 20 * 1024 * 1024
"""Bytes of a photo as it is sent."""
KINDS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = {"JPEG": 110_000_000, "MPO": 110_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}
"""Large JPEGs are decoded at a fraction of their size. MPO is a JPEG with more beside it."""
LONGEST_SIDE, SMALL_SIDE = 2048, 360
JPEG = "image/jpeg"
Image.init()
# Pillow's own guard, for what it would allocate before we can look at the size.
Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
# Decoding takes up to some 300 MB: no more than two at once, the others wait their turn.
_AT_ONCE = BoundedSemaphore(2)

EMPTY = _("照片是空的，可能没有传完。请重新选择。")
TOO_BIG = _("照片太大了，每张最多 20 MB。请换一张，或者用手机重新拍一张。")
TOO_MANY_PIXELS = _("照片的尺寸太大，无法处理。请换一张，或者截取需要的部分。")
NOT_A_PHOTO = _("这个文件不是照片。请选择 JPG、PNG 或 WebP 格式的照片。")
BROKEN = _("照片不完整或已损坏，打不开。请重新选择，或者重新拍一张。")
HEIC = _("暂时打不开 HEIC 格式的照片。请在手机上另存为 JPG，或者直接截屏后再上传。")
MOVING = _("不能上传动图和视频。请选择 JPG、PNG 或 WebP 格式的照片。")


@dataclass(frozen=True)
class Photo:
    """A photo as it will be kept: JPEG, upright, at most 2048 pixels long; and a small one."""

    content: bytes
    small: bytes
    width: int
    height: int


def make_anew(upload: File[bytes] | BinaryIO) -> Photo:
    """Decode the photo and encode what it shows. Takes up to a second: call it before the action.

    Refuses (413, 422) what is too big, too large, broken or no photo, saying what helps.
    """
    start = _start(upload)
    with _AT_ONCE:
        try:
            return _photo(upload)
        except Refused:
            raise
        except UnidentifiedImageError:
            raise _unknown(start) from None
        except Image.DecompressionBombError:
            raise _refused(TOO_MANY_PIXELS, "photo_too_large") from None
        except Exception:  # noqa: BLE001  (hostile files make decoders fail in every way)
            raise _refused(BROKEN, "photo_broken") from None


def _start(upload: File[bytes] | BinaryIO) -> bytes:
    size = upload.seek(0, io.SEEK_END)
    upload.seek(0)
    if size > LARGEST:
        raise _refused(TOO_BIG, "photo_too_big", 413)
    if not size:
        raise _refused(EMPTY, "photo_empty")
    start = upload.read(32)
    upload.seek(0)
    return start


def _photo(upload: File[bytes] | BinaryIO) -> Photo:
    # The name stays out of it: Pillow gets the bytes alone, and only the kinds that we take.
    with Image.open(upload, formats=KINDS) as image:
        if image.width * image.height > MOST_PIXELS[str(image.format)]:
            raise _refused(TOO_MANY_PIXELS, "photo_too_large")
        if getattr(image, "is_animated", False) and image.format != "MPO":
            raise _refused(MOVING, "photo_moving")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        shown = _plain(ImageOps.exif_transpose(image))
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = shown.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return Photo(_encoded(shown, 84), _encoded(small, 78), *shown.size)


def _plain(image: Image.Image) -> Image.Image:
    """Nothing but colours: what shines through is white, and no note is left."""
    if "A" in image.getbands() or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        image = Image.alpha_composite(white, layer)
    plain = image.convert("RGB")
    plain.info.clear()
    return plain


def _encoded(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _unknown(start: bytes) -> Refused:
    """The refusal that helps most, from the first bytes of what could not be read."""
    if start[4:8] == b"ftyp" and start[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"hevc"}:
        return _refused(HEIC, "photo_heic")
    if start.startswith(b"GIF8") or start[4:8] == b"ftyp":
        return _refused(MOVING, "photo_moving")
    if start.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")):
        return _refused(BROKEN, "photo_broken")
    return _refused(NOT_A_PHOTO, "not_a_photo")


def _refused(words: object, code: str, status: int = 422) -> Refused:
    return Refused(words, code=code, status=status, fields={"photos": words})  # type: ignore[arg-type, dict-item]
