"""A PDF file with text and an outline, and no more: enough for the sample library, and no library needed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595, 842, 72  # A4 and an inch, in points
# Widths of Times Roman for the characters 32 to 126, in thousandths of the font size, from Adobe's font metrics.
TIMES = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 "
    "278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 "
    "722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 "
    "500 333 389 278 500 500 722 500 500 444 480 200 480 541"
)
WIDTHS = {chr(32 + index): int(width) for index, width in enumerate(TIMES.split())}


def pdf_file(title: str, author: str, written: datetime, flow: Iterable[tuple[str, str]]) -> bytes:
    """Return a PDF file with an outline.

    Args:
        title: Title of the document.
        author: Its author.
        written: Its date; a PDF holds nothing else that changes from run to run.
        flow: Pairs of a mark and a text: `#` and `##` for headings, `---` for a new page, anything else for a
            paragraph. A page that is full begins a new one, too.
    """
    pages: list[list[str]] = [[]]  # the drawing commands of each page
    outline: list[tuple[str, int]] = []
    y = PAGE_HEIGHT - MARGIN
    for mark, text in flow:
        if mark == "---":
            pages.append([])
            y = PAGE_HEIGHT - MARGIN
            continue
        if mark in ("#", "##"):
            outline.append((text, len(pages) - 1))
        font, size = {"#": ("F2", 20), "##": ("F2", 15)}.get(mark, ("F1", 11))
        for line in _wrapped(text, size):
            if y < MARGIN:
                pages.append([])
                y = PAGE_HEIGHT - MARGIN
            y -= size * 1.4
            pages[-1].append(f"BT /{font} {size} Tf {MARGIN} {y:.1f} Td ({_escaped(line)}) Tj ET")
        y -= size * 0.8
    facts = f"/Title ({_escaped(title)}) /Author ({_escaped(author)}) /CreationDate (D:{written:%Y%m%d%H%M%S}Z)"
    return _assembled(facts, pages, outline)


def _wrapped(text: str, size: float) -> Iterator[str]:
    """Yield the lines of a paragraph; the bold of headings is a tenth wider."""
    room = (PAGE_WIDTH - 2 * MARGIN) * 1000 / size * (0.9 if size > 11 else 1.0)
    line: list[str] = []
    for word in text.split():
        if line and sum(WIDTHS.get(c, 500) for c in " ".join([*line, word])) > room:
            yield " ".join(line)
            line = []
        line.append(word)
    yield " ".join(line)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(facts: str, pages: list[list[str]], outline: list[tuple[str, int]]) -> bytes:
    """Return the file: catalogue 1, pages 2, fonts 3 and 4, facts 5, outline 6, its entries, then page and content."""
    first_page = 7 + len(outline)
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R /Lang (en) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
        f"<< {facts} >>",
        f"<< /Type /Outlines /First 7 0 R /Last {6 + len(outline)} 0 R /Count {len(outline)} >>",
    ]
    for index, (text, page) in enumerate(outline):
        before = f"/Prev {6 + index} 0 R " if index else ""
        after = f"/Next {8 + index} 0 R " if index + 1 < len(outline) else ""
        place = f"/Dest [{first_page + 2 * page} 0 R /XYZ 0 {PAGE_HEIGHT} 0]"
        bodies.append(f"<< /Title ({_escaped(text)}) /Parent 6 0 R {before}{after}{place} >>")
    for number, commands in enumerate(pages):
        content = "\n".join(commands)
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {first_page + 2 * number + 1} 0 R >>"
        )
        bodies.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    written = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    )
    return written + end.encode("ascii")
