"""The parts of the preview pane: a document's text, pages, picture and passages, and what is known about it."""
