"""Mail: who wrote to whom, when and about what, the text, and what was attached."""

from __future__ import annotations

import email
import email.errors
import email.policy
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

from core.domain.extracted import Extracted, Remark
from core.extractors.builder import TextBuilder
from core.extractors.decode import decode
from core.extractors.failures import require_content, translated
from core.extractors.html import parse_html

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_DEPTH_LIMIT = 10
_ATTACHMENTS_NAMED = 50
_SIZES = ((1_000_000, "MB"), (1_000, "kB"))


class MailExtractor:
    """Reads one message (EML)."""

    media_types: tuple[str, ...] = ("message/rfc822",)

    def extract(self, path: Path) -> Extracted:
        """Return headers and text; raises `ExtractionFailed` (`damaged`, `empty`, `unreadable`, `vanished`)."""
        with translated("message"):
            require_content(path, "message")
            message = parse_message(path.read_bytes())
            builder = TextBuilder()
            attachments = add_message(builder, message)
            if attachments:
                builder.remarks.append(attachments_remark(attachments))
            return builder.build(facts(message))


def parse_message(raw: bytes) -> Message:
    """Return a message; Python's older policy, since the newer one stumbles over headers of real mail."""
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def add_message(builder: TextBuilder, message: Message, depth: int = 0) -> list[str]:
    """Add a message's headers and text, and the messages inside it; return its attachments, described."""
    lines = [f"{name}: {value}" for name in _HEADERS if (value := header(message, name))]
    builder.add("\n".join(lines))
    attachments: list[str] = []
    for part in _parts(message):
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            for inner in payload:
                if isinstance(inner, Message) and depth < _DEPTH_LIMIT:
                    attachments += add_message(builder, inner, depth + 1)
        elif part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            text = _text(part)
            builder.add(parse_html(text).text if part.get_content_type() == "text/html" else text.strip("\r\n"))
        elif not part.is_multipart():
            attachments.append(_described(part))
    return attachments


def attachments_remark(attachments: list[str]) -> Remark:
    """Return the remark that lists attachments."""
    named = ", ".join(attachments[:_ATTACHMENTS_NAMED])
    more = f" and {len(attachments) - _ATTACHMENTS_NAMED} more" if len(attachments) > _ATTACHMENTS_NAMED else ""
    return Remark("attachments", f"Attachments, which are not read: {named}{more}.")


def facts(message: Message) -> dict[str, str | int | float | None]:
    """Return title, author and date of a message."""
    try:
        created = parsedate_to_datetime(header(message, "Date")).isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        created = ""  # a date that nobody can read
    return {"title": header(message, "Subject"), "author": header(message, "From"), "created": created}


def header(message: Message, name: str) -> str:
    """Return a header as text, in whatever charsets its words come; empty where it is not there."""
    raw = message.get(name)
    return "" if raw is None else _words(raw)


def _words(raw: object) -> str:
    try:
        text = str(make_header(decode_header(raw)))  # type: ignore[arg-type]  # a Header is taken, too
    except (LookupError, ValueError, email.errors.MessageError):
        text = str(raw)  # an unknown charset, or words that are cut off: as they stand
    if not text.isprintable():
        # Bytes that the sender put in without saying which charset they are.
        text = decode(text.encode("utf-8", "surrogateescape"))
    return " ".join(text.split())


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts that a reader would see; of several versions of one text the plain one."""
    payload = message.get_payload()
    if message.get_content_maintype() != "multipart" or not isinstance(payload, list):
        yield message
        return
    parts = [part for part in payload if isinstance(part, Message)]
    if message.get_content_type() == "multipart/alternative":
        plain = [part for part in parts if part.get_content_type() == "text/plain" and _text(part).strip()]
        parts = plain[:1] or parts[-1:]
    for part in parts:
        yield from _parts(part)


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")
    return decode(raw, part.get_content_charset())


def _described(part: Message) -> str:
    payload = part.get_payload(decode=True)
    size = len(payload) if isinstance(payload, bytes) else 0
    shown = next((f"{size / unit:.1f} {word}" for unit, word in _SIZES if size >= unit), f"{size} bytes")
    return f"{_words(part.get_filename() or part.get_content_type())} ({shown})"
