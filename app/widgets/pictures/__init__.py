"""Widgets that show pictures: sheets, thumbnails, slots and tiles."""
