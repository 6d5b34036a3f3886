"""Messages between the owner and a reader process: JSON with a length in front, over a pipe.

Never pickle: what comes from a reader was made by parsers that meet hostile files, and is not believed.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

LENGTH = struct.Struct(">I")
LONGEST = 2**32 - 1
"""The longest message that there can be, in bytes."""


class BadMessage(Exception):
    """What came is no message, or one that is too large."""


def write_message(stream: IO[bytes], message: dict[str, Any]) -> int:
    """Write one message, and return its size in bytes.

    Raises:
        ValueError: If it is longer than the longest message.
    """
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    if len(body) > LONGEST:
        raise ValueError("too long")
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()
    return len(body)


def read_message(stream: IO[bytes], limit: int) -> dict[str, Any] | None:
    """Read one message; None at the end of the stream.

    Raises:
        BadMessage: It says to be longer than `limit`, in bytes, which are not waited for; or it is no JSON object.
    """
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    if size > limit:
        raise BadMessage
    body = stream.read(size)
    if len(body) < size:
        return None
    try:
        message = json.loads(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise BadMessage from error
    if not isinstance(message, dict):
        raise BadMessage
    return message
