"""Looks for what keeps Carrel from working on this machine; each finding says what to do."""
