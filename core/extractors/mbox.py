"""Mailboxes (mbox): every message with an anchor of its own."""

from __future__ import annotations

import mailbox
from pathlib import Path

from core.domain.extracted import Extracted
from core.extractors.builder import TextBuilder
from core.extractors.failures import damaged, require_content, translated
from core.extractors.mail import add_message, attachments_remark, header


class MboxExtractor:
    """Reads all messages of a mailbox."""

    media_types: tuple[str, ...] = ("application/mbox",)

    def extract(self, path: Path) -> Extracted:
        """Return the messages; raises `ExtractionFailed` (`damaged`, `empty`, `unreadable`, `vanished`)."""
        with translated("mailbox"):
            require_content(path, "mailbox")
            builder = TextBuilder()
            attachments: list[str] = []
            messages = mailbox.mbox(path, create=False)
            try:
                count = 0
                for message in messages:
                    count += 1
                    builder.place("message", header(message, "Subject") or f"Message {count}", 1)
                    attachments += add_message(builder, message)
                    if builder.full:
                        break
            finally:
                messages.close()
            if not count:
                raise damaged("mailbox")
            if attachments:
                builder.remarks.append(attachments_remark(attachments))
            return builder.build({"messages": count})
