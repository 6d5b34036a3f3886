"""Mail: who wrote to whom, when and about what, the text, and what was attached."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

from core.domain.extracted import Extracted, Remark
from core.extractors.builder import TextBuilder
from core.extractors.decode import decode
from core.extractors.failures import damaged, require_content, translated
from core.extractors.html import parse_html

MESSAGE_LIMIT = 50_000_000
"""Bytes read of one message; of a longer one, attachments at its end are missed."""

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_HEADER_LIMIT = 10_000
_DEPTH_LIMIT = 10
_ATTACHMENTS_NAMED = 50
_SIZES = ((1_000_000, "MB"), (1_000, "kB"))
_NOT_PROSE = ("text/css", "text/javascript", "text/rtf", "text/x-amp-html")
_SURROGATES = re.compile("[\ud800-\udfff]")


class MailExtractor:
    """Reads one message (EML), also one that is a saved web page (MHTML)."""

    media_types: tuple[str, ...] = ("message/rfc822", "multipart/related")

    def extract(self, path: Path) -> Extracted:
        """Return headers and text; raises `ExtractionFailed` (`damaged`, `empty`, `unreadable`, `vanished`)."""
        with translated("message"):
            require_content(path, "message")
            with path.open("rb") as file:
                message = parse_message(file.read(MESSAGE_LIMIT))
                cut = bool(file.read(1))
            builder = TextBuilder()
            attachments = add_message(builder, message)
            if not len(builder) and not attachments:
                raise damaged("message")
            if cut:
                builder.remarks.append(Remark("truncated", "The message is very long; only its beginning was read."))
            if attachments:
                builder.remarks.append(attachments_remark(attachments))
            return builder.build(facts(message))


def parse_message(raw: bytes) -> Message:
    """Return a message; Python's older policy, since the newer one stumbles over headers of real mail."""
    return email.message_from_bytes(raw.lstrip(), policy=email.policy.compat32)


def add_message(builder: TextBuilder, message: Message, depth: int = 0) -> list[str]:
    """Add a message: headers, text, names of attachments, messages inside it; return its attachments, described."""
    builder.add("\n".join(f"{name}: {value}" for name in _HEADERS if (value := header(message, name))))
    attachments: list[str] = []
    inner: list[Message] = []
    for part in _parts(message):
        payload = part.get_payload()
        if isinstance(payload, list):  # message/rfc822
            inner += [each for each in payload if isinstance(each, Message)]
        elif _is_attached(part):
            attachments.append(_described(part))
        elif part.get_content_type() == "text/html":
            builder.add(parse_html(_text(part)).text)
        else:  # also what says that it has parts, and has none
            builder.add(_text(part).strip("\r\n"))
    add_attachments(builder, attachments)
    for each in inner if depth < _DEPTH_LIMIT else ():
        builder.place("message", header(each, "Subject") or "Message")
        attachments += add_message(builder, each, depth + 1)
    return attachments


def add_attachments(builder: TextBuilder, attachments: list[str]) -> None:
    """Add the names of attachments to the text, so that a message is found by them."""
    if attachments:
        builder.add("Attachments: " + ", ".join(attachments[:_ATTACHMENTS_NAMED]))


def attachments_remark(attachments: list[str]) -> Remark:
    """Return the remark that lists attachments."""
    named = ", ".join(attachments[:_ATTACHMENTS_NAMED])
    more = f" and {len(attachments) - _ATTACHMENTS_NAMED} more" if len(attachments) > _ATTACHMENTS_NAMED else ""
    return Remark("attachments", f"Attachments, which are not read: {named}{more}.")


def attachment_words(name: str, media_type: str, size: int) -> str:
    """Return an attachment in words: `plan.pdf (application/pdf, 1.2 MB)`."""
    shown = next((f"{size / unit:.1f} {word}" for unit, word in _SIZES if size >= unit), f"{size} bytes")
    return f"{name} ({media_type}, {shown})" if name and media_type else f"{name or media_type} ({shown})"


def facts(message: Message) -> dict[str, str | int | float | None]:
    """Return title, author and date of a message."""
    try:
        created = parsedate_to_datetime(header(message, "Date")).isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        created = ""  # a date that nobody can read
    return {"title": header(message, "Subject"), "author": header(message, "From"), "created": created}


def header(message: Message, name: str) -> str:
    """Return a header as text, in whatever charsets its words come; empty where it is not there."""
    # As it stands in the message: `get` replaces bytes whose charset the sender did not say.
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return header_words(str(raw))


def header_words(raw: str) -> str:
    """Return the words of a header, with encoded ones (RFC 2047) decoded, on one line."""
    text = _told(raw[:_HEADER_LIMIT])
    if "=?" in text:
        # An unknown charset, or words that are cut off, stay as they stand.
        with suppress(LookupError, ValueError, email.errors.MessageError):
            text = str(make_header(decode_header(text)))
    return " ".join(_told(text).split())


def _told(text: str) -> str:
    """Return text in which bytes that came as surrogates are decoded."""
    if not _SURROGATES.search(text):
        return text
    return decode(text.encode("utf-8", "surrogateescape"))


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts that a reader would see; of several versions of one text the plain one."""
    payload = message.get_payload()
    if message.get_content_maintype() != "multipart" or not isinstance(payload, list):
        yield message
        return
    parts = [part for part in payload if isinstance(part, Message)]
    if message.get_content_type() == "multipart/alternative":
        plain = [part for part in parts if part.get_content_type() == "text/plain" and _text(part).strip()]
        rich = [part for part in parts if part.get_content_type() == "text/html" or part.is_multipart()]
        parts = plain[:1] or rich[-1:] or parts[-1:]
    for part in parts:
        yield from _parts(part)


def _is_attached(part: Message) -> bool:
    prose = part.get_content_maintype() in ("text", "multipart") and part.get_content_type() not in _NOT_PROSE
    return not prose or part.get_content_disposition() == "attachment"


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")
    return decode(raw, part.get_content_charset())


def _described(part: Message) -> str:
    payload = part.get_payload(decode=True)
    size = len(payload) if isinstance(payload, bytes) else 0
    return attachment_words(header_words(part.get_filename() or ""), part.get_content_type(), size)
