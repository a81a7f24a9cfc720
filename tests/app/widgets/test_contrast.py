"""Text is readable in both themes: WCAG 2.2, 1.4.3, level AA, a contrast of at least 4.5."""

import pytest
from PySide6.QtGui import QColor

from zscape.app.widgets.theme import DARK, LIGHT


def luminance(colour):
    """Relative luminance as defined by WCAG."""
    shares = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(colour).getRgbF()[:3]]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), shares, strict=True))


def contrast(one, other):
    """The contrast ratio, from 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_stand_out_from_every_ground(colours):
    for ground in (colours.window, colours.base, colours.canvas, colours.hover):
        for words in (colours.text, colours.dim, colours.accent):
            assert contrast(words, ground) >= 4.5, (words, ground)
    for ground in (colours.accent, colours.accent_hover):
        assert contrast(colours.on_accent, ground) >= 4.5
    assert contrast(colours.dim, colours.line) >= 3  # checked disabled buttons, and a disabled default button
