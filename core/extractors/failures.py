"""Foreign errors become ours at the edge of each extractor, with a sentence that a reader of the file understands."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import ExtractionFailed

SAVE_AGAIN = "Open it in its program and save it again."


def damaged(what: str) -> ExtractionFailed:
    """Return the failure of a file that is not what its kind promises; `what` is a noun such as `PDF`."""
    return ExtractionFailed("damaged", f"This {what} is damaged and can't be read.", SAVE_AGAIN)


def encrypted(what: str) -> ExtractionFailed:
    """Return the failure of a file that opens only with a password."""
    return ExtractionFailed(
        "encrypted", f"This {what} is protected by a password.", "Save a copy without a password and add that."
    )


def empty(what: str) -> ExtractionFailed:
    """Return the failure of a file of zero bytes."""
    return ExtractionFailed("empty", f"This {what} is empty (0 bytes).", "It may not have been copied completely.")


@contextmanager
def tolerated() -> Iterator[list[ExtractionFailed]]:
    """Go on after damage in the block, for a part that the file can be read without; the list then holds the failure.

    Anything but damage (a bomb, a password, too little memory) still ends the reading.
    """
    damage: list[ExtractionFailed] = []
    try:
        yield damage
    except ExtractionFailed as failure:
        if failure.code != "damaged":
            raise
        damage.append(failure)


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn whatever a parser raises inside the block into `ExtractionFailed`.

    Parsers meet hostile input with errors of any type (KeyError, RecursionError, a Rust panic that is no Exception),
    so that everything but a request to stop is taken for a fault of the file.
    """
    try:
        yield
    except (ExtractionFailed, ImportError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise  # what can't be imported is missing in Carrel; it is no fault of the file
    except MemoryError as error:
        raise ExtractionFailed(
            "memory", f"Reading this {what} needs more memory than a file may use.", "Split it into smaller files."
        ) from error
    except FileNotFoundError as error:
        raise ExtractionFailed("vanished", "The file is gone.") from error
    except IsADirectoryError as error:
        raise ExtractionFailed("not_a_file", "This is a folder, not a file.") from error
    except OSError as error:
        if error.filename is None and error.errno != errno.EIO:
            raise damaged(what) from error  # a parser was led astray, such as to a seek before the start
        raise ExtractionFailed(
            "unreadable", f"The file can't be read: {error.strerror or error}.", "Check its permissions and its disk."
        ) from error
    except BaseException as error:
        raise damaged(what) from error


def require_content(path: Path, what: str) -> None:
    """Raise the failure of an empty file, so that no parser calls it damaged.

    Raises:
        ExtractionFailed: The file has zero bytes.
        OSError: It can't be opened.
    """
    with path.open("rb") as file:
        if not file.read(1):
            raise empty(what)
