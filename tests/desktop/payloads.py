"""Files that ask for something: to fetch it, to show another file, to open or to run it. Each holds the word WORD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.message import EmailMessage
from html import escape
from pathlib import Path

from tests.core.extractors import office_files as office
from tests.hostile.pdf_files import document, pdf, stream

WORD = "lantern"
MOST_OF_A_NAME = 200


class Targets:
    """What a payload asks for.

    Attributes:
        remote: An address on this machine at which somebody listens.
        local: Addresses and paths of a picture on this disk, as each of them may be written.
    """

    def __init__(self, port: int, canary: Path) -> None:
        self.remote = f"http://127.0.0.1:{port}"
        self.local = (canary.as_uri(), str(canary), canary.name, f"\\\\127.0.0.1\\share\\{canary.name}")


def write(folder: Path, targets: Targets) -> int:
    """Write all of them into a folder; return how many files that are."""
    for name, content in _texts(targets):
        (folder / name).write_text(content, "utf-8")
    for name, said in _names(targets):
        (folder / name).write_text(f"The {WORD} of a name: {said}", "utf-8")
    (folder.joinpath("undecodable\udcff<b>.txt")).write_text(f"The {WORD} of bytes.", "utf-8")
    for name, mail in _mails(targets):
        (folder / name).write_bytes(mail.as_bytes())
    for name, page, objects in _pdfs(targets):
        content = stream(b"BT /F1 12 Tf 72 700 Td (The %s shines.) Tj ET" % WORD.encode())
        (folder / name).write_bytes(pdf(document(content, page, **objects), b"/Info 9 0 R"))
    _write_office(folder, targets)
    return sum(1 for _ in folder.iterdir())


def _html(targets: Targets) -> Iterator[str]:
    url = targets.remote
    for each in (f"{url}/a.png", *targets.local):
        yield f'<img src="{each}">'
        yield f'<body background="{each}"><table background="{each}"><tr><td background="{each}">'
        yield f'<div style="background:url({each}); list-style-image:url({each})">'
    yield f'<img srcset="{url}/a.png 1x, {url}/b.png 2x"><picture><source srcset="{url}/c.png"></picture>'
    yield f'<link rel="stylesheet" href="{url}/a.css"><style>@import url("{url}/b.css");</style>'
    yield f'<link rel="prefetch" href="{url}/p"><link rel=preload href={url}/q as=image><link rel=icon href={url}/i>'
    yield f'<script src="{url}/a.js"></script><script>fetch("{url}/b"); location = "{url}/c"</script>'
    yield f'<iframe src="{url}/a"></iframe><iframe src="{targets.local[0]}"></iframe><iframe srcdoc="<img src={url}/b>'
    yield f'<object data="{url}/a.swf"></object><embed src="{url}/b"><applet code="{url}/c"></applet>'
    yield f'<video src="{url}/a.mp4" poster="{url}/b.png" autoplay></video><audio src="{url}/c.mp3" autoplay></audio>'
    yield f'<meta http-equiv="refresh" content="0; url={url}/a"><base href="{url}/">'
    yield f'<form action="{url}/a"><input type=image src="{url}/b.png"><input autofocus onfocus="location=\'{url}/c\'">'
    yield f'<svg><image href="{url}/a"/><use href="{url}/b.svg#c"/><script href="{url}/c.js"/></svg>'
    yield f'<a href="javascript:location=\'{url}\'" ping="{url}/p">x</a><a href="file:///etc/hostname">y</a>'
    yield '<img src="data:image/svg+xml,<svg onload=alert(1)>" onerror="alert(1)"><marquee onstart=alert(1)>x</marquee>'


def _markdown(targets: Targets) -> Iterator[str]:
    url = targets.remote
    for each in (f"{url}/a.png", *targets.local):
        yield f"![a picture]({each})\n\n![another][one]\n\n[one]: {each}"
    yield f'<img src="{url}/a.png">\n\n<iframe src="{url}/b"></iframe>'
    yield f"[a link](javascript:alert(1)) [another]({url}/b) <{url}/c> {url}/d"
    yield f"---\nimage: {url}/a.png\ncss: {url}/b.css\n---\n"
    yield "![data](data:image/png;base64,iVBORw0KGgo=) [smb](smb://127.0.0.1/share/x)"


def _texts(targets: Targets) -> Iterator[tuple[str, str]]:
    url, (uri, path, *_) = targets.remote, targets.local
    title = escape(f'<img src="{uri}">')
    for number, body in enumerate(_html(targets)):
        yield f"page{number}.html", f"<title>{title} {WORD}</title><p>The {WORD} shines.</p>{body}"
    for number, body in enumerate(_markdown(targets)):
        yield f"note{number}.md", f'# <img src="{path}"> {WORD}\n\nThe {WORD} shines.\n\n{body}\n'
    yield "plain.txt", f'{WORD} <img src="{uri}"> <b>bold</b> {url}/plain javascript:alert(1) \\\\127.0.0.1\\x'
    yield (
        "objects.txt",
        f"{WORD} \ufffc\ufdd0\ufdd1 \u2028<img src={uri}>\u2029 \u202e\u2066 \x1b]8;;{url}\x07link\x1b]8;;\x07",
    )
    yield "drawing.svg", f'<svg><text>{WORD}</text><image href="{uri}"/><image href="{url}/a.png"/></svg>'
    yield "entity.xml", f'<!DOCTYPE a [<!ENTITY b SYSTEM "{uri}"><!ENTITY % c SYSTEM "{url}/c">%c;]><a>{WORD} &b;</a>'
    yield "style.xml", f'<?xml-stylesheet href="{url}/a.xsl"?><a xmlns:i="x"><i:include href="{uri}"/>{WORD}</a>'
    yield "table.csv", f'name,what\n{WORD},"<img src={uri}>"\n"=HYPERLINK(""{url}/a"")","=WEBSERVICE(""{url}/b"")"\n'
    yield "data.json", json.dumps({WORD: f'<img src="{uri}">', "$ref": f"{url}/schema", "$schema": f"{url}/b"})
    yield "code.py", f'{WORD} = "<img src={uri}>"  # {url}/a\n'
    yield "start.desktop", f"[Desktop Entry]\nName={WORD}\nExec=touch {path}\nIcon={path}\nURL={url}/a\n"
    yield (
        "fields.rtf",
        rf'{{\rtf1 {WORD} {{\field{{\*\fldinst INCLUDEPICTURE "{url}/a.png"}}}}{{\*\template {url}/b}}}}',
    )
    picture = {"output_type": "display_data", "data": {"text/html": f'<img src="{uri}"><script src="{url}/a.js">'}}
    cells = [
        {"cell_type": "markdown", "source": f"# {WORD}\n![a]({url}/a.png) <img src='{uri}'>", "metadata": {}},
        {"cell_type": "code", "source": f"open('{path}')", "outputs": [picture], "metadata": {}},
    ]
    yield "notebook.ipynb", json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def _names(targets: Targets) -> Iterator[tuple[str, str]]:
    canary = targets.local[2]
    yield f"<img src={canary}>.txt", "a picture beside the program"
    yield f"<b><img src='{canary}'>.txt", "a picture in bold"
    yield f"<body background={canary}>.txt", "a ground"
    yield f"&lt;img src={canary}&gt;.txt", "entities"
    yield "two\nlines <img src=x>.txt", "a line end"
    yield "invoice\u202efdp.exe.txt", "from right to left"
    yield "\u2067name\u2069\u200f.txt", "isolates"
    yield "tab\there\x1b[31m\x07.txt", "control characters"
    yield "javascript:alert(1).txt", "a script"
    yield "file:%2f%2f%2fetc%2fhostname.txt", "an address"
    yield "\\\\127.0.0.1\\share\\x.txt", "a share"
    yield "{name} %n %1 %L1 {0}.txt", "what sentences are filled by"
    yield "$(reboot) `reboot` ; reboot.txt", "a command"
    yield "-rf --help.txt", "an option"
    yield "[click](javascript:alert(1)) **x**.md", "Markdown"
    yield "a" * MOST_OF_A_NAME + ".txt", "length"


def _mails(targets: Targets) -> Iterator[tuple[str, EmailMessage]]:
    url, (uri, *_) = targets.remote, targets.local

    def mail(subject: str, html: str, **heads: str) -> EmailMessage:
        made = EmailMessage()
        made["From"] = f'"<img src={uri}>" <a@example.org>'
        made["Subject"] = subject
        for name, value in heads.items():
            made[name.replace("_", "-")] = value
        made.set_content(f"The {WORD} shines. {url}/plain")
        made.add_alternative(f"<p>The {WORD} shines.</p>{html}", subtype="html")
        return made

    yield "picture.eml", mail(f'<img src="{uri}">', f'<img src="{url}/a.png"><img src="cid:1"><img src="{uri}">')
    yield "pixel.eml", mail("A pixel", f'<img src="{url}/open?id=1" width=1 height=1><base href="{url}">')
    receipt = mail(
        "Receipts",
        "",
        Disposition_Notification_To="b@example.org",
        List_Unsubscribe=f"<{url}/u>",
        X_Image_URL=f"{url}/x",
    )
    yield "receipt.eml", receipt
    attached = mail("Attached", "")
    attached.add_attachment(f'<img src="{url}/a.png">{WORD}', subtype="html", filename=f"<img src={uri}>.html")
    yield "attached.eml", attached
    body = EmailMessage()
    body["Subject"] = "Elsewhere"
    body["Content-Type"] = f'message/external-body; access-type=URL; URL="{url}/body"'
    body.set_payload(f"Content-Type: text/plain\n\n{WORD}")
    yield "elsewhere.eml", body


def _pdfs(targets: Targets) -> Iterator[tuple[str, bytes, dict[str, bytes]]]:
    url, uri, path = targets.remote.encode(), targets.local[0].encode(), targets.local[1].encode()
    link = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A %s>>]"
    actions = {
        "uri": b"<</S/URI/URI(%s/a)>>" % url,
        "launch": b"<</S/Launch/F(%s)>>" % path,
        "script": b"<</S/JavaScript/JS(app.launchURL\\('%s/b'\\); this.getURL\\('%s'\\))>>" % (url, uri),
        "elsewhere": b"<</S/GoToR/F<</FS/URL/F(%s/c.pdf)>>/D[0/Fit]>>" % url,
        "submit": b"<</S/SubmitForm/F<</FS/URL/F(%s/d)>>>>" % url,
        "import": b"<</S/ImportData/F(%s)>>" % path,
        "rendition": b"<</S/Rendition/R<</S/MR/C<</S/MCD/D<</FS/URL/F(%s/e)>>>>>>/OP 0>>" % url,
    }
    title = b"<</Title(<img src=%s> %s)>>" % (uri, WORD.encode())
    for name, action in actions.items():
        catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction %s/AA<</WC %s>>>>" % (action, action)
        page = link % action + b"/AA<</O %s/C %s>>" % (action, action)
        yield f"{name}.pdf", page, {"o1": catalog, "o9": title}
    outside = b"/Annots[<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]/Movie<</F<</FS/URL/F(%s/m)>>>>/A true>>]" % url
    yield "movie.pdf", outside, {"o9": title}
    stream_elsewhere = b"<</Length 0/F<</FS/URL/F(%s/stream)>>>>stream\n\nendstream" % url
    yield "stream.pdf", b"/Metadata 8 0 R", {"o8": stream_elsewhere, "o9": title}
    form = b'<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/XFA(<img href="%s/x"/>)>>/URI<</Base(%s/)>>>>' % (url, url)
    yield "form.pdf", b"", {"o1": form, "o9": title}


def _write_office(folder: Path, targets: Targets) -> None:
    url, (uri, *_) = targets.remote, targets.local
    outside = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    title = escape(f'<img src="{uri}"> {WORD}')
    words = office.paragraph(f"The {WORD} shines.")

    def related(kind: str, target: str) -> str:
        return (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{outside}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
        )

    picture = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="rId1"/>'
        "</w:drawing></w:r></w:p>"
    )
    field = f'<w:p><w:r><w:instrText>INCLUDEPICTURE "{url}/a.png" \\d</w:instrText></w:r></w:p>'
    for name, kind, target, body in (
        ("image", "image", f"{url}/a.png", picture),
        ("local", "image", uri, picture),
        ("template", "attachedTemplate", f"{url}/b.dotm", ""),
        ("chunk", "aFChunk", f"{url}/c.html", '<w:altChunk r:id="rId1"/>'),
        ("field", "hyperlink", f"{url}/d", field),
    ):
        main = f"<w:document {office.W} {office.R}><w:body>{words}{body}</w:body></w:document>"
        parts = office.package(("word/document.xml", main), title, title)
        parts["word/_rels/document.xml.rels"] = related(kind, target)
        office.zipped(folder / f"{name}.docx", parts)
    frame = f'<draw:frame><draw:image xlink:href="{url}/a.png" xlink:actuate="onLoad"/></draw:frame>'
    namespaces = (
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    office.opendocument(
        folder / "frame.odt", "text", f"<text:p {namespaces}>The {WORD} shines.{frame}</text:p>", title=title
    )
    chapter = f'<p>The {WORD} shines.</p><img src="{url}/a.png"/><img src="{uri}"/><link href="{url}/b.css"/>'
    office.epub(folder / "book.epub", {"one.xhtml": chapter}, title=title)
    office.pptx(
        folder / "slides.pptx", [office.shape(f"The {WORD} shines.") + f'<p:pic r:link="{url}/a"/>'], title=title
    )
    office.xlsx(
        folder / "sheet.xlsx",
        {"One": office.sheet_row(1, {"A": WORD, "B": escape(f'<img src="{uri}"> =WEBSERVICE("{url}/a")')})},
        title=title,
    )
