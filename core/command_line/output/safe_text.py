"""Text from documents, file names and errors, made harmless for a terminal.

A terminal obeys what it is sent: an escape sequence in a document could clear the screen, change the title, or put
words into the next command. Such characters are shown as escapes instead, and so are bytes of a file name that are no
text.
"""

from __future__ import annotations

import re

# Controls of both sets, separators that end a line, signs that turn the direction of what follows, and surrogates.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WHITE = re.compile(r"\s+")


def escaped(text: str) -> str:
    r"""Return the text with every character that could steer a terminal written as `\x1b` or `\u202e`."""
    return _HARMFUL.sub(_escape, text)


def one_line(text: str) -> str:
    """Return a text of several lines as one: white space becomes one space, what could steer a terminal is escaped."""
    return escaped(_WHITE.sub(" ", text))


def well_formed(text: str) -> str:
    r"""Return the text without lone surrogates, which JSON can't hold; a byte of a file name becomes `\xff`."""
    return _SURROGATE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # how Python carries a byte of a file name that is no text
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
