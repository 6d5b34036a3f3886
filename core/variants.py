"""Loads a variant (a chunker, an embedder, …) by name on first use, and says what to install when that fails.

Each folder of variants holds a table of strings, so that naming a variant imports nothing: a heavy or optional package
is loaded when its variant is first used, and its absence is a sentence for the user instead of a traceback.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.errors import InvalidInput, MissingDependency

_OWN_PACKAGE = __name__.partition(".")[0]


def load_variant(kind: str, table: Mapping[str, str], name: str) -> Any:
    """Return what `table[name]` points at.

    Args:
        kind: What the table holds, in one word for the user (`chunker`).
        table: `name → "module:attribute"`, or `"module:attribute [extra]"` where an optional extra brings the packages.
        name: The variant.

    Raises:
        InvalidInput: If the table has no such name.
        MissingDependency: If a package that the variant needs is not installed.
    """
    if name not in table:
        raise InvalidInput(f"There is no {kind} named “{name}”.", f"Choose one of: {', '.join(sorted(table))}.")
    target, _, extra = table[name].partition(" ")
    module, _, attribute = target.partition(":")
    try:
        return getattr(importlib.import_module(module), attribute)
    except ImportError as error:
        if (error.name or "").partition(".")[0] == _OWN_PACKAGE:
            raise  # a fault of ours, not a missing package
        raise MissingDependency(f"The {kind} “{name}”", f'pip install "carrel{extra}"') from error


def package_folder(package: str, wanted_by: str) -> Path:
    """Return the folder of an installed package without importing it.

    Args:
        package: A top-level package.
        wanted_by: Who needs it, as the subject of a sentence.

    Raises:
        MissingDependency: If it is not installed.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise MissingDependency(wanted_by, f"pip install {package}")
    return Path(spec.submodule_search_locations[0])
