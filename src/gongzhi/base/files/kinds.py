"""What a file is, by its first bytes; never by its name or what the sender calls it."""

from __future__ import annotations

UNKNOWN, TEXT = "application/octet-stream", "text/plain"
# From the registries of the formats; what matters is told apart, nothing more.
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"#!AMR", "audio/amr"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"FLV\x01", "video/x-flv"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
)
_RIFF = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"WEBP": "image/webp"}
_HEIC = {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}
_AUDIO_BOXES = {b"M4A ", b"M4B "}


_ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
    "image/heic": "heic", "image/bmp": "bmp", "image/tiff": "tif", "application/pdf": "pdf",
    "application/zip": "zip", "text/plain": "txt", "audio/wav": "wav", "audio/mpeg": "mp3",
    "audio/aac": "aac", "audio/amr": "amr", "audio/ogg": "ogg", "audio/flac": "flac",
    "audio/mp4": "m4a", "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm",
    "video/x-msvideo": "avi", "video/mpeg": "mpg",
}  # fmt: skip


def ending_of(media_type: str) -> str:
    """How the name of such a file ends; ``bin`` for what nobody should open by a click."""
    return _ENDINGS.get(media_type, "bin")


def kind_of(start: bytes) -> str:
    """The media type that the first bytes speak of; what is text is text, whatever it says."""
    if start.startswith(b"RIFF"):
        return _RIFF.get(start[8:12], UNKNOWN)
    if start[4:8] == b"ftyp":
        return _boxed(start[8:12])
    found = next((kind for mark, kind in _STARTS if start.startswith(mark)), "")
    return found or (TEXT if _is_text(start) else UNKNOWN)


def _boxed(brand: bytes) -> str:
    if brand in _HEIC:
        return "image/heic"
    if brand in _AUDIO_BOXES:
        return "audio/mp4"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"


def _is_text(start: bytes) -> bool:
    """Whether it reads as UTF-8 or GB 18030 without a control character."""
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in start):
        return False
    return any(_reads(start[: len(start) - cut], code)
               for code in ("utf-8", "gb18030") for cut in range(min(4, len(start))))  # fmt: skip


def _reads(start: bytes, code: str) -> bool:
    try:
        start.decode(code)
    except UnicodeDecodeError:
        return False
    return True
