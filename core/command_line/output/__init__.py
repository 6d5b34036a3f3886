"""How results look: for people on a terminal, for people who read a file or a pipe, and for programs (JSON)."""
