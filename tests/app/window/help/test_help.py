"""Help for new users: the tour, the help page, tooltips on labels."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QToolButton, QToolTip, QVBoxLayout, QWidget
from recipes import recipe
from shiboken6 import isValid

from zscape.app.views import VIEWS
from zscape.app.widgets.numbers.number_row import HEIGHT
from zscape.app.window.help.help_page import NOTHING, HelpPage
from zscape.app.window.help.label_tips import show_tip, tip_of
from zscape.app.window.help.tour import STEPS
from zscape.models.timeline.edits import animate_shelf
from zscape.resources import sections

LEFT = Qt.MouseButton.LeftButton


# The tour


@pytest.fixture
def tour(window):
    window.actions_by_name["tour"].trigger()
    yield window.tour
    window.tour.end()


def buttons(widget):
    return {button.text(): button for button in widget.findChildren(QToolButton)}


def test_every_step_says_something():
    assert list(sections("tour")) == [step.title for step in STEPS]
    assert all(20 < len(words) < 200 for words in sections("tour").values())


def test_the_tour_is_offered_once_and_quietly(window, qtbot, start, tiny_model):
    offer = window.tour.offer
    assert offer.isVisible()
    assert not window.tour.running
    assert offer.height() <= window.status.height()
    qtbot.mouseClick(buttons(offer)["No, thanks"], LEFT)
    assert not offer.isVisible()
    again = start(tiny_model)
    assert not again.tour.offer.isVisible()


def test_the_offer_begins_the_tour_and_that_stops_the_film(window, qtbot):
    qtbot.mouseClick(buttons(window.tour.offer)["Take the tour"], LEFT)
    assert window.tour.running
    assert not window.tour.offer.isVisible()
    window.tour.end()
    points = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2)]
    window.session.edit_timeline("animate", animate_shelf(points, window.session.space, leg=1.0))
    window.timeline.player.play()
    window.actions_by_name["tour"].trigger()
    assert window.tour.running
    assert not window.timeline.player.playing
    assert not window.context.moment.is_shown
    window.tour.end()


def test_each_step_points_at_a_control_and_the_card_covers_none_of_it(window, tour):
    card, ring = tour.card, tour.ring
    window.resize(1024, 700)
    for number, step in enumerate(STEPS, 1):
        assert card.title.text() == step.title
        assert card.count.text() == f"{number} of {len(STEPS)}"
        place = step.target(window)
        assert place is not None
        assert ring.isVisible()
        assert window.rect().contains(card.geometry())
        assert number == 1 or not card.geometry().intersects(place)  # the first place is the whole centre
        QTest.keyClick(card, Qt.Key.Key_Right)
    assert not tour.running
    assert not card.isVisible()
    assert not ring.isVisible()


def test_the_tour_scrolls_to_what_it_explains(qtbot, start):
    window = start("letters", size=(860, 480))
    rows, number = window.panels["latent"].controls[0].rows, [step.title for step in STEPS].index("Number by number")
    qtbot.waitUntil(lambda: window.docks["directions"].is_folded and rows.visibleRegion().isEmpty())
    window.tour.start()
    for _ in range(number):
        QTest.keyClick(window.tour.card, Qt.Key.Key_Right)
    assert rows.visibleRegion().boundingRect().height() >= HEIGHT
    assert window.docks["latent"].geometry().contains(window.tour.ring.geometry())
    window.tour.end()


def test_the_tour_goes_back_and_ends_by_mouse_and_key_and_the_window_is_used_while_it_runs(qtbot, window, tour):
    qtbot.mouseClick(tour.card.next, LEFT)
    assert tour.card.title.text() == STEPS[1].title
    qtbot.mouseClick(tour.card.back, LEFT)
    assert tour.card.title.text() == STEPS[0].title
    QTest.keyClick(tour.card, Qt.Key.Key_Left)
    assert tour.card.title.text() == STEPS[0].title
    tour.card.end.setFocus()
    QTest.keyClick(tour.card.end, Qt.Key.Key_Right)
    assert tour.card.title.text() == STEPS[1].title
    QTest.keyClick(tour.card, Qt.Key.Key_Escape)
    assert not tour.running
    window.actions_by_name["tour"].trigger()
    before = tour.ring.geometry()
    window.resize(1500, 900)
    qtbot.waitUntil(lambda: tour.ring.geometry() != before)
    assert window.rect().contains(tour.card.geometry())
    QTest.keyClick(tour.card, Qt.Key.Key_Right)
    before, re_roll = window.session.point, STEPS[1].target(window).center()
    found = window.childAt(re_roll)
    assert isinstance(found, QToolButton)  # the ring lets clicks through
    qtbot.mouseClick(found, LEFT)
    assert window.session.point != before
    assert tour.running


# The help page


@pytest.fixture
def page(qtbot, window):
    window.actions_by_name["help"].trigger()
    page = window.findChild(HelpPage)
    yield page
    if isValid(page):  # a key press may have closed it
        page.close()


def test_the_help_explains_words_is_searched_as_one_types_and_begins_the_tour(qtbot, window, page):
    words = {word.casefold() for word in sections("words")}
    assert {"latent", "seed", "class", "truncation", "encoder", "style", "direction", "generator"} <= words
    for word in (
        "chi-square",
        "projection",
        "discriminator",
        "leg",
        "slerp",
        "easing",
        "|z|",
        "nearest",
        "component",
        "playhead",
        "other point",
    ):
        page.search.setText(word)
        assert NOTHING not in page.page.toPlainText(), word
    page.search.setText("")
    shown = page.page.toPlainText()
    for word, said in sections("words").items():
        assert word in shown
        assert "*" not in shown
        assert len(said) < 400
    for entry in VIEWS.values():
        assert entry.tip in shown
    page.search.setText("latent")
    assert "<" not in page.page.toPlainText()  # markup is rendered, and nothing else is taken for HTML
    page.search.clear()
    page.search.setFocus()
    QTest.keyClicks(page.search, "TRUNC")
    shown = page.page.toPlainText()
    assert shown.split("\n")[1] == "Truncation"
    assert "Encoder" not in shown
    page.search.setText("ctrl+k")
    assert "Search actions" in page.page.toPlainText()
    page.search.setText("gibberish")
    assert page.page.toPlainText() == NOTHING
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.isVisible()  # Return pressed no button
    page.search.clear()
    assert "Latent space" in page.page.toPlainText()
    qtbot.mouseClick(page.tour, LEFT)
    assert window.tour.running
    window.tour.end()


# Tooltips on labels


def test_a_tip_is_shown_where_a_label_is_pointed_at(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    label, slider, other, button = QLabel("Pen"), QSlider(), QLabel("Other"), QPushButton("x")
    slider.setToolTip("How thick it draws")
    column = QVBoxLayout(window)
    for each in (label, slider, other, QLabel("no control"), button):
        column.addWidget(each)
    window.show()
    assert (tip_of(label), tip_of(other)) == ("How thick it draws", "")
    for each, said in ((label, "How thick it draws"), (other, "")):
        QToolTip.hideText()
        at = each.geometry().center()
        event = QHelpEvent(QHelpEvent.Type.ToolTip, at, window.mapToGlobal(at))
        assert show_tip(window, event) == bool(said)
        assert QToolTip.text() == said or not said
    QToolTip.showText(QPoint(), "")
