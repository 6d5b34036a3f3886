"""The dock at the bottom: what is read now, what failed, what was left out, and what happened."""

from desktop.pages.activity.dock import ActivityDock

__all__ = ["ActivityDock"]
