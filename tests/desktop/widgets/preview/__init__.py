"""The parts of the preview pane."""
