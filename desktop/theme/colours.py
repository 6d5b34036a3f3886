"""The colours of the two themes. What text is drawn with has a contrast of 4.5 or more, points and bars have 3; a test
computes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme, as hexadecimal colours.

    Attributes:
        window: Behind everything.
        base: Behind lists and texts.
        raised: Behind fields, buttons and the row under the pointer.
        border: Hairlines.
        text: Text.
        muted: Text of less weight: paths, counts, hints.
        accent: What can be clicked, what is chosen, progress.
        on_accent: Text on the accent.
        chosen: Behind a chosen row.
        mark: Behind words that were found.
        on_mark: Text on a mark.
        current: Behind the passage that is shown, in a document.
        good, warning, bad: States.
        faint: Points and bars that stand for nothing in particular.
        series: What points and bars are told apart by.
        ramp: What points are told apart by where there is an order, the first first.
    """

    window: str
    base: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    chosen: str
    mark: str
    on_mark: str
    current: str
    good: str
    warning: str
    bad: str
    faint: str
    series: tuple[str, ...]
    ramp: tuple[str, ...]


LIGHT = Colours(
    window="#f6f5f2",
    base="#ffffff",
    raised="#ecebe6",
    border="#dddad3",
    text="#1f2429",
    muted="#59626c",
    accent="#0b6670",
    on_accent="#ffffff",
    chosen="#d9ebec",
    mark="#ffe39b",
    on_mark="#2b2100",
    current="#fff6dc",
    good="#1d7044",
    warning="#8a5a00",
    bad="#b3261e",
    faint="#8b939c",
    series=("#0b7a86", "#d1495b", "#3a63c8", "#b7791f", "#7d4fc4", "#3f8f3f", "#c43fa0", "#7a5230"),
    ramp=("#2f2a6b", "#3a4a9c", "#2f6fb0", "#1f8a94", "#3f9150", "#8c8f1c", "#c27a14", "#c9503a"),
)
DARK = Colours(
    window="#191b1e",
    base="#212428",
    raised="#2c3035",
    border="#3a3f45",
    text="#e7e6e2",
    muted="#a5acb4",
    accent="#5cc2c9",
    on_accent="#06282b",
    chosen="#22444a",
    mark="#6a5310",
    on_mark="#fff2cc",
    current="#35301f",
    good="#6fcf97",
    warning="#e3b341",
    bad="#ff8b82",
    faint="#7b838c",
    series=("#4fc3cb", "#ff7f8f", "#7fa8ff", "#f0b64a", "#b999f5", "#82cf7a", "#f38fd6", "#cfa37c"),
    ramp=("#8d86e8", "#7fa0ff", "#62b8f0", "#4fc9c4", "#7bd38a", "#cfd35a", "#f2b04c", "#ff8a70"),
)

# Workspaces are told apart by these; they are dots and bars, never behind text.
WORKSPACE_COLOURS = {
    "red": "#c4503f",
    "orange": "#c9752d",
    "yellow": "#c79f1f",
    "green": "#4d9350",
    "teal": "#1f8a94",
    "blue": "#3b78c9",
    "violet": "#7b62c4",
    "grey": "#7d8590",
}


def palette(colours: Colours) -> QPalette:
    """Return the palette by which Qt's own widgets are drawn."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.window,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.bad,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.base,
        role.Midlight: colours.raised,
        role.Mid: colours.border,
        role.Dark: colours.border,
        role.Shadow: colours.border,
    }.items():
        made.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.muted))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.border))
    return made


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())
