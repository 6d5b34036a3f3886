"""What lists and tables show, and how their rows are drawn."""
