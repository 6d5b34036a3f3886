"""Writes small Outlook messages ([MS-OXMSG]) in the container of old Office files ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
SMALLEST_STREAM = 4096
NONE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STRING, INTEGER, BINARY, TIME = 0x1F, 0x03, 0x102, 0x40

SUBJECT, BODY, HTML, SENDER, SENDER_ADDRESS, SENT = 0x0037, 0x1000, 0x1013, 0x0C1A, 0x0C1F, 0x0039
NAME, ADDRESS, RECIPIENT_TYPE = 0x3001, 0x39FE, 0x0C15
FILE_NAME, FILE_TYPE, FILE_BYTES, FILE_METHOD = 0x3707, 0x370E, 0x3701, 0x3705

Value = str | bytes | int
Folder = dict[str, "bytes | Folder"]


def msg(
    path: Path,
    facts: Mapping[int, Value],
    recipients: Sequence[Mapping[int, Value]] = (),
    attachments: Sequence[Mapping[int, Value]] = (),
) -> Path:
    """Write a message; `facts` and the others hold properties by their ids, times as 100 ns since 1601 in 8 bytes."""
    root = _properties(facts, bytes(8) + struct.pack("<4I", 0, 0, len(recipients), len(attachments)) + bytes(8))
    for number, each in enumerate(recipients):
        root[f"__recip_version1.0_#{number:08X}"] = _properties(each, bytes(8))
    for number, each in enumerate(attachments):
        root[f"__attach_version1.0_#{number:08X}"] = _properties(each, bytes(8))
    path.write_bytes(compound(root))
    return path


def _properties(facts: Mapping[int, Value], head: bytes) -> Folder:
    entries = head
    streams: Folder = {}
    for number, value in facts.items():
        kind = TIME if number == SENT else {str: STRING, bytes: BINARY, int: INTEGER}[type(value)]
        if isinstance(value, int):
            content = struct.pack("<q", value)
        elif kind == TIME:
            content = bytes(value) if isinstance(value, bytes) else b""
        else:
            raw = value.encode("utf-16-le") if isinstance(value, str) else value
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = raw
            content = struct.pack("<II", len(raw), 0)
        entries += struct.pack("<HHI", kind, number, 6) + content
    return {"__properties_version1.0": entries, **streams}


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = NONE
    right: int = NONE
    start: int = END
    children: list[int] = field(default_factory=list)


def compound(root: Folder) -> bytes:
    """Return a compound file; streams go to one mini stream, as they must below 4,096 bytes."""
    entries = [_Entry("Root Entry", 5)]
    _collect(root, 0, entries)
    for entry in entries:
        if entry.children:
            entry.child = entry.children[0]
            for one, other in zip(entry.children, entry.children[1:], strict=False):
                entries[one].right = other
    mini, mini_fat = b"", []
    sectors: list[bytes] = []
    chains: list[int] = []
    for entry in entries:
        if entry.kind != 2:
            continue
        if len(entry.content) < SMALLEST_STREAM:
            entry.start = len(mini_fat)
            mini_fat += _chain(len(mini_fat), -(-len(entry.content) // 64))
            mini += _padded(entry.content, 64)
        else:
            entry.start = _store(entry.content, sectors, chains)
    entries[0].content, entries[0].start = mini, _store(mini, sectors, chains)
    mini_fat_start = _store(struct.pack(f"<{len(mini_fat)}I", *mini_fat), sectors, chains, fill=b"\xff")
    mini_fat_count = -(-len(mini_fat) * 4 // SECTOR)
    directory = b"".join(map(_directory_entry, entries))
    directory_start = _store(directory, sectors, chains)
    fat_count = -(-(len(chains) + 8) // 128)
    fat = chains + [FAT] * fat_count
    fat += [NONE] * (fat_count * 128 - len(fat))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIII", 0, fat_count, directory_start, 0, SMALLEST_STREAM)
    header += struct.pack("<IIII", mini_fat_start, mini_fat_count, END, 0)
    places = list(range(len(chains), len(chains) + fat_count))
    header += struct.pack("<109I", *places, *[NONE] * (109 - fat_count))
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _collect(folder: Folder, parent: int, entries: list[_Entry]) -> None:
    for name, content in folder.items():
        number = len(entries)
        entries[parent].children.append(number)
        if isinstance(content, bytes):
            entries.append(_Entry(name, 2, content))
        else:
            entries.append(_Entry(name, 1))
            _collect(content, number, entries)


def _store(content: bytes, sectors: list[bytes], chains: list[int], fill: bytes = b"\0") -> int:
    start = len(chains)
    count = -(-len(content) // SECTOR)
    chains += _chain(start, count)
    sectors.append(_padded(content, SECTOR, fill))
    return start if count else END


def _chain(start: int, count: int) -> Iterator[int]:
    return iter([*range(start + 1, start + count), END][: max(count, 0)])


def _padded(content: bytes, unit: int, fill: bytes = b"\0") -> bytes:
    return content.ljust(-(-len(content) // unit) * unit, fill)


def _directory_entry(entry: _Entry) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le")
    head = name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name), entry.kind, 1, NONE, entry.right, entry.child)
    return head + bytes(36) + struct.pack("<IQ", entry.start, len(entry.content))
