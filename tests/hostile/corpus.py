"""The hostile files: every kind once, then good files with seeded faults."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from tests.hostile import message_files, pdf_files, sheet_files, text_files, zip_files
from tests.hostile.zip_files import CANARY, Write

KINDS: dict[str, Write] = {
    **zip_files.FILES,
    **sheet_files.FILES,
    **pdf_files.FILES,
    **text_files.FILES,
    **message_files.FILES,
}
"""What writes a hostile file, by the file's name."""

DOCUMENTS = Path(__file__).parents[1] / "data/documents"
_SAMPLES = sorted(each for each in DOCUMENTS.iterdir() if each.is_file() and each.suffix != ".py")
_NUMBERS = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\x01\0\0\0")
_WORDS = (b"<", b">", b'"', b"(", b")", b"{", b"[", b"PK\x01\x02", b"endobj", b"stream", b"\n--", b"\\", b"%n", b"\0")


def made(folder: Path, count: int, seed: int) -> list[Path]:
    """Return so many hostile files in `folder`, in order; another process writes them, which keeps our memory small."""
    command = [sys.executable, "-m", __name__, str(folder), str(count), str(seed)]
    root = Path(__file__).parents[2]
    subprocess.run(command, check=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    files = [each for each in folder.iterdir() if each.name != "canary"]
    return sorted(files, key=lambda each: (each.stat().st_mtime_ns, each.name))


def write_corpus(folder: Path, count: int, seed: int) -> None:
    """Write so many files into `folder`; a canary that none may open lies beside."""
    (folder / "canary").write_text(CANARY, "utf-8")
    for name, write in list(KINDS.items())[:count]:
        write(folder / name)
    for number in range(len(KINDS), count):
        chance = random.Random(f"{seed}/{number}")
        sample = chance.choice(_SAMPLES)
        (folder / f"{number}{sample.suffix}").write_bytes(mutated(sample.read_bytes(), chance))


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return `content` with a few faults: bits, numbers, pieces that are cut out, doubled or moved, an early end."""
    new = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        place = chance.randrange(len(new)) if new else 0
        length = chance.choice((1, 4, 64, 1024))
        piece = bytes(new[place : place + length])
        match chance.randrange(8):
            case 0 if new:
                new[place] ^= 1 << chance.randrange(8)
            case 1:
                new[place : place + 4] = chance.choice(_NUMBERS)
            case 2:
                del new[place : place + length]
            case 3:
                new[place:place] = piece * chance.choice((1, 10, 1000))
            case 4:
                new[place:place] = chance.choice(_WORDS) * chance.choice((1, 10, 10_000))
            case 5:
                new[place : place + length] = chance.randbytes(length)
            case 6:
                del new[place:]
            case _:
                other = chance.randrange(len(new) + 1)
                new[other:other] = piece
    return bytes(new)


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
