"""Outlook messages (MSG)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oxmsg import Message
from oxmsg.domain import constants

from core.domain.extracted import Extracted, Remark
from core.extractors.builder import TextBuilder
from core.extractors.decode import declared_encoding, decode
from core.extractors.failures import require_content, translated
from core.extractors.html import parse_html
from core.extractors.mail import add_attachments, attachment_words, attachments_remark, header_words

_COPY = 2
"""Type of a recipient of a copy (PidTagRecipientType, [MS-OXOMSG] 2.2.3.1)."""


class MsgExtractor:
    """Reads one message as Outlook stores it."""

    media_types: tuple[str, ...] = ("application/vnd.ms-outlook",)

    def extract(self, path: Path) -> Extracted:
        """Return headers and text; raises `ExtractionFailed` (`damaged`, `empty`, `unreadable`, `vanished`)."""
        with translated("Outlook message"):
            require_content(path, "Outlook message")
            message = Message.load(str(path))
            date = message.sent_date.isoformat() if message.sent_date else ""
            sender = header_words(message.sender or "")
            subject = " ".join(message.subject.split())
            builder = TextBuilder()
            headers = {
                "From": sender,
                "To": _recipients(message, copies=False),
                "Cc": _recipients(message, copies=True),
                "Date": date,
                "Subject": subject,
            }
            builder.add("\n".join(f"{name}: {value}" for name, value in headers.items() if value))
            body = _body(message)
            builder.add(body)
            if not body and message.properties.binary_prop_value(constants.PID_RTF_COMPRESSED):
                builder.remarks.append(Remark("part_failed", "Its text is there only as Outlook's own rich text."))
            attachments = list(_attachments(message))
            add_attachments(builder, attachments)
            if attachments:
                builder.remarks.append(attachments_remark(attachments))
            return builder.build({"title": subject, "author": sender, "created": date})


def _recipients(message: Message, *, copies: bool) -> str:
    names = []
    for each in message.recipients:
        if (each.properties.int_prop_value(constants.PID_RECIPIENT_TYPE) == _COPY) == copies:
            address = f"<{each.email_address}>" if each.email_address and each.email_address != each.name else ""
            names.append(f"{each.name} {address}".strip())
    return ", ".join(names)


def _body(message: Message) -> str:
    """Return the text of a message; of HTML the bytes are taken, since the code page beside them is often wrong."""
    if text := (message.body or "").strip():
        return text
    markup = message.properties.binary_prop_value(constants.PID_HTML)
    if markup:
        return parse_html(decode(markup, declared_encoding(markup) or message.properties.body_encoding)).text
    return parse_html(message.html_body or "").text


def _attachments(message: Message) -> Iterator[str]:
    for each in message.attachments:
        text = each.properties.str_prop_value
        name = each.file_name or text(constants.PID_ATTACH_FILENAME) or text(constants.PID_DISPLAY_NAME) or ""
        yield attachment_words(name, text(constants.PID_ATTACH_MIME_TAG) or "", each.size)
