"""Shows a picture as it is, no larger than the pane. Only raster formats: an SVG could name other files."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.theme import Theme
from desktop.theme.theme import GRID

_FORMATS = ("png", "jpeg", "gif", "bmp", "webp", "tiff")
_LARGEST = 4096
"""Pixels of the longer side to which a larger picture is made smaller while it is read."""


class PictureView(QWidget):
    """One picture at a time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = QImage()
        self.setAccessibleName(self.tr("Picture"))

    def show_picture(self, picture: QImage) -> None:
        """Show a picture that `read_picture` has read."""
        self._picture = picture
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(self._theme.colours.raised))
        room = self.rect().adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
        size = self._picture.size()
        if size.width() > room.width() or size.height() > room.height():
            size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = room.adjusted(0, 0, 0, 0)
        place.setSize(size)
        place.moveCenter(room.center())
        painter.drawImage(place, self._picture)
        painter.end()


def read_picture(data: bytes) -> QImage | None:
    """Return a picture, or None where it can't be read; may be called in any thread."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()).decode() not in _FORMATS:
        return None
    size = reader.size()
    if max(size.width(), size.height()) > _LARGEST:
        reader.setScaledSize(size.scaled(QSize(_LARGEST, _LARGEST), Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    return None if picture.isNull() else picture
