"""Tests of what the window asks."""
