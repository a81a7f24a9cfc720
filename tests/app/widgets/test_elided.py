"""Lines that are elided if they do not fit."""

from zscape.app.widgets.layouts.elided import Elided


def test_a_line_is_whole_in_the_width_it_asks_for_and_elided_in_less(qtbot):
    label = Elided("")
    qtbot.addWidget(label)
    label.show()
    for count in range(1, 30):  # their widths have different fractions of a pixel
        words = f"{count} of {2 * count} frames too late"
        label.show_text(words)
        label.resize(label.sizeHint())
        assert label.text() == words
    label.resize(label.width() // 2, label.height())
    assert "…" in label.text()
    label.show_text(words, "29 late")
    assert label.text() == "29 late"
