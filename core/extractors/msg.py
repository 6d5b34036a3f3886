"""Outlook messages (MSG)."""

from __future__ import annotations

from pathlib import Path

from oxmsg import Message

from core.domain.extracted import Extracted
from core.extractors.builder import TextBuilder
from core.extractors.failures import require_content, translated
from core.extractors.html import parse_html
from core.extractors.mail import attachments_remark


class MsgExtractor:
    """Reads one message as Outlook stores it."""

    media_types: tuple[str, ...] = ("application/vnd.ms-outlook",)

    def extract(self, path: Path) -> Extracted:
        """Return headers and text; raises `ExtractionFailed` (`damaged`, `empty`, `unreadable`, `vanished`)."""
        with translated("Outlook message"):
            require_content(path, "Outlook message")
            message = Message.load(str(path))
            to = ", ".join(f"{each.name} <{each.email_address}>" for each in message.recipients)
            date = message.sent_date.isoformat() if message.sent_date else ""
            headers = {"From": message.sender, "To": to, "Date": date, "Subject": message.subject}
            builder = TextBuilder()
            builder.add("\n".join(f"{name}: {value}" for name, value in headers.items() if value))
            body = (message.body or "").strip()
            builder.add(body or parse_html(message.html_body or "").text)
            attachments = [f"{each.file_name or 'unnamed'} ({each.size} bytes)" for each in message.attachments]
            if attachments:
                builder.remarks.append(attachments_remark(attachments))
            return builder.build({"title": message.subject, "author": message.sender, "created": date})
