"""Sets source code: one block for each line, coloured by what its parts are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token
from pygments.util import ClassNotFound

from desktop.widgets.preview.blocks import Block, Look, Role, Run

_ROLES = (
    (Comment, Role.COMMENT),
    (String, Role.STRING),
    (Number, Role.NUMBER),
    (Keyword, Role.KEYWORD),
    (Operator.Word, Role.KEYWORD),
    (Name.Function, Role.NAME),
    (Name.Class, Role.NAME),
    (Name.Tag, Role.KEYWORD),
    (Name.Decorator, Role.NAME),
)
_LONGEST = 2_000
"""Characters of a line in a text that is coloured; the expressions of a lexer may take for ever with more."""


def code(text: str, begin: int, end: int, kind: str, name: str) -> Iterator[Block]:
    """Yield the lines of `text[begin:end]`; those of a language that nobody knows are plain."""
    part = text[begin:end]
    lexer = _lexer(kind, name) if max(map(len, part.split("\n"))) <= _LONGEST else None
    block = Block(Look.CODE)
    tokens = [(0, Token, part)] if lexer is None else lexer.get_tokens_unprocessed(part)
    for start, token, value in tokens:
        role = _role(token)
        for place, piece in enumerate(value.split("\n")):
            if place:
                yield block
                block = Block(Look.CODE)
                start += 1
            if not piece:
                continue
            if block.runs and block.runs[-1].role is role:  # signs and names between colours are one run
                last = block.runs[-1]
                block.runs[-1] = Run(last.text + piece, last.start, role)
            else:
                block.runs.append(Run(piece, begin + start, role))
            start += len(piece)
    if block.runs:
        yield block


@cache
def _role(token: Any) -> Role:
    return next((role for group, role in _ROLES if token in group), Role.PLAIN)


def _lexer(kind: str, name: str) -> Lexer | None:
    try:
        return get_lexer_for_filename(name)
    except ClassNotFound:
        pass
    try:
        return get_lexer_by_name(kind)
    except ClassNotFound:
        return None
