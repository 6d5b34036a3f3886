"""Carrel's window: point-and-click search of one's own documents. See `desktop/README.md` for the map."""
