"""Messages are found by who wrote them, when, about what, by their text and by what is attached."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.extracted import Extracted
from core.errors import ExtractionFailed
from core.extractors.mail import MailExtractor, header_words
from core.extractors.mbox import MboxExtractor


def message(subject: str = "Plan für Mai", text: str = "Wir fahren los.\n") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Ada Lovelace <ada@example.org>"
    mail["To"] = "Charles <charles@example.org>"
    mail["Cc"] = "Jürgen <j@example.org>"
    mail["Date"] = "Fri, 20 Nov 2026 12:00:00 +0100"
    mail["Subject"] = subject
    mail.set_content(text)
    return mail


def read(folder: Path, content: bytes) -> Extracted:
    path = folder / "mail.eml"
    path.write_bytes(content)
    return MailExtractor().extract(path)


HEADERS = (
    "From: Ada Lovelace <ada@example.org>\nTo: Charles <charles@example.org>\nCc: Jürgen <j@example.org>\n"
    "Date: Fri, 20 Nov 2026 12:00:00 +0100\nSubject: Plan für Mai"
)


def test_headers_come_first_and_are_metadata(tmp_path: Path) -> None:
    mail = read(tmp_path, bytes(message()))
    assert mail.text == f"{HEADERS}\n\nWir fahren los."
    assert mail.metadata == {
        "title": "Plan für Mai",
        "author": "Ada Lovelace <ada@example.org>",
        "created": "2026-11-20T12:00:00+01:00",
    }


def test_attachments_are_named_in_the_text_and_in_a_remark(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment(b"x" * 2500, maintype="application", subtype="pdf", filename="Übersicht.pdf")
    mail.add_attachment(b"x" * 20, maintype="image", subtype="png", filename="map.png")
    extracted = read(tmp_path, bytes(mail))
    names = "Übersicht.pdf (application/pdf, 2.5 kB), map.png (image/png, 20 bytes)"
    assert extracted.text == f"{HEADERS}\n\nWir fahren los.\n\nAttachments: {names}"
    assert [(remark.code, remark.message) for remark in extracted.warnings] == [
        ("attachments", f"Attachments, which are not read: {names}.")
    ]
    assert not extracted.warnings[0].partial


def test_of_text_and_html_the_text_is_read(tmp_path: Path) -> None:
    mail = message()
    mail.add_alternative("<p>Wir fahren <b>bald</b> los.</p>", subtype="html")
    assert read(tmp_path, bytes(mail)).text == f"{HEADERS}\n\nWir fahren los."


def test_html_alone_is_read_as_a_page(tmp_path: Path) -> None:
    mail = message()
    mail.set_content("<h1>Hallo</h1><p>Wir <b>fahren</b>.</p><p style='display:none'>weg</p>", subtype="html")
    assert read(tmp_path, bytes(mail)).text == f"{HEADERS}\n\nHallo\n\nWir fahren."


def test_a_message_inside_is_read_with_an_anchor(tmp_path: Path) -> None:
    outer = message()
    outer.add_attachment(message("Alter Plan", "Wir bleiben.\n"))
    extracted = read(tmp_path, bytes(outer))
    (anchor,) = extracted.anchors
    assert (anchor.kind, anchor.label) == ("message", "Alter Plan")
    assert extracted.text[anchor.start :].startswith("From: Ada")
    assert extracted.text.endswith("Subject: Alter Plan\n\nWir bleiben.")


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-2022-jp", "こんにちは、元気ですか"),
        ("Shift_JIS", "こんにちは"),
        ("koi8-r", "Привет"),
        ("ks_c_5601-1987", "안녕하세요"),
    ],
)
def test_the_declared_charset_is_used(tmp_path: Path, charset: str, text: str) -> None:
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    assert read(tmp_path, head.encode() + text.encode(charset)).text == f"Subject: x\n\n{text}"


@pytest.mark.parametrize("charset", ["X-UNKNOWN", "us-ascii", "utf-8", "unicode_escape", ""])
def test_a_wrong_charset_is_no_harm(tmp_path: Path, charset: str) -> None:
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\n\n"
    assert read(tmp_path, head.encode() + "Grüße aus Köln".encode("cp1252")).text == "Subject: x\n\nGrüße aus Köln"


def test_bytes_in_a_header_are_decoded_though_nobody_said_how(tmp_path: Path) -> None:
    for encoding in ("utf-8", "cp1252"):
        raw = "From: Jörg <j@example.org>\nSubject: Grüße aus Köln\n\nText".encode(encoding)
        assert read(tmp_path, raw).metadata["title"] == "Grüße aus Köln"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("=?UTF-8?B?R3LDvMOfZQ==?= und mehr", "Grüße und mehr"),
        ("=?iso-8859-1?Q?Gr=FC=DFe?=\r\n =?iso-8859-1?Q?_mehr?=", "Grüße mehr"),
        ("=?X-NONE?B?VEVTVA==?=", "=?X-NONE?B?VEVTVA==?="),
        ("=?UTF-8?B?abc", "=?UTF-8?B?abc"),
        ("  plain \r\n words ", "plain words"),
    ],
)
def test_encoded_words_are_decoded(raw: str, words: str) -> None:
    assert header_words(raw) == words


@pytest.mark.parametrize("date", ["yesterday", "Fri, 99 Nov 2026 99:99:99", "<HR>", "Mon, 1 Jan 99999 00:00:00 +9999"])
def test_a_date_that_nobody_can_read_is_left_out(tmp_path: Path, date: str) -> None:
    extracted = read(tmp_path, f"Date: {date}\nSubject: x\n\nText".encode())
    assert "created" not in extracted.metadata
    assert date in extracted.text


def test_parts_that_are_not_there_do_not_hide_the_text(tmp_path: Path) -> None:
    raw = b"Subject: x\nContent-Type: multipart/mixed; boundary=none\n\nOnly this text.\n"
    assert read(tmp_path, raw).text == "Subject: x\n\nOnly this text."


def test_deeply_nested_messages_end(tmp_path: Path) -> None:
    mail = message("innermost")
    for number in range(15):
        outer = message(f"level {number}")
        outer.add_attachment(mail)
        mail = outer
    assert len(read(tmp_path, bytes(mail)).anchors) == 10


def test_an_empty_file_is_no_message(tmp_path: Path) -> None:
    for content, code in ((b"", "empty"), (b"\n\n\n", "damaged")):
        with pytest.raises(ExtractionFailed) as failure:
            read(tmp_path, content)
        assert failure.value.code == code


def mailbox(folder: Path, content: bytes) -> Extracted:
    path = folder / "Inbox"
    path.write_bytes(content)
    return MboxExtractor().extract(path)


def test_each_message_of_a_mailbox_has_an_anchor(tmp_path: Path) -> None:
    raw = b"".join(
        b"From ada@example.org Fri Nov 20 12:00:00 2026\n"
        + bytes(message(subject, "From here on,\n\n>From there.\n"))
        + b"\n"
        for subject in ("First", "Second", "")
    )
    box = mailbox(tmp_path, raw)
    assert [(anchor.kind, anchor.label) for anchor in box.anchors] == [
        ("message", "First"),
        ("message", "Second"),
        ("message", "Message 3"),
    ]
    assert all(box.text[anchor.start :].startswith("From: Ada") for anchor in box.anchors)
    assert box.text.count("From here on,\n\nFrom there.") == 3
    assert box.metadata == {"messages": 3}


def test_a_file_without_messages_is_no_mailbox(tmp_path: Path) -> None:
    with pytest.raises(ExtractionFailed, match="damaged"):
        mailbox(tmp_path, b"Only some text\n")


def test_a_mailbox_is_not_read_further_than_its_text_is_kept(tmp_path: Path) -> None:
    one = b"From a Fri Nov 20 12:00:00 2026\nSubject: x\n\n" + b"word " * 100_000 + b"\n\n"
    box = mailbox(tmp_path, one * 15)
    assert len(box.text) == 5_000_000
    assert [remark.code for remark in box.warnings] == ["truncated"]
    assert box.metadata == {"messages": 10}


PIECES = [
    b"From: a\n",
    b"Subject: =?utf-8?q?=ff?=\n",
    b"Content-Type: multipart/mixed; boundary=b\n",
    b"Content-Type: message/rfc822\n",
    b"Content-Type: text/html; charset=\xff\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Disposition: attachment; filename*=x''%ff\n",
    b"\n",
    b"--b\n",
    b"--b--\n",
    b"<p>text",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=20)), max_size=20).map(b"".join))
def test_any_message_is_read_or_damaged(tmp_path: Path, content: bytes) -> None:
    try:
        read(tmp_path, content)
        code = "read"
    except ExtractionFailed as failure:
        code = failure.code
    assert code in ("read", "damaged", "empty")
