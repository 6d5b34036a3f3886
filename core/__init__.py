"""Carrel's engine: from files on disk to found passages. See `core/README.md` for the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.domain.document import Text
from core.domain.source import Rules
from core.errors import CarrelError

if TYPE_CHECKING:
    from core.knowledge_base import KnowledgeBase

__all__ = ["CarrelError", "KnowledgeBase", "Rules", "Text"]


def __getattr__(name: str) -> Any:
    # Loaded when first asked for: a reader process and `carrel --help` need nothing of it.
    if name == "KnowledgeBase":
        from core.knowledge_base import KnowledgeBase

        return KnowledgeBase
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
