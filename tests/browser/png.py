"""Read a PNG file of Chromium: 8 bits per channel, not interlaced (PNG specification, third edition, sections 9 and 11)."""

import struct
import zlib

_COLOURS = {2: 3, 6: 4}
"""Bytes per pixel, by colour type."""


def colours(png: bytes) -> dict[bytes, int]:
    """The number of pixels of each colour."""
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", png[16:29])
    assert (depth, interlaced) == (8, 0)
    step = _COLOURS[kind]
    data, above = zlib.decompress(_data(png)), bytes(width * step)
    found: dict[bytes, int] = {}
    for row in range(height):
        begin = row * (width * step + 1)
        above = _unfiltered(data[begin], bytearray(data[begin + 1 : begin + 1 + width * step]), above, step)
        for at in range(0, width * step, step):
            colour = above[at : at + 3]
            found[colour] = found.get(colour, 0) + 1
    return found


def _data(png: bytes) -> bytes:
    parts, at = [], 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            parts.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return b"".join(parts)


def _unfiltered(kind: int, line: bytearray, above: bytes, step: int) -> bytes:
    for at in range(len(line)):
        left = line[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        line[at] = (line[at] + _predicted(kind, left, above[at], corner)) & 0xFF
    return bytes(line)


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda each: abs(guess - each))
    return (0, left, up, (left + up) // 2)[kind]
