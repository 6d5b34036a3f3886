"""The formats in which blocks and runs are drawn, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontDatabase, QTextBlockFormat, QTextCharFormat, QTextFormat

from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.widgets.preview.blocks import Block, Look, Role

_HEADINGS = (1.45, 1.2, 1.08)
LINE_HEIGHT = 130.0
"""Percent of the font's own; easier to read in long lines."""


class Looks:
    """Formats for one theme and font; made anew when either changes."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self._colours = theme.colours
        self._font = font
        self._fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._fixed.setPointSizeF(font.pointSizeF() * 0.95)
        colours = theme.colours
        self._made: dict[tuple[Look, int, Role], QTextCharFormat] = {}
        self._colour = {
            Role.MUTED: colours.muted,
            Role.LINK: colours.accent,
            Role.KEYWORD: colours.accent,
            Role.STRING: colours.good,
            Role.COMMENT: colours.muted,
            Role.NUMBER: colours.warning,
            Role.NAME: colours.accent,
        }

    def block(self, block: Block) -> QTextBlockFormat:
        """Return how a block stands on the page."""
        made = QTextBlockFormat()
        made.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        look = block.look
        if look is Look.HEADING:
            made.setTopMargin(2 * GRID if block.level < 3 else 1.5 * GRID)
            made.setBottomMargin(GRID)
        elif look is Look.BODY:
            made.setBottomMargin(0 if block.level else 1.25 * GRID)
        elif look is Look.ITEM:
            made.setLeftMargin(2 * GRID * block.level)
            made.setTextIndent(-1.5 * GRID)
            made.setBottomMargin(GRID / 2)
        elif look is Look.QUOTE:
            made.setLeftMargin(2 * GRID)
            made.setBottomMargin(GRID if block.level else 0)
        elif look is Look.ROW:
            made.setNonBreakableLines(True)
        elif look is Look.CODE:
            made.setLineHeight(115.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        elif look is Look.PAGE:
            made.setTopMargin(1.5 * GRID)
            made.setBottomMargin(GRID / 2)
        elif look is Look.RULE:
            made.setProperty(QTextFormat.Property.BlockTrailingHorizontalRulerWidth, 1)
        return made

    def run(self, block: Block, role: Role) -> QTextCharFormat:
        """Return how a run of a block is drawn."""
        key = block.look, block.level, role
        if key not in self._made:
            self._made[key] = self._format(block, role)
        return self._made[key]

    def _format(self, block: Block, role: Role) -> QTextCharFormat:
        made = QTextCharFormat()
        font = self._fixed if block.look in (Look.CODE, Look.ROW) or role is Role.FIXED else self._font
        if block.look is Look.HEADING:
            font = sized(font, _HEADINGS[min(block.level, len(_HEADINGS)) - 1], bold=True)
        elif block.look is Look.PAGE:
            font = sized(font, 0.9)
        if role is Role.STRONG or (block.look is Look.ROW and block.level):
            font = sized(font, 1, bold=True)
        made.setFont(font)
        made.setFontItalic(role in (Role.EMPHASIS, Role.COMMENT))
        made.setForeground(QColor(self._colour.get(role, self._colours.text)))
        return made
