"""Mailboxes (mbox, https://www.rfc-editor.org/rfc/rfc4155): every message with an anchor of its own.

The file is read message by message: a mailbox of years has gigabytes, of which the text is a small part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from core.domain.extracted import Extracted
from core.extractors.builder import TextBuilder
from core.extractors.failures import damaged, require_content, translated
from core.extractors.mail import MESSAGE_LIMIT, add_message, attachments_remark, header, parse_message

_SEPARATOR = re.compile(rb"From (?:\S+ +)?.{0,100}\d\d:\d\d")
_QUOTED_FROM = re.compile(rb">+From ")
_LINE_LIMIT = 1_000_000


class MboxExtractor:
    """Reads all messages of a mailbox."""

    media_types: tuple[str, ...] = ("application/mbox",)

    def extract(self, path: Path) -> Extracted:
        """Return the messages; raises `ExtractionFailed` (`damaged`, `empty`, `unreadable`, `vanished`)."""
        with translated("mailbox"):
            require_content(path, "mailbox")
            builder = TextBuilder()
            attachments: list[str] = []
            count = 0
            with path.open("rb") as file:
                for count, raw in enumerate(_messages(file), 1):
                    message = parse_message(raw)
                    builder.place("message", header(message, "Subject") or f"Message {count}")
                    attachments += add_message(builder, message)
                    if builder.full:
                        break
            if not count:
                raise damaged("mailbox")
            if attachments:
                builder.remarks.append(attachments_remark(attachments))
            return builder.build({"messages": count})


def _messages(file: IO[bytes]) -> Iterator[bytes]:
    """Yield each message without the line that parts it from the one before, at most `MESSAGE_LIMIT` bytes of it."""
    lines: list[bytes] = []
    size = 0
    started, after_blank = False, True
    while line := file.readline(_LINE_LIMIT):
        if after_blank and _SEPARATOR.match(line):
            if started:
                yield b"".join(lines)
            lines, size, started = [], 0, True
        elif started and size < MESSAGE_LIMIT:
            lines.append(line[1:] if _QUOTED_FROM.match(line) else line)
            size += len(line)
        after_blank = not line.strip(b"\r\n")
    if started:
        yield b"".join(lines)
