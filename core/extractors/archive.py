"""The guarded zip file under the office formats and EPUB.

Such a file is untrusted twice: a zip can hold far more than it weighs, and XML can name entities that grow or point
elsewhere. It is refused here, before a parser sees it, if it has more than 10,000 members, or members that share their
bytes (the "better zip bomb"); if it would grow by more than 300 MB in all (films and pictures hardly grow); if a part
that is read has more than 60 MB or grows more than 200 times beyond its first megabyte; if parts are read again and
again until that is 500 MB; if a part is packed in a way that none of these formats allows, and that can't be unpacked
in small pieces; if XML has a DOCTYPE. What a part says of its size is never believed: no more than that is unpacked.
"""

from __future__ import annotations

import mmap
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import Element

from core.errors import ExtractionFailed
from core.extractors.failures import damaged, encrypted, require_content, translated
from core.extractors.xml_tree import parse_xml, refuse_doctype

MEMBER_LIMIT = 10_000
GROWTH_LIMIT = 300_000_000
PART_LIMIT = 60_000_000
READ_LIMIT = 500_000_000
RATIO_LIMIT = 200
FREE_SIZE = 1_000_000
CHUNK = 1_000_000

_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_OFFICE = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_LOCAL_HEADER = 30


class Archive:
    """A zip file whose sizes were checked, read part by part; names are looked up without regard to case.

    Attributes:
        what: The noun by which failures call the file, such as `Word document`.
    """

    def __init__(self, file: zipfile.ZipFile, what: str) -> None:
        self.what = what
        self._file = file
        self._left = READ_LIMIT
        infos = file.infolist()
        self._check(infos)
        self._infos = {_key(info.filename): info for info in infos if not info.is_dir()}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._infos

    def names(self) -> list[str]:
        """Return the names of all parts, as the file spells them."""
        return [info.filename for info in self._infos.values()]

    def read(self, name: str) -> bytes:
        """Return a part's bytes; raises `ExtractionFailed` if it is missing, damaged or too large."""
        info = self._infos.get(_key(name))
        if info is None:
            raise damaged(self.what)
        if info.file_size > PART_LIMIT:
            raise too_large(self.what)
        self._check_growth(info)
        self._left -= info.file_size
        if self._left < 0:
            raise too_large(self.what)
        # `ZipFile.read` would unpack all that is there, up to 2 GB at once, before it looks at the size.
        with translated(self.what), self._file.open(info) as part:
            return part.read(max(1, info.file_size))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes piece by piece, for a part that may be too large for `read`."""
        with translated(self.what), self._file.open(self._infos[_key(name)]) as part:
            while piece := part.read(CHUNK):
                yield piece

    def xml(self, name: str) -> Element:
        """Return the root of an XML part; its tags carry no namespace, as office files come in several dialects."""
        return parse_xml(self.read(name), self.what)

    def check_parts(self) -> None:
        """Check each part as `read` and `xml` would, for a parser that opens the file by itself."""
        for info in self._infos.values():
            self._check_growth(info)
            if info.filename.lower().endswith((".xml", ".rels", ".vml")):
                with self._file.open(info) as part:
                    refuse_doctype(part.read(65_536), self.what)

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > MEMBER_LIMIT or sum(map(_growth, infos)) > GROWTH_LIMIT:
            raise too_large(self.what)
        if any(info.flag_bits & 0x1 for info in infos):
            raise encrypted(self.what)
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
            raise damaged(self.what)
        end = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            if info.header_offset < end:
                raise damaged(self.what)
            end = info.header_offset + _LOCAL_HEADER + len(info.filename) + info.compress_size

    def _check_growth(self, info: zipfile.ZipInfo) -> None:
        if info.file_size - FREE_SIZE > RATIO_LIMIT * info.compress_size:
            raise too_large(self.what)


@contextmanager
def open_archive(path: Path, what: str) -> Iterator[Archive]:
    """Open the zip file at `path` and check it; `what` is the noun by which failures call it.

    Raises:
        ExtractionFailed: `empty`, `encrypted` (also an Office file in its encrypted shell), `unsupported` (an old
            binary Office file), `damaged` (no zip at all) or `too_large`.
    """
    require_content(path, what)
    with path.open("rb") as stream:
        if stream.read(len(_OLE_MAGIC)) == _OLE_MAGIC:
            raise _ole_failure(path, what)
        try:
            file = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise damaged(what) from error
        with file:
            yield Archive(file, what)


def too_large(what: str) -> ExtractionFailed:
    """Return the failure of a file that would take too much memory."""
    return ExtractionFailed(
        "too_large", f"This {what} unpacks to more than Carrel reads.", "Split it into smaller files."
    )


def _ole_failure(path: Path, what: str) -> ExtractionFailed:
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if any(content.find(name) >= 0 for name in _ENCRYPTED_OFFICE):
            return encrypted(what)
    return ExtractionFailed(
        "unsupported",
        f"This is no {what} but an older Office file under its name.",
        "Open it in its program and save it in the present format.",
    )


def _growth(info: zipfile.ZipInfo) -> int:
    return max(0, info.file_size - info.compress_size)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
