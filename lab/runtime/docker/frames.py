"""Docker's stream of a command without a terminal: each piece has a header with its stream (output or errors) and its length."""

import struct

STDOUT, STDERR = 1, 2
_HEADER = struct.Struct(">BxxxI")


def frames(data: bytes) -> tuple[tuple[tuple[int, bytes], ...], bytes]:
    """The complete pieces in these bytes, each with the number of its stream, and the incomplete rest."""
    pieces = []
    while len(data) >= _HEADER.size:
        stream, length = _HEADER.unpack_from(data)
        if len(data) < _HEADER.size + length:
            break
        pieces.append((stream, data[_HEADER.size : _HEADER.size + length]))
        data = data[_HEADER.size + length :]
    return tuple(pieces), data
