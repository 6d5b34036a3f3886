"""How Carrel looks: colours, sizes, icons, and the style that draws with them."""

from desktop.theme.colours import DARK, LIGHT, Colours
from desktop.theme.icons import Icons
from desktop.theme.theme import Theme

__all__ = ["DARK", "LIGHT", "Colours", "Icons", "Theme"]
