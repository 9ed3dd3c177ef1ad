"""The size of a picture, read from the head of its file."""

import struct

from sandbox.telegram.refusal import bad_request

_SIDES = 10_000
_RATIO = 20
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_HEAD = 9  # marker, length, precision, height and width of a frame header


def picture_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a PNG or JPEG in pixels.

    Raises:
        Refusal: 400, for another kind of file and for dimensions that Telegram does not take (Bot API,
            sendPhoto: the sides sum to 10000 at most, their ratio is 20 at most).
    """
    size = _png_size(content) or _jpeg_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if not (width and height) or width + height > _SIDES or max(size) > _RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _png_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(_PNG) or len(content) < len(_PNG) + 16:
        return None
    width, height = struct.unpack_from(">II", content, len(_PNG) + 8)
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(_JPEG):
        return None
    at = len(_JPEG)
    while at + _JPEG_HEAD <= len(content):
        _, marker, length = struct.unpack_from(">BBH", content, at)
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + length
    return None
