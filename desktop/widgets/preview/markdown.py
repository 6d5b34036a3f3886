"""Sets Markdown: its marks become headings, lists and weights. Links and pictures stay text; nothing is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from desktop.widgets.preview.blocks import Block, Look, Role, Run
from desktop.widgets.preview.lines import Line, space_between

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+(?:\[[ xX]\][ \t]+)?)")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)$")
_INLINE = re.compile(
    r"(?P<code>`+)(?P<coded>[^`\n]+)(?P=code)"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<bold>[^*_\n]+)(?P=strong)"
    r"|(?P<emphasis>\*|(?<!\w)_)(?=\S)(?P<italic>[^*_\n]+)(?P=emphasis)(?!\w)"
    r"|(?P<open>!?\[)(?P<label>[^\]\[\n]{1,500})(?P<target>\]\([^)\n]{0,1000}\))"
)
_INLINE_LIMIT = 5_000
"""Characters of a line in which weights are looked for; a longer one is shown as it is."""
_LINE_OF_CODE = 120
"""Characters; a longer line of a notebook is a paragraph."""
_INSIDE = {"coded": Role.FIXED, "bold": Role.STRONG, "italic": Role.EMPHASIS, "label": Role.LINK}


def notebook(lines: Sequence[Line], headings: Mapping[int, int]) -> Iterator[Block]:
    """Yield the blocks of a notebook, in which the text does not tell words from code: only what its reader knows for a
    heading is one, and lines stay lines.
    """
    for line in lines:
        if line.start in headings:
            yield _own_block(line, headings) or Block(Look.HEADING, headings[line.start], [Run(line.text, line.start)])
        elif len(line.text) > _LINE_OF_CODE:
            yield Block(Look.BODY, 0, _inline(line.text, line.start))
        else:
            yield Block(Look.CODE, 0, [Run(line.text, line.start)])


def markdown(lines: Sequence[Line], headings: Mapping[int, int]) -> Iterator[Block]:
    """Yield the blocks; `headings` gives the depth of headings by the start of their line."""
    fence = ""
    paragraph: Block | None = None
    front = bool(lines) and lines[0].start == 0 and lines[0].text.strip() in ("---", "+++")
    for place, line in enumerate(lines):
        text = line.text
        if front:
            yield Block(Look.FIELD, 0, [Run(text, line.start, Role.MUTED)] if text.strip("-+ ") else [])
            front = place == 0 or text.strip() not in ("---", "+++", "...")
            continue
        mark = _FENCE.match(text)
        if fence or mark:
            if paragraph:
                yield paragraph
                paragraph = None
            if mark and (not fence or mark[1] == fence):
                fence = "" if fence else mark[1]
            else:
                yield Block(Look.CODE, 0, [Run(text, line.start)])
            continue
        block = _own_block(line, headings)
        if block is None and text.strip():
            paragraph = paragraph or Block(Look.BODY)
            if paragraph.runs:
                paragraph.runs.append(Run(space_between(paragraph.runs[-1].text, text.strip()), None))
            paragraph.runs += _inline(text.strip(), line.start + len(text) - len(text.lstrip()))
            continue
        if paragraph is not None and not (block and block.look is Look.RULE and "=" in text):
            yield paragraph
            paragraph = None
        if block is not None and block.look is Look.ITEM:
            paragraph = block  # its next lines belong to it
        elif block is not None:
            yield block
    if paragraph is not None:
        yield paragraph


def _own_block(line: Line, headings: Mapping[int, int]) -> Block | None:
    """Return the block of a line that begins one; None for a line of a paragraph, or an empty one."""
    text = line.text
    if len(text) > _INLINE_LIMIT:
        return None
    if (mark := _HEADING.match(text)) or line.start in headings:
        cut = mark.end() if mark else 0
        level = len(mark[1]) if mark else headings[line.start]
        return Block(Look.HEADING, level, _inline(text[cut:].rstrip("# \t") or text[cut:], line.start + cut))
    if _RULE.match(text):
        return Block(Look.RULE)
    if mark := _ITEM.match(text):
        level = 1 + len(mark[1].expandtabs(4)) // 2
        sign = "•" if len(mark[2]) == 1 else mark[2]
        box = mark[3].strip()
        shown = f"{'☑' if 'x' in box.lower() else '☐'} " if box else f"{sign} "
        return Block(
            Look.ITEM, level, [Run(shown, None, Role.MUTED), *_inline(text[mark.end() :], line.start + mark.end())]
        )
    if mark := _QUOTE.match(text):
        return Block(Look.QUOTE, 1, _inline(text[mark.end() :], line.start + mark.end()))
    if text.lstrip().startswith("|"):
        return Block(Look.ROW, 0, [Run(text, line.start)])
    if text.startswith(("    ", "\t")) and text.strip():
        return Block(Look.CODE, 0, [Run(text, line.start)])
    return None


def _inline(text: str, start: int) -> list[Run]:
    """Return runs with weights instead of marks."""
    if len(text) > _INLINE_LIMIT:
        return [Run(text, start)]
    runs = []
    done = 0
    for found in _INLINE.finditer(text):
        if found.start() > done:
            runs.append(Run(text[done : found.start()], start + done))
        for name, role in _INSIDE.items():
            if found[name] is not None:
                runs.append(Run(found[name], start + found.start(name), role))
        done = found.end()
    if done < len(text):
        runs.append(Run(text[done:], start + done))
    return runs
